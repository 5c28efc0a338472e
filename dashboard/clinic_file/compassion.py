"""Self-talk caught between the sessions, with the kinder answer, and what was let go as good enough."""

from typing import Any

from access.acting import acting_as
from clients.models import Visibility
from core.ids import uuid7
from dashboard.clinic_file.entry import Entry
from dashboard.clinic_file.scene import Case, Part
from selfcare.models import NoteKind
from selfcare.services import add_good_enough, catch_talk

EVENING = (4, 21)  # Friday at nine, where the file names no more than the week


def check(client: Entry, last: int) -> None:
    for note in client.entries("kind_notes"):
        note.whole("week", 0, last)
        kind = note.key("kind", {NoteKind.CAUGHT, NoteKind.GOOD_ENOUGH}, NoteKind.CAUGHT)
        talk, answer = note.text("talk", "", most=500).strip(), note.text("answer", "", most=2000).strip()
        if not talk and kind == NoteKind.CAUGHT:
            raise note.error("talk", "say what was caught")
        if not answer and kind == NoteKind.GOOD_ENOUGH:
            raise note.error("answer", "say what is good enough")
        for belief in ("before", "after"):
            if note.has(belief):
                note.whole(belief, 0, 10)
        if not isinstance(note.data.get("private", False), bool):
            raise note.error("private", "true or false is needed")
        note.only("week", "kind", "talk", "answer", "before", "after", "private")


def load(case: Case) -> None:
    """The client writes it down alone; the same sentence again joins its line by itself."""
    entries = case.entry.entries("kind_notes")
    if not entries:
        return
    by = case.by_client
    with acting_as(by):
        for note in sorted(entries, key=lambda note: note.whole("week", 0, case.weeks.last)):
            when = max(case.weeks.at(note.whole("week", 0, case.weeks.last), *EVENING), case.met(case.began))
            visibility = Visibility.ONLY_ME if note.data.get("private") else Visibility.MY_THERAPIST
            said: dict[str, Any] = {"client": case.client, "new_id": uuid7(), "visibility": visibility, "occurred_at": when, "by": by}
            if note.text("kind", NoteKind.CAUGHT) == NoteKind.GOOD_ENOUGH:
                add_good_enough(sentence=note.text("answer"), rule=note.text("talk", ""), **said)
                continue
            beliefs: dict[str, Any] = {f"belief_{name}": note.whole(name, 0, 10) if note.has(name) else None for name in ("before", "after")}
            catch_talk(self_talk=note.text("talk"), kinder_answer=note.text("answer", ""), **beliefs, **said)


PART = Part(("kind_notes",), check, load)
