"""Warm kernels: a jupyter_client provisioner that has each kernel forked from a template process (template.py).

Registered as `hangat`; stock papermill and JupyterLab use it through JUPYTER_DEFAULT_PROVISIONER_NAME=hangat or the
kernelspec. Where a template can't be had, an ordinary kernel is started, with one line saying why.
"""

import asyncio
import atexit
import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import weakref
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from helpers.campaign import root

NAME = "hangat"
SOCKET = "PANTAU_SOKET_TEMPLAT"  # a template that somebody else keeps, such as the batch for its workers
PRELOAD_SECONDS = 60  # on a slow machine with cold disks


COLD = "-"  # as SOCKET: ordinary kernels are wanted
_living: "weakref.WeakSet[Any]" = weakref.WeakSet()  # processes that this process has started
_starting = threading.Lock()  # held while an ordinary kernel starts, and for ever once none may start any more


class NoTemplateError(RuntimeError):
    """There is no template process to fork from; the message says why, in Indonesian."""


class Template:
    """A running template process. Its stdin is our end of a leash: when that closes, it ends with its kernels."""

    def __init__(self, sweep: str | None = None) -> None:
        """Start one and wait until it is ready. NoTemplateError where that fails.

        `sweep`: a folder of ours that the template removes if we are killed.
        """
        if not hasattr(os, "fork"):
            raise NoTemplateError("sistem ini tidak mengenal fork")
        self.code = fingerprint()
        # Short: a socket's path has 107 bytes. The template makes it and removes it, so our end leaves nothing behind.
        self.folder = str(Path(tempfile.gettempdir()) / f"pantau-{secrets.token_hex(4)}")
        self.path = str(Path(self.folder) / "t")
        # A thread of the template would be missing in its forks, so BLAS gets none.
        env = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "helpers.run.template", self.path, *([sweep] if sweep else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=env,
            start_new_session=True,
        )
        watch = threading.Timer(PRELOAD_SECONDS, self.process.kill)
        watch.start()
        assert self.process.stdout is not None
        ready = self.process.stdout.readline()
        watch.cancel()
        if not ready:
            self.stop()
            raise NoTemplateError("proses templat berhenti sebelum siap")

    def fits(self) -> bool:
        """Whether it lives and has loaded the code as it is on disk now."""
        return self.process.poll() is None and self.code == fingerprint()

    def retire(self) -> None:
        """No new kernels; it ends with the last one it has."""
        with contextlib.suppress(OSError):
            assert self.process.stdin is not None
            self.process.stdin.write(b"pensiun\n")
            self.process.stdin.flush()

    def stop(self, sweep: bool = False) -> None:
        """End the process and all kernels forked from it. `sweep`: it is to remove the folder that it was given too."""
        assert self.process.stdin is not None
        with contextlib.suppress(OSError, ValueError):  # it has ended, or was stopped before
            if not sweep:
                self.process.stdin.write(b"selesai\n")
            self.process.stdin.flush()
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class _Own:
    """The template of this process, started at its first kernel and again when the code has changed."""

    lock = threading.Lock()
    template: Template | None = None
    why_not = ""

    @classmethod
    def path(cls) -> str:
        with cls.lock:
            if cls.template and cls.template.fits():
                return cls.template.path
            if cls.template:
                cls.template.retire()
                cls.template = None
            if cls.why_not:
                raise NoTemplateError(cls.why_not)  # once is enough; each attempt could take a minute
            try:
                cls.template = Template()
            except (NoTemplateError, OSError) as error:
                cls.why_not = str(error)
                raise NoTemplateError(cls.why_not) from error
            atexit.register(cls.template.stop)
            return cls.template.path


def fingerprint() -> int:
    """Changes when a module of helpers does: a template must not serve yesterday's code."""
    files = (root() / "src" / "helpers").rglob("*.py")
    return hash(tuple(sorted((str(path), path.stat().st_mtime_ns) for path in files)))


