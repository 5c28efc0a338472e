"""One's own sessions: where one is signed in, and how long this page may lie still."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.selectors import sessions_of
from accounts.services import end_sessions
from accounts.sessions import SessionStore, hash_key
from core.gates import public_view, signed_in_view
from core.requests import request_id


@public_view
def still_here(request: HttpRequest) -> JsonResponse:
    """Seconds until the sign-in of this browser ends; 0 when it has. A page asks by itself (GET); a person who does something says so (POST)."""
    session = request.session
    assert isinstance(session, SessionStore)
    return JsonResponse({"seconds": (session.seconds_left or 0) if request.user.is_authenticated else 0})


@signed_in_view
def sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in, and a button to end each; `session` names one, `others` all but this."""
    user = request.user
    assert isinstance(user, User)
    here, found = hash_key(request.session.session_key or ""), sessions_of(user)
    if request.method == "POST":
        others = "others" in request.POST
        wanted = [each.pk for each in found if (others and each.key_hash != here) or str(each.pk) == request.POST.get("session")]
        if end(user, wanted, request):
            messages.success(request, _("Signed out there."))
        return redirect("accounts:sessions")
    return render(request, "accounts/sessions.html", {"sessions": found, "here": here})


def end(user: User, wanted: list[UUID], request: HttpRequest) -> int:
    return end_sessions(user=user, session_ids=wanted, request_id=request_id(request))
