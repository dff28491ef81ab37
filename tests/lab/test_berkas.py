"""berkas.py: files come in pieces and go out in pieces; nothing that was not offered is given out."""

import pytest

from helpers.lab import berkas
from helpers.lab.berkas import Unduh, Unggah


@pytest.fixture
def unggah():
    seen = []
    box = Unggah(lambda name, content: seen.append((name, content)), lambda why: seen.append(why), terbesar=5_000_000)
    return box, seen


def piece(at, count, content=b"ab", name="DINKES.xlsx", key="1"):
    return {"id": key, "nama": name, "bagian": at, "jumlah": count}, [content]


class TestUnggah:
    def test_pieces_become_one_file(self, unggah):
        box, seen = unggah
        for at in range(3):
            box._take(box, *piece(at, 3, b"%d" % at))
        assert seen == [("DINKES.xlsx", b"012")]

    def test_of_two_at_once_the_later_counts(self, unggah):
        box, seen = unggah
        box._take(box, *piece(0, 2, key="1"))
        box._take(box, *piece(0, 1, b"baru", key="2"))
        box._take(box, *piece(1, 2, key="1"))
        assert seen == [("DINKES.xlsx", b"baru")]

    @pytest.mark.parametrize(
        ("name", "plain"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\x\\y.xlsx", "y.xlsx"),
            (".sembunyi", "sembunyi"),
            ("", "berkas"),
            ("a\nb", "a_b"),
        ],
    )
    def test_a_name_is_no_path(self, unggah, name, plain):
        box, seen = unggah
        box._take(box, *piece(0, 1, name=name))
        assert seen[0][0] == plain

    @pytest.mark.parametrize(
        ("told", "said"),
        [({"besar": "x.xlsx"}, "5 MB"), ({"rusak": "x"}, "tidak dapat dibaca"), ({"banyak": 3}, "satu berkas")],
    )
    def test_what_was_not_sent_is_a_sentence(self, unggah, told, said):
        box, seen = unggah
        box._take(box, told, [])
        assert said in seen[0]

    def test_a_page_that_sends_on_and_on_is_not_listened_to(self, unggah):
        box, seen = unggah
        for at in range(4):
            box._take(box, *piece(at, 99, b"x" * 2_000_000))
        assert not seen and sum(map(len, box._pieces)) <= 5_000_000


class TestUnduh:
    @pytest.fixture
    def unduh(self, monkeypatch):
        sent, wrong = [], []

        def fetch(key):
            if key == "hilang":
                raise FileNotFoundError(key)
            return "a.pdf", "application/pdf", b"%PDF" + b"x" * 10

        box = Unduh(fetch, wrong.append)
        box.offer([("a", "Buka", True), ("hilang", "Buka", True)])
        monkeypatch.setattr(box, "send", lambda about, buffers=(): sent.append((about, b"".join(buffers))))
        monkeypatch.setattr(berkas, "PIECE", 6)
        return box, sent, wrong

    def test_goes_out_in_pieces(self, unduh):
        box, sent, _ = unduh
        for start in (0, 6, 12):
            box._give(box, {"id": 0.5, "kunci": "a", "dari": start}, [])
        assert b"".join(content for _, content in sent) == b"%PDF" + b"x" * 10 and sent[0][0]["panjang"] == 14
        assert box._held == {}

    @pytest.mark.parametrize("told", [{"kunci": "b"}, {"kunci": "a", "dari": "0"}, {"kunci": "a", "id": "x"}, {}])
    def test_nothing_else_is_given_out(self, unduh, told):
        box, sent, _ = unduh
        box._give(box, {"id": 0.5, "dari": 0} | told, [])
        assert sent == []

    def test_what_is_gone_is_told_on_both_sides(self, unduh):
        box, sent, wrong = unduh
        box._give(box, {"id": 0.5, "kunci": "hilang", "dari": 0}, [])
        assert sent[0][0]["gagal"] and isinstance(wrong[0], FileNotFoundError)
