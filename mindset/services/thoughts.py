"""Thoughts looked at: left by an exercise, put right, shown or kept, taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record_event
from clients.models import Client, EntryModel, Visibility
from clients.services import change_visibility, withdraw_copies
from core.actor import Actor
from core.errors import Refused, Stale
from core.ids import uuid7
from core.versions import save_version
from homework.models import ExerciseRun
from homework.services.sharing import share
from mindset.content import thinking_patterns
from mindset.models import Evidence, Side, ThoughtRecord
from strengths.models import StrengthEpisode
from strengths.selectors import moments_of

SCORES = ("belief_before", "belief_after", "fairer_belief")


@dataclass(frozen=True)
class Fact:
    """One fact for or against: words, or the id of a moment as text."""

    side: str
    text: str = ""
    moment: str = ""


def facts_in(side: str, text: str) -> list[Fact]:
    """A line, a fact."""
    return [Fact(side, line.strip()) for line in text.splitlines() if line.strip()]


@transaction.atomic
def record_thought(*, client: Client, source: EntryModel, visibility: str, show: bool, facts: Iterable[Fact], by: Actor, **said: Any) -> ThoughtRecord | None:
    """What an exercise leaves behind: once for a run, however often it is called. Until it is put right by hand it follows what the run says.

    Without `show` later calls hide alone: what was hidden by hand stays hidden. What was taken back stays so.
    """
    found = ThoughtRecord.objects.filter(source_kind=source._meta.label_lower, source_id=source.pk).first()
    if found is None:
        return _make(client, source, visibility, facts, by, said) if said.get("thought", "").strip() else None
    if found.withdrawn_at is not None:
        return found
    if found.version == 1 and said.get("thought", "").strip():
        ThoughtRecord.objects.filter(pk=found.pk).update(**said, updated_at=timezone.now())
        found.refresh_from_db()
        _keep_facts(found, facts, by)
    if found.for_session != source.for_session:
        ThoughtRecord.objects.filter(pk=found.pk).update(for_session=source.for_session, updated_at=timezone.now())
    if show or visibility == Visibility.ONLY_ME:
        show_thought(record=found, visibility=visibility, by=by)
    return found


def _make(client: Client, source: EntryModel, visibility: str, facts: Iterable[Fact], by: Actor, said: dict[str, Any]) -> ThoughtRecord:
    row = ThoughtRecord(client=client, clinic_id=client.clinic_id, created_by_id=by.user_id, visibility=visibility, for_session=source.for_session, **said)
    row.occurred_at, row.source_kind, row.source_id = source.occurred_at, source._meta.label_lower, source.pk
    row.save(force_insert=True)
    _keep_facts(row, facts, by)
    record_event(verb="thought_recorded", by=by, row=row, client_id=client.pk, detail={"kind": row.kind})
    return row


@transaction.atomic
def change_thought(*, record: ThoughtRecord, version: int, facts: Iterable[Fact], by: Actor, visibility: str = "", **said: Any) -> ThoughtRecord:
    """Put right what was written. The same words change nothing. Raises Stale with the newer row, Refused for words that cannot be and for one taken back."""
    if record.withdrawn_at is not None:
        raise Refused(_("This was taken back."))
    _check(said)
    facts = list(facts)
    changed = record
    if any(getattr(record, name) != value for name, value in said.items()) or not _same(record, facts):
        if record.version != version:
            raise Stale(record)
        changed = save_version(record, version=version, changes=said)
        _keep_facts(changed, facts, by)
        record_event(verb="thought_changed", by=by, row=changed, client_id=changed.client_id)
        if changed.for_session != record.for_session:
            _wish_to_talk(changed, by)
    if visibility and visibility != changed.visibility:
        show_thought(record=changed, visibility=visibility, by=by)
    return changed


def _wish_to_talk(record: ThoughtRecord, by: Actor) -> None:
    """The wish stands with the run, which is on the axis and on the list for the next session."""
    run = ExerciseRun.objects.filter(pk=record.source_id, client_id=record.client_id).first() if record.source_id else None
    if run is not None:
        seen = run.visibility == Visibility.MY_THERAPIST
        share(run=run, ratings=run.ratings_shared, words=run.words_shared, seen=seen, for_session=record.for_session, by=by)


def _check(said: dict[str, Any]) -> None:
    if not said.get("thought", "x").strip():
        raise Refused(_("What went through your mind? A few words are enough."), "thought")
    known = {pattern.key for pattern in thinking_patterns().patterns} | {thinking_patterns().none_key}
    if set(said.get("patterns", ())) - known:
        raise Refused(_("Please choose one of these."), "patterns")
    for name in SCORES:
        if said.get(name) is not None and said[name] not in range(11):
            raise Refused(_("Please pick a number from 0 to 10."), name)


@transaction.atomic
def show_thought(*, record: ThoughtRecord, visibility: str, by: Actor) -> None:
    """Who reads it from now on, its facts with it; a fact that points at a private moment stays private."""
    if record.visibility != visibility:
        change_visibility(source=record, visibility=visibility, by=by)
    mine = Evidence.objects.filter(record=record)
    if visibility == Visibility.ONLY_ME:
        mine.exclude(visibility=visibility).update(visibility=visibility, updated_at=timezone.now())
        return
    open_to_staff = _shown_moments(record.client, mine.values_list("moment_id", flat=True))
    for fact in mine.filter(visibility=Visibility.ONLY_ME):
        if fact.moment_id is None or fact.moment_id in open_to_staff:
            Evidence.objects.filter(pk=fact.pk).update(visibility=visibility, updated_at=timezone.now())


@transaction.atomic
def take_back_thought(*, record: ThoughtRecord, by: Actor) -> None:
    """It is not there any more: on no page, in no count. That the exercise was done stays. Done twice it changes nothing."""
    now = timezone.now()
    if ThoughtRecord.objects.filter(pk=record.pk, withdrawn_at=None).update(withdrawn_at=now, updated_at=now):
        withdraw_copies(source=record)
        record_event(verb="thought_withdrawn", by=by, row=record, client_id=record.client_id)


@transaction.atomic
def wish_short(*, record: ThoughtRecord, short: bool, by: Actor) -> None:
    """The short version is to be offered next time, or is not."""
    if ThoughtRecord.objects.filter(pk=record.pk).exclude(short_next=short).update(short_next=short, updated_at=timezone.now()):
        record.short_next = short
        record_event(verb="thought_short_wished", by=by, row=record, client_id=record.client_id, detail={"short": short})


def _standing(record: ThoughtRecord) -> list[Evidence]:
    return list(Evidence.objects.filter(record=record, withdrawn_at=None).order_by("side", "rank"))


def _same(record: ThoughtRecord, facts: list[Fact]) -> bool:
    there = [(row.side, row.text, str(row.moment_id or "")) for row in _standing(record)]
    return sorted(there) == sorted((fact.side, fact.text, fact.moment) for fact in facts)


def _keep_facts(record: ThoughtRecord, facts: Iterable[Fact], by: Actor) -> None:
    """The facts as they are now; what is no longer among them is taken out, and stays in its row."""
    facts = list(facts)
    if _same(record, facts):
        return
    now = timezone.now()
    Evidence.objects.filter(record=record, withdrawn_at=None).update(withdrawn_at=now, updated_at=now)
    mine = {str(row.pk): row for row in moments_of(record.client).filter(pk__in=[fact.moment for fact in facts if fact.moment])}
    shown = _shown_moments(record.client, [row.pk for row in mine.values()])
    for side in Side.values:
        for rank, fact in enumerate(one for one in facts if one.side == side and (one.text or one.moment in mine)):
            moment: StrengthEpisode | None = mine.get(fact.moment)
            row = Evidence(id=uuid7(), client_id=record.client_id, clinic_id=record.clinic_id, created_by_id=by.user_id, record=record, moment=moment)
            row.side, row.text, row.rank, row.occurred_at = side, "" if moment else fact.text, rank, record.occurred_at
            row.visibility = record.visibility if moment is None or moment.pk in shown else Visibility.ONLY_ME
            row.save(force_insert=True)


def _shown_moments(client: Client, pks: Iterable[Any]) -> set[Any]:
    """Those of these moments that staff may read, each under a strength that they may read."""
    return set(moments_of(client, staff=True).filter(pk__in=[pk for pk in pks if pk]).values_list("pk", flat=True))
