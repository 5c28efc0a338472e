"""Client and what every pillar shares."""

from clients.models.base import ClinicalModel, EntryModel, Visibility
from clients.models.care import CareAssignment, Consent, Episode
from clients.models.client import Client
from clients.models.entries import CheckIn, Practice, TimelineEntry

__all__ = ["CareAssignment", "CheckIn", "Client", "ClinicalModel", "Consent", "EntryModel", "Episode", "Practice", "TimelineEntry", "Visibility"]
