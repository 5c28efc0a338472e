"""What stands in a session log, and the note it makes: plain values and pure functions, no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.utils.translation import gettext as _

from therapy.content import note_formats
from therapy.drafts import PLACES, DraftLine, LogTaps, draft_note

HELD = ("attended", "late")
# Every field of every format, in an order that holds within each of them.
NOTE_KEYS = ("data", "subjective", "objective", "behaviour", "intervention", "response", "assessment", "plan")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the note takes from elsewhere: titles agreed in Assign since the session, and the next booked time as the page says it."""

    assigned: tuple[str, ...] = ()
    next_session: str = ""


@dataclass(frozen=True, slots=True)
class NotePart:
    """One field of a note. `own` is what its author wrote there; without it the field says what the taps say.

    `waits`: the risk tap, which belongs here, is still to come. `later`: the plan, which fills in when something is assigned.
    """

    key: str
    label: str
    made: tuple[DraftLine, ...] = ()
    own: str = ""
    waits: bool = False
    later: bool = False

    @property
    def letter(self) -> str:
        return self.label[:1]

    @property
    def lines(self) -> tuple[DraftLine, ...]:
        """What the taps say here; beside her own text the risk line alone."""
        return tuple(line for line in self.made if line.stays) if self.own else self.made

    @property
    def text(self) -> str:
        return "\n".join([self.own] * bool(self.own) + [line.text for line in self.lines])

    @property
    def to_edit(self) -> str:
        """What she begins with when she writes the field herself."""
        return self.own or "\n".join(line.text for line in self.made if not line.stays)


@dataclass(frozen=True, slots=True)
class SessionLog:
    """The rows of the log, by the keys of therapy/data/notes.yaml; empty is not tapped. `own` holds the note's fields that she wrote herself."""

    attendance: str = "attended"
    format: str = "in_person"
    risk: str = ""
    risk_note: str = ""
    focus: tuple[str, ...] = ()
    did: tuple[str, ...] = ()
    homework_review: str = ""
    felt: str = ""
    one_line: str = ""
    note_format: str = "dap"
    own: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "SessionLog":
        """From a dict such as `as_dict` makes; what does not belong is left out."""
        known = {each.name: values[each.name] for each in fields(cls) if each.name in values}
        for name in ("focus", "did"):
            known[name] = tuple(known.get(name, ()))
        return cls(**known)

    def as_dict(self) -> dict[str, Any]:
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return found | {"focus": list(self.focus), "did": list(self.did), "own": dict(self.own)}

    @property
    def held(self) -> bool:
        return self.attendance in HELD

    def settled(self) -> "SessionLog":
        """As it is saved. Where nobody met, nobody was asked about risk and nothing was done: those rows are empty, "not asked" is implied."""
        if self.held:
            return self
        return SessionLog(attendance=self.attendance, format=self.format, one_line=self.one_line, note_format=self.note_format, own=self.own)

    def taps(self, facts: Facts) -> LogTaps:
        log = self.settled()
        return LogTaps(
            attendance=log.attendance,
            mode=log.format,
            risk=log.risk,
            risk_note=log.risk_note,
            focus=log.focus,
            technique=log.did,
            homework_review=log.homework_review,
            session_feel=log.felt,
            one_line=log.one_line,
            assigned=facts.assigned,
            next_session=facts.next_session,
        )

    def parts(self, facts: Facts) -> tuple[NotePart, ...]:
        """The note as it would be signed now: the format's fields, then what she wrote in fields of another format, so that none of it is lost."""
        places = PLACES[self.note_format]
        parts = [
            NotePart(
                draft.key,
                draft.label,
                draft.lines,
                self.own.get(draft.key, ""),
                waits=self.held and not self.risk and "risk" in places[draft.key],
                later=draft.key == "plan" and not draft.lines,
            )
            for draft in draft_note(self.note_format, self.taps(facts))
        ]
        return (*parts, *_from_other_formats(self.note_format, self.own))


def written_parts(note_format: str, body: Mapping[str, str]) -> tuple[NotePart, ...]:
    """The fields of a signed note, as they were signed."""
    shown = [NotePart(each.key, each.label, own=body.get(each.key, "")) for each in note_formats()[note_format].fields]
    return (*(part for part in shown if part.own), *_from_other_formats(note_format, body))


def whole_text(parts: Iterable[NotePart]) -> str:
    """A note as one text, for showing two of them beside each other."""
    return "\n\n".join(f"{part.label}\n{part.text}" for part in parts if part.text)


def _from_other_formats(note_format: str, own: Mapping[str, str]) -> list[NotePart]:
    mine = {each.key for each in note_formats()[note_format].fields}
    labels = {
        each.key: _("%(label)s (from %(format)s)") % {"label": each.label, "format": other.name} for other in note_formats().values() for each in other.fields
    }
    return [NotePart(key, labels[key], own=own[key]) for key in NOTE_KEYS if own.get(key) and key not in mine]


def note_prompts() -> dict[str, tuple[str, str]]:
    """Label and prompt of every field, by key; a key that two formats share has the first one's."""
    found: dict[str, tuple[str, str]] = {}
    for each in note_formats().values():
        for note_field in each.fields:
            found.setdefault(note_field.key, (note_field.label, note_field.prompt))
    return found
