"""Whether the content of a file can be a proof: a PDF that opens, or a whole picture. The extension says nothing.

Whose proof it is is left to proofs.py.
"""

import io
import logging
import warnings

from PIL import Image
from pypdf import PdfReader

LIMIT = 25_000_000  # bytes
PIXELS = 150_000_000  # a phone's largest picture has 108 million
_HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}
_CONTAINERS = {b"PK\x03\x04": "arsip atau dokumen Office", b"Rar!": "arsip", b"7z\xbc\xaf": "arsip"}
# pypdf tells of every oddity it mends; only whether the file opens matters here.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


class BadProofError(ValueError):
    """The content is no proof; the message says why in a few Indonesian words."""


def check_content(content: bytes) -> None:
    """BadProofError unless the bytes are a PDF with a page, or a JPEG, PNG, WebP or HEIC that is all there."""
    if not content:
        raise BadProofError("kosong")
    if len(content) > LIMIT:
        raise BadProofError(f"lebih besar dari {LIMIT // 1_000_000} MB")
    if b"%PDF-" in content[:1024]:
        _check_pdf(content)
    elif content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _is_webp(content):
        _check_picture(content)
    elif content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        _check_boxes(content)
    else:
        kind = next((kind for mark, kind in _CONTAINERS.items() if content.startswith(mark)), "")
        raise BadProofError(f"{kind}, bukan PDF atau gambar" if kind else "bukan PDF atau gambar")


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-4096:]:
        raise BadProofError("PDF terpotong")  # pypdf would mend it from what is left
    try:
        reader = PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted
        pages = 0 if locked else len(reader.pages)
        if pages:
            reader.pages[0].mediabox  # noqa: B018 - the first page must be there, not only its number
    except Exception:
        raise BadProofError("PDF rusak, tidak dapat dibuka") from None
    if locked:
        raise BadProofError("PDF terkunci sandi")
    if not pages:
        raise BadProofError("PDF tanpa halaman")


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _check_picture(content: bytes) -> None:
    if _is_webp(content) and int.from_bytes(content[4:8], "little") + 8 > len(content):
        raise BadProofError("gambar terpotong")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"])
        if picture.width * picture.height > PIXELS:
            raise BadProofError("gambar terlalu besar")
        if picture.format == "JPEG":
            picture.draft("L", (64, 64))  # an eighth of the size: all bytes are read, few pixels made
            picture.load()
        else:
            picture.verify()  # PNG: every piece with its checksum, nothing unpacked
    except BadProofError:
        raise
    except Image.DecompressionBombError:
        raise BadProofError("gambar terlalu besar") from None
    except Exception:
        raise BadProofError("gambar rusak atau terpotong") from None


def _check_boxes(content: bytes) -> None:
    """HEIC is a row of boxes, each with its length: they must add up to the file."""
    at = 0
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        if length == 1:
            length = int.from_bytes(content[at + 8 : at + 16], "big")
        if length == 0:
            return  # the last box goes to the end
        if length < 8 or at + length > len(content):
            raise BadProofError("gambar rusak atau terpotong")
        at += length
