"""The meeting pack in blocks: agenda, brief, who is invited and who has reported, decisions asked for, minutes to fill in.

Every number is measured elsewhere; the order is that of the meeting. What nobody knows (hour, place, who chairs) is a blank.
"""

from helpers.measures.problem_log import NEEDED
from helpers.report.blocks import Block, Judul, Paragraf, Rangkaian, Tabel, Temuan
from helpers.report.cells import Kolom
from helpers.report.letter_blocks import Isian
from helpers.report.meeting_blocks import Formulir, LembarPutusan, RuangCatatan
from helpers.report.meeting_facts import Bahan, fields, invited
from helpers.report.story_brief import LONGEST, brief
from helpers.report.story_rtl import state
from helpers.wording import UNKNOWN, capitalize, count_word, day, number, opening_count, short_day


def pack(bahan: Bahan) -> list[Block]:
    """The whole pack, page by page."""
    return [*agenda(bahan), *brief(bahan), *attendance(bahan), *decisions(bahan), *minutes(bahan)]


def agenda(bahan: Bahan) -> list[Block]:
    """First page: the meeting's particulars and its order, hours blank."""
    kampanye = bahan.kampanye
    silent = len(bahan.pelaporan["belum_lapor"])
    topics = [
        ("Pembukaan", f"Maksud rapat; {number(len(kampanye.units))} {kampanye.unit} yang dipantau."),
        (
            "Capaian",
            f"Posisi per {day(kampanye.tanggal_data)}, prospek, {kampanye.unit} dengan kekurangan terbesar"
            + (f", {count_word(silent)} {kampanye.unit} yang belum lapor." if silent else "."),
        ),
        ("Kendala", "Kendala menurut penanggung jawab penyelesaiannya; keterangan tiap penanggung jawab."),
    ]
    if bahan.lalu:
        late = sum(line.terlambat for line in bahan.lalu)
        told = f"{capitalize(count_word(len(bahan.lalu)))} tindak lanjut yang ditetapkan sebelumnya"
        topics.append(("Tindak lanjut rapat lalu", told + (f", {count_word(late)} lewat tenggat." if late else ".")))
    asked = len(bahan.putusan)
    what = f"{capitalize(count_word(asked))} keputusan yang dimohon" if asked else "Keputusan rapat"
    topics.append(("Keputusan", f"{what}; PIC dan batas waktu tiap tindak lanjut."))
    topics.append(("Penutup", "Pembacaan keputusan; jadwal rapat dan data berikutnya."))
    rows = [[str(at), name, about, "", ""] for at, (name, about) in enumerate(topics, 1)]
    columns = [Kolom("No"), Kolom("Acara", lebar="38mm"), Kolom("Yang dibahas", lebar="1fr"), Kolom("Pembawa acara", lebar="34mm"),
               Kolom("Waktu", lebar="24mm")]  # fmt: skip
    return [
        Judul(f"Rapat koordinasi {kampanye.singkatan} {kampanye.wilayah}", "Bahan rapat · Susunan acara"),
        Formulir(fields(kampanye)),
        Temuan("Susunan acara"),
        Tabel(columns, rows, "Urutan tetap; waktu dan pembawa acara diisi penyelenggara."),
        Temuan("Berkas yang menyertai"),
        Paragraf(
            [
                "Laporan kota (laporan_kota.pdf): semua angka dan pemeriksaannya. Log kendala (log_kendala.pdf, dan "
                "log_kendala.xlsx untuk diisi): semua kendala dan tindak lanjut. Notulen (notulen.docx): untuk diketik saat "
                "rapat. Nota dinas (nota_dinas.pdf): pengantar satu halaman."
            ]
        ),
        RuangCatatan("Catatan"),
    ]


