"""Reads of the library, of what is agreed, of what fits and of what is for today."""

from homework.selectors.agreed import Moved, Progress, PutOff, active_assignments, assignments_with_progress, homework_since, own_runs
from homework.selectors.fits import fit_facts, use_lines
from homework.selectors.library import current_versions, exercise_of, titles
from homework.selectors.today import TodayCard, card_for_today

__all__ = [
    "Moved",
    "Progress",
    "PutOff",
    "TodayCard",
    "active_assignments",
    "assignments_with_progress",
    "card_for_today",
    "current_versions",
    "exercise_of",
    "fit_facts",
    "homework_since",
    "own_runs",
    "titles",
    "use_lines",
]
