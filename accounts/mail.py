"""Plain-text mail with nothing in it that says what it is about."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string


class PlainMail(EmailMessage):
    """Each header on one line, however long its address is: not every mail program puts a folded one together again."""

    def message(self, **options: Any) -> Any:
        message = super().message(**options)
        message.policy = message.policy.clone(max_line_length=None)
        return message


def text_mail(template: str, address: str, context: dict[str, Any], headers: dict[str, str] | None = None) -> EmailMessage:
    """A text template as a message; its first line is the subject."""
    subject, _newline, body = render_to_string(template, context).strip().partition("\n")
    return PlainMail(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [address], headers=headers)


def send_text(template: str, address: str, context: dict[str, Any]) -> None:
    text_mail(template, address, context).send()
