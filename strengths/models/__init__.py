"""A client's strengths and supporters."""

from strengths.models.reach_out import How, ReachOut
from strengths.models.strength import SpottedBy, Strength
from strengths.models.supporter import Ease, Supporter

__all__ = ["Ease", "How", "ReachOut", "SpottedBy", "Strength", "Supporter"]
