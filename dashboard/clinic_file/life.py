"""How care ended, where it has."""

from access.acting import acting_as
from clients.models import Client
from clients.models.care import EndReason
from clients.models.client import ENDED, Status
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from dashboard.clinic_file.therapy import NOT_IN_CARE
from therapy.services import end_care

REASONS = {Status.DISCHARGED: EndReason.COMPLETED, Status.LOST_CONTACT: EndReason.NO_REPLY}


def check(client: Entry, last: int) -> None:
    """What it reads was checked by the parts before."""


def load(case: Case) -> None:
    """Last of all: a record whose care has ended is read only for its client."""
    status = case.entry.text("status", Status.ACTIVE)
    if status not in ENDED:
        return
    marks = case.entry.items("attendance")
    in_care = [week for week, mark in enumerate(marks) if mark != NOT_IN_CARE]
    week = case.entry.whole("discharged_week", 0, case.weeks.last, in_care[-1] if in_care else case.weeks.last)
    by = case.by_therapist
    with acting_as(by):
        client = Client.objects.select_related("clinic").get(pk=case.client.pk)
        day = max(case.met(week).date(), client.started_on)
        end_care(client=client, version=client.version, status=status, ended_on=day, reason=REASONS[Status(status)], by=by)


PART = Part((), check, load)
