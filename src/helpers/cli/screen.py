"""Commands that open a screen: JupyterLab, and jelajah.ipynb as a web page."""

import errno
import os
import secrets
import socket
import webbrowser
from typing import Annotated, NoReturn

import typer

from helpers.cli.app import app
from helpers.terminal import FAILED, WRONG_USE, err, out, stop

Port = Annotated[int, typer.Option(min=1, max=65535, help="Nomor porta.")]
Quiet = Annotated[bool, typer.Option("--tanpa-peramban", help="Jangan membuka peramban.")]


@app.command()
def lab(porta: Port = 8888, tanpa_peramban: Quiet = False) -> None:
    """Membuka JupyterLab berbahasa Indonesia pada mulai_di_sini.ipynb (hanya dari komputer ini)."""
    from helpers.lab import server

    if known := server.running(porta):
        _told("JupyterLab proyek ini sudah berjalan", known, not tanpa_peramban, "Berhenti: Ctrl+C di terminalnya.")
        if not tanpa_peramban:
            webbrowser.open(known)
        return
    _free(server.HERE, porta, "make lab PORTA={porta} atau .venv/bin/pantau lab --porta {porta}")
    token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(16)
    _told("JupyterLab berjalan", server.link(porta, token), not tanpa_peramban, "Berhenti: Ctrl+C.")
    _become(*server.jupyterlab(porta, not tanpa_peramban, token))


@app.command()
def papan(
    alamat: Annotated[str, typer.Option(help="Alamat jaringan; tanpa ini hanya dari komputer ini.")] = "127.0.0.1",
    porta: Port = 8866,
    ubah: Annotated[
        bool, typer.Option("--ubah", help="Boleh menerima, mencatat, dan menyusun; memakai token.")
    ] = False,
    tanpa_peramban: Quiet = False,
) -> None:
    """Menyajikan jelajah.ipynb sebagai halaman web bagi rekan tanpa Jupyter."""
    from helpers.lab import server

    token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(16) if ubah else ""

    beyond = alamat not in (server.HERE, "localhost", "::1")
    _free(alamat, porta, ".venv/bin/pantau papan --porta {porta}")
    if beyond:
        who = "siapa pun di jaringan ini yang memegang tautannya" if ubah else "siapa pun di jaringan ini"
        may = "melihat dan mengubah data" if ubah else "melihat halaman ini; tidak ada sandi"
        err.print(f"Perhatian: {who} dapat {may}. Isinya tidak disandikan di jalan.", style="yellow", soft_wrap=True)
    if ubah:
        link = f"http://{alamat}:{porta}/?token={token}"
        out.print(f"Halaman yang boleh mengubah data: {link}", markup=False, soft_wrap=True)
        out.print("Tautan itu seperti kunci: berikan hanya kepada yang berhak. Berhenti: Ctrl+C.")
    else:
        out.print(f"Halaman disajikan di http://{alamat}:{porta}, hanya untuk melihat. Berhenti: Ctrl+C.")
    _become(*server.page(alamat, porta, not tanpa_peramban, token))


def _told(what: str, link: str, opened: bool, ending: str) -> None:
    """All that the terminal says of JupyterLab; an address on a line of its own can be copied whole."""
    how = "dan dibuka di peramban; bila tidak terbuka, salin alamat ini" if opened else "di alamat ini"
    out.print(f"{what} {how}:\n\n  {link}\n", markup=False, soft_wrap=True)
    out.print(f"Alamat itu memuat token, seperti kunci: jangan dibagikan. {ending}", soft_wrap=True)


def _free(address: str, port: int, instead: str) -> None:
    """Say it before a server does in its own language; Jupyter would quietly take another port. `instead`: how to."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((address, port))
    except (OSError, UnicodeError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            other = instead.format(porta=port % 65535 + 1)
            stop(f"Porta {port} sedang dipakai program lain. Pakai porta lain: {other}", FAILED)
        stop(f"Alamat {address} dengan porta {port} tidak dapat dipakai di komputer ini.", WRONG_USE)


def _become(command: list[str], environment: dict[str, str]) -> NoReturn:
    os.execve(command[0], command, environment)
