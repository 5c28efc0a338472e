"""A client's own week: what is in it, each log of it, each night, and the parts that are left out."""

from selfcare.models.activity import ActivityState, DomainHidden, Often, SelfCareActivity
from selfcare.models.entry import EntryKind, SelfCareEntry, Size

__all__ = ["ActivityState", "DomainHidden", "EntryKind", "Often", "SelfCareActivity", "SelfCareEntry", "Size"]
