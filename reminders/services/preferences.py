"""Choosing reminders. The client chooses; staff make them fewer, never more, but for what is set together in session, with a consent on record."""

from collections.abc import Collection
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from access.acting import acting_as
from audit.services import record_event
from clients.models import Client
from clients.models.care import ConsentKind
from clients.models.client import Status
from clients.services.consents import give_consent, withdraw_consent
from core.actor import Actor
from core.errors import Refused, Stale
from core.versions import save_version
from core.zones import today_in
from reminders.calendar import in_quiet_hours
from reminders.models import Reason, ReminderPreference, ReminderTime, SetHow
from reminders.services.planning import call_off, fit_outbox, plan_ahead

MOST_A_WEEK = 4
CONSENT_TEXT = "2026-11"  # the version of what templates/reminders/desk.html asks to be agreed to
PAUSES = (1, 3, 7)  # days, today among them


@transaction.atomic
def choose_reminders(
    *, client: Client, kind: str, version: int, times: dict[int, time], quiet_from: time, quiet_until: time, by: Actor, together: bool = False
) -> ReminderPreference:
    """On, at these local times (weekday, 0 is Monday, to time). `version` is that of the preference the form was made from, 0 where there was none.

    `together`: the client asked for it in session, which is the one way for staff; it is kept as her consent. Raises Refused, Stale.
    """
    if by.kind != "portal" and not together:
        raise ValueError("staff turn reminders on together with the client, or not at all")
    _check(client, times, quiet_from, quiet_until, by)
    changes = {"is_on": True, "quiet_from": quiet_from, "quiet_until": quiet_until, "planned_until": None}
    preference = _write(client, kind, version, changes, by, SetHow.IN_SESSION if together else SetHow.PORTAL)
    _write_times(preference, times, by)
    if together:
        give_consent(client=client, kind=ConsentKind.REMINDERS, text_version=CONSENT_TEXT, by=by)
    record_event(verb="reminders_chosen", by=by, row=preference, client_id=client.pk, detail={"days": sorted(times), "together": together})
    if by.kind == "portal":
        plan_ahead(preference=preference, client=client, by=by)
    else:  # the outbox is hers to fill: the next round of the worker does
        fit_outbox(preference=preference, client=client)
    return preference


def _check(client: Client, times: dict[int, time], quiet_from: time, quiet_until: time, by: Actor) -> None:
    if client.email_ok is False:
        raise Refused(_("The contact page says that e-mail is not a safe way to write. If that has changed, let it be changed there first."))
    if by.kind != "portal" and client.phone_checked:
        raise Refused(_("Somebody else looks at this phone, says the contact page. Reminders can be turned on from the client’s own page alone."))
    if not times:
        raise Refused(_("Please pick a day."), "days")
    if len(times) > MOST_A_WEEK:
        raise Refused(_("At most four days a week."), "days")
    if any(in_quiet_hours(at, quiet_from, quiet_until) for at in times.values()):
        raise Refused(_("This lies within the quiet hours."), "at")


def _write(client: Client, kind: str, version: int, changes: dict[str, Any], by: Actor, how: str) -> ReminderPreference:
    """The one row of this client and kind, changed or made. Raises Stale when it is newer than the form."""
    changes = {**changes, "set_how": how, "set_by_id": by.user_id, "set_at": timezone.now()}
    found = ReminderPreference.objects.filter(client=client, kind=kind).first()
    if found is not None:
        return save_version(found, version=version, changes=changes)
    row = ReminderPreference(client=client, clinic_id=client.clinic_id, kind=kind, created_by_id=by.user_id, **changes)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise Stale(ReminderPreference.objects.get(client=client, kind=kind)) from error
    return row


def _write_times(preference: ReminderPreference, times: dict[int, time], by: Actor) -> None:
    """One row a weekday, which stays when the day is dropped."""
    there = {row.weekday: row for row in preference.times.all()}
    for weekday in range(7):
        at, row = times.get(weekday), there.get(weekday)
        if row is None and at is not None:
            ReminderTime(
                preference=preference, client_id=preference.client_id, clinic_id=preference.clinic_id, weekday=weekday, at=at, created_by_id=by.user_id
            ).save(force_insert=True)
        elif row is not None and row.at != at:
            ReminderTime.objects.filter(pk=row.pk).update(at=at, version=F("version") + 1, updated_at=timezone.now())


