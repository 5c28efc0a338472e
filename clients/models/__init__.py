"""Client and what every pillar shares."""

from clients.models.base import ClinicalModel, EntryModel, Visibility
from clients.models.care import CareAssignment, Consent, Episode
from clients.models.client import Client
from clients.models.entries import CheckIn, Practice, TimelineEntry
from clients.models.life import LifeEvent, PortalChoice
from clients.models.story import ClientSummary

__all__ = [
    "CareAssignment",
    "CheckIn",
    "Client",
    "ClientSummary",
    "ClinicalModel",
    "Consent",
    "EntryModel",
    "Episode",
    "LifeEvent",
    "PortalChoice",
    "Practice",
    "TimelineEntry",
    "Visibility",
]
