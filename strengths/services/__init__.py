"""The only writer of strengths, their moments and supporters. Nobody on the map is ever contacted."""

from strengths.services.episodes import add_moment, change_moment, record_moment, show_moment, spot_strength, take_back_moment
from strengths.services.people import RINGS, add_supporter, change_supporter, move_supporter, put_back, show_supporter, take_off_map
from strengths.services.reach_outs import change_reach_out, record_reach_out, show_reach_out, take_back_reach_out
from strengths.services.strengths import add_strength, show_strength, take_off_strength

__all__ = [
    "RINGS",
    "add_moment",
    "add_strength",
    "add_supporter",
    "change_moment",
    "change_reach_out",
    "change_supporter",
    "move_supporter",
    "put_back",
    "record_moment",
    "record_reach_out",
    "show_moment",
    "show_reach_out",
    "show_strength",
    "show_supporter",
    "spot_strength",
    "take_back_moment",
    "take_back_reach_out",
    "take_off_map",
    "take_off_strength",
]
