"""The only writers of this app's tables."""

from mindset.services.thoughts import change_thought, record_thought, show_thought, take_back_thought, wish_short

__all__ = ["change_thought", "record_thought", "show_thought", "take_back_thought", "wish_short"]
