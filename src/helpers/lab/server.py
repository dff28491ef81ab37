"""JupyterLab and the page on the web: which command starts each, with which settings.

Both give out kernels that are forked from one template. Settings of ours come from the package and from the command's own
words; nothing is written into the installation, and a user's own settings stay in force.
"""

import json
import os
import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

from helpers.campaign import root
from helpers.lab.session import CHANGES
from helpers.report.exportable import WIDGET

PAGE = "notebooks/jelajah.ipynb"
OPENED = ("notebooks/mulai_di_sini.ipynb", PAGE)  # tabs of JupyterLab when it is first opened in a project
HERE = "127.0.0.1"
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)  # what a file of another form ends in
WORKSPACES = ".jupyterlab/workspaces"
IDLE = 900  # seconds until a kernel whose page is gone is stopped
# A zip of all reports goes through the kernel's messages; Jupyter drops more than 3 MB in 3 s without a word.
BIG_FILES = ("--ZMQChannelsWebsocketConnection.limit_rate=False",)
WARM = {"JUPYTER_DEFAULT_PROVISIONER_NAME": "hangat"}


def running(porta: int) -> str:
    """Address, with its token, of JupyterLab of this project where it already runs on this port; "" where it does not."""
    from jupyter_server.serverapp import list_running_servers

    with suppress(OSError):  # a note that another server just took away
        for info in list_running_servers():
            if info["port"] == porta and Path(info["root_dir"]).resolve() == root().resolve():
                return link(porta, info["token"])
    return ""


def link(porta: int, token: str) -> str:
    """Address of JupyterLab on this computer."""
    return f"http://{HERE}:{porta}/?token={token}"


def jupyterlab(porta: int, peramban: bool, token: str) -> tuple[list[str], dict[str, str]]:
    """Command and environment of JupyterLab: this computer only, with its token, in Indonesian, on the start page."""
    words = [
        f"--config={_share('lab', 'jupyter_config.json')}",  # what its log leaves out
        f"--ServerApp.ip={HERE}",
        f"--ServerApp.port={porta}",
        f"--ServerApp.root_dir={root()}",
        f"--ServerApp.open_browser={peramban}",
        f"--LabApp.app_settings_dir={_share('lab', 'settings')}",
        f"--ServerApp.extra_template_paths={_share('lab', 'templates')}",  # the page of a PDF that is refused
        "--ServerApp.answer_yes=True",  # Ctrl+C ends it; else it asks, in English
        *BIG_FILES,
    ]
    if not _opens_something(root() / WORKSPACES):
        words.append(f"--LabApp.default_url=/lab/tree/{OPENED[0]}")
    for path in OPENED:
        _without_old_widgets(root() / path)
    if os.geteuid() == 0:  # in a container; Jupyter would refuse, in English
        words.append("--ServerApp.allow_root=True")
    # Which tabs were open is remembered by project: another project's would be opened here as files that are not there.
    ours = {"PANTAU_AKAR": str(root()), "JUPYTERLAB_WORKSPACES_DIR": str(root() / WORKSPACES), "JUPYTER_TOKEN": token}
    return [sys.executable, "-m", "jupyterlab", *words], {**os.environ, **WARM, **ours}


def _opens_something(folder: Path) -> bool:
    """Whether there is a layout with a tab to open: what was open last or, where that is nothing, the start page, laid in here.
    False in a project that can't be written to."""
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    layouts = WorkspacesManager(str(folder))
    with suppress(OSError, *UNREADABLE):  # JupyterLab could not use such a layout either
        if _tabs(layouts.load("default")["data"]["layout-restorer:data"]["main"]["dock"]):
            return True
    tabs = [f"notebook:{path}" for path in OPENED]
    main = {"dock": {"type": "tab-area", "currentIndex": 0, "widgets": tabs}, "current": tabs[0]}
    left = {"collapsed": False, "visible": True, "current": "filebrowser", "widgets": ["filebrowser"]}
    data: dict[str, Any] = {f"notebook:{path}": {"data": {"path": path, "factory": "Notebook"}} for path in OPENED}
    data |= {
        "layout-restorer:data": {"main": main, "left": left},
        "file-browser-filebrowser:cwd": {"path": "notebooks"},
    }
    try:
        layouts.save("default", json.dumps({"data": data, "metadata": {"id": "default"}}))
    except OSError:
        return False
    return True


def _tabs(area: dict[str, Any]) -> list[str]:
    """Tabs of JupyterLab's main area, which may be split."""
    return [*area.get("widgets", ()), *(tab for part in area.get("children", ()) for tab in _tabs(part))]


def _without_old_widgets(notebook: Path) -> None:
    """Widgets live as long as their kernel; what an earlier day saved of them would be shown as an error."""
    with suppress(OSError, *UNREADABLE):  # JupyterLab tells of a notebook that can't be read
        content = json.loads(notebook.read_text(encoding="utf-8"))
        stale = [cell for cell in content["cells"] if any(WIDGET in o.get("data", {}) for o in cell.get("outputs", ()))]
        if not stale:
            return
        for cell in stale:
            cell.update(outputs=[], execution_count=None)
        aside = notebook.with_name(f".{notebook.name}.sementara")
        aside.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        aside.replace(notebook)


def page(alamat: str, porta: int, peramban: bool, token: str = "") -> tuple[list[str], dict[str, str]]:
    """Command and environment of jelajah.ipynb as a web page: no other notebook, no source, no traceback, no files. With a
    `token` the page may change data, and only whoever has the token gets it."""
    words = [
        str(root() / PAGE),
        f"--Voila.ip={alamat}",
        f"--Voila.port={porta}",
        f"--Voila.open_browser={peramban}",
        "--VoilaConfiguration.template=pantau",
        "--VoilaConfiguration.theme=light",
        "--VoilaConfiguration.strip_sources=True",
        "--VoilaConfiguration.show_tracebacks=False",
        "--VoilaConfiguration.file_allowlist=[]",
        "--TagRemovePreprocessor.remove_cell_tags=lab",  # what only somebody in JupyterLab needs to know
        *BIG_FILES,
        f"--MappingKernelManager.cull_idle_timeout={IDLE}",
        "--MappingKernelManager.cull_interval=60",
    ]
    path = os.pathsep.join(filter(None, [str(_share()), os.environ.get("JUPYTER_PATH", "")]))
    ours = {"JUPYTER_PATH": path, "PANTAU_AKAR": str(root()), CHANGES: "1" if token else "0"}
    if token:
        words.append("--Voila.auto_token=True")  # that of the environment: a command line can be read by others
        ours["JUPYTER_TOKEN"] = token
    return [sys.executable, "-m", "voila", *words], {**os.environ, **WARM, **ours}


def _share(*parts: str) -> Path:
    """A folder of the package; it is installed as files, never as a zip."""
    return Path(str(files("helpers.lab").joinpath("share", *parts)))
