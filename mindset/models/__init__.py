"""Thoughts looked at, with what was found for and against them; and what a client keeps of the good: wins, good things, savoured moments, letters."""

from mindset.models.good import Accomplishment, GoodKind, GratitudeEntry
from mindset.models.thought import Evidence, Side, ThoughtKind, ThoughtRecord

__all__ = [
    "Accomplishment",
    "Evidence",
    "GoodKind",
    "GratitudeEntry",
    "Side",
    "ThoughtKind",
    "ThoughtRecord",
]
