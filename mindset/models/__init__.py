"""What a client keeps of the good: wins, good things, savoured moments, letters."""

from mindset.models.good import Accomplishment, GoodKind, GratitudeEntry
from mindset.models.life import LifeEvent, PortalChoice

__all__ = ["Accomplishment", "GoodKind", "GratitudeEntry", "LifeEvent", "PortalChoice"]
