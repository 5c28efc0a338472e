"""The clinic's members and the invitations to colleagues: the office's first page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from access.gates import clinic_view
from access.permissions import Permission
from access.requests import ActorRequest
from accounts.models import Invitation, Membership, Role
from accounts.services import give_role_back
from clients.forms import InviteStaffForm
from clients.selectors.people import members_of, staff_invitations
from clients.services import end_staff_role, invite_staff, withdraw_invitation
from core.errors import Refused
from core.ids import uuid7


@clinic_view(Permission.MEMBERS_WRITE, kinds=("admin",))
def people(request: ActorRequest) -> HttpResponse:
    form = InviteStaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            invite_staff(new_id=given["new_id"], role=given["role"], email=given["email"], name=given["name"], by=request.actor)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("clients:people")
    clinic_id = request.actor.clinic_id
    context = {"form": form, "members": members_of(clinic_id), "invitations": staff_invitations(clinic_id), "again_id": uuid7()}
    return TemplateResponse(request, "clients/people.html", context)


def staff_invitation(request: ActorRequest, invitation_id: UUID) -> Invitation:
    found = Invitation.objects.filter(clinic_id=request.actor.clinic_id).exclude(role=Role.CLIENT)
    return get_object_or_404(found, pk=invitation_id)


@clinic_view(Permission.MEMBERS_WRITE, kinds=("admin",))
@require_POST
def invite_again(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    """A new link to the same person; the old one stops working."""
    old = staff_invitation(request, invitation_id)
    try:
        invite_staff(new_id=uuid7(), role=old.role, email=old.email, name=old.name, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("A new link is on its way. The earlier one no longer works."))
    return redirect("clients:people")


@clinic_view(Permission.MEMBERS_WRITE, kinds=("admin",))
@require_POST
def withdraw_staff(request: ActorRequest, invitation_id: UUID) -> HttpResponse:
    withdraw_invitation(invitation=staff_invitation(request, invitation_id), by=request.actor)
    messages.success(request, _("Withdrawn. The link no longer works."))
    return redirect("clients:people")


@clinic_view(Permission.MEMBERS_WRITE, kinds=("admin",))
@require_POST
def change_role(request: ActorRequest, membership_id: UUID) -> HttpResponse:
    """End a role, or give it back."""
    found = Membership.objects.filter(clinic_id=request.actor.clinic_id).exclude(role=Role.CLIENT)
    membership = get_object_or_404(found, pk=membership_id)
    try:
        if request.POST.get("active") == "yes":
            give_role_back(membership=membership, by=request.actor)
        else:
            end_staff_role(membership=membership, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Saved."))
    return redirect("accounts:home" if membership.user_id == request.actor.user_id else "clients:people")
