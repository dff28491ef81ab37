"""Commands that open a screen: JupyterLab, and jelajah.ipynb as a web page."""

import errno
import os
import secrets
import socket
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

    _free(server.HERE, porta)
    out.print("JupyterLab dibuka di peramban; alamat dengan tokennya ada di bawah. Berhenti: Ctrl+C dua kali.")
    _become(*server.jupyterlab(porta, not tanpa_peramban))


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
    _free(alamat, porta)
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


def _free(address: str, port: int) -> None:
    """Say it before a server does in its own language; Jupyter would quietly take another port."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((address, port))
    except (OSError, UnicodeError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            stop(f"Porta {port} sedang dipakai; pilih yang lain, misalnya --porta {port % 65535 + 1}.", FAILED)
        stop(f"Alamat {address} dengan porta {port} tidak dapat dipakai di komputer ini.", WRONG_USE)


def _become(command: list[str], environment: dict[str, str]) -> NoReturn:
    os.execve(command[0], command, environment)
