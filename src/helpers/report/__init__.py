"""Report: values to sentences, tables and figures, and those to PDF, Excel, messages and a web page."""
