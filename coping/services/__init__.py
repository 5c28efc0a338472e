"""The only writers of this app's tables."""

from coping.services.plan import save_plan
from coping.services.strategies import add_strategy, bring_back, change_strategy, record_strategy, retire_strategy, show_strategy
from coping.services.uses import change_use, rate_again, record_use, show_use, take_back_use

__all__ = [
    "add_strategy",
    "bring_back",
    "change_strategy",
    "change_use",
    "rate_again",
    "record_strategy",
    "record_use",
    "retire_strategy",
    "save_plan",
    "show_strategy",
    "show_use",
    "take_back_use",
]
