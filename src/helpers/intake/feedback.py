"""What goes back to an office: every finding of its file as plain text, next to the inbox."""

from pathlib import Path

from helpers.intake.receive import Submission


def write_feedback(folder: Path, submission: Submission) -> Path | None:
    """Write <berkas>.txt into `folder`; None (and no file) where nothing was found."""
    if not submission.temuan.items:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{submission.berkas}: {submission.hasil}", *(f"{f.tingkat} · {f}" for f in submission.temuan)]
    target = folder / f"{submission.berkas}.txt"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return target
