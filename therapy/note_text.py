"""What a session note says: template text made from the rows of the log, nothing that was not tapped or typed, each line with where it is from. No database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from therapy.content import Tap, note_formats, session_taps
from therapy.log import SessionLog

# Every field of every format, in an order that holds within each of them.
NOTE_KEYS = ("data", "subjective", "objective", "behaviour", "intervention", "response", "assessment", "plan")
# Format -> field -> the lines that belong there, in order.
PLACES = {
    "dap": {"data": ("came", "focus", "did", "homework"), "assessment": ("felt", "line", "risk"), "plan": ("assigned", "next")},
    "soap": {
        "subjective": ("focus",),
        "objective": ("came", "did", "homework"),
        "assessment": ("felt", "line", "risk"),
        "plan": ("assigned", "next"),
    },
    "birp": {
        "behaviour": ("came", "focus", "homework", "risk"),
        "intervention": ("did",),
        "response": ("felt", "line"),
        "plan": ("assigned", "next"),
    },
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the note takes from elsewhere: titles agreed in Assign since the session, and the next booked time as the page says it."""

    assigned: tuple[str, ...] = ()
    next_session: str = ""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """`source` names the row of the log it comes from, such as "from Came?". `typed`: the therapist's own words, not made from taps.

    `stays`: it is in the note also where she writes the field herself. Risk is never edited away.
    """

    text: str
    source: str
    typed: bool = False
    stays: bool = False


@dataclass(frozen=True, slots=True)
class NotePart:
    """One field of a note. `own` is what its author wrote there; without it the field says what the taps say.

    `waits`: the risk tap, which belongs here, is still to come. `later`: the plan, which fills in when something is assigned.
    """

    key: str
    label: str
    made: tuple[NoteLine, ...] = ()
    own: str = ""
    waits: bool = False
    later: bool = False

    @property
    def letter(self) -> str:
        return self.label[:1]

    @property
    def lines(self) -> tuple[NoteLine, ...]:
        """What the taps say here; beside her own text the risk line alone."""
        return tuple(line for line in self.made if line.stays) if self.own else self.made

    @property
    def text(self) -> str:
        return "\n".join([self.own] * bool(self.own) + [line.text for line in self.lines])

    @property
    def to_edit(self) -> str:
        """What she begins with when she writes the field herself."""
        return self.own or "\n".join(line.text for line in self.made if not line.stays)


def note_parts(log: SessionLog, facts: Facts) -> tuple[NotePart, ...]:
    """The note as it would be signed now: the format's fields, then what she wrote in fields of another format, so that none of it is lost.

    Raises KeyError for a format and ValueError for a tap that does not exist.
    """
    lines, places = _lines(log.settled(), facts), PLACES[log.note_format]
    parts = []
    for each in note_formats()[log.note_format].fields:
        made = tuple(lines[name] for name in places[each.key] if name in lines)
        waits = log.held and not log.risk and "risk" in places[each.key]
        parts.append(NotePart(each.key, each.label, made, log.own.get(each.key, ""), waits=waits, later=each.key == "plan" and not made))
    return (*parts, *_from_other_formats(log.note_format, log.own))


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


def _lines(log: SessionLog, facts: Facts) -> dict[str, NoteLine]:
    choices = session_taps()
    found = {
        "came": NoteLine(_came(log), _("from Came?")),
        "focus": _listed(_("Focus: %(taps)s."), _names(choices.focus, log.focus), _("from Focus")),
        "did": _listed(_("Did: %(taps)s."), _names(choices.technique, log.did), _("from You did")),
        "homework": _listed(_("Homework: %(taps)s."), _names(choices.homework_review, log.homework_review), _("from Homework")),
        "felt": _listed(_("Session: %(taps)s."), _names(choices.session_feel, log.felt), _("from It felt")),
        "line": NoteLine(log.one_line.strip(), _("your line"), typed=True),
        "risk": NoteLine(_risk(log), _("from Risk"), stays=True),
        "assigned": _listed(_("Agreed homework: %(taps)s."), list(facts.assigned), _("from Assign")),
        "next": _listed(_("Next session: %(taps)s."), [facts.next_session] if facts.next_session else [], _("from the calendar")),
    }
    return {name: line for name, line in found.items() if line.text}


def _listed(sentence: str, names: Sequence[str], source: str) -> NoteLine:
    return NoteLine(sentence % {"taps": ", ".join(names)} if names else "", source)


def _names(choices: Sequence[Tap], keys: str | Sequence[str]) -> list[str]:
    """The names of what was tapped, in the order of the row."""
    wanted = {keys} - {""} if isinstance(keys, str) else set(keys)
    if unknown := wanted - {tap.key for tap in choices}:
        raise ValueError(f"no such tap: {sorted(unknown)}")
    return [tap.name for tap in choices if tap.key in wanted]


def _came(log: SessionLog) -> str:
    """How somebody met only counts when they met."""
    choices = session_taps()
    names = _names(choices.attendance, log.attendance)
    if log.held:
        names += [name.lower() for name in _names(choices.mode, log.format)]
    return f"{', '.join(names)}." if names else ""


def _risk(log: SessionLog) -> str:
    names = _names(session_taps().risk_reviewed, log.risk)
    note = log.risk_note.strip()
    if not names:
        return ""
    said = _("Risk: %(tap)s") % {"tap": names[0]}
    return f"{said}: {note}" if note else f"{said}."
