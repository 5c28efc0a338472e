"""Gates for views that open no clinical data, and the mark that every gate leaves. `access.middleware` refuses a view without one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def mark(view: View, gate: str) -> View:
    """Note on the view which gate it has; read by the system check and the middleware. A second gate would hide the first: refused."""
    if hasattr(view, "gate"):
        raise TypeError(f"{view.__qualname__} has the gate {view.gate} already: one is enough.")
    view.gate = gate  # type: ignore[attr-defined]
    return view


def public_view(view: View) -> View:
    """Anybody may call it; it works as `app_web`, which can read nothing clinical."""
    return mark(view, "public")


def signed_in_view(view: View) -> View:
    """Any signed-in person may call it, for what belongs to the sign-in itself."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return mark(inner, "signed_in")
