"""Forms about people: a client and how to reach her, who works with her, and invitations."""

from clients.forms.contact import AddClientForm, ContactForm
from clients.forms.people import InviteClientForm, InviteStaffForm, JoinForm
from clients.forms.team import AssignForm

__all__ = ["AddClientForm", "AssignForm", "ContactForm", "InviteClientForm", "InviteStaffForm", "JoinForm"]
