"""Pantau SP Online: from office workbooks to evaluation reports."""

__version__ = "0.1.0"

DISTRIBUTION = "pantau-sp-online"