def attendance(bahan: Bahan) -> list[Block]:
    """Who is invited, and every office with the day of its report: who can say something of its figures."""
    kampanye = bahan.kampanye
    told = f"{number(bahan.kota['unit_lapor'])} dari {number(len(bahan.posisi))} {kampanye.unit} melapor"
    head = Judul(f"{told} sampai {day(kampanye.tanggal_data)}", "Undangan dan keadaan pelaporan", halaman_baru=True)
    guests = [[str(at), who, ""] for at, who in enumerate(invited(kampanye), 1)]
    columns = [Kolom("No", "kanan"), Kolom("Diundang", lebar="1fr"), Kolom("Hadir", lebar="18mm")]
    blocks: list[Block] = [head]
    if guests:
        half = -(-len(guests) // 2)
        sides = [Tabel(columns, part, note) for part, note in
                 ((guests[:half], "Jumlah yang hadir diisi saat rapat."), (guests[half:], "Menurut undangan.")) if part]  # fmt: skip
        blocks += [Rangkaian(sides, sejajar=True)]
    return [
        *blocks,
        Temuan(f"Keadaan pelaporan {number(len(bahan.posisi))} {kampanye.unit}"),
        _reports(bahan),
        RuangCatatan("Peserta lain"),
    ]


def _reports(bahan: Bahan) -> Block:
    """The register in two columns, those without a report first."""
    kampanye = bahan.kampanye
    table = bahan.posisi.sort_values(["lapor", "nama"], kind="stable").reset_index(drop=True)
    rows = [
        [r.nama, number(r.jumlah_asn), short_day(r.tanggal_data) if r.lapor else "belum lapor", ""]
        for r in table.itertuples()
    ]
    bold = [at for at, reported in enumerate(table["lapor"]) if not reported]
    half = -(-len(rows) // 2)
    columns = [Kolom(capitalize(kampanye.unit), lebar="1fr"), Kolom(capitalize(kampanye.orang), "kanan"),
               Kolom("Data", lebar="21mm"), Kolom("Hadir", lebar="10mm")]  # fmt: skip
    captions = (
        f"Data: tanggal data terbaru yang diterima. {UNKNOWN}: jumlah tidak diketahui.",
        f"Yang belum lapor lebih dahulu, lalu menurut nama. Sumber: {kampanye.sumber}.",
    )
    sides = [
        Tabel(columns, rows[start:end], note, padat=True, tebal=[at - start for at in bold if start <= at < end])
        for start, end, note in ((0, half, captions[0]), (half, len(rows), captions[1]))
        if start < end
    ]
    return Rangkaian(sides, sejajar=True)


def decisions(bahan: Bahan) -> list[Block]:
    """What is asked of the meeting, with room to write; then the follow-ups that still want a PIC or a date."""
    asked, kampanye = list(bahan.putusan), bahan.kampanye
    head = f"{opening_count(len(asked))} keputusan dimohon" if asked else "Tidak ada keputusan yang mendesak"
    rest = [line for line in bahan.rtl if line.terlambat or state(line) == NEEDED][:LONGEST]
    blocks: list[Block] = [Judul(head, "Keputusan", halaman_baru=True), LembarPutusan(asked)]
    if rest:
        rows = [
            [
                str(line.nomor),
                line.temuan,
                line.tindak_lanjut or line.rekomendasi,
                line.pic,
                short_day(line.tenggat) if line.tenggat else "",
            ]
            for line in rest
        ]
        columns = [Kolom("No", "kanan"), Kolom("Temuan", lebar="1fr"), Kolom("Usul atau keputusan lalu", lebar="1.4fr"),
                   Kolom("PIC", lebar="34mm"), Kolom("Batas waktu", lebar="22mm")]  # fmt: skip
        caption = f"Nomor tetap sama di log kendala; yang kosong diisi rapat. Sumber: {kampanye.sumber}."
        title = f"{opening_count(len(rest))} tindak lanjut perlu ditetapkan atau diberi tenggat baru"
        blocks += [Judul(title, "Matriks tindak lanjut", halaman_baru=True), Tabel(columns, rows, caption, padat=True)]
    return [*blocks, RuangCatatan("Keputusan lain")]


def minutes(bahan: Bahan) -> list[Block]:
    """The form of the minutes: what is known stands there, the rest are lines."""
    kampanye = bahan.kampanye
    guests = "; ".join(invited(kampanye))
    rows = [
        *fields(kampanye),
        Isian("Diundang", guests) if guests else Isian("Diundang", petunjuk="diisi: yang diundang"),
        Isian("Peserta", petunjuk="diisi: yang hadir; daftar hadir dilampirkan"),
    ]
    shares = [("Pembahasan", 7), ("Keputusan", 6)]
    body = [Isian(name, petunjuk="") for name, _ in shares]
    plan = [[str(at), "", "", ""] for at in range(1, 7)]
    columns = [
        Kolom("No", "kanan"),
        Kolom("Tindak lanjut", lebar="1fr"),
        Kolom("PIC (jabatan)", lebar="46mm"),
        Kolom("Batas waktu", lebar="30mm"),
    ]
    signed = [Isian("Notulis", petunjuk="diisi: jabatan, nama, tanda tangan"),
              Isian("Mengetahui", petunjuk="diisi: jabatan pimpinan rapat, nama, tanda tangan")]  # fmt: skip
    return [
        Judul("Notulen rapat", "Formulir notulen", halaman_baru=True),
        Formulir(rows, {"Peserta": 2}),
        Formulir(body, dict(shares)),
        Temuan("Tindak lanjut"),
        Tabel(columns, plan, "Yang ditetapkan rapat; lembar yang sama dapat diketik pada notulen.docx."),
        Formulir(signed, dict.fromkeys(["Notulis", "Mengetahui"], 2)),
    ]
