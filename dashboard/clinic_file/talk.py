"""What waits for the next session, and what the therapist answered in the margin. Both stand as of today, after everything else was written."""

from access.acting import acting_as
from clients.models import TimelineEntry, Visibility
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from homework.services.replies import write_reply
from therapy.services import add_agenda_item

KINDS = ("check_in", "exercise", "strength", "strength_moment", "reach_out", "strategy_use", "win", "good_thing", "kind_note")
BOTH = ("client", "therapist")
SHARED = Visibility.MY_THERAPIST


def check(client: Entry, last: int) -> None:
    for line in client.entries("to_talk_about"):
        line.text("text", most=500)
        by = line.key("by", BOTH, "client")
        if line.key("visibility", Visibility.values, SHARED) != SHARED and by == "therapist":
            raise line.error("visibility", "a line of the therapist is read by both")
        line.only("text", "by", "visibility")
    for reply in client.entries("replies"):
        reply.text("text", most=1000)
        reply.key("about", KINDS)
        reply.only("text", "about")


def load(case: Case) -> None:
    for line in case.entry.entries("to_talk_about"):
        by = case.by_therapist if line.key("by", BOTH, "client") == "therapist" else case.by_client
        visibility = line.key("visibility", Visibility.values, SHARED)
        with acting_as(by):
            add_agenda_item(client=case.client, new_id=uuid7(), text=line.text("text"), visibility=visibility, by=by)
    for reply in case.entry.entries("replies"):
        answer(case, reply)


def answer(case: Case, reply: Entry) -> None:
    """The latest entry of this kind that the client made and shares."""
    with acting_as(case.by_therapist):
        shared = TimelineEntry.objects.filter(client=case.client, kind=reply.text("about"), created_by_id=case.by_client.user_id)
        source = shared.order_by("-occurred_at").values_list("source_id", flat=True).first()
        if source is None:
            raise reply.error("about", "nothing of this kind is shared")
        write_reply(client=case.client, source_id=source, new_id=uuid7(), text=reply.text("text"), by=case.by_therapist)


PART = Part(("to_talk_about", "replies"), check, load)
