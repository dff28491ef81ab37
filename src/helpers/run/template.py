"""The template process: loads what every report loads, then forks a ready kernel for each request.

Started by kernels.py as `python -m helpers.run.template SOCKET`; prints one line when ready and lives as long as its
stdin stays open. One thread, no event loop, no zmq before the fork; Typst stays out (a compiler that ran before a
fork hangs after it). A request is a JSON line {berkas_sambungan, setelan, cwd, env}; answers are {"pid"} or {"tolak"}, later
{"keluar"}. A connection that closes takes its kernel along.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import random
import selectors
import signal
import socket
import sys
import time
import traceback
from pathlib import Path
from typing import Any, NoReturn

from helpers.run.sweep import remove

PRELOAD = [
    "numpy",
    "pandas",
    "pandas.core.arrays.arrow._arrow_utils",  # these five come with a first use, not with their package
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pyarrow.acero",
    "pyarrow.parquet",
    "pyarrow.dataset",
    "deltalake",
    "deltalake.fs",
    "holidays.countries",  # 300 modules, whichever country is wanted
    "matplotlib.backends.backend_svg",
    "matplotlib_inline.backend_inline",
    "seaborn",
    "ipykernel.kernelapp",
    "ipykernel.debugger",  # half a second in every kernel otherwise
    "tornado.platform.asyncio",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "sqlite3",
    "psutil",
    "helpers.campaign",
    "helpers.store",
    "helpers.measures.carry_over",
    "helpers.measures.comparison",
    "helpers.measures.coverage",
    "helpers.measures.daily_plan",
    "helpers.measures.decisions",
    "helpers.measures.groups",
    "helpers.measures.movement",
    "helpers.measures.obstacles",
    "helpers.measures.outreach",
    "helpers.measures.pace",
    "helpers.measures.problem_log",
    "helpers.measures.projection",
    "helpers.measures.proofs",
    "helpers.measures.rates",
    "helpers.measures.reconcile",
    "helpers.measures.residents",
    "helpers.measures.skenario",
    "helpers.report.figures",
    "helpers.report.figures_compare",
    "helpers.report.figures_gap",
    "helpers.report.figures_residents",
    "helpers.report.story",
    "helpers.report.story_carry_over",
    "helpers.report.story_change",
    "helpers.report.story_city",
    "helpers.report.story_compare",
    "helpers.report.story_decisions",
    "helpers.report.story_detail",
    "helpers.report.story_instructions",
    "helpers.report.story_log",
    "helpers.report.story_office",
    "helpers.report.story_plan",
    "helpers.report.story_projection",
    "helpers.report.story_residents",
    "helpers.report.story_rtl",
    "helpers.report.story_week",
    "helpers.report.tables",
    "helpers.report.tables_change",
    "helpers.report.tables_instructions",
    "helpers.report.tables_log",
    "helpers.report.tables_projection",
    "helpers.report.tables_residents",
    "helpers.store.told",
]
INLINE = "module://matplotlib_inline.backend_inline"
# Read by Python and its libraries when they are loaded; a kernel that wants other values needs a start of its own.
AT_START = ("PYTHON", "MPL", "LC_", "LANG", "LD_", "IPYTHONDIR", "HOME")


class Child:
    """A kernel and the connection of whoever asked for it. Stays a zombie until that closes, so its pid is no other's."""

    def __init__(self, pid: int, asker: socket.socket) -> None:
        self.pid = pid
        self.asker = asker
        self.ended = False


