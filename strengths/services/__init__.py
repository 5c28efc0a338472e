"""The only writer of strengths and supporters. Nobody on the map is ever contacted."""

from strengths.services.people import RINGS, add_supporter
from strengths.services.strengths import add_strength

__all__ = ["RINGS", "add_strength", "add_supporter"]
