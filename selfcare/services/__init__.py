"""The only writers of this pillar."""

from selfcare.services.activities import add_activity, bring_back, change_activity, put_away, record_activity, show_activity
from selfcare.services.compassion import add_good_enough, answer_talk, catch_talk, put_letter_away, record_note, show_note, take_back_note, use_again
from selfcare.services.domains import hide_domain
from selfcare.services.entries import add_log, change_log, log_today, record_left, show_entry, take_back
from selfcare.services.nights import change_night, record_night

__all__ = [
    "add_activity",
    "add_good_enough",
    "add_log",
    "answer_talk",
    "bring_back",
    "catch_talk",
    "change_activity",
    "change_log",
    "change_night",
    "hide_domain",
    "log_today",
    "put_away",
    "put_letter_away",
    "record_activity",
    "record_left",
    "record_night",
    "record_note",
    "show_activity",
    "show_entry",
    "show_note",
    "take_back",
    "take_back_note",
    "use_again",
]