class ForkedKernel:
    """The part of subprocess.Popen that LocalProvisioner uses, for a kernel that is the template's child, not ours."""

    stdin = stdout = stderr = None

    def __init__(self, path: str, request: dict[str, Any]) -> None:
        """Have a kernel forked. NoTemplateError with the template's own reason, OSError if nobody listens."""
        self.returncode: int | None = None
        self._connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._connection.settimeout(PRELOAD_SECONDS)
            self._connection.connect(path)
            self._connection.sendall(json.dumps(request).encode() + b"\n")
            self._lines = self._connection.makefile("rb")
            answer = json.loads(self._lines.readline() or b"{}")
            if "pid" not in answer:
                raise NoTemplateError(answer.get("tolak", "proses templat tidak menjawab"))
        except BaseException:
            self._connection.close()
            raise
        self.pid = int(answer["pid"])

    def poll(self) -> int | None:
        """Exit code, negative for a signal, as Popen has it; None while it runs."""
        if self.returncode is None:
            self._connection.setblocking(False)
            try:
                self._ended(self._connection.recv(4096))
            except BlockingIOError:
                return None
            except OSError:
                self._ended(b"")
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Exit code once it has ended. subprocess.TimeoutExpired."""
        if self.poll() is None:
            self._connection.settimeout(timeout)
            try:
                self._ended(self._connection.recv(4096))
            except TimeoutError:
                raise subprocess.TimeoutExpired("kernel", timeout or 0) from None
            except OSError:
                self._ended(b"")
        return self.returncode

    def _ended(self, line: bytes) -> None:
        # A template that is gone took its kernels along. Closing lets the template reap: until then the pid is ours.
        self.returncode = int(json.loads(line)["keluar"]) if line else -signal.SIGKILL
        self._lines.close()
        self._connection.close()

    def send_signal(self, signum: int) -> None:
        """Signal the kernel, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        """SIGKILL."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """SIGTERM."""
        self.send_signal(signal.SIGTERM)


class WarmProvisioner(LocalProvisioner):
    """Provisions kernels by fork; everything but the launch is that of ordinary local kernels."""

    process: Any
    said: bool = False

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Fork a kernel for this command's connection file; an ordinary one where that can't be done."""
        try:
            self.process = await asyncio.to_thread(_fork, cmd, kwargs)
        except (NoTemplateError, OSError, ValueError) as error:
            if isinstance(error, OSError):
                error = NoTemplateError(f"soket templat tidak dapat dipakai ({error.errno})")
            if not WarmProvisioner.said and os.environ.get(SOCKET) != COLD:
                print(f"Kernel biasa dipakai, bukan kernel hangat: {error}.", file=sys.stderr)
                WarmProvisioner.said = True
            with _starting:
                info = await super().launch_kernel(cmd, **kwargs)
                _living.add(self.process)
            return info
        _living.add(self.process)
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs.get("cwd")
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """To the kernel and what it started; never to a process that got the number of a kernel that has ended."""
        if self.process and self.process.poll() is None:
            await super().send_signal(signum)


def no_more() -> None:
    """Kill every kernel and let no ordinary one start any more: this process is about to end, and a kernel that starts
    after the template is gone would live on for a second and make the swept folder of its files again."""
    _starting.acquire()
    kill_all()


def kill_all() -> None:
    """SIGKILL every kernel that this process has started and that still runs, with what it started."""
    for process in list(_living):
        if process.returncode is None:  # not poll(): another thread may be waiting for it
            for kill in (os.killpg, os.kill):  # a kernel that was forked just now has no group yet
                with contextlib.suppress(OSError):
                    kill(process.pid, signal.SIGKILL)


def _fork(cmd: list[str], kwargs: dict[str, Any]) -> ForkedKernel:
    """A forked kernel for a command that any template can stand in for: ipykernel, plain, of this interpreter."""
    head, file, extra = cmd[:4], cmd[4:5], cmd[5:]
    settings = [match.groups() for text in extra if (match := re.fullmatch(r"--(\w+)\.(\w+)=(.*)", text))]
    if head != [sys.executable, "-m", "ipykernel_launcher", "-f"] or not file or len(settings) != len(extra):
        raise NoTemplateError(f"kernel ini bukan ipykernel dari {sys.executable}, atau memakai pilihan lain")
    request = {
        "berkas_sambungan": file[0],
        "setelan": settings,  # such as nbclient's --HistoryManager.hist_file=:memory:
        "cwd": str(kwargs.get("cwd") or os.getcwd()),  # noqa: PTH109  as Popen has it
        "env": dict(kwargs.get("env") or os.environ),
    }
    if os.environ.get(SOCKET) == COLD:
        raise NoTemplateError("diminta kernel biasa")
    return ForkedKernel(os.environ.get(SOCKET) or _Own.path(), request)
