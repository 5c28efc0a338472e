"""What a client keeps of the good: wins, good things, savoured moments, letters."""

from mindset.models.good import Accomplishment, GoodKind, GratitudeEntry

__all__ = ["Accomplishment", "GoodKind", "GratitudeEntry"]
