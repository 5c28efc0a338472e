"""Sessions, notes, goals, and what is to be talked about."""

from therapy.models.agenda import AgendaItem
from therapy.models.goals import Goal, GoalRating
from therapy.models.log_draft import LogDraft
from therapy.models.notes import Amendment, PrivateNote, SessionNote
from therapy.models.sessions import TherapySession

__all__ = ["AgendaItem", "Amendment", "Goal", "GoalRating", "LogDraft", "PrivateNote", "SessionNote", "TherapySession"]
