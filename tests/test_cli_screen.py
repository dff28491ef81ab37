"""`pantau lab` and `pantau papan` refuse in one sentence what no server could do; what they start is bound to this computer."""

import socket

import pytest
from typer.testing import CliRunner

from helpers.cli import app, screen
from helpers.lab import server


@pytest.fixture
def started(monkeypatch):
    """What would have become of the process."""
    seen = []
    monkeypatch.setattr(screen, "_become", lambda command, env: seen.append((command, env)))
    return seen


def run(*words):
    return CliRunner().invoke(app, [*words])


@pytest.mark.parametrize("command", ["lab", "papan"])
def test_a_port_in_use_is_a_sentence(started, command):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run(command, "--porta", str(port), "--tanpa-peramban")
    assert done.exit_code == 1 and f"Porta {port} sedang dipakai" in done.output and not started
    assert f".venv/bin/pantau {command} --porta {port % 65535 + 1}" in done.output
    assert (f"make lab PORTA={port % 65535 + 1} atau" in done.output) == (command == "lab")


@pytest.fixture
def opened(monkeypatch):
    """Addresses that were opened in a browser."""
    seen = []
    monkeypatch.setattr(screen.webbrowser, "open", seen.append)
    return seen


@pytest.mark.parametrize("quiet", [True, False])
def test_jupyterlab_of_this_project_that_runs_already_is_pointed_to(started, opened, monkeypatch, quiet):
    link = "http://127.0.0.1:8888/?token=kunci"
    monkeypatch.setattr(server, "running", lambda port: link)
    done = run("lab", *["--tanpa-peramban"][: int(quiet)])
    assert done.exit_code == 0 and link in done.output and "sudah berjalan" in done.output and not started
    assert opened == ([] if quiet else [link]) and ("dibuka di peramban" in done.output) != quiet


@pytest.mark.parametrize("quiet", [True, False])
def test_the_address_with_its_token_is_told_and_no_browser_that_stays_shut(started, porta_kosong, monkeypatch, quiet):
    monkeypatch.delenv("JUPYTER_TOKEN", raising=False)
    done = run("lab", "--porta", str(porta_kosong()), *["--tanpa-peramban"][: int(quiet)])
    ((words, env),) = started
    assert len(env["JUPYTER_TOKEN"]) == 32 and f"/?token={env['JUPYTER_TOKEN']}\n" in done.output
    assert env["JUPYTER_TOKEN"] not in " ".join(words) and "Berhenti: Ctrl+C." in done.output
    assert ("dibuka di peramban" in done.output) != quiet


@pytest.mark.parametrize("address", ["203.0.113.7", "bukan alamat", "x" * 300])
def test_an_address_of_another_computer_is_a_sentence(started, address):
    done = run("papan", "--alamat", address)
    assert done.exit_code == 2 and "tidak dapat dipakai" in done.output.replace("\n", " ") and not started


def test_beyond_this_computer_is_warned_of(started, porta_kosong):
    done = run("papan", "--alamat", "0.0.0.0", "--porta", str(porta_kosong()))
    assert done.exit_code == 0 and "siapa pun di jaringan ini" in done.output.replace("\n", " ") and started


@pytest.mark.parametrize("command", ["lab", "papan"])
def test_kernels_are_warm_and_this_computer_alone_is_served(started, porta_kosong, command):
    assert run(command, "--porta", str(porta_kosong()), "--tanpa-peramban").exit_code == 0
    ((words, env),) = started
    assert any(word.endswith(".ip=127.0.0.1") for word in words) and env["JUPYTER_DEFAULT_PROVISIONER_NAME"] == "hangat"


def test_the_page_on_the_web_may_not_save(started, monkeypatch):
    monkeypatch.setenv("PANTAU_UBAH", "1")
    command, env = server.page("127.0.0.1", 8866, False)
    assert env["PANTAU_UBAH"] == "0" and "--VoilaConfiguration.show_tracebacks=False" in command
