"""The writers of sessions, notes, goals and of what is to be talked about."""

from therapy.services.agenda import add_agenda_item, bring_entry, close_agenda_item, entry_talked_about
from therapy.services.goals import add_goal, close_goal, edit_goal, rate_goal
from therapy.services.life import end_care
from therapy.services.logs import Showing, autosave_log, save_log
from therapy.services.notes import amend_note, edit_private_note, sign_note, write_private_note
from therapy.services.sessions import cancel_session, move_session, plan_session

__all__ = [
    "Showing",
    "add_agenda_item",
    "add_goal",
    "amend_note",
    "autosave_log",
    "bring_entry",
    "cancel_session",
    "close_agenda_item",
    "close_goal",
    "edit_goal",
    "edit_private_note",
    "end_care",
    "entry_talked_about",
    "move_session",
    "plan_session",
    "rate_goal",
    "save_log",
    "sign_note",
    "write_private_note",
]
