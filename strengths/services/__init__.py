"""The only writer of strengths and supporters. Nobody on the map is ever contacted."""

from strengths.services.people import RINGS, add_supporter, change_supporter, move_supporter, put_back, show_supporter, take_off
from strengths.services.reach_outs import change_reach_out, record_reach_out, take_back_reach_out
from strengths.services.strengths import add_strength

__all__ = [
    "RINGS",
    "add_strength",
    "add_supporter",
    "change_reach_out",
    "change_supporter",
    "move_supporter",
    "put_back",
    "record_reach_out",
    "show_supporter",
    "take_back_reach_out",
    "take_off",
]
