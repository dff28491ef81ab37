"""Ready-to-send texts of an office beside WhatsApp's: read out at apel pagi, and posted on social media.

Made from the same Pesan as the WhatsApp text, so that figures never differ; warm, no names, nobody is blamed.
"""

from helpers.report.blocks import STAMP
from helpers.report.messages import MessageError, Pesan, plain
from helpers.wording import capitalize, number

POST_LIMIT = 500  # characters; a post is always shorter
# What a respondent does, by the address in the campaign's `ajakan`; a campaign with another one has its `ajakan`.
STEPS = {
    "sensus.bps.go.id": [
        "Buka sensus.bps.go.id dan pilih bahasa.",
        "Masukkan NIK dan Nomor KK beserta kode captcha, lalu tekan Cek Keberadaan.",
        "Buat password dan pertanyaan keamanan, lalu Masuk dan Mulai Mengisi.",
        "Isi alamat dan perumahan, kemudian setiap anggota keluarga sampai bertanda Sudah Update.",
        "Tekan Kirim, lalu unduh bukti pengisian dan simpan; bukti dapat juga dikirim lewat surel.",
    ]
}
ABOUT = {
    "sensus.bps.go.id": "Pengisian memerlukan sekitar lima menit untuk tiap orang. Satu keluarga memakai satu password, jadi "
    "suami, istri, atau anak dapat mengisikan untuk semua."
}
_ORDER = ("Pertama", "Kedua", "Ketiga", "Keempat", "Kelima", "Keenam", "Ketujuh")


def assembly(pesan: Pesan) -> str:
    """To be read out at apel pagi or in an online meeting, in 60 to 90 seconds."""
    steps = STEPS.get(pesan.alamat, pesan.langkah)
    told = " ".join(
        f"{_ORDER[at]}, {step[:1].lower()}{step[1:]}" if at < len(_ORDER) else step for at, step in enumerate(steps)
    )
    lead = (
        "Cara mengisinya sebagai berikut."
        if pesan.berjalan
        else "Bila masa pengisian diperpanjang, caranya sebagai berikut."
    )
    parts = [
        STAMP if pesan.contoh else "",
        f"Teks apel pagi: {plain(pesan.nama)}\n(dibacakan sekitar satu menit; dapat dibacakan juga pada rapat daring)",
        "Selamat pagi dan salam sejahtera, Bapak dan Ibu yang kami hormati.",
        _spoken(f"Menurut {pesan.tanggal}: {_figure(pesan)} {_thanks(pesan)}"),
        " ".join(filter(None, [ABOUT.get(pesan.alamat, ""), lead, told])),
        "Bagi yang menemui kendala, sampaikan kepada pengelola di kantor; mari kita cari jalan keluarnya bersama. Bagi yang sudah "
        "selesai, mohon membantu rekan dan keluarga yang belum.",
        f"{pesan.batas} Terima kasih atas kerja sama Bapak dan Ibu.",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def post(pesan: Pesan) -> str:
    """For social media, under POST_LIMIT characters in whole sentences; what is optional goes where room is short.

    MessageError if what must be there is too long by itself.
    """
    if pesan.berjalan:
        lead, end = f"Mari berpartisipasi dalam {pesan.kampanye}!", pesan.batas
        step = next((step for step in pesan.langkah if pesan.alamat in step), "")
    else:
        lead, step, end = f"Masa pengisian {pesan.kampanye} sudah berakhir. Terima kasih atas partisipasinya.", "", ""
    figure = f"Sudah {pesan.arti}; terima kasih!" if pesan.bagian else ""
    kept_proof = "Simpan bukti pengisiannya, dan ajak keluarga serta rekan." if pesan.berjalan else ""
    optional = [figure, kept_proof, pesan.nama]
    for kept in range(len(optional), -1, -1):
        own = [*optional[:kept], *[""] * (len(optional) - kept)]
        body = " ".join(filter(None, [lead, own[0], step, own[1], end]))
        text = "\n".join(filter(None, [STAMP if pesan.contoh else "", plain(own[2]), plain(body)])) + "\n"
        if len(text) < POST_LIMIT:
            return text
    raise MessageError(
        f"Teks media sosial {pesan.nama[:40]} melebihi {number(POST_LIMIT)} karakter; persingkat ajakan."
    )


def _figure(pesan: Pesan) -> str:
    gap = f"{pesan.ajakan} {pesan.sampai}".strip()
    return " ".join(filter(None, [capitalize(pesan.temuan), f"{gap}." if gap else ""]))


def _thanks(pesan: Pesan) -> str:
    if pesan.belum_lapor:
        return "Mohon pengelola segera mengirim laporannya."
    return "Terima kasih kepada semua yang sudah mengisi dan menyimpan buktinya." if pesan.bagian else ""


def _spoken(text: str) -> str:
    """Signs that are read out as words."""
    return plain(text).replace("%", " persen")
