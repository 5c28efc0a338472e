"""How the client's pages call people: the client and the therapist."""

from django.utils.translation import gettext as _

from clients.models import Client
from clients.models.care import Kind
from clients.selectors import active_assignments
from core.text import without_title


def therapist_name(client: Client) -> str:
    """What the client calls her therapist: the first name, without a title. "Your therapist" while there is none."""
    found = active_assignments(client).filter(kind=Kind.PRIMARY).values_list("therapist__name", flat=True).first()
    return called(found) if found else _("Your therapist")


def called(name: str) -> str:
    """The first name of "Dr Ngozi Storybrook"; the whole when only titles are there."""
    return (without_title(name).split() or [name])[0]
