"""The only writers of this app's tables."""

from selfcare.services.activities import add_activity, bring_back, change_activity, put_away, record_activity, show_activity
from selfcare.services.domains import hide_domain
from selfcare.services.entries import add_log, change_log, log_today, record_left, show_entry, take_back
from selfcare.services.nights import change_night, record_night

__all__ = [
    "add_activity",
    "add_log",
    "bring_back",
    "change_activity",
    "change_log",
    "change_night",
    "hide_domain",
    "log_today",
    "put_away",
    "record_activity",
    "record_left",
    "record_night",
    "show_activity",
    "show_entry",
    "take_back",
]
