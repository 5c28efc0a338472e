"""Typed text outlives a session that ended meanwhile, and a page that broke: sealed, bound to the person whose form it was, given back to her alone."""

import base64
import hashlib
import json
import time
from contextlib import suppress
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import UpdateError
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from access.scope import SCOPE_FIELD, form_scope
from accounts.selectors import user_of_membership
from accounts.sessions import save_at_once
from core.requests import NumberedRequest

KEEP_SECONDS = 24 * 3600
KEEP_AT_MOST = 200_000  # characters; a page of notes is some 5,000
SESSION_KEY = "kept"
NOT_KEPT = ("csrfmiddlewaretoken",)


def box() -> Fernet:
    key = hashlib.sha256(b"kept:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def posted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name in request.POST if name not in NOT_KEPT for value in request.POST.getlist(name)]


def keep_typed_text(request: HttpRequest) -> bool:
    """Called when a form arrives and nobody is signed in, or when it broke. The session holds it encrypted; only the owner of its membership gets it back.

    Answers whether there was something to keep.
    """
    membership_id, _client = form_scope(request)
    owner = user_of_membership(membership_id) if request.method == "POST" and membership_id else None
    if owner is None or request.headers.get("X-Autosave"):
        return False
    fields = posted_fields(request)
    if sum(len(name) + len(value) for name, value in fields) > KEEP_AT_MOST:
        return False
    content = {"who": str(owner), "path": request.get_full_path(), "at": time.time(), "fields": fields}
    request.session[SESSION_KEY] = box().encrypt(json.dumps(content).encode()).decode()
    return True


def keep_what_broke(request: NumberedRequest) -> None:
    """A form that broke is rolled back; its text is kept where the database still answers, and the page that says so leads back to it."""
    with suppress(DatabaseError, UpdateError):
        if keep_typed_text(request):
            save_at_once(request.session)
            request.kept_at = request.get_full_path()


def open_kept(request: HttpRequest) -> dict[str, Any] | None:
    """What was kept for this person, if it is hers and not too old."""
    sealed = request.session.get(SESSION_KEY)
    if not sealed:
        return None
    try:
        content = json.loads(box().decrypt(sealed.encode(), ttl=KEEP_SECONDS))
    except InvalidToken:
        content = None
    if content is None or content["who"] != str(request.user.pk):
        del request.session[SESSION_KEY]
        return None
    return content


def give_back(request: HttpRequest) -> HttpResponse | None:
    """On the page the text was written for: the text, and one button that saves it."""
    content = open_kept(request) if request.method == "GET" else None
    if content is None or content["path"] != request.get_full_path():
        return None
    del request.session[SESSION_KEY]
    return kept_page(request, content["fields"])


def kept_page(request: HttpRequest, fields: list[tuple[str, str]]) -> HttpResponse:
    readable = [value for name, value in fields if name != SCOPE_FIELD and ("\n" in value or len(value) > 40)]
    return render(request, "errors/kept.html", {"fields": fields, "readable": readable, "action": request.get_full_path()})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is older than the sign-in: from our own pages it is shown again with its text and one button, or after signing in.

    From anywhere else it is refused.
    """
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    ours = request.headers.get("Origin") in own  # a sandboxed frame of anybody's sends "null"
    if ours and request.user.is_authenticated and not request.headers.get("X-Autosave"):
        membership_id, _client = form_scope(request)
        if membership_id and user_of_membership(membership_id) == request.user.pk:
            return kept_page(request, posted_fields(request))
    if ours and not request.user.is_authenticated and keep_typed_text(request):
        return redirect_to_login(request.get_full_path())
    if ours and request.user.is_authenticated and request.path == reverse(settings.LOGIN_URL):
        return redirect("/")  # signed in meanwhile, in another tab
    return render(request, "403_csrf.html" if ours else "403.html", status=403)
