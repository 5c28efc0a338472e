"""Reads of the plan, its strategies and their uses; and what the record says about this pillar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import ngettext

from clients.ledger import Ledger, Line
from clients.models import Client, Visibility
from clients.pillars import Pillar, PillarLine, PillarSummary
from clients.selectors import Period, PillarRows
from clients.summaries import summary_from_practice
from coping.models import CopingPlan, CopingStrategy, StrategyState, StrategyUse
from homework.content import library
from homework.models import Exercise
from homework.player.exercise import OWN_PREFIX
from safety.content import warning_signs


@dataclass(frozen=True)
class Sign:
    """One early sign in words; `crisis` ones open the help page."""

    text: str
    crisis: bool


def current_plan(client: Client) -> CopingPlan | None:
    return CopingPlan.objects.filter(client=client).order_by("-number").first()


def plan_versions(client: Client) -> QuerySet[CopingPlan]:
    """Every version, newest first, each with its author."""
    columns = [field.name for field in CopingPlan._meta.concrete_fields]
    return CopingPlan.objects.filter(client=client).select_related("created_by").only(*columns, "created_by__name").order_by("-number")


def signs_of(keys: Iterable[str]) -> list[Sign]:
    known = {sign.key: sign for sign in warning_signs()}
    return [Sign(known[key].text, known[key].level == "crisis") if key in known else Sign(key, False) for key in keys]


def strategies_of(client: Client, *, staff: bool = False) -> list[CopingStrategy]:
    """What is in the plan and what was retired, in the order of adding; for `staff` what is shared."""
    found = CopingStrategy.objects.filter(client=client).exclude(state=StrategyState.REPLACED)
    if staff:
        found = found.filter(visibility=Visibility.MY_THERAPIST)
    return list(found.order_by("occurred_at", "created_at"))


def wordings_of(client: Client, *, staff: bool = False) -> QuerySet[CopingStrategy]:
    """Every wording there ever was, newest first, with who made it and who ended it."""
    columns = [field.name for field in CopingStrategy._meta.concrete_fields]
    found = CopingStrategy.objects.filter(client=client).select_related("created_by", "ended_by").only(*columns, "created_by__name", "ended_by__name")
    if staff:
        found = found.filter(visibility=Visibility.MY_THERAPIST)
    return found.order_by("-created_at")


def strategy_of(client: Client, pk: UUID, *, staff: bool = False) -> CopingStrategy | None:
    """The strategy as it is worded now, also when `pk` is an older wording of it."""
    found = CopingStrategy.objects.filter(client=client, **({"visibility": Visibility.MY_THERAPIST} if staff else {}))
    row = found.filter(pk=pk).first()
    return found.filter(line=row.line).exclude(state=StrategyState.REPLACED).first() if row is not None and row.state == StrategyState.REPLACED else row


def uses_of(client: Client, *, line: UUID | None = None, staff: bool = False, limit: int = 20) -> list[StrategyUse]:
    """The latest uses, of one strategy or of all, newest first; what was taken back is not among them."""
    found = StrategyUse.objects.filter(client=client, withdrawn_at=None).select_related("strategy")
    if line is not None:
        found = found.filter(strategy__line=line)
    if staff:
        found = found.filter(visibility=Visibility.MY_THERAPIST, strategy__visibility=Visibility.MY_THERAPIST)
    return list(found.order_by("-occurred_at", "-pk")[:limit])


def lines_by_key(ledger: Ledger) -> dict[str, Line]:
    """What the ledger can show of each item: the measure used most; for one with too few, that line."""
    found: dict[str, Line] = {}
    for line in (*ledger.shown, *ledger.wrong_way, *ledger.too_few):
        found.setdefault(line.item_key, line)
    return found


def pillar_of(strategy: CopingStrategy, own: Mapping[str, str] | None = None) -> str:
    """An exercise keeps its pillar; what is her own is coping. `own`: `own_pillars` of many, so that none is asked for by itself."""
    if not strategy.item_key:
        return Pillar.COPING
    if strategy.item_key.startswith(OWN_PREFIX):
        return (own_pillars([strategy]) if own is None else own).get(strategy.item_key, Pillar.COPING)
    return {content["key"]: content["pillar"] for content in library().exercises}.get(strategy.item_key, Pillar.COPING)


def own_pillars(strategies: Iterable[CopingStrategy]) -> dict[str, str]:
    """The pillar by key of those that the clinic wrote itself. One statement, none without any."""
    keys = {strategy.item_key for strategy in strategies if strategy.item_key.startswith(OWN_PREFIX)}
    return dict(Exercise.objects.filter(key__in=keys).values_list("key", "pillar")) if keys else {}


def pillar_summary(client: Client, period: Period, rows: PillarRows) -> PillarSummary:
    """How many strategies stand in the plan, then what practice says. One statement of its own."""
    mine = [row for row in strategies_of(client, staff=True) if row.state == StrategyState.ACTIVE]
    first = ngettext("%(n)s strategy in the plan.", "%(n)s strategies in the plan.", len(mine)) % {"n": len(mine)} if mine else ""
    newest = sorted(mine, key=lambda row: row.occurred_at, reverse=True)[:1]
    lines = tuple(PillarLine(bold=row.name, text=row.when_to) if row.item_key else PillarLine(said=row.name, text=row.when_to) for row in newest)
    return summary_from_practice(Pillar.COPING, rows, period, first=first, lines=lines)
