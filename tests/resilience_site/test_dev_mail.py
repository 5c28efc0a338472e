"""/dev/mail/: what a demo would have mailed, the newest first; not there anywhere else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.test import Client as Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DEMO, settings.MAIL_DIR = True, str(tmp_path / "mail")
    return tmp_path / "mail"


def send(folder: Path, subject: str, body: str, to: str = "ben@example.org", date: str = "Wed, 25 Nov 2026 10:00:00 -0000") -> None:
    EmailMessage(subject, body, "Lantern <no-reply@localhost>", [to], headers={"Date": date}, connection=EmailBackend(file_path=str(folder))).send()


def test_without_mail_it_says_so(folder: Path) -> None:
    assert "No mail yet" in Browser().get("/dev/mail/").content.decode()


def test_the_newest_is_first_and_links_can_be_pressed(folder: Path) -> None:
    send(folder, "First", "Open http://testserver/invite/abc/ now.\n\nBye")
    send(folder, "Second", "Text", date="Wed, 25 Nov 2026 11:00:00 -0000")
    page = Browser().get("/dev/mail/")
    assert [mail.subject for mail in page.context["mails"]] == ["Second", "First"]
    assert '<a href="http://testserver/invite/abc/"' in page.content.decode() and "ben@example.org" in page.content.decode()


def test_what_stands_in_a_mail_is_text(folder: Path) -> None:
    send(folder, "Names: O’Neill & <b>", "محمد <script>alert(1)</script> & 'so'")
    page = Browser().get("/dev/mail/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page and "محمد" in page and "O’Neill &amp; &lt;b&gt;" in page


def test_several_mails_of_one_connection_are_all_there(folder: Path) -> None:
    backend = EmailBackend(file_path=str(folder))
    backend.send_messages([EmailMessage(f"Mail {number}", "x", "a@example.org", ["b@example.org"]) for number in range(3)])
    assert len(Browser().get("/dev/mail/").context["mails"]) == 3


@pytest.mark.parametrize(("demo", "mail_dir"), [(False, "mail"), (True, "")])
def test_anywhere_but_in_a_demo_it_is_not_there(settings: Any, tmp_path: Path, demo: bool, mail_dir: str) -> None:
    settings.DEMO, settings.MAIL_DIR = demo, str(tmp_path) if mail_dir else ""
    assert Browser().get("/dev/mail/").status_code == 404
