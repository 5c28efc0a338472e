"""Reads of sessions, notes and goals. Each is a constant number of statements, however many clients or notes."""

from therapy.selectors.agenda import Point, agenda_of
from therapy.selectors.goals import GoalView, goals_and_closed, goals_with_scale, level_sign, t_scores
from therapy.selectors.notes import NoteView, draft_parts, facts_at, log_of, note_view, notes_of, notes_to_sign, private_notes, unsaved_logs
from therapy.selectors.sessions import (
    held_and_next,
    last_held,
    next_proposal,
    next_sessions,
    next_time,
    planned_sessions,
    session_to_log,
    sessions_to_log_of,
    sessions_today,
    to_log,
)

__all__ = [
    "GoalView",
    "NoteView",
    "Point",
    "agenda_of",
    "draft_parts",
    "facts_at",
    "goals_and_closed",
    "goals_with_scale",
    "held_and_next",
    "last_held",
    "level_sign",
    "log_of",
    "next_proposal",
    "next_sessions",
    "next_time",
    "note_view",
    "notes_of",
    "notes_to_sign",
    "planned_sessions",
    "private_notes",
    "session_to_log",
    "sessions_to_log_of",
    "sessions_today",
    "t_scores",
    "to_log",
    "unsaved_logs",
]
