"""The door of an invitation. Opening it changes nothing; its button uses it, once, and only for the address it was sent to."""

from allauth.account.utils import perform_login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from access.invitations import FoundInvitation, find_invitation
from accounts.models import Membership, User
from accounts.models.invitation import hash_token
from accounts.selectors import has_sign_in
from accounts.working_as import choose
from clients.forms import JoinForm
from clients.selectors.people import masked
from clients.services import accept_invitation, sign_up_invited
from core.gates import public_view

STATUS = {"unknown": 404, "used": 410, "expired": 410, "withdrawn": 410}


@public_view
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    found = find_invitation(hash_token(token))
    stage = stage_of(request, found)
    form = JoinForm(request.POST or None, email=found.email, initial={"name": found.name}) if found and stage == "join" else None
    if found and request.method == "POST":
        if stage == "accept" and accept_invitation(token=token, user=the_person(request)) == "accepted":
            return begin(request, found)
        if stage == "sign_in":
            return redirect_to_login(request.path)
        if form and form.is_valid():
            return join(request, token, found, form)
        stage = stage_of(request, find_invitation(hash_token(token)))
    return page(request, token, found, stage, form)


def the_person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def stage_of(request: HttpRequest, found: FoundInvitation | None) -> str:
    """What the page is: join, sign_in, accept, somebody_else; or why it is closed: unknown, used, expired, withdrawn."""
    if found is None:
        return "unknown"
    if not found.is_open:
        return {"accepted": "used", "sent": "expired"}.get(found.state, found.state)
    if request.user.is_authenticated:
        return "accept" if the_person(request).email == found.email else "somebody_else"
    return "sign_in" if has_sign_in(found.email) else "join"


def join(request: HttpRequest, token: str, found: FoundInvitation, form: JoinForm) -> HttpResponseBase:
    """Make the sign-in and use the invitation. A second press of the same button finds the sign-in there and leads to it."""
    user, outcome = sign_up_invited(token=token, email=found.email, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
    if user is None:
        return redirect_to_login(request.path) if outcome == "has_sign_in" else page(request, token, found, outcome, None)
    response: HttpResponseBase = perform_login(request, user, redirect_url="/")
    request.session.set_expiry(0)  # as the sign-in page does: for as long as the browser is open
    return begin(request, found) if request.user.is_authenticated else response


def begin(request: HttpRequest, found: FoundInvitation) -> HttpResponse:
    """Into the role she was invited to."""
    choose(request, Membership.objects.get(user=the_person(request), clinic_id=found.clinic_id, role=found.role))
    return redirect("accounts:home")


def page(request: HttpRequest, token: str, found: FoundInvitation | None, stage: str, form: JoinForm | None) -> HttpResponse:
    """The link's secret is in the address, so no other site may be told the address."""
    context = {"found": found, "stage": stage, "form": form, "address": masked(found.email) if found else ""}
    response = render(request, "clients/invitation.html", context, status=STATUS.get(stage, 200))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
