"""What stands in a session log: plain values, no database. What note it makes is in `therapy.note_text`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from therapy.models.sessions import HELD


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
