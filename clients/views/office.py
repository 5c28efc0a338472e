"""The office's pages about who cares for whom: one colleague, another therapist, cover, supervision. Names and structure alone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from accounts.models import Supervision
from clients.forms import AssignPrimaryForm, CoverForm, HandOverForm, SupervisionForm
from clients.models import CareAssignment, Client
from clients.models.care import Kind
from clients.models.client import ENDED
from clients.selectors.office import caseload_of, covers, in_need_of_another, planned_changes, same_stretch, supervisions_of, unassigned
from clients.selectors.people import Member, member_of, therapists_of
from clients.services import add_supervision, cover_clients, deactivate_member, end_now, end_supervision, hand_over, take_back
from core.errors import Refused


def colleague_or_404(request: ActorRequest, user_id: UUID) -> Member:
    """Somebody of the clinic's staff, or who was. Raises Http404."""
    found = member_of(user_id, request.actor.clinic_id)
    if found is None:
        raise Http404
    return found


@clinic_view(Permission.SUPERVISION_WRITE, kinds=("admin",))
def member(request: ActorRequest, user_id: UUID) -> HttpResponse:
    """One colleague: roles, clients, supervision. The form adds a supervision."""
    colleague, clinic = colleague_or_404(request, user_id), request.membership.clinic
    others = [each for each in therapists_of(clinic.pk) if each[0] != user_id]
    form = SupervisionForm(request.POST or None, name=colleague.user.name, colleagues=others, zone_name=clinic.timezone)
    if request.method == "POST" and form.is_valid():
        pair = (user_id, form.colleague_id())
        supervisor_id, supervisee_id = pair if form.cleaned_data["way"] == "supervises" else pair[::-1]
        try:
            add_supervision(new_id=form.cleaned_data["new_id"], supervisor_id=supervisor_id, supervisee_id=supervisee_id, by=request.actor, **form.dates())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("clients:member", user_id)
    context = {
        "member": colleague,
        "form": form,
        "others": others,
        "caseload": sorted(caseload_of(user_id, clinic.pk), key=lambda client: client.status in ENDED),
        "in_need": in_need_of_another(user_id, clinic.pk),
        "links": supervisions_of(user_id, clinic.pk, timezone.now()),
    }
    return TemplateResponse(request, "clients/member.html", context)


