"""The only writers of this app."""

from mindset.services.choices import show_block
from mindset.services.good import add_good_thing, add_win, change_entry, keep_from_run, show_entry, take_back_entry
from mindset.services.life_events import add_life_event, take_back_life_event

__all__ = [
    "add_good_thing",
    "add_life_event",
    "add_win",
    "change_entry",
    "keep_from_run",
    "show_block",
    "show_entry",
    "take_back_entry",
    "take_back_life_event",
]
