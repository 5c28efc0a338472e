"""The client's own plan: read it, change it, try something from it, say how it went."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.requests import ActorRequest
from clients.content import measure_name
from clients.forms.readers import readers_chosen
from clients.gates import portal_reading_view, portal_view
from clients.models import Client, Visibility
from clients.names import therapist_name
from clients.selectors import what_works
from coping.acts import change_state, save_change, save_new, save_plan_form
from coping.content import WAYS, way
from coping.forms import AddStrategyForm, ChangeStrategyForm, PlanForm, UseForm
from coping.models import CopingStrategy, StrategyUse
from coping.pages.history import history
from coping.pages.plan import item_of, lead_sentence, plan_of, who_to_tell
from coping.pages.uses import use_rows
from coping.pages.ways import way_page
from coping.selectors import current_plan, lines_by_key, strategy_of
from coping.services import change_use, rate_again, record_use, show_strategy, take_back_use
from coping.services.strategies import kind_for, rated_in
from core.errors import Refused, Stale
from homework.feelings import felt, offer_help, picker, read_feelings, read_strengths
from homework.player.cleaning import AnswerError
from homework.selectors import titles

NUMBERS = range(11)


@portal_reading_view
def coping(request: ActorRequest, client: Client) -> HttpResponse:
    plan = plan_of(client)
    context = {"plan": plan, "ways": WAYS, "sentence": lead_sentence(plan), "tell": who_to_tell(client), "therapist": therapist_name(client)}
    return render(request, "coping/mine.html", context)


@portal_view
def plan_edit(request: ActorRequest, client: Client) -> HttpResponse:
    form = PlanForm(request.POST or None, plan=current_plan(client))
    form, both, saved = save_plan_form(request, client, form) if request.method == "POST" else (form, {}, False)
    if saved:
        return redirect("coping:mine")
    context = {"form": form, "both": both, "therapist": therapist_name(client)}
    return render(request, "coping/mine_plan.html", context, status=409 if both else 200)


@portal_reading_view
def plan_history(request: ActorRequest, client: Client) -> HttpResponse:
    return render(request, "coping/mine_history.html", {"changes": history(client)})


@portal_reading_view
def ways(request: ActorRequest, client: Client, key: str) -> HttpResponse:
    """One of the five, a tap away: her own strategies of its kinds, then what else may be tried."""
    found = way(key)
    if found is None:
        raise Http404
    return render(request, "coping/way.html", {"page": way_page(found, plan_of(client), client.clinic_id)})


@portal_view
def strategy_add(request: ActorRequest, client: Client) -> HttpResponse:
    """`exercise` in the address takes one of the library, with its kind and title."""
    key = request.GET.get("exercise", "")
    title = titles().get(key, "") if key else ""
    initial = {"item_key": key, "name": title, "kind": kind_for(key), "measure": rated_in(key)} if title else {}
    form = AddStrategyForm(request.POST or None, initial={"visibility": Visibility.MY_THERAPIST, **initial})
    if request.method == "POST" and save_new(request, client, form, visibility=True):
        return redirect("coping:mine")
    return render(request, "coping/mine_strategy.html", {"form": form, "therapist": therapist_name(client)})


@portal_reading_view
def strategy(request: ActorRequest, client: Client, strategy_id: UUID) -> HttpResponse:
    """One strategy with everything it was used for."""
    row = own_strategy(client, strategy_id)
    item = item_of(row, lines_by_key(what_works(client)).get(row.practice_key))
    context = {"item": item, "uses": use_rows(client, strategy=row), "therapist": therapist_name(client)}
    return render(request, "coping/strategy.html", context)


@portal_view
def strategy_change(request: ActorRequest, client: Client, strategy_id: UUID) -> HttpResponse:
    row = own_strategy(client, strategy_id)
    form = ChangeStrategyForm(request.POST) if request.method == "POST" else ChangeStrategyForm.of(row)
    changed, both = save_change(request, row, form) if request.method == "POST" else (None, {})
    if changed is not None:
        if row.pk != form.cleaned_data["new_id"]:  # else it came before, and who reads it may have been decided anew since
            show_strategy(strategy=changed, visibility=readers_chosen(form, row), by=request.actor)
        messages.success(request, _("Saved."))
        return redirect("coping:strategy", changed.pk)
    context = {"form": form, "strategy": row, "both": both, "therapist": therapist_name(client)}
    return render(request, "coping/mine_strategy.html", context, status=409 if both else 200)


@portal_view
@require_POST
def strategy_state(request: ActorRequest, client: Client, strategy_id: UUID) -> HttpResponse:
    change_state(request, own_strategy(client, strategy_id))
    return redirect("coping:mine")


@portal_view
def use(request: ActorRequest, client: Client, strategy_id: UUID) -> HttpResponse:
    """Try it, and say how it went: now or afterwards."""
    row = own_strategy(client, strategy_id)
    form = UseForm(request.POST or None, client=client)
    if request.method != "POST":
        return use_page(request, client, row, form, None)
    error, feelings = feelings_of(request)
    if form.is_valid() and not error:
        try:
            made = record_use(strategy=row, new_id=form.cleaned_data["new_id"], feelings=feelings, by=request.actor, **form.use())
        except Refused as refused:
            form.refuse(refused)
        else:
            return after_saving(request, made)
    return use_page(request, client, row, form, None, error)


@portal_view
def use_change(request: ActorRequest, client: Client, use_id: UUID) -> HttpResponse:
    """Put it right afterwards."""
    made = own_use(client, use_id)
    form = UseForm(request.POST or None, client=client, use=made)
    if request.method != "POST":
        return use_page(request, client, made.strategy, form, made)
    error, feelings = feelings_of(request)
    both: dict[str, str] = {}
    if form.is_valid() and not error:
        known = {feeling["word"]: feeling.get("after") for feeling in made.feelings}
        kept = [feeling | ({"after": known[feeling["word"]]} if feeling["word"] in known else {}) for feeling in feelings]
        try:
            said = {**form.use(), "visibility": readers_chosen(form, made)}
            change_use(use=made, version=form.cleaned_data["version"] or 0, feelings=kept, by=request.actor, **said)
        except Refused as refused:
            form.refuse(refused)
        except Stale as stale:
            both = {"theirs": stale.current.situation, "mine": form.cleaned_data["situation"]}
            form.data = request.POST.copy()
            form.data["version"] = stale.current.version
        else:
            messages.success(request, _("Saved."))
            return redirect("coping:strategy", made.strategy_id)
    return use_page(request, client, made.strategy, form, made, error, both)


@portal_view
def use_again(request: ActorRequest, client: Client, use_id: UUID) -> HttpResponse:
    """How strong the same feelings are now."""
    made = own_use(client, use_id)
    error = ""
    if request.method == "POST":
        try:
            rate_again(use=made, strengths=read_strengths(raw_of(request), made.feelings), by=request.actor)
        except AnswerError as wrong:
            error = wrong.message
        else:
            messages.success(request, _("Saved."))
            return redirect("coping:strategy", made.strategy_id)
    return render(request, "coping/again.html", {"use": made, "feelings": felt(made.feelings), "numbers": NUMBERS, "error": error})


@portal_view
@require_POST
def use_back(request: ActorRequest, client: Client, use_id: UUID) -> HttpResponse:
    """It was a slip: gone from every page and count."""
    made = own_use(client, use_id, taken_back=True)
    take_back_use(use=made, by=request.actor)
    messages.success(request, _("Taken back."))
    return redirect("coping:strategy", made.strategy_id)


def use_page(
    request: HttpRequest, client: Client, row: CopingStrategy, form: UseForm, made: StrategyUse | None, error: str = "", both: dict[str, str] | None = None
) -> HttpResponse:
    raw = raw_of(request) if request.method == "POST" else None
    context = {
        "form": form,
        "strategy": row,
        "use": made,
        "page": picker(made.feelings if made else [], raw, error),
        "numbers": NUMBERS,
        "measure": measure_name(made.measure if made else row.measure),
        "therapist": therapist_name(client),
        "both": both,
    }
    return render(request, "coping/use.html", context, status=409 if both else 200)


def after_saving(request: ActorRequest, made: StrategyUse) -> HttpResponse:
    messages.success(request, _("Saved."))
    offer_help(request, made.feelings)
    if any(isinstance(feeling.get("intensity"), int) for feeling in made.feelings):
        return redirect("coping:use_again", made.pk)
    return redirect("coping:strategy", made.strategy_id)


def feelings_of(request: HttpRequest) -> tuple[str, list[dict[str, object]]]:
    """What is wrong with them, or nothing; and the feelings."""
    try:
        return "", read_feelings(raw_of(request))
    except AnswerError as wrong:
        return wrong.message, []


def raw_of(request: HttpRequest) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in request.POST.lists()}


def own_strategy(client: Client, pk: UUID) -> CopingStrategy:
    found = strategy_of(client, pk)
    if found is None:
        raise Http404
    return found


def own_use(client: Client, pk: UUID, *, taken_back: bool = False) -> StrategyUse:
    found = StrategyUse.objects.select_related("strategy").filter(pk=pk, client=client).first()
    if found is None or (found.withdrawn_at is not None and not taken_back):
        raise Http404
    return found
