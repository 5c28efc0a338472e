"""A client's strengths and supporters."""

from strengths.models.community import CommunityService
from strengths.models.strength import SpottedBy, Strength
from strengths.models.supporter import Supporter

__all__ = ["CommunityService", "SpottedBy", "Strength", "Supporter"]
