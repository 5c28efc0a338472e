"""What every template may use without asking the database."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {"EXIT_URL": settings.EXIT_URL, "DEMO": settings.DEMO, "theme": theme_of(request)}


def theme_of(request: HttpRequest) -> str:
    """The chosen theme; empty follows the system."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in ("light", "dark") else ""
