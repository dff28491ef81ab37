"""Errors whose message is a sentence for the user: a notebook shows it alone."""


class Sentence(Exception):
    """Base of errors that tell in Indonesian what is wrong and what to do. In Jupyter no traceback stands around the
    sentence; name and message reach papermill as ever."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]
