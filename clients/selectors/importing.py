"""Who is the same person: by e-mail address, or by name and birth date."""

from typing import Any
from uuid import UUID

from clients.models import Client
from core.text import plain


class People:
    """The clinic's clients, and whoever was added to them since."""

    def __init__(self, clinic_id: UUID) -> None:
        self._found: dict[tuple[Any, ...], str] = {}
        for row in Client.objects.filter(clinic_id=clinic_id).values("email", "called", "legal_name", "birth_date"):
            self.add(dict(row))

    def add(self, contact: dict[str, Any]) -> str | None:
        """What the same person is called who is there already; None for somebody new, who is there from now on."""
        keys = marks(contact)
        same = next((self._found[key] for key in keys if key in self._found), None)
        for key in keys:
            self._found.setdefault(key, same or contact["called"])
        return same


def marks(contact: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What tells a person: her address; her names, each with her birth date. In any letter case, without accents."""
    found: list[tuple[Any, ...]] = [("email", contact["email"].casefold())] if contact.get("email") else []
    if contact.get("birth_date"):
        names = {" ".join(plain(name).split()) for name in (contact["called"], contact.get("legal_name")) if name}
        found += [(name, contact["birth_date"]) for name in sorted(names)]
    return found
