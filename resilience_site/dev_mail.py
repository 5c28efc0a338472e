"""/dev/mail/: the mail of a demo, which goes to a folder instead of to people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.gates import public_view

SEPARATOR = b"-" * 79 + b"\n"  # as django.core.mail.backends.filebased writes it
AT_MOST = 50


@dataclass(frozen=True)
class Mail:
    """One message: when it was made, to whom, its first line and its text."""

    at: datetime
    to: str
    subject: str
    text: str


def read_file(path: Path) -> Iterator[Mail]:
    """The messages of one file of the folder."""
    for part in path.read_bytes().split(SEPARATOR):
        if not part.strip():
            continue
        message = message_from_bytes(part.lstrip(), policy=policy.default)
        body = message.get_body(("plain",))
        text = body.get_content() if body is not None else ""
        yield Mail(parsedate_to_datetime(message["Date"]), str(message["To"]), str(message["Subject"]), text)


def mails(folder: Path) -> list[Mail]:
    """The newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:AT_MOST] if folder.is_dir() else []
    found = [mail for path in files for mail in read_file(path)]
    return sorted(found, key=lambda mail: mail.at, reverse=True)[:AT_MOST]


@public_view
@require_safe
def dev_mail(request: HttpRequest) -> HttpResponse:
    """Everybody who reaches a demo may read its mail; anywhere else this page is not there."""
    if not settings.DEMO or not settings.MAIL_DIR:
        raise Http404
    return render(request, "dev_mail.html", {"mails": mails(Path(settings.MAIL_DIR))})
