"""What JupyterLab's terminal is not told: the server's own English about what goes as it should.

Jupyter finds the filter by the name in share/lab/jupyter_config.json. Errors still reach the terminal, in Jupyter's words.
"""

import logging

from helpers.report.exportable import ExportError

ENDING = ("Shutting down", "received signal", "Shutdown confirmed")


class Quiet(logging.Filter):
    """Lets errors through, but neither a PDF that was refused (the person has read why) nor that the server ends."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line of the log is shown."""
        refused = bool(record.exc_info and isinstance(record.exc_info[1], ExportError))
        return record.levelno >= logging.ERROR and not refused and not record.getMessage().startswith(ENDING)
