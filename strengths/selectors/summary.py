"""What the record says about this pillar."""

from collections.abc import Sequence

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left
from django.utils.translation import ngettext

from clients.models import Client, Visibility
from clients.pillars import Pillar, PillarLine, PillarSummary
from clients.selectors import Period, PillarRows
from clients.summaries import summary_from_practice
from strengths.content import strengths
from strengths.models import Strength, StrengthEpisode, Supporter
from strengths.selectors.strengths import group_of

SAID = 120  # letters of a moment that a card has room for
LATEST = 2


def pillar_summary(client: Client, period: Period, rows: PillarRows) -> PillarSummary:
    """How many strengths, moments and supporters are shared, the latest of them, then what practice says.

    One statement of its own, two while there are no strengths.
    """
    shared = {"client": client, "visibility": Visibility.MY_THERAPIST}
    on_map = Supporter.objects.filter(**shared, withdrawn_at=None)
    counted = Subquery(on_map.order_by().values("client").annotate(n=Count("pk")).values("n"))
    mine = list(_with_moments(Strength.objects.filter(withdrawn_at=None, **shared)).annotate(on_map=counted))
    people = (mine[0].on_map or 0) if mine else on_map.count()
    named, moments = len({group_of(row) for row in mine}), sum(row.told for row in mine)  # type: ignore[attr-defined]  # annotated
    parts = []
    if named:
        parts.append(ngettext("%(n)s strength", "%(n)s strengths", named) % {"n": named})
    if moments:
        parts.append(ngettext("%(n)s moment", "%(n)s moments", moments) % {"n": moments})
    if people:
        parts.append(ngettext("%(n)s on the people map", "%(n)s on the people map", people) % {"n": people})
    first = ", ".join(parts) + "." if parts else ""
    suggested = "strength_new_way" if moments else "strengths_spotting"
    return summary_from_practice(Pillar.STRENGTHS, rows, period, first=first, lines=_latest(mine), suggested=suggested)


def _with_moments(found: QuerySet[Strength]) -> QuerySet[Strength]:
    """Each with how many shared moments stand on it (`told`), and the start and time of the latest (`happened`, `last`)."""
    stands = {"withdrawn_at": None, "earlier_of": None, "visibility": Visibility.MY_THERAPIST}
    newest = StrengthEpisode.objects.filter(strength=OuterRef("pk"), **stands).order_by("-occurred_at", "-recorded_at")
    return found.annotate(
        told=Count("episodes", filter=Q(**{f"episodes__{name}": value for name, value in stands.items()})),
        happened=Subquery(newest.values(start=Left("happened", SAID + 1))[:1]),
        last=Subquery(newest.values("occurred_at")[:1]),
    )


def _latest(mine: Sequence[Strength]) -> tuple[PillarLine, ...]:
    """The two latest strengths or moments, a strength once."""
    names = {one.key: one.name for one in strengths()}
    found: dict[str, PillarLine] = {}
    for row in sorted(mine, key=lambda row: row.last or row.occurred_at, reverse=True):  # type: ignore[attr-defined]  # annotated
        said = row.happened or ""  # type: ignore[attr-defined]  # annotated
        name = names.get(row.key, row.own_words)
        told = PillarLine(bold=name, said=said if len(said) <= SAID else f"{said[:SAID].rstrip()}…")
        found.setdefault(group_of(row), told if said or row.key else PillarLine(said=name))
    return tuple(found.values())[:LATEST]
