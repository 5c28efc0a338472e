"""Reads of the library, of what is agreed, of what fits and of what is for today."""

from homework.selectors.agreed import Moved, Progress, PutOff, active_assignments, assignments_with_progress, homework_since, last_agreed
from homework.selectors.came_back import Returned, came_back
from homework.selectors.fits import fit_facts, use_lines
from homework.selectors.flags import flags_by_run, flags_of
from homework.selectors.library import current_versions, exercise_of, titles, titles_of, version_with
from homework.selectors.reading import Reading, ToRead, given_to, reading_for_today, reading_notes, reading_of
from homework.selectors.replies import Said, entry_to_answer, replies_to, said_to
from homework.selectors.today import TodayCard, card_for_today

__all__ = [
    "Moved",
    "Progress",
    "PutOff",
    "Reading",
    "Returned",
    "Said",
    "ToRead",
    "TodayCard",
    "active_assignments",
    "assignments_with_progress",
    "came_back",
    "card_for_today",
    "current_versions",
    "entry_to_answer",
    "exercise_of",
    "fit_facts",
    "flags_by_run",
    "flags_of",
    "given_to",
    "homework_since",
    "last_agreed",
    "reading_for_today",
    "reading_notes",
    "reading_of",
    "replies_to",
    "said_to",
    "titles",
    "titles_of",
    "use_lines",
    "version_with",
]
