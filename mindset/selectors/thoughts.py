"""Thoughts that were looked at, and the fairer ones that were found."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from clients.models import Client, Visibility
from core.text import plain
from homework.models import ExerciseRun
from homework.models.run import RunState
from mindset.models import Evidence, ThoughtRecord
from strengths.selectors import moments_of

FULL, SHORT = "thought_record", "other_views"
PART_DONE = 2  # records left part-done before the short version is offered
OFFERED = 3  # fairer thoughts offered at once
LOOKED_THROUGH = 200
SAME_WORDS = 0.5  # of the words that both thoughts have, among those of the shorter one
LONG_WORD = 4


def thoughts_of(client: Client, *, staff: bool = False) -> QuerySet[ThoughtRecord]:
    """What stands, newest first; for `staff` what is shared."""
    found = ThoughtRecord.objects.filter(client=client, withdrawn_at=None)
    if staff:
        found = found.filter(visibility=Visibility.MY_THERAPIST)
    return found.order_by("-occurred_at", "-created_at")


def thought_of(client: Client, pk: UUID, *, staff: bool = False, taken_back: bool = False) -> ThoughtRecord | None:
    found = ThoughtRecord.objects.filter(client=client) if taken_back and not staff else thoughts_of(client, staff=staff)
    return found.select_related("client").filter(pk=pk).first()


def thought_of_run(run: ExerciseRun) -> ThoughtRecord | None:
    """What a run of the client's own left here."""
    return ThoughtRecord.objects.filter(source_kind=run._meta.label_lower, source_id=run.pk, withdrawn_at=None).first()


def evidence_of(records: Iterable[ThoughtRecord], client: Client, *, staff: bool = False) -> dict[UUID, list[Evidence]]:
    """The facts of each record in their order, with their moments: none that its author took back, and for `staff` none that is hidden. One statement."""
    found = Evidence.objects.filter(record__in=[record.pk for record in records], withdrawn_at=None)
    found = found.filter(Q(moment=None) | Q(moment__in=moments_of(client, staff=staff).order_by().values("pk")))
    if staff:
        found = found.filter(visibility=Visibility.MY_THERAPIST)
    facts: dict[UUID, list[Evidence]] = {}
    for fact in found.select_related("moment__strength").order_by("side", "rank"):
        facts.setdefault(fact.record_id, []).append(fact)
    return facts


def same_thought(text: str) -> str:
    """What makes two thoughts the same one: the words, whatever their case, accents and stops."""
    return " ".join(re.findall(r"\w+", plain(text)))


def is_similar(one: str, other: str) -> bool:
    """The same words, or half of the longer words of the shorter thought in the other one too: at least two, or all there are."""
    if same_thought(one) == same_thought(other):
        return True
    first, second = ({word for word in same_thought(text).split() if len(word) >= LONG_WORD} for text in (one, other))
    both, least = len(first & second), min(len(first), len(second))
    return least > 0 and both >= min(2, least) and both >= least * SAME_WORDS


def fairer_before(client: Client, thought: str, *, run: ExerciseRun | None = None) -> list[ThoughtRecord]:
    """Fairer thoughts the client found for this thought or a similar one, newest first, each once."""
    rows = thoughts_of(client).exclude(fairer="")
    if run is not None:
        rows = rows.exclude(source_id=run.pk)
    found: dict[str, ThoughtRecord] = {}
    for row in rows.only("id", "thought", "fairer", "fairer_belief", "occurred_at", "visibility", "client_id")[:LOOKED_THROUGH]:
        if is_similar(row.thought, thought):
            found.setdefault(same_thought(row.fairer), row)
    return list(found.values())[:OFFERED]


def wants_short(client: Client) -> bool:
    """Wished for after the latest thought, or two records are part-done: then the short version is offered. Two statements at most."""
    latest = thoughts_of(client).only("id", "short_next").first()
    return (latest is not None and latest.short_next) or part_done(client) >= PART_DONE


def part_done(client: Client) -> int:
    return ExerciseRun.objects.filter(client=client, item_key=FULL, state__in=[RunState.STARTED, RunState.LEFT]).count()
