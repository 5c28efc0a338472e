"""My week in the client's hands: one tap for today, a day later, a night, and what stands in the week."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.requests import ActorRequest
from clients.forms.readers import readers_chosen
from clients.gates import portal_reading_view, portal_view
from clients.models import Client
from clients.names import therapist_name
from core.errors import Refused, Stale
from core.zones import today_in
from selfcare.acts import change_part, change_state, idea_of, save_change, save_new
from selfcare.forms import ActivityForm, LogForm, NightForm
from selfcare.models import EntryKind, SelfCareActivity, SelfCareEntry
from selfcare.pages.compassion import kind_section
from selfcare.pages.history import history
from selfcare.pages.logs import log_rows
from selfcare.pages.plan import parts_of
from selfcare.pages.week import item_of, options_of, week_of, weeks_back
from selfcare.selectors import activities_of, activity_of, left_out
from selfcare.services import add_log, change_log, change_night, log_today, record_night, show_activity, take_back


@portal_reading_view
def week(request: ActorRequest, client: Client) -> HttpResponse:
    found = week_of(client, weeks_back(request.GET.get("back", "")))
    return render(request, "selfcare/mine.html", {"week": found, "therapist": therapist_name(client), **kind_section(client)})


@portal_view
@require_POST
def tap(request: ActorRequest, client: Client, activity_id: UUID) -> HttpResponse:
    """The whole log: one size of today."""
    row = own_activity(client, activity_id)
    try:
        log_today(activity=row, size=request.POST.get("size", ""), by=request.actor)
    except Refused as refused:
        messages.warning(request, str(refused.message))
    else:
        messages.success(request, _("%(name)s: written down for today.") % {"name": row.name})
    return redirect(f"{reverse('selfcare:mine')}#a-{row.line}")


@portal_view
def plan(request: ActorRequest, client: Client) -> HttpResponse:
    """Change my week: seven parts of life, each with what stands there and ideas."""
    if request.method == "POST":
        change_part(request, client)
        return redirect("selfcare:plan")
    return render(request, "selfcare/plan.html", {"parts": parts_of(client), "therapist": therapist_name(client)})


@portal_view
def add(request: ActorRequest, client: Client) -> HttpResponse:
    """In her own words, or from an idea that the address names."""
    form = ActivityForm(request.POST or None, client=client, initial=idea_of(request))
    if request.method == "POST" and save_new(request, client, form, visibility=True):
        return redirect("selfcare:mine")
    return render(request, "selfcare/activity_form.html", {"form": form, "therapist": therapist_name(client)})


@portal_reading_view
def activity(request: ActorRequest, client: Client, activity_id: UUID) -> HttpResponse:
    """One of them with everything that was written down."""
    row = own_activity(client, activity_id)
    context = {"item": item_of(row, [], today_in(client.timezone)), "logs": log_rows(client, row), "therapist": therapist_name(client)}
    return render(request, "selfcare/activity.html", context)


@portal_view
def change(request: ActorRequest, client: Client, activity_id: UUID) -> HttpResponse:
    row = own_activity(client, activity_id)
    form = ActivityForm(request.POST, client=client) if request.method == "POST" else ActivityForm.of(row, client)
    changed, both = save_change(request, row, form) if request.method == "POST" else (None, {})
    if changed is not None:
        if row.pk != form.cleaned_data["new_id"]:  # else it came before, and who reads it may have been decided anew since
            show_activity(activity=changed, visibility=readers_chosen(form, row), by=request.actor)
        messages.success(request, _("Saved."))
        return redirect("selfcare:activity", changed.pk)
    context = {"form": form, "activity": row, "both": both, "therapist": therapist_name(client)}
    return render(request, "selfcare/activity_form.html", context, status=409 if both else 200)


@portal_view
@require_POST
def state(request: ActorRequest, client: Client, activity_id: UUID) -> HttpResponse:
    change_state(request, own_activity(client, activity_id))
    return redirect("selfcare:plan")


@portal_view
def smaller(request: ActorRequest, client: Client, activity_id: UUID | None = None) -> HttpResponse:
    """Too big today: the smaller sizes, of one activity or of all."""
    rows = [own_activity(client, activity_id)] if activity_id else [row for row in activities_of(client) if row.state == "active"]
    hidden = left_out(client)
    offers = [(row, options_of(row, None)[:2]) for row in rows if row.domain not in hidden]
    return render(request, "selfcare/smaller.html", {"offers": offers, "one": activity_id is not None})


@portal_view
def day(request: ActorRequest, client: Client, activity_id: UUID) -> HttpResponse:
    """A day later, or today with minutes and words."""
    row = own_activity(client, activity_id)
    form = LogForm(request.POST or None, client=client, initial={"visibility": row.visibility})
    if request.method == "POST" and form.is_valid():
        try:
            add_log(activity=row, new_id=form.cleaned_data["new_id"], by=request.actor, **form.said())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("selfcare:activity", row.pk)
    context = {"form": form, "activity": row, "name": row.name, "options": options_of(row, None), "therapist": therapist_name(client)}
    return render(request, "selfcare/log.html", context)


@portal_view
def night(request: ActorRequest, client: Client) -> HttpResponse:
    """Add a night."""
    form = NightForm(request.POST or None, client=client)
    if request.method == "POST" and form.is_valid():
        try:
            record_night(client=client, new_id=form.cleaned_data["new_id"], by=request.actor, **form.said())
        except Refused as refused:
            form.refuse(refused)
        else:
            return night_saved(request, form)
    return render(request, "selfcare/night.html", {"form": form, "therapist": therapist_name(client)})


def night_saved(request: ActorRequest, form: NightForm) -> HttpResponse:
    skipped = form.skipped()
    if skipped:
        messages.info(request, _("Saved. The clocks went forward that night: %(time)s is kept as the time one hour later.") % {"time": skipped})
    else:
        messages.success(request, _("Saved."))
    return redirect(f"{reverse('selfcare:mine')}#sleep")


@portal_view
def entry(request: ActorRequest, client: Client, entry_id: UUID) -> HttpResponse:
    """Put a log or a night right."""
    made = own_entry(client, entry_id)
    at_night = made.kind == EntryKind.NIGHT
    form = NightForm(request.POST or None, client=client, night=made) if at_night else LogForm(request.POST or None, client=client, entry=made)
    both: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        save = change_night if at_night else change_log
        try:
            said = {**form.said(), "visibility": readers_chosen(form, made)}
            save(entry=made, version=form.cleaned_data["version"] or 0, by=request.actor, **said)
        except Refused as refused:
            form.refuse(refused)
        except Stale as stale:
            both = {"theirs": stale.current.note, "mine": form.cleaned_data["note"]}
            form.data = request.POST.copy()
            form.data["version"] = stale.current.version
        else:
            if isinstance(form, NightForm):
                return night_saved(request, form)
            messages.success(request, _("Saved."))
            return redirect("selfcare:activity", made.activity_id) if made.activity_id else redirect("selfcare:mine")
    context: dict[str, Any] = {"form": form, "entry": made, "both": both, "therapist": therapist_name(client), "activity": made.activity}
    if not at_night:
        context |= {"name": made.activity.name if made.activity else made.name, "options": options_of(made.activity, made) if made.activity else ()}
    return render(request, "selfcare/night.html" if at_night else "selfcare/log.html", context, status=409 if both else 200)


@portal_view
@require_POST
def entry_back(request: ActorRequest, client: Client, entry_id: UUID) -> HttpResponse:
    """It was a slip: gone from every page and count."""
    made = own_entry(client, entry_id, taken_back=True)
    take_back(entry=made, by=request.actor)
    messages.success(request, _("Taken back."))
    return redirect(f"{reverse('selfcare:mine')}#{'sleep' if made.kind == EntryKind.NIGHT else f'a-{made.line}'}")


@portal_reading_view
def changes(request: ActorRequest, client: Client) -> HttpResponse:
    return render(request, "selfcare/history.html", {"changes": history(client)})


def own_activity(client: Client, pk: UUID) -> SelfCareActivity:
    found = activity_of(client, pk)
    if found is None:
        raise Http404
    return found


def own_entry(client: Client, pk: UUID, *, taken_back: bool = False) -> SelfCareEntry:
    found = SelfCareEntry.objects.select_related("activity", "client").filter(pk=pk, client=client).first()
    if found is None or (found.withdrawn_at is not None and not taken_back):
        raise Http404
    return found
