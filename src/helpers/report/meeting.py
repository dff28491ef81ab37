"""The meeting pack (rapat.pdf): what story_meeting.py tells, in the form of a report."""

from helpers.report import story
from helpers.report.meeting_facts import Bahan
from helpers.report.story_meeting import pack
from helpers.report.typst_export import of_blocks


def pdf(bahan: Bahan) -> bytes:
    """The pack as PDF/A and PDF/UA; the same data give the same bytes."""
    kampanye = bahan.kampanye
    title = f"Bahan rapat {kampanye.singkatan}: {kampanye.wilayah}"
    return of_blocks(story.document(kampanye, bahan.data, bahan.posisi, title), pack(bahan))
