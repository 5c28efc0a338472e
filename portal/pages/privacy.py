"""Who sees what: who opened the client's record, day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.selectors import names_of
from audit.models import AuditEvent
from clients.models import CareAssignment, Client
from clients.selectors import Emergency

RECENT, LONGEST = timedelta(days=31), timedelta(days=366)


@dataclass(frozen=True)
class Look:
    """One person on one day; `times` the file was opened."""

    name: str
    who: str
    day: date
    times: int


def looks(client: Client, team: Iterable[CareAssignment], emergencies: Iterable[Emergency] = (), *, back: timedelta) -> list[Look]:
    """Newest day first. `team`: those who treat her; `emergencies`: those of the office whom a reason let in for a few hours.

    One statement, and one more for the names of those who are not on the team now.
    """
    since = timezone.now() - back
    opened = AuditEvent.objects.filter(client_id=client.pk, verb="record_opened", at__gte=since).order_by("-at")
    counted: dict[tuple[date, UUID | None], list[str]] = {}
    for at, actor_id, kind in opened.values_list("at", "actor_id", "actor_kind"):
        counted.setdefault((timezone.localdate(at), actor_id), []).append(kind)
    with_you = {care.therapist_id: care.therapist.name for care in team}
    hurried = {(timezone.localdate(moment), each.who_id) for each in emergencies for moment in (each.starts_at, each.ends_at)}
    names = with_you | names_of({actor_id for _day, actor_id in counted} - with_you.keys())
    return [
        Look(names.get(actor_id) or _("Somebody of the clinic"), _who(actor_id in with_you, (day, actor_id) in hurried, kinds[0]), day, len(kinds))
        for (day, actor_id), kinds in counted.items()
    ]


def _who(on_team: bool, hurried: bool, kind: str) -> str:
    if on_team:
        return _("works with you")
    if hurried:
        return _("clinic office, in an emergency")
    return _("clinic office") if kind == "admin" else _("of your clinic")
