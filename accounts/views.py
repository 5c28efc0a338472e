"""Where a day begins, working in another role, light or dark, and one's own profile."""

from allauth.account import views as allauth
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.forms import ProfileForm
from accounts.models import User
from accounts.models.clinic import Role
from accounts.selectors import memberships_of
from accounts.services import update_profile
from accounts.working_as import bind_chosen, choose, home_of
from core.gates import public_view, signed_in_view
from core.requests import request_id

A_YEAR = 365 * 24 * 3600
BASES = {Role.CLIENT: "base_portal.html", Role.ADMIN: "base_clinic.html", Role.THERAPIST: "base_therapist.html"}


@public_view
def home(request: HttpRequest) -> HttpResponse:
    """The home of the role somebody works in; the sign-in page for everybody else."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    membership = bind_chosen(request)
    if membership is None:
        return render(request, "accounts/nowhere.html")
    return redirect(home_of(membership))


@signed_in_view
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Work in another of one's own memberships, visibly: the next page is that role's home."""
    wanted = request.POST.get("membership", "")
    membership = next((each for each in memberships_of(request.user) if str(each.pk) == wanted), None)
    if membership is None:
        raise Http404
    choose(request, membership)
    return redirect(home_of(membership))


@public_view
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie, then back to the page it was made on."""
    back = request.POST.get("next", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    chosen = request.POST.get("theme")
    if chosen in ("light", "dark"):
        response.set_cookie("theme", str(chosen), max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@public_view
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """allauth's sign-out: a question on GET, done on POST. The browser also drops what it keeps of our pages, so that Back shows none."""
    response: HttpResponseBase = allauth.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


@signed_in_view
def profile(request: HttpRequest) -> HttpResponse:
    """One's own name, clock and language."""
    user = request.user
    assert isinstance(user, User)
    membership = bind_chosen(request)
    if membership is None:
        return redirect("accounts:home")
    shown = {"name": user.name, "timezone": user.timezone or membership.clinic.timezone, "locale": user.locale}
    form = ProfileForm(request.POST or None, initial=shown, with_zone=membership.role != Role.CLIENT)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        update_profile(
            user=user,
            name=given["name"],
            timezone_name=given.get("timezone", user.timezone),
            locale=given["locale"],
            request_id=request_id(request),
        )
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form, "base": BASES[Role(membership.role)]})
