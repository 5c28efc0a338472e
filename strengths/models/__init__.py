"""A client's strengths, the moments that show them, and supporters."""

from strengths.models.community import CommunityService
from strengths.models.episode import SaidBy, StrengthEpisode
from strengths.models.reach_out import How, ReachOut
from strengths.models.strength import SpottedBy, Strength
from strengths.models.supporter import Ease, Supporter

__all__ = ["CommunityService", "Ease", "How", "ReachOut", "SaidBy", "SpottedBy", "Strength", "StrengthEpisode", "Supporter"]
