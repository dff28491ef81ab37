"""Files between the browser and the kernel: one dropped on the page, those of the kernel opened or saved by a button.

They travel as messages of the page's own kernel: no other page, and no address of the web server, ever gives them out.
"""

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

PIECE = 2_000_000  # bytes of a message to the browser


def _script(name: str) -> str:
    return files("helpers.lab").joinpath(name).read_text(encoding="utf-8")


class Unggah(anywidget.AnyWidget):
    """A place to drop a file on. `on_file(name, content)` is called with a whole file, `on_wrong(sentence)` with why one was
    not taken; of two files at once the later one counts."""

    _esm = _script("unggah.js")
    petunjuk = traitlets.Unicode().tag(sync=True)
    jenis = traitlets.Unicode(".xlsx,.xlsm,.xls,.ods,.csv,.txt,.tsv").tag(sync=True)
    terbesar = traitlets.Int().tag(sync=True)

    def __init__(self, on_file: Callable[[str, bytes], None], on_wrong: Callable[[str], None], **traits: Any) -> None:
        super().__init__(**traits)
        self._on_file, self._on_wrong = on_file, on_wrong
        self._id, self._pieces = "", list[bytes]()
        self.on_msg(self._take)

    def _take(self, _: Any, told: dict[str, Any], buffers: list[Any]) -> None:
        size = f"{self.terbesar // 1_000_000} MB"
        if "besar" in told:
            self._on_wrong(f"{_plain(told['besar'])} lebih besar daripada {size}; kirim tanpa gambar atau lembar lain.")
        elif "bukan" in told:
            self._on_wrong("Yang diseret bukan berkas; simpan dahulu sebagai berkas, lalu seret berkasnya ke sini.")
        elif "folder" in told:
            self._on_wrong(
                f"{_plain(told['folder'])} adalah folder; buka foldernya, lalu seret satu berkas di dalamnya."
            )
        elif "rusak" in told:
            self._on_wrong(f"{_plain(told['rusak'])} tidak dapat dibaca peramban; tutup di program lain, lalu ulangi.")
        elif "banyak" in told:
            self._on_wrong(
                "Taruh satu berkas setiap kali; untuk banyak berkas, salin ke kotak masuk lalu `pantau terima`."
            )
        elif len(buffers) == 1:
            self._add(told, bytes(buffers[0]))

    def _add(self, told: dict[str, Any], piece: bytes) -> None:
        if told.get("id") != self._id:
            self._id, self._pieces = str(told.get("id")), []
        self._pieces.append(piece)
        if sum(map(len, self._pieces)) > self.terbesar:  # a page that was tampered with
            self._id, self._pieces = "", []
        elif len(self._pieces) == told.get("jumlah"):
            content = b"".join(self._pieces)
            self._id, self._pieces = "", []
            self._on_file(_plain(told.get("nama")), content)


class Unduh(anywidget.AnyWidget):
    """Buttons for files. `offer` says which; `fetch(kunci)` gives name, media type and content of one when it is asked for."""

    _esm = _script("unduh.js")
    petunjuk = traitlets.Unicode().tag(sync=True)
    berkas: Any = traitlets.List().tag(sync=True)

    def __init__(
        self, fetch: Callable[[str], tuple[str, str, bytes]], on_wrong: Callable[[Exception], None], **t: Any
    ) -> None:
        super().__init__(**t)
        self._fetch, self._on_wrong = fetch, on_wrong
        self._held: dict[float, tuple[str, str, bytes]] = {}
        self.on_msg(self._give)

    def offer(self, berkas: list[tuple[str, str, bool]]) -> None:
        """(kunci, label, whether it opens in a tab) of each file."""
        self.berkas = [{"kunci": key, "teks": text, "buka": opens} for key, text, opens in berkas]

    def _give(self, _: Any, told: dict[str, Any], buffers: Any) -> None:
        request, start = told.get("id"), told.get("dari")
        offered = {one["kunci"] for one in self.berkas}
        if told.get("kunci") not in offered or not isinstance(start, int) or not isinstance(request, float | int):
            return
        try:
            if request not in self._held:
                self._held = {request: self._fetch(told["kunci"])}
            name, kind, content = self._held[request]
        except Exception as error:
            self.send({"id": request, "gagal": True})
            self._on_wrong(error)
            return
        piece = content[start : start + PIECE]
        about = {"id": request, "kunci": told["kunci"], "nama": name, "jenis": kind, "panjang": len(content)}
        self.send(about, [piece])
        if start + len(piece) >= len(content):
            self._held.pop(request, None)


def _plain(name: Any) -> str:
    """A file's name as it may stand in a sentence and on a disk: no folders, nothing invisible."""
    last = str(name).replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign if sign.isprintable() else "_" for sign in last).strip().lstrip(".~")[-120:] or "berkas"
