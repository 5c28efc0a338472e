"""The only writers of this app's tables."""

from clients.services.care import add_client, assign_colleague, end_assignment, update_contact
from clients.services.choices import show_block
from clients.services.emergency import break_glass, end_glass
from clients.services.entries import (
    add_practice,
    add_timeline_entry,
    change_visibility,
    check_in_today,
    note_care,
    record_check_in,
    say_more,
    talk_about,
    withdraw_copies,
)
from clients.services.handover import cover_clients, end_now, hand_over, take_back
from clients.services.importing import import_clients
from clients.services.invitations import (
    accept_invitation,
    invite,
    invite_client,
    invite_staff,
    sign_up_invited,
    withdraw_client_invitation,
    withdraw_invitation,
)
from clients.services.life import begin_care, end_episode
from clients.services.life_events import add_life_event, take_back_life_event
from clients.services.staff import deactivate_member, end_staff_role
from clients.services.story import write_summary
from clients.services.supervision import add_supervision, end_supervision

__all__ = [
    "add_life_event",
    "show_block",
    "take_back_life_event",
    "accept_invitation",
    "add_client",
    "add_practice",
    "add_supervision",
    "add_timeline_entry",
    "assign_colleague",
    "begin_care",
    "break_glass",
    "change_visibility",
    "check_in_today",
    "cover_clients",
    "deactivate_member",
    "end_assignment",
    "end_episode",
    "end_glass",
    "end_now",
    "end_staff_role",
    "end_supervision",
    "hand_over",
    "import_clients",
    "invite",
    "invite_client",
    "invite_staff",
    "note_care",
    "record_check_in",
    "say_more",
    "sign_up_invited",
    "take_back",
    "talk_about",
    "update_contact",
    "withdraw_client_invitation",
    "withdraw_copies",
    "withdraw_invitation",
    "write_summary",
]