@transaction.atomic
def keep_days(*, preference: ReminderPreference, version: int, days: Collection[int], by: Actor) -> ReminderPreference:
    """Fewer: of the days there are, these alone; none of them turns reminders off. Raises Stale, and Refused for a day that would be a new one."""
    times = {row.weekday: row.at for row in preference.times.exclude(at=None) if row.at is not None}
    if not set(days) <= set(times):
        raise Refused(_("Staff can make reminders fewer, never more."), "days")
    if not days:
        return turn_off(preference=preference, by=by, how=SetHow.DESK)
    current = save_version(preference, version=version, changes={"set_how": SetHow.DESK, "set_by_id": by.user_id, "set_at": timezone.now()})
    _write_times(current, {day: times[day] for day in days}, by)
    record_event(verb="reminders_lowered", by=by, row=current, client_id=current.client_id, detail={"days": sorted(days)})
    fit_outbox(preference=current, client=current.client)
    return current


@transaction.atomic
def turn_off(*, preference: ReminderPreference, by: Actor, how: str) -> ReminderPreference:
    """Off, whoever asks and whatever was saved meanwhile; off already: as it is."""
    changes = {"is_on": False, "set_how": how, "set_by_id": by.user_id, "set_at": timezone.now(), "version": F("version") + 1, "updated_at": timezone.now()}
    if ReminderPreference.objects.filter(pk=preference.pk, is_on=True).update(**changes):
        call_off(preference=preference, reason=Reason.CARE_ENDED if how == SetHow.CARE_ENDED else Reason.OFF)
        withdraw_consent(client=preference.client, kind=ConsentKind.REMINDERS, by=by)
        record_event(verb="reminders_off", by=by, row=preference, client_id=preference.client_id, detail={"how": how})
    return ReminderPreference.objects.get(pk=preference.pk)


@transaction.atomic
def turn_off_with_care(*, client: Client, by: Actor) -> None:
    """Care has ended: nothing more goes out, and nothing begins again by itself when care does."""
    for preference in ReminderPreference.objects.select_related("client").filter(client=client, is_on=True):
        turn_off(preference=preference, by=by, how=SetHow.CARE_ENDED)


def turn_off_by_link(*, preference_id: UUID, by: Actor) -> bool:
    """The one click of a message: `by` is the person it was sent to, as its signed link says. False: there is nothing such.

    Once care has ended nothing is sent and nothing of hers can be written: that is off, too.
    """
    with acting_as(by):
        preference = ReminderPreference.objects.select_related("client").filter(pk=preference_id, client__portal_user_id=by.user_id).first()
        if preference is not None and preference.client.status != Status.DISCHARGED:
            turn_off(preference=preference, by=by, how=SetHow.MAIL)
    return preference is not None


@transaction.atomic
def pause(*, preference: ReminderPreference, days: int, by: Actor) -> ReminderPreference:
    """Nothing for so many days, today by her clock among them. Staff never make a pause shorter. Raises Refused."""
    if days not in PAUSES:
        raise Refused(_("Please choose one."), "pause")
    until = today_in(preference.client.timezone) + timedelta(days=days - 1)
    if by.kind != "portal" and preference.paused_until is not None:
        until = max(until, preference.paused_until)
    return _set_pause(preference, until, by)


@transaction.atomic
def go_on(*, preference: ReminderPreference, by: Actor) -> ReminderPreference:
    """The end of a pause is the client's own to choose."""
    if by.kind != "portal":
        raise ValueError("staff make reminders fewer, never more")
    return _set_pause(preference, None, by)


def _set_pause(preference: ReminderPreference, until: Any, by: Actor) -> ReminderPreference:
    ReminderPreference.objects.filter(pk=preference.pk).update(paused_until=until, version=F("version") + 1, updated_at=timezone.now())
    current = ReminderPreference.objects.select_related("client").get(pk=preference.pk)
    record_event(verb="reminders_paused", by=by, row=current, client_id=current.client_id, detail={"until": until.isoformat() if until else ""})
    fit_outbox(preference=current, client=current.client)
    return current
