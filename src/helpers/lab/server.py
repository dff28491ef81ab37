"""JupyterLab and the page on the web: which command starts each, with which settings.

Both give out kernels that are forked from one template. Settings of ours come from the package and from the command's own
words; nothing is written into the installation, and a user's own settings stay in force.
"""

import os
import sys
from importlib.resources import files
from pathlib import Path

from helpers.campaign import root
from helpers.lab.session import CHANGES

START = "notebooks/jelajah.ipynb"  # what both open
HERE = "127.0.0.1"
WORKSPACES = ".jupyterlab/workspaces"
IDLE = 900  # seconds until a kernel whose page is gone is stopped
# A zip of all reports goes through the kernel's messages; Jupyter drops more than 3 MB in 3 s without a word.
BIG_FILES = ("--ZMQChannelsWebsocketConnection.limit_rate=False",)
WARM = {"JUPYTER_DEFAULT_PROVISIONER_NAME": "hangat"}


def jupyterlab(porta: int, peramban: bool) -> tuple[list[str], dict[str, str]]:
    """Command and environment of JupyterLab: this computer only, with its token, in Indonesian, on the start page."""
    words = [
        f"--ServerApp.ip={HERE}",
        f"--ServerApp.port={porta}",
        f"--ServerApp.root_dir={root()}",
        f"--ServerApp.open_browser={peramban}",
        f"--LabApp.app_settings_dir={_share('lab', 'settings')}",
        f"--LabApp.default_url=/lab/tree/{START}",
        *BIG_FILES,
    ]
    if os.geteuid() == 0:  # in a container; Jupyter would refuse, in English
        words.append("--ServerApp.allow_root=True")
    # Which tabs were open is remembered by project: another project's would be opened here as files that are not there.
    ours = {"PANTAU_AKAR": str(root()), "JUPYTERLAB_WORKSPACES_DIR": str(root() / WORKSPACES)}
    return [sys.executable, "-m", "jupyterlab", *words], {**os.environ, **WARM, **ours}


def page(alamat: str, porta: int, peramban: bool, token: str = "") -> tuple[list[str], dict[str, str]]:
    """Command and environment of jelajah.ipynb as a web page: no other notebook, no source, no traceback, no files. With a
    `token` the page may change data, and only whoever has the token gets it."""
    words = [
        str(root() / START),
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
