"""A client's own week, its nights, the parts that are left out; and self-talk with its kinder answers."""

from selfcare.models.activity import ActivityState, DomainHidden, Often, SelfCareActivity
from selfcare.models.compassion import CompassionNote, NoteKind
from selfcare.models.entry import EntryKind, SelfCareEntry, Size

__all__ = [
    "ActivityState",
    "CompassionNote",
    "DomainHidden",
    "EntryKind",
    "NoteKind",
    "Often",
    "SelfCareActivity",
    "SelfCareEntry",
    "Size",
]
