"""The only writers of this app's tables."""

from mindset.services.good import add_good_thing, add_win, change_entry, keep_from_run, show_entry, take_back_entry
from mindset.services.thoughts import change_thought, record_thought, show_thought, take_back_thought, wish_short

__all__ = [
    "add_good_thing",
    "add_win",
    "change_entry",
    "change_thought",
    "keep_from_run",
    "record_thought",
    "show_entry",
    "show_thought",
    "take_back_entry",
    "take_back_thought",
    "wish_short",
]
