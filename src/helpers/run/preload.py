"""Imported once by the process that workers are forked from, so that no worker imports it again. Runs nothing.

Typst is imported, never used here: a compiler that ran before a fork hangs after it.
"""

import nbconvert.exporters
import nbformat
import nbformat.v4
import papermill
import pypdf
import typst

import helpers.report.typst_export
import helpers.run.attachments
import helpers.run.pool

__all__ = ["helpers", "nbconvert", "papermill", "pypdf", "typst"]

nbformat.validate(nbformat.v4.new_notebook())  # compiles the schema, which is kept
