"""The writers of sessions, notes and goals."""

from therapy.services.goals import add_goal, close_goal, edit_goal, rate_goal
from therapy.services.life import end_care
from therapy.services.logs import Showing, autosave_log, save_log
from therapy.services.notes import amend_note, edit_private_note, sign_note, write_private_note
from therapy.services.sessions import cancel_session, move_session, plan_session

__all__ = [
    "Showing",
    "add_goal",
    "amend_note",
    "autosave_log",
    "cancel_session",
    "close_goal",
    "edit_goal",
    "edit_private_note",
    "end_care",
    "move_session",
    "plan_session",
    "rate_goal",
    "save_log",
    "sign_note",
    "write_private_note",
]
