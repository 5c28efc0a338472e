"""A client's strengths, the moments that show them, and supporters."""

from strengths.models.episode import SaidBy, StrengthEpisode
from strengths.models.strength import SpottedBy, Strength
from strengths.models.supporter import Supporter

__all__ = ["SaidBy", "SpottedBy", "Strength", "StrengthEpisode", "Supporter"]
