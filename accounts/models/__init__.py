"""User, Clinic, Membership, Supervision, Invitation, BrowserSession."""

from accounts.models.browser_session import BrowserSession
from accounts.models.clinic import Clinic, Membership, Role, Supervision
from accounts.models.invitation import Invitation
from accounts.models.user import User

__all__ = ["BrowserSession", "Clinic", "Invitation", "Membership", "Role", "Supervision", "User"]
