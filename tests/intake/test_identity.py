"""identity.py: which NIP is valid, odd, wrong or damaged, and that no personal number survives in free text."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.identity import mask, read_nip

DAY = date(2020, 3, 17)
NIK, KK = "5371012345678901", "5371019876543210"


@pytest.mark.parametrize(
    "value",
    [
        "198503172010011001",
        "19850317 201001 1 001",
        "19850317 201001 1 001",
        "19850317.201001.1.001",
        "19850317-201001-1-001",
        "'198503172010011001",
        "’198503172010011001",
        '"198503172010011001"',
        '="198503172010011001"',
        "NIP. 198503172010011001",
        "19850317_201001_1_001",
        " 198503172010011001\n",
        "１９８５０３１７２０１００１１００１",
        "198503172010011001\u200b",
    ],
    ids=repr,
)
def test_valid_nip_with_spaces_dots_and_quotes(value):
    nip = read_nip(value, "PNS", DAY)
    assert (nip.digits, nip.salah, nip.janggal, nip.rusak) == ("198503172010011001", "", "", False)


def test_leap_day_and_last_month_are_valid():
    assert read_nip("198402292010122001", "PNS", DAY).salah == ""
    assert read_nip("199001012020031001", "PNS", DAY).salah == ""  # TMT in the month of the data date


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("19850317201001100", "terbaca 17"),
        ("1985031720100110011", "terbaca 19"),
        ("1", "terbaca 1"),
        (5, "terbaca 1"),
        ("19850317201001100O", "18 angka"),
        ("tidak ada", "18 angka"),
        ("١٩٨٥٠٣١٧٢٠١٠٠١١٠٠١", "18 angka"),
        ("198502302010011001", "tanggal lahir 19850230"),
        ("198513172010011001", "tanggal lahir 19851317"),
        ("198300002010011001", "tanggal lahir 19830000"),
        ("198302292010011001", "tanggal lahir 19830229"),
        ("192903172010011001", "tanggal lahir 19290317"),
        ("202103172010011001", "tanggal lahir 20210317"),
        ("000000002010011001", "tanggal lahir"),
        ("198503172010131001", "bulan TMT 13"),
        ("198503172010001001", "bulan TMT 00"),
        ("198503172010211001", "bulan TMT 21"),
        ("198503172020041001", "TMT 202004 sesudah"),
        ("198503172021011001", "TMT 202101 sesudah"),
        ("198503172010013001", "jenis kelamin) 3"),
        ("198503172010010001", "jenis kelamin) 0"),
    ],
)
def test_wrong_nip_says_why(value, reason):
    nip = read_nip(value, "PNS", DAY)
    assert reason in nip.salah
    assert not nip.rusak


def test_pppk_has_a_contract_code_instead_of_a_month():
    assert read_nip("198503172019211001", "PPPK", DAY).salah == ""
    assert "bulan TMT 21" in read_nip("198503172019211001", "PNS", DAY).salah
    assert read_nip("198503172019211001", None, DAY).jenis == "PPPK"  # the number itself tells
    assert "bulan TMT 13" in read_nip("198503172019131001", None, DAY).salah
    assert "sesudah" in read_nip("198503172021211001", "PPPK", DAY).salah
    assert "kelamin" in read_nip("198503172019213001", "PPPK", DAY).salah


@pytest.mark.parametrize(
    "value",
    [
        "1.98503E+17",
        "1,98503E+17",
        "1.98503172010011E+17",
        "1.98503e17",
        "2E+17",
        198503172010011001,
        198503172010011001.0,
        1.98503172010011e17,
        1e15,
    ],
    ids=repr,
)
def test_number_that_lost_digits_is_damaged(value):
    assert read_nip(value, "PNS", DAY).rusak


@pytest.mark.parametrize("value", ["198503172010011000", "19850317 201001 1 000"])
def test_serial_000_never_passes_in_silence(value):
    nip = read_nip(value, "PNS", DAY)
    assert nip.rusak or nip.janggal


@pytest.mark.parametrize(
    ("value", "jenis", "words"),
    [
        ("199503172012041001", "PNS", "usia saat TMT 17"),
        ("199503172012031001", "PNS", "usia saat TMT 16"),
        ("197003172018011001", "PNS", "usia saat TMT 47"),
        ("195903162000011001", "PNS", "usia 61"),
        ("195903171980011001", "PNS", "usia 61"),
    ],
)
def test_odd_nip_is_a_warning_only(value, jenis, words):
    nip = read_nip(value, jenis, DAY)
    assert words in nip.janggal
    assert (nip.salah, nip.rusak) == ("", False)


@pytest.mark.parametrize(
    ("value", "jenis"),
    [
        ("199403172012041001", "PNS"),  # 18 at TMT
        ("197203172018041001", "PNS"),  # 46 at TMT
        ("195903182000011001", "PNS"),  # 60 until tomorrow
        ("196503172019211001", "PPPK"),  # a contract may start late
    ],
)
def test_age_bounds_are_inclusive(value, jenis):
    assert read_nip(value, jenis, DAY).janggal == ""


@given(st.one_of(st.text(), st.integers(), st.floats(), st.from_regex(r"\d{18}", fullmatch=True), st.none()))
def test_read_nip_never_raises_and_a_clean_one_has_18_digits(value):
    for jenis in ("PNS", "PPPK", "PTT", None):
        nip = read_nip(value, jenis, DAY)
        if not nip.salah and not nip.rusak:
            assert re.fullmatch(r"[0-9]{18}", nip.digits)
            assert nip.digits[14] in "12"
            assert nip.digits[-3:] != "000" or nip.janggal


@given(st.dates(date(1962, 1, 1), date(1998, 12, 31)), st.integers(1, 12), st.sampled_from("12"), st.integers(1, 999))
def test_every_well_made_nip_is_accepted(born, month, sex, serial):
    nip = read_nip(f"{born:%Y%m%d}{born.year + 20}{month:02d}{sex}{serial:03d}", "PNS", DAY)
    assert (nip.salah, nip.janggal, nip.rusak) == ("", "", False)


# Masking


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"NIK {NIK} ditolak", NIK),
        (f"nik:{NIK}.", NIK),
        (f"KK{KK}lama", KK),
        ("5371 0123 4567 8901", "0123"),
        ("5371.0123.4567.8901", "0123"),
        ("5371-0123-4567-8901", "0123"),
        ("537101 234567 8901", "234567"),
        ("5371 0123 4567 8901 5371 0198 7654 3210", "7654"),
        (f"{NIK}, {KK}", KK),
        (f"{NIK} {KK}", KK),
        (f"{NIK}/{KK}", KK),
        (f"{NIK}{KK}", KK),
        (f"NIK{NIK}KK{KK}", KK),
        ("NIP 198503172010011001", "198503172010011001"),
        ("NIP 19850317 201001 1 001", "19850317"),
        ("1" * 22, "1" * 16),
        ("1" * 40, "1" * 16),
        ("hubungi 081234567890", "081234567890"),
        ("HP 0812-3456-7890", "3456"),
        ("HP 0812 3456 7890", "3456"),
        ("HP 0812 - 3456 - 7890", "3456"),
        ("(0812) 3456-7890", "3456"),
        ("+62 812 3456 7890", "3456"),
        ("+6281234567890", "81234567890"),
        ("6281234567890", "81234567890"),
        ("wa.me/6281234567890", "81234567890"),
        ("kirim ke maria.bria@gmail.com ya", "maria.bria"),
        ("a_b+c@dinkes.kupangkota.go.id", "a_b+c"),
    ],
    ids=lambda value: value[:30],
)
def test_personal_numbers_are_masked(text, secret):
    masked, count = mask(text)
    assert secret not in masked
    assert "disamarkan]" in masked
    assert count >= 1


def test_each_masked_number_is_counted():
    assert mask(f"NIK {NIK}, KK {KK}, hp 081234567890, surel a@b.id")[1] == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "server down sejak 15 Maret 2020",
        "kode: 104",
        "sudah 3 kali dicoba, pukul 09.00 WITA",
        "loket 1 2 3, lantai 2",
        "SE MenPANRB 49/2020",
        "Rp 1.500.000",
        "=1+1",
        "<b>tebal</b> @import #set",
    ],
)
def test_ordinary_text_stays(text):
    assert mask(text) == (text, 0)


def test_text_around_a_number_stays():
    assert mask(f"NIK {NIK} tidak terdaftar")[0] == "NIK [nomor disamarkan] tidak terdaftar"


PIECES = st.one_of(
    st.text(max_size=8),
    st.from_regex(r"[0-9]{1,45}", fullmatch=True),
    st.sampled_from([NIK, KK, " ", "  ", "/", ", ", "-", "KK", "NIK"]),
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_mask_leaves_no_run_of_16_digits(text):
    masked, count = mask(text)
    assert not re.search(r"[0-9]{16}", masked)
    assert (masked == text) == (count == 0)


@given(st.text())
def test_masking_twice_changes_nothing_more(text):
    once, _ = mask(text)
    assert mask(once) == (once, 0)
