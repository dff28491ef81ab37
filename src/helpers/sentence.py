"""Errors whose message is a sentence for the user, which a notebook shows alone; what is wrong with a parameter, in words."""

from typing import Any


class Sentence(Exception):
    """Base of errors that tell in Indonesian what is wrong and what to do. In Jupyter no traceback stands around the
    sentence; name and message reach papermill as ever."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


_REASONS = {
    "missing": "kunci {key} belum ada",
    "extra_forbidden": "kunci {key} tidak dikenal",
    "greater_than": "{key} harus lebih dari {gt:g}",
    "greater_than_equal": "{key} paling sedikit {ge:g}",
    "less_than_equal": "{key} paling banyak 1 (= 100 persen); 80 persen ditulis 0.8",  # only shares have a limit above
    "date_from_datetime_parsing": "{key} harus tanggal seperti 2020-03-17, bukan {input!r}",
    "date_parsing": "{key} harus tanggal seperti 2020-03-17, bukan {input!r}",
    "date_type": "{key} harus tanggal seperti 2020-03-17, bukan {input!r}",
    "koma": "{key} harus angka; tulis dengan titik, 0.8, bukan koma",
    "float_parsing": "{key} harus angka seperti 0.8, bukan {input!r}",
    "float_type": "{key} harus angka seperti 0.8, bukan {input!r}",
    "int_parsing": "{key} harus bilangan bulat, bukan {input!r}",
    "int_type": "{key} harus bilangan bulat, bukan {input!r}",
    "int_from_float": "{key} harus bilangan bulat, bukan {input!r}",
    "bool_parsing": "{key} harus true atau false, bukan {input!r}",
    "bool_type": "{key} harus true atau false, bukan {input!r}",
    "string_type": "{key} harus teks, bukan {input!r}",
}


def of_problem(problem: Any) -> str:
    """What pydantic found wrong with a parameter, as part of a sentence."""
    if problem["type"] == "value_error":
        return str(problem["ctx"]["error"])
    key = ".".join(map(str, problem["loc"])) or "parameter"
    kind, given = problem["type"], problem["input"]
    if kind.startswith("float_") and (isinstance(given, tuple) or "," in str(given)):  # 0,8 is a pair in Python
        kind = "koma"
    template = _REASONS.get(kind, "{key} tidak sah ({input!r})")
    return template.format(key=key, input=problem["input"], **problem.get("ctx", {}))
