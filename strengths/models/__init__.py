"""A client's strengths and supporters."""

from strengths.models.strength import SpottedBy, Strength
from strengths.models.supporter import Supporter

__all__ = ["SpottedBy", "Strength", "Supporter"]
