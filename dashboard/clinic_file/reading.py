"""What was given to read, and what stayed."""

from access.acting import acting_as
from clients.models import Visibility
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from homework.reading import by_key, texts
from homework.services.reading import give_reading, say_read

EVENING = (2, 20)  # Wednesday at eight


def check(client: Entry, last: int) -> None:
    for given in client.entries("reading"):
        week = given.whole("week", 0, last)
        given.key("text", {text.key for text in texts()})
        given.text("reason", "", most=500)
        stayed = given.text("stayed", "", most=2000)
        if given.has("read"):
            given.whole("read", week, last)
        elif stayed:
            raise given.error("stayed", "nothing stays of what is not read yet")
        given.only("week", "text", "reason", "read", "stayed")


def load(case: Case) -> None:
    """Given in the session of its week; read on a Wednesday."""
    for given in case.entry.entries("reading"):
        text = by_key(given.text("text"))
        assert text is not None
        at, by = case.met(max(given.whole("week", 0, case.weeks.last), case.began)), case.by_therapist
        with acting_as(by):
            give_reading(client=case.client, new_id=uuid7(), text=text, reason=given.text("reason", ""), given_at=at, by=by)
        if given.has("read"):
            when = max(case.weeks.at(given.whole("read", 0, case.weeks.last), *EVENING), at)
            with acting_as(case.by_client):
                stayed = given.text("stayed", "")
                say_read(client=case.client, text=text, new_id=uuid7(), stayed=stayed, visibility=Visibility.MY_THERAPIST, occurred_at=when, by=case.by_client)


PART = Part(("reading",), check, load)
