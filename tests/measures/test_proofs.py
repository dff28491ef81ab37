"""Proofs missing by office, and fingerprints shared."""

import pandas as pd
from toy import NOMINATIF, frame, person

from helpers.measures import proofs


def shared(*pairs: tuple[str, str | None]) -> dict[str, int]:
    return dict(proofs.shared(frame(NOMINATIF, [person(opd, "berhasil", bukti_sidik=s) for opd, s in pairs])))


def test_pairs_are_usual_three_and_across_offices_are_checked() -> None:
    said = shared(("A", "p"), ("A", "p"), ("A", "t"), ("A", "t"), ("A", "t"), ("A", "x"), ("B", "x"), ("B", None))
    assert said == {"bersidik": 3, "berdua": 1, "banyak": 1, "lintas": 1, "periksa": 2}
    assert shared(("A", None), ("B", ""))["bersidik"] == 0


def test_no_row_tells_of_few_people_and_all_are_counted() -> None:
    for given in ([20, 6, 2, 1], [5, 3], [3], [9, 8, 1], [0, 0], [7] * 14):
        codes = [f"O{at:02d}" for at in range(len(given))]
        posisi = pd.DataFrame({"opd": codes, "nama": codes, "berhasil": 30, "bukti": [30 - n for n in given]})
        table = proofs.missing(posisi.astype({"berhasil": "Int64", "bukti": "Int64"}), 5)
        assert table["tanpa"].sum() == sum(given) and table["unit"].sum() == sum(n > 0 for n in given)
        assert len(table) <= 1 or table["tanpa"].min() >= 5