@clinic_view(Permission.MEMBERS_WRITE, kinds=("admin",))
@require_POST
def deactivate(request: ActorRequest, user_id: UUID) -> HttpResponse:
    """Every role of this person here ends at once."""
    colleague_or_404(request, user_id)
    try:
        deactivate_member(user_id=user_id, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("clients:member", user_id)
    if user_id == request.actor.user_id:
        return redirect("accounts:home")
    messages.success(request, _("Deactivated. This clinic is closed to them from now."))
    return redirect("clients:people")


@clinic_view(Permission.SUPERVISION_WRITE, kinds=("admin",))
@require_POST
def stop_supervision(request: ActorRequest, user_id: UUID, supervision_id: UUID) -> HttpResponse:
    links = {link.id for link in supervisions_of(user_id, request.actor.clinic_id, timezone.now())}
    link = get_object_or_404(Supervision.objects.filter(pk__in=links), pk=supervision_id)
    end_supervision(supervision=link, by=request.actor)
    messages.success(request, _("Ended. Those records are closed to the supervisor from now."))
    return redirect("clients:member", user_id)


@clinic_view(Permission.ASSIGNMENTS_WRITE, kinds=("admin",))
def handover(request: ActorRequest, user_id: UUID) -> HttpResponse:
    """Another therapist for some or all of this colleague's clients."""
    colleague, given = colleague_or_404(request, user_id), offers(request, user_id)
    form = HandOverForm(request.POST or None, **given)
    if request.method == "POST" and form.is_valid():
        try:
            done = hand_over(
                clients=chosen(request, form.chosen()),
                therapist_id=form.therapist_id(),
                starts_at=form.starts_at(),
                stays=form.cleaned_data["stays"] == "yes",
                stays_until=form.stays_until_moment(),
                by=request.actor,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            say_handed_over(request, done)
            return redirect("clients:care")
    return TemplateResponse(request, "clients/handover.html", {"member": colleague, "form": form, "offered": bool(given["offered"]), "cover": False})


@clinic_view(Permission.ASSIGNMENTS_WRITE, kinds=("admin",))
def cover(request: ActorRequest, user_id: UUID) -> HttpResponse:
    """A colleague for the time this one is away."""
    colleague, given = colleague_or_404(request, user_id), offers(request, user_id)
    form = CoverForm(request.POST or None, **given)
    if request.method == "POST" and form.is_valid():
        try:
            done = cover_clients(
                clients=chosen(request, form.chosen()),
                therapist_id=form.therapist_id(),
                starts_at=form.starts_at(),
                ends_at=form.ends_at(),
                why=form.cleaned_data["why"],
                by=request.actor,
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            said = ngettext("Saved. One client is covered for.", "Saved. %(n)s clients are covered for.", done) % {"n": done}
            messages.success(request, said if done else _("That is in place already."))
            return redirect("clients:care")
    return TemplateResponse(request, "clients/handover.html", {"member": colleague, "form": form, "offered": bool(given["offered"]), "cover": True})


@clinic_view(Permission.ASSIGNMENTS_WRITE, kinds=("admin",))
def care(request: ActorRequest) -> HttpResponse:
    """Clients whom nobody treats, with a form that gives them somebody; what is planned; who covers for whom."""
    clinic, now = request.membership.clinic, timezone.now()
    waiting = list(unassigned(clinic.pk))
    ids = request.POST.getlist("clients") if request.method == "POST" else []
    there = Client.objects.filter(clinic_id=clinic.pk, pk__in=[each for each in ids if is_uuid(each)])  # a second press finds them treated
    offered = {each.pk: each.called for each in [*waiting, *there]}
    form = AssignPrimaryForm(request.POST or None, offered=list(offered.items()), colleagues=therapists_of(clinic.pk), zone_name=clinic.timezone)
    if request.method == "POST" and form.is_valid():
        try:
            done = hand_over(clients=chosen(request, form.chosen()), therapist_id=form.therapist_id(), starts_at=form.starts_at(), by=request.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            say_handed_over(request, done)
            return redirect("clients:care")
    context: dict[str, Any] = {"form": form, "unassigned": waiting, "planned": planned_changes(clinic.pk, now), "covers": covers(clinic.pk, now)}
    return TemplateResponse(request, "clients/care.html", context)


@clinic_view(Permission.ASSIGNMENTS_WRITE, kinds=("admin",))
@require_POST
def stop_stretch(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """End a cover, or take back a change of therapist that has not begun: for all clients of the same press."""
    found = CareAssignment.objects.filter(clinic_id=request.actor.clinic_id, kind__in=[Kind.COVER, Kind.PRIMARY])
    rows = list(same_stretch(get_object_or_404(found, pk=assignment_id)))
    if rows[0].kind == Kind.COVER:
        end_now(assignments=rows, by=request.actor)
        messages.success(request, _("Ended. The records are closed to the colleague from now."))
    elif take_back(assignments=rows, by=request.actor):
        messages.success(request, _("Taken back. Nothing changes on that day."))
    else:
        messages.info(request, _("That has begun already. Hand the clients over again instead."))
    return redirect("clients:care")


def offers(request: ActorRequest, user_id: UUID) -> dict[str, Any]:
    """What a form about this colleague's clients offers: everybody ticked, or the one that the address names. A second press finds what it chose."""
    clinic = request.membership.clinic
    found = {client.pk: client.called for client in caseload_of(user_id, clinic.pk)}
    if request.method == "POST":
        ids = [each for each in request.POST.getlist("clients") if is_uuid(each)]
        hers = CareAssignment.objects.filter(clinic_id=clinic.pk, therapist_id=user_id, kind=Kind.PRIMARY, client_id__in=ids).values("client_id")
        found = {client.pk: client.called for client in Client.objects.filter(pk__in=hers)} | found
    asked = request.GET.get("client", "")
    ticked = [str(each) for each in found if str(each) == asked or not asked]
    others = [each for each in therapists_of(clinic.pk) if each[0] != user_id]
    return {"offered": list(found.items()), "colleagues": others, "zone_name": clinic.timezone, "initial": {"clients": ticked}}


def chosen(request: ActorRequest, ids: list[UUID]) -> list[Client]:
    return list(Client.objects.filter(clinic_id=request.actor.clinic_id, pk__in=ids))


def say_handed_over(request: ActorRequest, done: int) -> None:
    said = ngettext(
        "Saved. One client has a new therapist, and reads so on the portal.", "Saved. %(n)s clients have a new therapist, and read so on the portal.", done
    )
    messages.success(request, said % {"n": done} if done else _("That is in place already."))


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
