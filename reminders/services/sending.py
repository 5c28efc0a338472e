"""The outbox sent: claimed with a lease, asked whether it is still wanted, handed over, then marked.

Two drivers call `send_reminders`: a tick of Celery's, and `manage.py send_reminders`. Any number of them may run at once. Whoever is killed
between handing over and marking leaves a row whose lease runs out; it is sent again under the same Message-ID, and nothing is lost.
"""

import logging
import random
import time
from collections import Counter
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from access.acting import acting_as
from accounts.models import Clinic
from core.actor import Actor, worker_of
from core.zones import zone
from reminders.channels import MailChannel, Refusal
from reminders.models import Reason, Reminder, State
from reminders.services.planning import USEFUL_FOR, plan_clinic
from reminders.services.preferences import MOST_A_WEEK
from reminders.services.verdict import NOTHING_ELSE, Verdict, note_refused_address, still_wanted

log = logging.getLogger(__name__)
BATCH = 20
LEASE = timedelta(seconds=120)
BEGIN_WITHIN = 60  # seconds of the lease: a row is not begun after that, so that a slow server cannot carry it past its end
ROUND = 45  # seconds one call goes on taking more
AWAY = (OperationalError, InterfaceError)  # the database, not one reminder
FIRST_PAUSE, LONGEST_PAUSE = 10, 1800  # seconds before the next try


def send_reminders() -> Counter[str]:
    """Plan what is to come, send what is due; how many ended in which state. A clinic in which something breaks does not keep the others waiting."""
    done: Counter[str] = Counter()
    ends = time.monotonic() + ROUND
    with MailChannel() as channel:
        for clinic_id in Clinic.objects.order_by("created_at").values_list("pk", flat=True):
            worker = worker_of(clinic_id)
            try:
                plan_clinic(clinic_id, worker)
                done += _drain(worker, channel, ends)
            except AWAY:
                raise
            except Exception:
                log.exception("Reminders of clinic %s", clinic_id)
    if done:
        log.info("Reminders: %s", ", ".join(f"{n} {state}" for state, n in sorted(done.items())))
    return done


def _drain(worker: Actor, channel: MailChannel, ends: float) -> Counter[str]:
    done: Counter[str] = Counter()
    while time.monotonic() < ends:
        began = time.monotonic()
        rows = claim(worker)
        if not rows:
            break
        for row in rows:
            if time.monotonic() - began > BEGIN_WITHIN:
                break  # what is left comes back when its lease ends
            done[deliver(row, worker, channel)] += 1
    return done


def claim(worker: Actor) -> list[Reminder]:
    """Take the next ones that are due, and those whose lease has run out, for one lease; nobody else has them meanwhile. Each knows its recipient."""
    now, token = timezone.now(), uuid4()
    with acting_as(worker):
        due = Reminder.objects.filter(clinic_id=worker.clinic_id, ready_at__lte=now).order_by("ready_at")
        ids = list(due.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:BATCH])
        Reminder.objects.filter(pk__in=ids).update(state=State.SENDING, reason="", claim=token, ready_at=now + LEASE, attempts=F("attempts") + 1)
        found = Reminder.objects.filter(pk__in=ids).select_related("recipient").order_by("due_at")
        return list(found.only(*COLUMNS))


COLUMNS = (
    *(field.name for field in Reminder._meta.concrete_fields),
    *(f"recipient__{name}" for name in ("email", "is_active", "locale")),
)


def deliver(row: Reminder, worker: Actor, channel: MailChannel) -> str:
    """One reminder to its next state, which is returned; `taken` when another worker has it by now."""
    try:
        verdict = still_wanted(row, timezone.now())
        if verdict is NOTHING_ELSE:
            verdict = _take_the_day(row, worker)
        if verdict is not NOTHING_ELSE:
            return _mark(row, worker, verdict)
        channel.send(row, row.recipient)
    except Refusal as refused:
        if refused.reason == Reason.ADDRESS:
            note_refused_address(row)
        return _mark(row, worker, Verdict(State.FAILED, refused.reason))
    except AWAY:
        raise  # the lease brings the row back
    except Exception as error:
        log.warning("Reminder %s, try %s: %s", row.pk, row.attempts, type(error).__name__)
        return _mark(row, worker, _again(row))
    return _mark(row, worker, Verdict(State.SENT))


def _take_the_day(row: Reminder, worker: Actor) -> Verdict:
    """One a day and four a week, of all kinds together. The day is taken before it is sent, and a unique index says whose it is."""
    today = timezone.now().astimezone(zone(row.zone)).date()
    monday = today - timedelta(days=today.weekday())
    with acting_as(worker):
        others = Reminder.objects.filter(client_id=row.client_id, sent_on__gte=monday, sent_on__lte=monday + timedelta(days=6)).exclude(pk=row.pk)
        if others.count() >= MOST_A_WEEK:
            return Verdict(State.HELD, Reason.FOUR_A_WEEK)
        try:
            with transaction.atomic():
                mine = _still_mine(row).update(sent_on=today)
        except IntegrityError:
            return Verdict(State.HELD, Reason.ONE_A_DAY)
    return NOTHING_ELSE if mine else Verdict("taken")


def _mark(row: Reminder, worker: Actor, verdict: Verdict) -> str:
    """Write down what became of it, if it is still this worker's. A day that was not used is free again."""
    if verdict.state == "taken":
        return verdict.state
    changes: dict[str, object] = {"state": verdict.state, "reason": verdict.reason, "ready_at": verdict.ready_at}
    changes |= {"sent_at": timezone.now()} if verdict.state == State.SENT else {"sent_on": None}
    with acting_as(worker):
        return verdict.state if _still_mine(row).update(**changes) else "taken"


def _still_mine(row: Reminder) -> QuerySet[Reminder]:
    """The row, as long as nobody has claimed it since: a late worker cannot mark."""
    return Reminder.objects.filter(pk=row.pk, claim=row.claim, state=State.SENDING)


def _again(row: Reminder, now: datetime | None = None) -> Verdict:
    """Tried again later and later, up to half an hour apart, until it is too late to be useful."""
    pause = min(FIRST_PAUSE * 2 ** min(row.attempts - 1, 20), LONGEST_PAUSE) * random.uniform(0.75, 1.25)  # noqa: S311
    at = (now or timezone.now()) + timedelta(seconds=pause)
    return Verdict(State.PLANNED, ready_at=min(at, row.due_at + USEFUL_FOR + timedelta(seconds=1)))
