"""Reads of the library, of what is agreed, of what fits and of what is for today."""

from homework.selectors.agreed import Moved, Progress, PutOff, active_assignments, assignments_with_progress, homework_since, last_agreed
from homework.selectors.came_back import Returned, came_back
from homework.selectors.fits import fit_facts, use_lines
from homework.selectors.library import current_versions, exercise_of, titles, version_with
from homework.selectors.reading import Reading, ToRead, given_to, reading_for_today, reading_notes, reading_of
from homework.selectors.today import TodayCard, card_for_today

__all__ = [
    "Moved",
    "Progress",
    "PutOff",
    "Reading",
    "Returned",
    "ToRead",
    "TodayCard",
    "active_assignments",
    "assignments_with_progress",
    "came_back",
    "card_for_today",
    "current_versions",
    "exercise_of",
    "fit_facts",
    "given_to",
    "homework_since",
    "last_agreed",
    "reading_for_today",
    "reading_notes",
    "reading_of",
    "titles",
    "use_lines",
    "version_with",
]
