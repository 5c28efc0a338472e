"""Forms about people: a client and how to reach her, who works with her, and invitations."""

from clients.forms.contact import AddClientForm, ContactForm
from clients.forms.emergency import EmergencyForm
from clients.forms.office import AssignPrimaryForm, CoverForm, HandOverForm, SupervisionForm
from clients.forms.people import InviteClientForm, InviteStaffForm, JoinForm
from clients.forms.team import AssignForm

__all__ = [
    "AddClientForm",
    "AssignForm",
    "AssignPrimaryForm",
    "ContactForm",
    "CoverForm",
    "EmergencyForm",
    "HandOverForm",
    "InviteClientForm",
    "InviteStaffForm",
    "JoinForm",
    "SupervisionForm",
]
