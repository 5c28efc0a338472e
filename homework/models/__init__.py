"""Library, agreement, run, reply, page of paper."""

from homework.models.agreement import Assignment, NotToday
from homework.models.library import Exercise, ExerciseVersion
from homework.models.paper import BlankSheet, PaperSheet
from homework.models.reply import Reply
from homework.models.run import ExerciseAnswer, ExerciseRun

__all__ = ["Assignment", "BlankSheet", "Exercise", "ExerciseAnswer", "ExerciseRun", "ExerciseVersion", "NotToday", "PaperSheet", "Reply"]
