"""The only writers of this app."""

from mindset.services.good import add_good_thing, add_win, change_entry, keep_from_run, show_entry, take_back_entry

__all__ = ["add_good_thing", "add_win", "change_entry", "keep_from_run", "show_entry", "take_back_entry"]
