"""The trail as the office reads it: who did what to which record, when. Keys, states and counts; never what was written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership
from audit.models import AuditEvent
from clients.models import Client
from core.paging import PAGE, Place
from core.zones import zone
from dashboard.forms.audit import SearchForm
from dashboard.verbs import VERBS


@dataclass(frozen=True)
class Line:
    """One event in words; `about` is the client's name where there is one."""

    at: datetime
    who: str
    what: str
    about: str
    more: str


def people_of(clinic_id: UUID) -> dict[UUID, str]:
    """Everybody who ever belonged to the clinic, by name."""
    return dict(Membership.objects.filter(clinic_id=clinic_id).order_by("user__name").values_list("user_id", "user__name"))


def clients_of(clinic_id: UUID) -> dict[UUID, str]:
    return dict(Client.objects.filter(clinic_id=clinic_id).order_by("called").values_list("id", "called"))


def found(form: SearchForm, clinic_id: UUID, after: Place | None, zone_name: str) -> list[AuditEvent]:
    """A page of events, newest first, and one more when there is an older page."""
    events = AuditEvent.objects.filter(clinic_id=clinic_id)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if asked.get("who"):
        events = events.filter(actor_id=asked["who"])
    if asked.get("about"):
        events = events.filter(client_id=asked["about"])
    if asked.get("what"):
        events = events.filter(verb=asked["what"])
    if asked.get("since"):
        events = events.filter(at__gte=datetime.combine(asked["since"], time(), zone(zone_name)))
    if asked.get("until"):
        events = events.filter(at__lt=datetime.combine(asked["until"] + timedelta(days=1), time(), zone(zone_name)))
    if after is not None:
        events = events.filter(after.later_rows("at"))
    return list(events.order_by("-at", "-id")[: PAGE + 1])


def lines(events: Iterable[AuditEvent], people: dict[UUID, str], clients: dict[UUID, str]) -> list[Line]:
    return [
        Line(
            at=timezone.localtime(event.at),
            who=people.get(event.actor_id, _("the software") if event.actor_kind == "worker" else _("somebody")) if event.actor_id else _("nobody known"),
            what=str(VERBS.get(event.verb, event.verb.replace("_", " "))),
            about=clients.get(event.client_id, "") if event.client_id else "",
            more=_more(event.detail),
        )
        for event in events
    ]


def _more(detail: dict[str, Any]) -> str:
    """The keys, states and counts of an event, as they were noted; ids are left out."""
    said = []
    for name, value in detail.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if shown and not _is_id(shown):
            said.append(f"{name.replace('_', ' ')}: {shown}")
    return "; ".join(said)[:200]


def _is_id(text: str) -> bool:
    try:
        UUID(text.split(", ")[0])
    except ValueError:
        return False
    return True
