"""Commands about what offices send: sample, forms, proofs, taking in, watching the inbox, the list of known words."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.cli.app import PARAMS, Params, app, load
from helpers.cli.rendering import render_changed
from helpers.terminal import (
    FAILED,
    WRONG_USE,
    count,
    out,
    receive_showing,
    sentences,
    stop,
    tell_as_json,
    tell_aside,
    tell_proofs,
    tell_received,
)

if TYPE_CHECKING:
    from helpers.campaign import Campaign

FormFolder = Annotated[Path, typer.Option(help="Folder formulir.")]
FORMS = Path("data/formulir")


@app.command()
def contoh(
    params: Params = PARAMS,
    benih: Annotated[int, typer.Option(help="Benih acak; benih sama, berkas sama.")] = 2020,
    bila_kosong: Annotated[bool, typer.Option("--bila-kosong", help="Hanya bila kotak masuk kosong.")] = False,
) -> None:
    """Membuat kiriman contoh (rekaan, bertanda DATA CONTOH) di kotak masuk."""
    with sentences():
        kampanye = load(params)
        inbox = kampanye.path(kampanye.masuk)
        if inbox.is_file():
            out.print(f"Kampanye ini memakai data {kampanye.masuk}; contoh tidak diperlukan.")
            return
        from helpers import sample
        from helpers.intake import form_residents
        from helpers.intake.form import write_submission
        from helpers.intake.receive import inbox_files
        from helpers.sample import residents

        held = {path.name for path in inbox_files([inbox])} if inbox.is_dir() else set()
        if held and bila_kosong:
            out.print(f"{kampanye.masuk} sudah berisi {count(len(held))} berkas; contoh tidak dibuat.")
            return
        files = sample.invent(kampanye, benih)
        asked = [] if kampanye.villages.empty else [residents.NAME]
        if foreign := held - {file.name for file in files} - set(asked):
            name = sorted(foreign)[0]
            stop(f"{kampanye.masuk} memuat berkas lain ({name}); contoh tidak dicampur dengan kiriman OPD.", FAILED)
        for file in files:
            write_submission(inbox / file.name, kampanye, file.opd, file.as_of, file.tables, sample=True)
        for name in asked:
            counts = residents.invent(kampanye, benih)
            form_residents.write(inbox / name, kampanye, counts, sample.DATA_DATE, sample=True)
        more = " dan rekap penduduk" if asked else ""
        out.print(f"{count(len(files))} kiriman contoh{more} di {kampanye.masuk} (DATA CONTOH - BUKAN DATA RESMI).")


@app.command()
def formulir(
    params: Params = PARAMS,
    opd: Annotated[list[str] | None, typer.Option(help="Kode OPD; boleh diulang. Tanpa ini: semua.")] = None,
    keluar: FormFolder = FORMS,
    kosong: Annotated[bool, typer.Option("--kosong", help="Tanpa daftar nama dari kiriman terakhir.")] = False,
    warga: Annotated[
        bool, typer.Option("--warga", help="Formulir rekap penduduk menurut kelurahan, untuk BPS.")
    ] = False,
) -> None:
    """Membuat formulir tiap OPD, berisi daftar nama dari kiriman terakhirnya."""
    with sentences():
        from helpers.intake import roster

        kampanye = load(params)
        if warga:
            _residents_form(kampanye, keluar)
            return
        codes = opd or kampanye.units["kode"].tolist()
        starts = {code: roster.Start() for code in codes} if kosong else roster.newest(kampanye, codes)
        folder = kampanye.path(str(keluar))
        aside = [roster.put_form(folder / f"{code}_formulir.xlsx", kampanye, code, starts[code]) for code in codes]
        filled = sum(not start.people.empty for start in starts.values())
        note = f"; {count(filled)} berisi daftar nama dari kiriman terakhir" if filled else ""
        out.print(f"{count(len(codes))} formulir di {keluar}{note}.")
        tell_aside([path for path in aside if path])


def _residents_form(kampanye: "Campaign", folder: Path) -> None:
    from helpers.intake import form_residents, roster

    if kampanye.villages.empty:
        stop("Kampanye ini tidak memakai rekap penduduk; isi parameter kelurahan bila diperlukan.", WRONG_USE)
    target = kampanye.path(str(folder)) / form_residents.NAME
    aside = roster.replace_form(target, lambda fresh: form_residents.write(fresh, kampanye))
    out.print(f"Formulir rekap penduduk untuk {count(len(kampanye.villages))} kelurahan: {folder / target.name}.")
    tell_aside([aside] if aside else [])


@app.command()
def bukti(
    folder: Annotated[Path, typer.Argument(help="Folder berkas bukti satu OPD.")],
    params: Params = PARAMS,
    opd: Annotated[str | None, typer.Option(help="Kode OPD; tanpa ini: dari nama folder.")] = None,
    formulir: Annotated[Path | None, typer.Option(help="Formulir berisi nominatif; tanpa ini: simpanan.")] = None,
    keluar: FormFolder = FORMS,
) -> None:
    """Mencocokkan berkas bukti dengan NIP dan mencatatnya pada formulir OPD; berkasnya tidak disalin."""
    with sentences():
        from helpers.intake import roster
        from helpers.intake.proofs import find_proofs

        kampanye = load(params)
        if not folder.is_dir():
            stop(f"Folder {folder} tidak ada; periksa jalurnya.", WRONG_USE)
        code, start = roster.for_proofs(kampanye, folder, opd, formulir, datetime.now(UTC))
        proofs = find_proofs(folder, start.people)
        target = kampanye.path(str(keluar)) / f"{code}_formulir.xlsx"
        aside = roster.put_form(target, kampanye, code, roster.with_proofs(start, proofs))
        tell_proofs(kampanye, code, start.people, proofs)
        out.print(f"Dicatat pada {keluar / target.name}.", markup=False, soft_wrap=True)
        tell_aside([aside] if aside else [])


@app.command()
def terima(
    berkas: Annotated[list[Path] | None, typer.Argument(help="Berkas atau folder; tanpa ini: kotak masuk.")] = None,
    params: Params = PARAMS,
    sebagai_json: Annotated[bool, typer.Option("--json", help="Satu objek JSON sebaris, tanpa tabel.")] = False,
    simpan: Annotated[Path | None, typer.Option(help="Folder simpanan lain; umpan baliknya di dalamnya.")] = None,
    coba: Annotated[bool, typer.Option("--coba", help="Memeriksa saja, tidak menyimpan.")] = False,
) -> None:
    """Memeriksa kiriman, menerima atau menolaknya, dan menyimpan yang diterima."""
    with sentences():
        kampanye = load(params, **({"simpan": str(simpan.absolute())} if simpan else {}))
        inbox = kampanye.path(kampanye.masuk)
        paths = [Path(p) for p in berkas] if berkas else [inbox]
        if missing := [p for p in paths if not p.exists()]:
            hint = (
                "jalankan `pantau contoh` atau salin kiriman OPD ke sana" if missing == [inbox] else "periksa jalurnya"
            )
            stop(f"{missing[0]} tidak ada; {hint}.", FAILED)
        from helpers.intake.feedback import write_all

        show = tell_as_json if sebagai_json else None
        submissions = receive_showing(kampanye, paths, None if berkas else inbox, datetime.now(UTC), not coba, show)
        if not submissions:
            stop(f"{paths[0]} kosong; salin kiriman OPD (.xlsx atau .csv) ke sana.", FAILED)
        folder = simpan.absolute() / "umpan_balik" if simpan else inbox.parent / "umpan_balik"
        written = write_all(folder, submissions)
        if not sebagai_json:
            tell_received(submissions, written, coba)
        if all(s.hasil == "ditolak" for s in submissions):
            raise typer.Exit(FAILED)


@app.command()
def awasi(
    params: Params = PARAMS,
    tanggal: Annotated[str | None, typer.Option(help="Tanggal data laporan, misalnya 2020-03-17.")] = None,
    keluar: Annotated[str, typer.Option(help="Folder laporan.")] = "reports",
    tanpa_laporan: Annotated[bool, typer.Option("--tanpa-laporan", help="Menerima saja, tidak menyusun.")] = False,
    sekali: Annotated[bool, typer.Option("--sekali", help="Berhenti setelah satu kedatangan.")] = False,
) -> None:
    """Mengawasi kotak masuk: yang datang diterima, laporan yang berubah disusun. Ctrl+C untuk berhenti."""
    with sentences():
        from helpers.intake.watch import arrivals

        kampanye = load(params, **({"tanggal_data": tanggal} if tanggal else {}))
        inbox = kampanye.path(kampanye.masuk)
        if inbox.is_file():
            stop(f"{kampanye.masuk} adalah berkas, bukan folder; tidak ada yang dapat diawasi.", WRONG_USE)
        inbox.mkdir(parents=True, exist_ok=True)
        out.print(f"Mengawasi {kampanye.masuk}; Ctrl+C untuk berhenti.", markup=False)
        for files in arrivals(inbox):
            accepted = _take_in(kampanye, files, inbox)
            if accepted and not tanpa_laporan:
                render_changed(kampanye, keluar)
            if sekali:
                break


def _take_in(kampanye: "Campaign", files: list[Path], inbox: Path) -> bool:
    """Take files in and write their feedback; whether any of them changes the data."""
    from helpers.intake.feedback import write_all

    submissions = receive_showing(kampanye, files, inbox, datetime.now(UTC))
    tell_received(submissions, write_all(inbox.parent / "umpan_balik", submissions))
    return any(s.hasil == "diterima" and not s.lama for s in submissions)


@app.command()
def kamus(
    tulis: Annotated[bool, typer.Option("--tulis", help="Memperbarui tabel pada PANDUAN.md.")] = False,
    params: Params = PARAMS,
) -> None:
    """Judul kolom, kata, dan tanggal yang dipahami, dari params/kolom.yaml."""
    with sentences():
        from helpers.campaign import root
        from helpers.intake import glossary

        kampanye = load(params)
        if not tulis:
            print(glossary.markdown(kampanye.columns))
            return
        guide = root() / "PANDUAN.md"
        changed = glossary.write_into(guide, kampanye.columns)
        out.print("PANDUAN.md diperbarui." if changed else "PANDUAN.md sudah sesuai.")
