"""The NIP: 18 digits that hold birth date, start of service, sex and serial; and what must never be stored.

Source: BKN's NIP layout (birth YYYYMMDD, TMT CPNS YYYYMM, sex 1/2, serial). PPPK: digits 9-12 the year, 13-14 a
contract code, not a month. Comparing with earlier rosters is left to history.py.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from helpers.intake.values import clean_text, unquoted

# Serials 900-999 are those of invented people (sample.py).
SAMPLE_SERIALS = range(900, 1000)

# What stands in the place of the month in the number of a PPPK: 21 the first contract, 22 the second, ...
_CONTRACTS = range(21, 30)

# Nine digits or more with up to three separators between two of them, as numbers are typed: 5371 0123-4567.8901
# It begins where a run of brackets does: from every place in it the search would go to its end again.
_NUMBER = re.compile(r"(?<![(+])[(+]*\d(?:[ .()\-]{0,3}\d){8,}")
# No name before the @ is longer than 64 characters (RFC 5321); without that limit a long word takes seconds.
# (0380) 821234, 0380-821 234: an area code and a number; 2020-03-16 and 09.00 are none.
_LANDLINE = re.compile(r"(?<![\d.])\(?0[2-9]\d{1,2}\)?[ .-]?\d{3}[ .-]?\d{3,4}(?!\d)")
_SPELT_MAIL = re.compile(r"[\w.+-]{1,64} ?[(\[{]at[)\]}] ?[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}", re.IGNORECASE)
_AT, _SPELT_AT = re.compile("@"), re.compile(r"[(\[{]at[)\]}]", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Nip:
    """A NIP that was read: its 18 digits, why it can't be (`salah`), what is odd about it (`janggal`).

    `rusak`: a spreadsheet kept only its first digits. `awal`: what the first 15 were (cut or rounded; fewer where it
    shows 1.98503E+17).
    """

    digits: str
    salah: str = ""
    janggal: str = ""
    rusak: bool = False
    awal: tuple[str, ...] = ()
    jenis: str = ""  # PPPK where the number itself says so


def read_nip(value: Any, jenis: str | None, as_of: date) -> Nip:
    """Check a NIP cell. `jenis` PPPK loosens the month rule, None lets the number tell; `as_of` bounds the start of
    service.

    A number (not text) of more than 15 digits, or text such as 1.98503E+17, has lost digits: `rusak`. Text that ends
    in 000 is valid but odd; whether a whole column does is left to people.py.
    """
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 1e15:
        rounded = f"{value:.14e}".partition("e")[0].replace(".", "")
        return Nip(clean_text(value), rusak=True, awal=(clean_text(value)[:15], rounded))
    text = unquoted(clean_text(value))
    if re.fullmatch(r"\d([.,]\d+)?[eE]\+?1\d", text):
        return Nip(text, rusak=True, awal=(re.sub(r"\D", "", re.split("[eE]", text)[0])[:15],))
    text = re.sub(r"^(nip|nippppk|ni pppk)[\s.:]*(?=\d)", "", text, flags=re.IGNORECASE)
    digits = re.sub(r"[\s.,'`\"’‘´_/-]", "", text)
    if not re.fullmatch(r"[0-9]{18}", digits):
        return Nip(digits, salah=f"harus 18 angka, terbaca {len(digits)}" if digits.isdecimal() else "harus 18 angka")
    born = _day(digits[:8])
    if born is None or born.year < 1930 or born > as_of:
        return Nip(digits, salah=f"tanggal lahir {digits[:8]} tidak ada")
    year, month = int(digits[8:12]), int(digits[12:14])
    contract = jenis is None and month in _CONTRACTS
    if jenis == "PPPK" or contract:
        month = 1
    if not 1 <= month <= 12:
        return Nip(digits, salah=f"bulan TMT {digits[12:14]} tidak ada")
    if (year, month) > (as_of.year, as_of.month):
        return Nip(digits, salah=f"TMT {digits[8:14]} sesudah tanggal data")
    if digits[14] not in "12":
        return Nip(digits, salah=f"angka ke-15 (jenis kelamin) {digits[14]}, harus 1 atau 2")
    kind = "PPPK" if contract else ""
    if digits.endswith("000"):
        return Nip(digits, janggal="nomor urut 000", awal=(digits[:15],), jenis=kind)
    age = year - born.year - ((month, 1) < (born.month, born.day))
    odd = f"usia saat TMT {age} tahun" if not 18 <= age <= 46 and not contract and jenis != "PPPK" else ""
    now = as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))
    return Nip(digits, janggal=odd or (f"usia {now} tahun" if now > 60 else ""), jenis=kind)


def _day(text: str) -> date | None:
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def mask(text: str) -> tuple[str, int]:
    """Free text without NIK, No. KK, NIP, phone numbers and e-mail addresses, and how many were masked.

    A run of 15 or more digits is taken for an identity number, however it is grouped: rather one too many.
    """
    masked = 0

    def hide(found: re.Match[str]) -> str:
        nonlocal masked
        digits = re.sub(r"\D", "", found[0])
        if len(digits) >= 15:
            label = "[nomor disamarkan]"
        elif re.fullmatch(r"(62|0)8\d{7,12}|0[2-9]\d{8,10}", digits):
            label = "[telepon disamarkan]"
        else:
            return found[0]
        masked += 1
        return label

    text = _NUMBER.sub(hide, text)
    text, landlines = _LANDLINE.subn("[telepon disamarkan]", text)
    masked += landlines
    for sign, address in ((_SPELT_AT, _SPELT_MAIL), (_AT, _MAIL)):
        if sign.search(text):  # looking for a name before a sign that is nowhere takes 64 steps for each letter
            text, mails = address.subn("[surel disamarkan]", text)
            masked += mails
    return text, masked
