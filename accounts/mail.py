"""Plain-text mail with nothing in it that says what it is about."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string


def send_text(template: str, address: str, context: dict[str, Any]) -> None:
    """Send a text template; its first line is the subject."""
    subject, _newline, body = render_to_string(template, context).strip().partition("\n")
    EmailMessage(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [address]).send()
