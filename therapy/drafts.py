"""A first draft of the session note, from the taps of the log: template text, nothing that was not tapped or typed, each line with where it is from."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from therapy.content import Tap, note_formats, session_taps

CAME = ("attended", "late")
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
class LogTaps:
    """What was tapped in the session log, by the keys of `session_taps()`; empty is not tapped.

    `assigned`: titles agreed in Assign. `next_session`: the next booked time, as the page shows it.
    """

    attendance: str = ""
    mode: str = ""
    risk: str = ""
    risk_note: str = ""
    focus: tuple[str, ...] = ()
    technique: tuple[str, ...] = ()
    homework_review: str = ""
    session_feel: str = ""
    one_line: str = ""
    assigned: tuple[str, ...] = ()
    next_session: str = ""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """`source` names the row of the log it comes from, such as "from Came?". `typed`: the therapist's own words, not made from taps.

    `stays`: it is in the note also where she writes the field herself. Risk is never edited away.
    """

    text: str
    source: str
    typed: bool = False
    stays: bool = False


@dataclass(frozen=True, slots=True)
class DraftField:
    """One field of the note; no lines when nothing that belongs there was tapped."""

    key: str
    label: str
    lines: tuple[DraftLine, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def draft_note(note_format: str, taps: LogTaps) -> tuple[DraftField, ...]:
    """The fields of a `dap`, `soap` or `birp` note. Raises KeyError for another format and ValueError for a tap that does not exist."""
    lines = _lines(taps)
    places = PLACES[note_format]
    return tuple(
        DraftField(field.key, field.label, tuple(lines[name] for name in places[field.key] if name in lines)) for field in note_formats()[note_format].fields
    )


def _lines(taps: LogTaps) -> dict[str, DraftLine]:
    choices = session_taps()
    found = {
        "came": DraftLine(_came(taps), _("from Came?")),
        "focus": _listed(_("Focus: %(taps)s."), _names(choices.focus, taps.focus), _("from Focus")),
        "did": _listed(_("Did: %(taps)s."), _names(choices.technique, taps.technique), _("from You did")),
        "homework": _listed(_("Homework: %(taps)s."), _names(choices.homework_review, taps.homework_review), _("from Homework")),
        "felt": _listed(_("Session: %(taps)s."), _names(choices.session_feel, taps.session_feel), _("from It felt")),
        "line": DraftLine(taps.one_line.strip(), _("your line"), typed=True),
        "risk": DraftLine(_risk(taps), _("from Risk"), stays=True),
        "assigned": _listed(_("Agreed homework: %(taps)s."), list(taps.assigned), _("from Assign")),
        "next": _listed(_("Next session: %(taps)s."), [taps.next_session] if taps.next_session else [], _("from the calendar")),
    }
    return {name: line for name, line in found.items() if line.text}


def _listed(sentence: str, names: Sequence[str], source: str) -> DraftLine:
    return DraftLine(sentence % {"taps": ", ".join(names)} if names else "", source)


def _names(choices: Sequence[Tap], keys: str | Sequence[str]) -> list[str]:
    """The names of what was tapped, in the order of the row."""
    wanted = {keys} - {""} if isinstance(keys, str) else set(keys)
    if unknown := wanted - {tap.key for tap in choices}:
        raise ValueError(f"no such tap: {sorted(unknown)}")
    return [tap.name for tap in choices if tap.key in wanted]


def _came(taps: LogTaps) -> str:
    """How somebody met only counts when they met."""
    choices = session_taps()
    names = _names(choices.attendance, taps.attendance)
    if taps.attendance in CAME:
        names += [name.lower() for name in _names(choices.mode, taps.mode)]
    return f"{', '.join(names)}." if names else ""


def _risk(taps: LogTaps) -> str:
    names = _names(session_taps().risk_reviewed, taps.risk)
    note = taps.risk_note.strip()
    if not names:
        return ""
    said = _("Risk: %(tap)s") % {"tap": names[0]}
    return f"{said}: {note}" if note else f"{said}."
