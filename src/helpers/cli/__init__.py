"""`pantau`: the command line, thin. Reads the clock once, hands over, turns errors into one Indonesian sentence.

Heavy imports stand inside the commands, so that `pantau --help` answers at once.
"""

from helpers.cli import intake, reports, screen
from helpers.cli.app import app
from helpers.terminal import run

__all__ = ["app", "intake", "main", "reports", "screen"]


def main() -> None:
    """Entry point of `pantau`."""
    run(app)
