"""`make samples`: one of each document of a run, remade from the sample into reports/contoh/, with a picture of page one.

Works in a temporary folder; data/ and other reports are never touched. Files with names of people are not among them.
"""

import io
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import typst
from PIL import Image
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from helpers import campaign, sample, store
from helpers.campaign import Campaign
from helpers.intake import form, form_residents
from helpers.intake.receive import inbox_files, receive
from helpers.run import batch, jobs, pool
from helpers.run.delivery import folder_at
from helpers.sample import residents

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "reports" / "contoh"
NOW = datetime(2020, 3, 17, 12, tzinfo=UTC)
OFFICE = "DINKES"
LIMIT = 2_500_000  # bytes of all samples together

# Where a file lies in a run, and what it is called among the samples.
FILES = {
    "laporan_kota.pdf": "laporan_kota.pdf",
    "nota_dinas.pdf": "nota_dinas.pdf",
    "ringkasan_wa.txt": "ringkasan_wa_kota.txt",
    "ringkasan_wa.png": "ringkasan_wa_kota.png",
    "log_kendala.pdf": "log_kendala.pdf",
    "log_kendala.xlsx": "log_kendala.xlsx",
    "rapat.pdf": "rapat.pdf",
    "notulen.docx": "notulen.docx",
    f"opd/{OFFICE}/laporan.pdf": "laporan_opd.pdf",
    f"opd/{OFFICE}/ringkasan_wa.txt": "ringkasan_wa_opd.txt",
    f"opd/{OFFICE}/ringkasan_wa.png": "ringkasan_wa_opd.png",
    f"opd/{OFFICE}/rencana_harian.pdf": "rencana_harian.pdf",
    f"opd/{OFFICE}/teks_apel.txt": "teks_apel.txt",
    f"opd/{OFFICE}/teks_media_sosial.txt": "teks_media_sosial.txt",
}


def collect(run: Path) -> dict[str, bytes]:
    """The samples of a run, by name. FileNotFoundError if the run lacks one."""
    return {name: (run / path).read_bytes() for path, name in FILES.items()}


def told(name: str, content: bytes) -> str | None:
    """What a sample says, for a comparison that a new moment of recording does not disturb; None for a picture."""
    if name.endswith(".pdf"):
        words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    elif name.endswith(".xlsx"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        words = str([(sheet, book.get_sheet_by_name(sheet).to_python()) for sheet in book.sheet_names])
    elif name.endswith(".txt"):
        words = content.decode()
    else:
        return None
    words = " ".join(words.split())
    return re.sub(r"dicatat \d+ \w+ \d{4} pukul \d{2}\.\d{2} \w+", "dicatat kemudian", words)


def picture(pdf: bytes) -> bytes:
    """Page one of a PDF as PNG in few colours, drawn by Typst."""
    with tempfile.TemporaryDirectory(prefix="gambar-") as name:
        page = Path(name) / "halaman.typ"
        page.with_name("laporan.pdf").write_bytes(pdf)
        page.write_text('#set page(width: auto, height: auto, margin: 0pt)\n#image("laporan.pdf", page: 1)\n')
        drawn = typst.compile(str(page), root=name, format="png", ppi=100)
    small = io.BytesIO()
    Image.open(io.BytesIO(drawn)).convert("RGB").quantize(
        64, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    ).save(small, "png", optimize=True)
    return small.getvalue()


def publish(home: Path) -> Path:
    """A run of city, log and one office on the whole sample, in a folder below `home`."""
    kampanye = campaign.load(ROOT / "params" / "kota.yaml", simpan=str(home / "simpan"), masuk=str(home / "masuk"))
    fill(kampanye)
    versi = store.version(kampanye.path(kampanye.simpan))
    planned = [job for job in jobs.plan(kampanye, versi) if job.opd in ("", OFFICE)]
    folder = folder_at(home / "laporan")
    with folder.alone(), pool.local(2) as opener:
        failed = batch.run(planned, folder, opener).gagal
    if failed:
        raise SystemExit(f"Contoh tidak dibuat; gagal: {failed}")
    return home / "laporan"


def fill(kampanye: Campaign) -> None:
    """Inbox and store of a campaign with every submission of the sample."""
    inbox = Path(kampanye.masuk)
    inbox.mkdir()
    for file in sample.invent(kampanye):
        form.write_submission(inbox / file.name, kampanye, file.opd, file.as_of, file.tables, sample=True)
    families = residents.invent(kampanye)
    form_residents.write(inbox / residents.NAME, kampanye, families, sample.DATA_DATE, sample=True)
    receive(inbox_files([inbox]), kampanye, NOW, inbox)


def main() -> int:
    """Replace what lies in reports/contoh/."""
    with tempfile.TemporaryDirectory(prefix="contoh-") as name:
        files = collect(publish(Path(name)))
    files |= {name.replace(".pdf", "-1.png"): picture(files[name]) for name in list(files) if name.endswith(".pdf")}
    total = sum(map(len, files.values()))
    if total > LIMIT:
        raise SystemExit(f"Contoh terlalu besar: {total} byte, paling banyak {LIMIT}.")
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.iterdir():
        old.unlink()
    for name, content in files.items():
        (TARGET / name).write_bytes(content)
    print(f"{len(files)} berkas contoh, {total / 1e6:.1f} MB, di {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
