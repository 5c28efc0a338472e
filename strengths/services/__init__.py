"""The only writer of strengths, their moments and supporters. Nobody on the map is ever contacted."""

from strengths.services.episodes import add_moment, change_moment, record_moment, show_moment, spot_strength, take_back_moment
from strengths.services.people import RINGS, add_supporter
from strengths.services.strengths import add_strength, show_strength, take_off_strength

__all__ = [
    "RINGS",
    "add_moment",
    "add_strength",
    "add_supporter",
    "change_moment",
    "record_moment",
    "show_moment",
    "show_strength",
    "spot_strength",
    "take_back_moment",
    "take_off_strength",
]
