"""Library, agreement, run, something to read."""

from homework.models.agreement import Assignment, NotToday
from homework.models.library import Exercise, ExerciseVersion
from homework.models.reading import ReadingGiven, ReadingNote
from homework.models.run import ExerciseAnswer, ExerciseRun

__all__ = ["Assignment", "Exercise", "ExerciseAnswer", "ExerciseRun", "ExerciseVersion", "NotToday", "ReadingGiven", "ReadingNote"]