class Server:
    """Listens for requests, forks, tells how kernels end."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self.at_start = _at_start(dict(os.environ))
        # Before pyplot is first imported: a preloaded pyplot with another backend drops every chart in silence.
        os.environ["MPLBACKEND"] = INLINE
        before = dict(os.environ)
        for name in PRELOAD:
            importlib.import_module(name)
        # What libraries told their own later parts when they were loaded, as pydevd does.
        self.set_by_imports = {name: value for name, value in os.environ.items() if before.get(name) != value}
        _warm_up()
        gc.collect()
        gc.freeze()  # what is loaded stays shared with the forks
        self.children: dict[int, Child] = {}
        self.retired = False
        self.dismissed = False  # by an owner that lives; one that was killed says nothing
        self.listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.listener.bind(path)
        self.path.chmod(0o600)
        self.listener.listen(64)
        self.woken, self.wake = socket.socketpair()
        self.woken.setblocking(False)
        self.wake.setblocking(False)
        signal.set_wakeup_fd(self.wake.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.waiting = selectors.DefaultSelector()

    def serve(self) -> None:
        """Answer until stdin ends (then end every kernel) or until the last kernel of a retired template has ended."""
        for opened in (self.listener, self.woken, sys.stdin):
            self.waiting.register(opened, selectors.EVENT_READ)
        while not (self.retired and not self.children):
            for key, _ in self.waiting.select():
                source: Any = key.fileobj
                if source is sys.stdin:
                    said = os.read(0, 4096)
                    self.dismissed = b"selesai" in said
                    if self.dismissed or not said:
                        return self.end_all()
                    self.retired = True
                elif source is self.listener:
                    asker, _ = self.listener.accept()
                    asker.settimeout(5)
                    self.waiting.register(asker, selectors.EVENT_READ)
                elif source is self.woken:
                    self.woken.recv(4096)
                    self.tell_ended()
                else:
                    self.answer(source)

    def answer(self, asker: socket.socket) -> None:
        """Fork a kernel for a request; a closed connection means its owner is gone or has seen it end."""
        line = b""
        with contextlib.suppress(OSError):
            line = asker.makefile("rb").readline()
        if line.endswith(b"\n"):  # less than that is the half request of somebody who was killed
            request = json.loads(line)
            if different := sorted(set(_at_start(request["env"]).items()) ^ set(self.at_start.items())):
                return _tell(asker, {"tolak": f"{different[0][0]} berbeda dari saat templat dimulai"})
            try:
                pid = os.fork()
            except OSError as error:
                return _tell(asker, {"tolak": f"fork ditolak ({error.strerror})"})
            if pid == 0:
                self.become_kernel(request, asker)
            self.children[pid] = Child(pid, asker)
            return _tell(asker, {"pid": pid})
        self.waiting.unregister(asker)
        asker.close()
        for child in [c for c in self.children.values() if c.asker is asker]:
            _end(child.pid)  # what the kernel started goes too
            os.waitpid(child.pid, 0)
            del self.children[child.pid]

    def tell_ended(self) -> None:
        """Send the exit code of each kernel that has ended, without reaping it yet."""
        for child in self.children.values():
            if child.ended:
                continue
            what = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if what is not None:
                child.ended = True
                _tell(child.asker, {"keluar": what.si_status if what.si_code == os.CLD_EXITED else -what.si_status})

    def end_all(self) -> None:
        """Kill every kernel that is left and wait: one that lived on would make the folder of its files again."""
        for child in self.children.values():
            _end(child.pid)
        for child in self.children.values():
            os.waitpid(child.pid, 0)

    def become_kernel(self, request: dict[str, Any], asker: socket.socket) -> NoReturn:
        """In the child: as if freshly started with this folder and environment; runs until shut down."""
        code = 1
        try:
            os.setsid()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self.waiting.close()
            others = (child.asker for child in self.children.values())
            for held in (self.listener, self.woken, self.wake, asker, *others):
                held.close()
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            _run_kernel(request, self.set_by_imports)
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            traceback.print_exc()
        finally:
            with contextlib.suppress(BaseException):
                atexit._run_exitfuncs()
            with contextlib.suppress(BaseException):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(code)


def _run_kernel(request: dict[str, Any], set_by_imports: dict[str, str]) -> None:
    parent = os.getppid()
    os.environ.clear()
    os.environ.update(set_by_imports | request["env"])
    time.tzset()
    os.chdir(request["cwd"])
    # Orphan watch: a kernel ends with its template, and the template ends the kernels of an owner that is gone.
    os.environ["JPY_PARENT_PID"] = str(parent)
    sys.argv[:] = ["ipykernel_launcher.py", "-f", request["berkas_sambungan"]]
    import numpy as np
    from ipykernel.kernelapp import IPKernelApp
    from matplotlib_inline import backend_inline
    from traitlets.config import Config
    from traitlets.config.loader import DeferredConfigString

    random.seed()
    np.random.seed()
    # By configuration, not by command line: parsing one builds a parser of every option there is.
    settings = Config({"IPKernelApp": {"connection_file": request["berkas_sambungan"], "parent_handle": parent}})
    for section, trait, value in request["setelan"]:
        settings[section][trait] = DeferredConfigString(value)
    app = IPKernelApp.instance(config=settings, log_level="ERROR")  # it warns that its own machine is not encrypted
    app.initialize([])
    # Without this the preloaded inline backend never hears of this kernel's shell, and charts vanish in silence.
    backend_inline._enable_matplotlib_integration()
    app.start()
    # It may still be saying goodbye through the iopub thread, which the exit functions are about to stop.
    app.control_thread.join(1)


def _warm_up() -> None:
    """Fill caches that every report fills: fonts, month names, number patterns. Leaves no setting changed."""
    import datetime
    import io

    import matplotlib as mpl

    from helpers import wording
    from helpers.report.canvas import canvas, style

    words = [wording.day(datetime.date(2020, 3, 17)), wording.weekday(datetime.date(2020, 3, 17)), wording.percent(0.3)]
    with mpl.rc_context(style()):
        figure, axes = canvas(120, 60, 10, 10, 5, 10)
        axes.plot([0, 1], [0, 1], marker="o")
        axes.barh([0, 1], [1, 2])
        axes.annotate(" ".join(words), (0, 0), fontweight=600)
        figure.savefig(io.StringIO(), format="svg")


def _at_start(env: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name.startswith(AT_START)}


def _tell(asker: socket.socket, message: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        asker.sendall(json.dumps(message).encode() + b"\n")


def _end(pid: int) -> None:
    """Kill a child, not yet reaped, and what it started; one that is too young to have a group goes alone."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def main(path: str, *sweep: str) -> None:
    """Preload, say so, serve, leave nothing behind. `sweep`: folders that an owner who was killed can't remove. That it
    was killed is told by its silence: our stdin ends before the system gives us another parent."""
    sys.path.pop(0)  # the folder we were started in; ipykernel takes it out as well
    dismissed = False
    try:
        Path(path).parent.mkdir(mode=0o700)
        server = Server(path)
        print("siap", flush=True)
        os.dup2(2, 1)  # kernels talk over sockets; what they print past that goes where errors go
        server.serve()
        dismissed = server.dismissed
    except Exception:
        traceback.print_exc()
    finally:
        for folder in (str(Path(path).parent), *(() if dismissed else sweep)):
            remove(Path(folder))
        os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
