"""kernels.py and template.py: a warm kernel is a fresh kernel, only sooner; nothing passes on, nothing stays behind."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from jupyter_client.manager import KernelManager
from traitlets.config import Config

from helpers.run import kernels
from helpers.run import template as template_module

pytestmark = pytest.mark.lambat
SECONDS = 60


@pytest.fixture(scope="module")
def template():
    held = kernels.Template()
    yield held
    held.stop()


@pytest.fixture
def start(template, monkeypatch):
    """Starts kernels of the given kind in private folders; returns (manager, client)."""
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", kernels.NAME)
    monkeypatch.setenv(kernels.SOCKET, template.path)
    folder = tempfile.mkdtemp(prefix="pantau-", dir="/tmp")
    opened = []

    def make(warm=True, **env):
        if not warm:
            monkeypatch.setenv(kernels.SOCKET, kernels.COLD)
        settings = Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/{len(opened)}"}})
        manager = KernelManager(config=settings, kernel_name="python3", connection_file=f"{folder}/{len(opened)}.json")
        manager.start_kernel(env={**os.environ, **env})
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(SECONDS)
        opened.append((manager, client))
        return manager, client

    yield make
    for manager, client in opened:
        client.stop_channels()
        with contextlib.suppress(Exception):
            manager.shutdown_kernel(now=True)
            manager.cleanup_resources()
    subprocess.run(["rm", "-r", folder], check=True)


def ask(client, code):
    """What `code` prints, or the name of the error it raises."""
    said = []

    def hear(message):
        content = message["content"]
        said.append(content.get("text", "") if message["msg_type"] == "stream" else "")

    # Right after an error a kernel of any kind turns away what was already on its way ("aborted"): asked again.
    reply = {"status": "aborted"}
    while reply["status"] == "aborted":
        reply = client.execute_interactive(code, output_hook=hear, timeout=SECONDS)["content"]
    return reply["ename"] if reply["status"] == "error" else "".join(said)


STATE = """
import json, os, sys, random, signal, warnings, locale, threading, decimal, gc, logging
import numpy as np, pandas as pd, matplotlib as mpl, matplotlib.pyplot as plt, seaborn as sns
plt.close(plt.figure())  # only now does a cold kernel load its backend
skip = {"JPY_PARENT_PID", "JPY_SESSION_NAME"}
print(json.dumps({
    "globals": sorted(n for n in globals() if not n.startswith("_")),
    "rc": {k: str(v) for k, v in mpl.rcParams.items()},
    "warnings": sorted({str(f) for f in warnings.filters}),
    "cwd": os.getcwd(), "env": {k: v for k, v in os.environ.items() if k not in skip},
    "path": sys.path, "argv": sys.argv[1:2], "stdin": os.read(0, 1).decode(), "locale": locale.setlocale(locale.LC_ALL),
    "signals": {s.name: str(signal.getsignal(s)).split(" at ")[0] for s in (signal.SIGINT, signal.SIGCHLD, signal.SIGTERM)},
    "options": [str(pd.get_option(n)) for n in ("display.max_rows", "mode.string_storage", "display.precision")],
    "numpy": str(np.geterr()), "prec": decimal.getcontext().prec, "figures": plt.get_fignums(), "backend": mpl.get_backend(),
    "umask": os.umask(0o022), "recursion": sys.getrecursionlimit(), "log": logging.root.level,
    "group": os.getpgid(0) == os.getpid(), "session": os.getsid(0) == os.getpid(), "main": sys.modules["__main__"].__name__,
}))
"""
POLLUTE = """
import os, sys, random, warnings, decimal, builtins
import numpy as np, pandas as pd, matplotlib as mpl, matplotlib.pyplot as plt
warnings.simplefilter("ignore"); random.seed(1); np.random.seed(1); os.chdir("/"); os.environ["KOTOR"] = "1"
mpl.rcParams["font.size"] = 31; pd.set_option("display.precision", 1); np.seterr(all="ignore")
decimal.getcontext().prec = 3; sys.path.append("/kotor"); builtins.kotor = 1; kotor = 2
plt.figure(); pd.DataFrame.kotor = 3; sys.setrecursionlimit(777); os.umask(0o077)
import helpers.wording; helpers.wording.LOCALE = "en_US"
open("/dev/shm/kotor-%d" % os.getpid(), "w").close(); os.unlink("/dev/shm/kotor-%d" % os.getpid())
"""


def test_nothing_passes_from_one_kernel_to_the_next(start):
    before = json.loads(ask(start()[1], STATE))
    dirty = start()[1]
    assert ask(dirty, POLLUTE) == ""
    assert json.loads(ask(dirty, STATE)) != before
    _, clean = start()
    assert json.loads(ask(clean, STATE)) == before
    probe = "import builtins, pandas, helpers.wording as w; print(hasattr(builtins, 'kotor'), hasattr(pandas.DataFrame, 'kotor'), w.LOCALE)"
    assert ask(clean, probe).split() == ["False", "False", "id_ID"]


def test_a_warm_kernel_is_like_a_cold_one(start):
    _, warm = start()
    _, cold = start(warm=False)
    ours, theirs = json.loads(ask(warm, STATE)), json.loads(ask(cold, STATE))
    theirs["env"][kernels.SOCKET] = ours["env"][kernels.SOCKET]
    assert {name: (value, theirs[name]) for name, value in ours.items() if value != theirs[name]} == {}


def test_random_numbers_differ(start):
    code = "import random, numpy as np, uuid; print(random.random(), np.random.random(), uuid.uuid4())"
    first, second = (ask(start()[1], code).split() for _ in range(2))
    assert not set(first) & set(second)


def test_charts_come_out(start):
    _, client = start()
    kinds = []
    client.execute_interactive(
        "import seaborn as sns; sns.lineplot(x=[1, 2], y=[3, 4])",
        output_hook=lambda m: kinds.append(list(m["content"].get("data", {}))),
        timeout=SECONDS,
    )
    assert ["image/png", "text/plain"] in [sorted(kind) for kind in kinds]


def test_environment_and_folder_are_those_asked_for(start, tmp_path):
    _, client = start(KATA="satu dua", HOME=os.environ["HOME"])
    assert ask(client, "import os; print(os.environ['KATA'], os.getcwd())").split("\n")[0] == f"satu dua {Path.cwd()}"


def test_interrupt_restart_and_kill(start, template):
    manager, client = start()
    client.execute("import time; time.sleep(60)")
    time.sleep(0.5)
    manager.interrupt_kernel()
    assert client.get_shell_msg(timeout=SECONDS)["content"]["ename"] == "KeyboardInterrupt"
    assert ask(client, "satu = 1; print(satu)") == "1\n"
    manager.restart_kernel(now=False)
    client.wait_for_ready(SECONDS)
    assert ask(client, "satu") == "NameError"
    pid = int(ask(client, "import os; print(os.getpid())"))
    os.kill(pid, signal.SIGKILL)
    assert wait_for(lambda: not manager.is_alive())
    assert manager.provisioner.process.poll() == -signal.SIGKILL
    assert wait_for(lambda: not psutil.pid_exists(pid))


def test_exit_code_is_told(start):
    manager, client = start()
    client.execute("import os; os._exit(7)")
    assert wait_for(lambda: manager.provisioner.process.poll() == 7)


def test_a_graceful_end_runs_exit_functions_and_is_quick(start, tmp_path):
    manager, client = start()
    mark = tmp_path / "akhir"
    ask(client, f"import atexit, pathlib; atexit.register(pathlib.Path({str(mark)!r}).touch)")
    manager.shutdown_kernel(now=False)
    assert mark.exists()


def test_what_a_kernel_started_ends_with_it(start):
    manager, client = start()
    child = int(ask(client, "import subprocess; print(subprocess.Popen(['sleep', '99']).pid)"))
    manager.shutdown_kernel(now=True)
    assert wait_for(lambda: not running(child))


OWNER = """
import os, sys, time
from jupyter_client.manager import KernelManager
from traitlets.config import Config
km = KernelManager(config=Config({"KernelManager": {"transport": "ipc", "ip": sys.argv[1] + "/k"}}), connection_file=sys.argv[1] + "/k.json")
km.start_kernel(); kc = km.client(); kc.start_channels(); kc.wait_for_ready(60)
from helpers.run import kernels
from helpers.run import template as template_module
own = kernels._Own.template
print(km.provisioner.process.pid, own.process.pid if own else 0, own.folder if own else "-", flush=True)
time.sleep(99)
"""


@pytest.mark.parametrize("own", [True, False], ids=["its own template", "somebody else's"])
def test_kernels_end_with_their_owner(own, template):
    short = tempfile.mkdtemp(dir="/tmp")
    env = os.environ | {"JUPYTER_DEFAULT_PROVISIONER_NAME": kernels.NAME, kernels.SOCKET: "" if own else template.path}
    owner = subprocess.Popen([sys.executable, "-c", OWNER, short], env=env, stdout=subprocess.PIPE, text=True)
    kernel, other, folder = owner.stdout.readline().split()
    assert running(int(kernel)) and (running(int(other)) or not own)
    owner.kill()
    owner.wait()
    assert wait_for(lambda: not running(int(kernel)) and not (own and running(int(other))))
    assert wait_for(lambda: not Path(folder).exists())
    assert template.process.poll() is None
    subprocess.run(["rm", "-r", short], check=True)


def test_two_hundred_kernels_leave_nothing(start, template):
    def measure():
        process = psutil.Process(template.process.pid)
        return len(process.children(recursive=True)), process.num_fds(), process.memory_info().rss, os_fds()

    def os_fds():
        return psutil.Process().num_fds()

    folder = tempfile.mkdtemp(prefix="pantau-", dir="/tmp")

    def one(number):
        settings = Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/{number}"}})
        manager = KernelManager(config=settings, connection_file=f"{folder}/{number}.json")
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(SECONDS)
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()
        manager.context.destroy()

    with ThreadPoolExecutor(4) as many:
        list(many.map(one, range(10)))
        wait_for(lambda: measure()[0] == 0)
        _, fds, memory, own = measure()
        list(many.map(one, range(10, 210)))
    assert wait_for(lambda: measure()[0] == 0)
    _, fds_after, memory_after, own_after = measure()
    assert fds_after <= fds and own_after <= own + 5
    assert memory_after - memory < 5_000_000
    assert list(Path(folder).iterdir()) == []
    Path(folder).rmdir()


@pytest.mark.parametrize(
    ("env", "why"),
    [
        ({"PYTHONPATH": "/lain"}, "PYTHONPATH"),
        ({"MPLBACKEND": "svg"}, "MPLBACKEND"),
        ({"PYTHONHASHSEED": "3"}, "HASHSEED"),
    ],
)
def test_settings_that_a_template_can_not_serve_get_an_ordinary_kernel(start, env, why, capfd, monkeypatch):
    monkeypatch.setattr(kernels.WarmProvisioner, "said", False)
    manager, client = start(**env)
    assert isinstance(manager.provisioner.process, subprocess.Popen)
    name, value = next(iter(env.items()))
    assert ask(client, f"import os; print(os.environ[{name!r}])") == f"{value}\n"
    said = capfd.readouterr().err
    assert "Kernel biasa dipakai" in said and why in said


def test_no_template_no_harm(start, monkeypatch, capfd):
    monkeypatch.setenv(kernels.SOCKET, "/tidak/ada")
    monkeypatch.setattr(kernels.WarmProvisioner, "said", False)
    settings = Config({"KernelManager": {"transport": "ipc", "ip": tempfile.mkdtemp(dir="/tmp") + "/k"}})
    for _ in range(2):
        manager = KernelManager(config=settings)
        manager.start_kernel()
        assert isinstance(manager.provisioner.process, subprocess.Popen)
        manager.shutdown_kernel(now=True)
    said = [line for line in capfd.readouterr().err.splitlines() if "Kernel biasa" in line]
    assert len(said) == 1  # once, not for every kernel


def test_a_template_that_can_not_start_says_so(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(kernels.NoTemplateError, match="berhenti sebelum siap"):
        kernels.Template()


def test_changed_code_gets_a_new_template(monkeypatch):
    monkeypatch.delenv(kernels.SOCKET, raising=False)
    first = kernels._Own.path()
    old = kernels._Own.template
    assert kernels._Own.path() == first
    monkeypatch.setattr(kernels, "fingerprint", lambda: 0)
    monkeypatch.setattr(old, "code", 1)
    second = kernels._Own.path()
    assert second != first
    assert wait_for(lambda: old.process.poll() is not None)  # it had no kernel left
    kernels._Own.template.stop()
    monkeypatch.setattr(kernels._Own, "template", None)


def test_half_a_request_harms_nobody(template, start):
    with socket.socket(socket.AF_UNIX) as rude:
        rude.connect(template.path)
        rude.sendall(b'{"berkas')
    assert ask(start()[1], "print(1)") == "1\n"
    assert template.process.poll() is None


def test_sockets_are_private(template):
    assert Path(template.folder).stat().st_mode & 0o777 == 0o700
    assert Path(template.path).stat().st_mode & 0o077 == 0


def wait_for(true, seconds=15.0):
    """Whether something comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def running(pid):
    """Whether a process lives; a zombie does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("killed", [True, False])
def test_a_template_whose_owner_ends_without_a_word_removes_the_owners_folder(tmp_path, killed):
    folder = tmp_path / "setengah-jadi"
    folder.mkdir()
    held = kernels.Template(str(folder))
    if killed:  # the system ends our side of the pipe; at that moment we may still look like its parent
        held.process.stdin.close()
        held.process.wait(10)
    held.stop()
    assert folder.exists() == (not killed)


def test_a_kernel_too_young_to_have_a_group_is_killed_too():
    young = subprocess.Popen(["sleep", "60"])  # in our group: its number is no group's
    template_module._end(young.pid)
    assert young.wait(5) == -signal.SIGKILL
    other = subprocess.Popen(["sleep", "60"])
    kernels._living.add(other)
    kernels.kill_all()
    assert other.wait(5) == -signal.SIGKILL


def test_once_no_more_are_wanted_not_even_an_ordinary_kernel_starts(start, monkeypatch):
    monkeypatch.setattr(kernels, "_starting", threading.Lock())
    manager, _ = start(warm=False)
    kernels.no_more()
    assert manager.provisioner.process.wait(10) == -signal.SIGKILL
    # The thread is left waiting, as the main thread of a worker is that is about to end.
    threading.Thread(target=start, kwargs={"warm": False}, daemon=True).start()
    time.sleep(2)
    assert not [child for child in psutil.Process().children() if "ipykernel_launcher" in " ".join(child.cmdline())]
