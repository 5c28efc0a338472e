"""What brought her, as her therapist wrote it down."""

from access.acting import acting_as
from clients.services import write_summary
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part


def check(client: Entry, last: int) -> None:
    client.text("story", "")


def load(case: Case) -> None:
    story = case.entry.text("story", "")
    if story:
        with acting_as(case.by_therapist):
            write_summary(client=case.client, version=0, summary="", story=story, by=case.by_therapist)


PART = Part(("story",), check, load)
