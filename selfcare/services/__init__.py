"""The only writers of this app's tables."""

from selfcare.services.compassion import add_good_enough, answer_talk, catch_talk, record_note, show_note, take_back_note, use_again

__all__ = ["add_good_enough", "answer_talk", "catch_talk", "record_note", "show_note", "take_back_note", "use_again"]
