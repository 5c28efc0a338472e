"""User, Clinic, Membership, Supervision, Invitation."""

from accounts.models.clinic import Clinic, Membership, Role, Supervision
from accounts.models.invitation import Invitation
from accounts.models.user import User

__all__ = ["Clinic", "Invitation", "Membership", "Role", "Supervision", "User"]
