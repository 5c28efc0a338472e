"""Every form says which membership (clinic and role) and which client it was made for, so that two tabs cannot mix."""

from uuid import UUID

from django.http import HttpRequest

SCOPE_FIELD = "scope"  # "<membership>" or "<membership>:<client>"


def form_scope(request: HttpRequest) -> tuple[UUID | None, UUID | None]:
    """Membership and client that a posted form was made for; nothing when the field is absent or rough."""
    parts = str(request.POST.get(SCOPE_FIELD, "")).split(":")
    try:
        return UUID(parts[0]), UUID(parts[1]) if len(parts) > 1 and parts[1] else None
    except ValueError:
        return None, None


def scope_value(request: HttpRequest) -> str:
    """What the hidden field of a form on this page holds."""
    membership = getattr(request, "membership", None)
    client = getattr(request, "client", None)
    if membership is None:
        return ""
    return f"{membership.pk}:{client.pk}" if client is not None else str(membership.pk)
