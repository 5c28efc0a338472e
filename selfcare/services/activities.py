"""What is in the week: added, worded anew, put away, brought back. A newer wording is a new row of the same line; nothing is lost."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, EntryModel, TimelineEntry, Visibility
from clients.pillars import Pillar
from clients.services import add_timeline_entry, change_visibility
from core.actor import Actor
from core.errors import Refused, Stale
from core.ids import uuid7
from core.once import create_once
from selfcare.content import domains
from selfcare.models import ActivityState, Often, SelfCareActivity, SelfCareEntry
from selfcare.services.entries import show_entry

WORDS = ("domain", "name", "often", "tiny", "standard", "stretch")


@transaction.atomic
def add_activity(
    *,
    client: Client,
    new_id: UUID,
    by: Actor,
    domain: str = "",
    name: str = "",
    often: str = Often.SUITS,
    tiny: str = "",
    standard: str = "",
    stretch: str = "",
    visibility: str = Visibility.MY_THERAPIST,
    occurred_at: datetime | None = None,
    source: EntryModel | None = None,
    source_step: str = "",
) -> SelfCareActivity:
    """Put something in the week. Raises Refused, also for a name that stands there for the same readers already."""
    check_words(domain, name, often)
    same = SelfCareActivity.objects.filter(client=client, domain=domain, name__iexact=name, state=ActivityState.ACTIVE, visibility=visibility)
    if source is None and same.exclude(pk=new_id).exclude(line=new_id).exists():
        raise Refused(_("Something of this name is in the week already. Change that one, or choose another name."), "name")

    def make() -> SelfCareActivity:
        row = SelfCareActivity(id=new_id, line=new_id, client=client, clinic_id=client.clinic_id, created_by_id=by.user_id, visibility=visibility)
        row.domain, row.name, row.often = domain, name, often
        row.tiny, row.standard, row.stretch = tiny, standard, stretch
        row.occurred_at = occurred_at or row.occurred_at
        if source is not None:
            row.source_kind, row.source_id, row.source_step = source._meta.label_lower, source.pk, source_step
        row.save(force_insert=True)
        add_timeline_entry(source=row, kind="selfcare_activity", pillar=Pillar.SELFCARE, by=by)
        record_event(verb="selfcare_activity_added", by=by, row=row, client_id=client.pk, detail={"domain": domain})
        return row

    return create_once(SelfCareActivity, new_id, make, by=by, client_id=client.pk)[0]


def check_words(domain: str, name: str, often: str) -> None:
    if domain not in {each.key for each in domains()}:
        raise Refused(_("Please choose one of these."), "domain")
    if not name.strip():
        raise Refused(_("What do you call it?"), "name")
    if often not in Often.values:
        raise Refused(_("Please choose one of these."), "often")


@transaction.atomic
def change_activity(*, activity: SelfCareActivity, new_id: UUID, by: Actor, **changes: str) -> SelfCareActivity:
    """Other words or sizes: a new row of the line; the same words change nothing. Raises Refused, and Stale with the newer row."""
    sent_before = SelfCareActivity.objects.filter(pk=new_id, client_id=activity.client_id).first()
    if sent_before is not None:
        return sent_before
    words = {name: getattr(activity, name) for name in WORDS} | changes
    check_words(words["domain"], words["name"], words["often"])
    if all(getattr(activity, name) == value for name, value in words.items()):
        return activity
    state = activity.state
    kept = ("line", "client_id", "clinic_id", "visibility", "for_session", "occurred_at")
    row = SelfCareActivity(id=new_id, created_by_id=by.user_id, **{name: getattr(activity, name) for name in kept}, **words)
    if state == ActivityState.RETIRED:
        row.state, row.ended_at, row.ended_by_id = state, timezone.now(), by.user_id

    def make() -> SelfCareActivity:
        _end(activity, ActivityState.REPLACED, by)
        row.save(force_insert=True)
        record_event(verb="selfcare_activity_changed", by=by, row=row, client_id=row.client_id)
        return row

    try:
        return create_once(SelfCareActivity, new_id, make, by=by, client_id=row.client_id)[0]
    except Stale as stale:
        if stale.current is not None and stale.current.pk == new_id:  # the same form, sent at the same moment
            return stale.current
        raise


@transaction.atomic
def put_away(*, activity: SelfCareActivity, by: Actor) -> None:
    """It leaves the week; its logs stay. Done twice it changes nothing. Raises Stale with the newer row."""
    if activity.state != ActivityState.RETIRED:
        _end(activity, ActivityState.RETIRED, by)
        record_event(verb="selfcare_activity_retired", by=by, row=activity, client_id=activity.client_id)


@transaction.atomic
def bring_back(*, activity: SelfCareActivity, by: Actor) -> None:
    """What was put away is in the week again."""
    changes: dict[str, Any] = {"state": ActivityState.ACTIVE, "ended_at": None, "ended_by": None, "updated_at": timezone.now()}
    if SelfCareActivity.objects.filter(pk=activity.pk, state=ActivityState.RETIRED).update(**changes):
        record_event(verb="selfcare_activity_brought_back", by=by, row=activity, client_id=activity.client_id)


@transaction.atomic
def show_activity(*, activity: SelfCareActivity, visibility: str, by: Actor) -> None:
    """Who reads it from now on. Hidden, its earlier wordings and its logs are hidden too; shown, they stay as they were."""
    if activity.visibility != visibility:
        change_visibility(source=activity, visibility=visibility, by=by)
        on_axis = TimelineEntry.objects.filter(source_kind=activity._meta.label_lower, source_id=activity.line)  # it names the first of the line
        on_axis.update(visibility=visibility, updated_at=timezone.now())
    if visibility == Visibility.ONLY_ME:
        SelfCareActivity.objects.filter(line=activity.line).exclude(visibility=visibility).update(visibility=visibility, updated_at=timezone.now())
        for entry in SelfCareEntry.objects.filter(line=activity.line).exclude(visibility=visibility).select_related("activity"):
            show_entry(entry=entry, visibility=visibility, by=by)


@transaction.atomic
def record_activity(*, client: Client, source: EntryModel, step: str, visibility: str, show: bool, by: Actor, **words: Any) -> None:
    """What an exercise leaves in the week: once for a run and step, however often it is called; later calls change only who reads it.

    Without `show` they hide alone: what she hid by itself stays hidden. Where something of that name stood in the week by then, it leaves nothing.
    """
    there = SelfCareActivity.objects.filter(source_kind=source._meta.label_lower, source_id=source.pk, source_step=step).first()
    if there is None:
        since = Q(state=ActivityState.ACTIVE) | Q(state=ActivityState.RETIRED, ended_at__gt=source.occurred_at)
        if SelfCareActivity.objects.filter(since, client=client, domain=words["domain"], name__iexact=words["name"]).exists():
            return
        add_activity(client=client, new_id=uuid7(), source=source, source_step=step, visibility=visibility, occurred_at=source.occurred_at, by=by, **words)
        return
    now = SelfCareActivity.objects.filter(line=there.line).exclude(state=ActivityState.REPLACED).get()
    if show or visibility == Visibility.ONLY_ME:
        show_activity(activity=now, visibility=visibility, by=by)


def _end(activity: SelfCareActivity, state: str, by: Actor) -> None:
    changes: dict[str, Any] = {"state": state, "ended_at": timezone.now(), "ended_by_id": by.user_id, "updated_at": timezone.now()}
    if not SelfCareActivity.objects.filter(pk=activity.pk, state=activity.state).exclude(state=ActivityState.REPLACED).update(**changes):
        raise Stale(SelfCareActivity.objects.filter(line=activity.line).exclude(state=ActivityState.REPLACED).first())
