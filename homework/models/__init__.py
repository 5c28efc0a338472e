"""Library, agreement, run, reply."""

from homework.models.agreement import Assignment, NotToday
from homework.models.library import Exercise, ExerciseVersion
from homework.models.reply import Reply
from homework.models.run import ExerciseAnswer, ExerciseRun

__all__ = ["Assignment", "Exercise", "ExerciseAnswer", "ExerciseRun", "ExerciseVersion", "NotToday", "Reply"]
