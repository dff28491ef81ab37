"""Imported once by the process that workers are forked from, so that no worker imports it again. Runs nothing.

Typst is imported, never used here: a compiler that ran before a fork hangs after it.
"""

import sys

# jsonschema asks for this one to check the format "iri", which no notebook uses; building its grammar takes a second.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import nbconvert.exporters  # noqa: E402
import nbformat  # noqa: E402
import nbformat.v4  # noqa: E402
import papermill  # noqa: E402
import pypdf  # noqa: E402
import typst  # noqa: E402

import helpers.report.typst_export  # noqa: E402
import helpers.run.attachments  # noqa: E402
import helpers.run.pool  # noqa: E402

__all__ = ["helpers", "nbconvert", "papermill", "pypdf", "typst"]

nbformat.validate(nbformat.v4.new_notebook())  # compiles the schema, which is kept
