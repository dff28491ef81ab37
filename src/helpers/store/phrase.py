"""What people wrote, in one spelling: two texts that read the same are the same phrase."""

import re
import unicodedata

HIDDEN = "…"
_DIGITS = re.compile(r"\d(?:[\s.,/()-]*\d){5,}")
_MARKS = re.compile(r"[^\w\s.,/'…-]|_")


def fold(text: str) -> str:
    """One spelling for what reads the same: without case, odd spaces, marks, invisible letters; numbers masked."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    # Invisible letters and marks on letters ("Ｓｉｔｉ", "S\u200biti") would hide a name from the lists.
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Cc", "Mn") or sign.isspace())
    plain = re.sub(r"\[\w+ disamarkan\]", HIDDEN, plain)  # what intake masked already
    return " ".join(_MARKS.sub(" ", _DIGITS.sub(HIDDEN, plain)).split()).strip(" .,/'-")
