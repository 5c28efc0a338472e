"""Library, agreement, run, page of paper, reply, something to read."""

from homework.models.agreement import Assignment, NotToday
from homework.models.library import Exercise, ExerciseVersion
from homework.models.paper import BlankSheet, PaperSheet
from homework.models.reading import ReadingGiven, ReadingNote
from homework.models.reply import Reply
from homework.models.run import ExerciseAnswer, ExerciseRun

__all__ = [
    "Assignment",
    "BlankSheet",
    "Exercise",
    "ExerciseAnswer",
    "ExerciseRun",
    "ExerciseVersion",
    "NotToday",
    "PaperSheet",
    "ReadingGiven",
    "ReadingNote",
    "Reply",
]
