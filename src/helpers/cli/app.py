"""The command line's root: its options that several commands share, and how a campaign is loaded."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from helpers.campaign import Campaign

app = typer.Typer(
    help="Pantau SP Online: dari kiriman OPD sampai laporan evaluasi.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Params = Annotated[Path, typer.Option(help="Berkas parameter kampanye.")]
PARAMS = Path("params/kota.yaml")


def load(params: Path, **changes: Any) -> "Campaign":
    """The campaign of a parameter file, looked for here and in the project's root."""
    from helpers import campaign

    path = params if params.is_absolute() or params.is_file() else campaign.root() / params
    return campaign.load(path, **changes)
