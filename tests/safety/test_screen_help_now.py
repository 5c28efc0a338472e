"""Help now: for everybody, small, and kept nowhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Clinic
from audit.models import AuditEvent
from safety.content import countries
from tests.portal.driving import signed_in

URL = "/help-now/"
ALL_IN = 30_000  # bytes, nothing compressed
CLINICAL = re.compile(r"clients_|homework_|strengths_|therapy_|audit_")


def text_of(page) -> str:
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.django_db
def test_without_sign_in_it_asks_for_the_checked_lines_and_nothing_else(client):
    with CaptureQueriesContext(connection) as queries:
        text = text_of(client.get(URL))
    assert [query["sql"].split("FROM ")[1].split("(")[0] for query in queries] == ["sec.looked_at_lines"]
    assert "<title>Help</title>" in text and "You are not alone with this." in text
    assert 'href="tel:999"' in text and "The numbers on this page are for: United Kingdom." in text


def test_the_clinics_country_when_signed_in_and_no_clinical_table(ben_portal, as_owner):
    with as_owner():
        Clinic.objects.update(country="DE", phone="030 1234 567")
    browser = signed_in(ben_portal)
    with CaptureQueriesContext(connection) as queries:
        text = text_of(browser.get(URL))
    assert not [query["sql"] for query in queries if CLINICAL.search(query["sql"])]
    assert len(queries) <= 4
    assert "The numbers on this page are for: Germany." in text and 'href="tel:0301234567"' in text
    assert 'href="/portal/practise/slow_breathing/"' in text and 'href="/portal/me/"' in text


def test_nothing_is_stored(ben_portal, tara, as_owner):
    browser = signed_in(ben_portal)
    with as_owner():
        before = AuditEvent.objects.count()
    browser.get(URL)
    assert "sessionid" not in browser.get(URL).cookies and settings.SESSION_COOKIE_NAME not in browser.get(URL).cookies
    with as_owner():
        assert AuditEvent.objects.count() == before
    assert 'href="/portal/me/"' not in text_of(signed_in(tara).get(URL))


@pytest.mark.django_db
@pytest.mark.parametrize("code", list(countries()))
def test_every_country_has_its_numbers_and_a_plain_form_to_the_others(client, code):
    text = text_of(client.get(URL, {"country": code.lower()}))
    assert f"The numbers on this page are for: {countries()[code].name}." in text
    for number in countries()[code].emergency:
        assert f'class="call sos" href="tel:{number.dial}"' in text
    assert text.count("<option ") == len(countries()) and f'value="{code}" selected' in text and "<form id=" in text
    assert 'method="post"' not in text and "We do not know where you are." not in text
    assert "https://findahelpline.com" in text


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["XX", "", "\x00", "G" * 5000, "<b>", "ÄÖ"])
def test_a_made_up_country_is_never_guessed(client, code):
    text = text_of(client.get(URL, {"country": code}))
    assert "The numbers on this page are for: United Kingdom." in text and "<b>." not in text
    assert "We do not know where you are." in text


@pytest.mark.django_db
def test_an_unchecked_line_is_not_shown(client):
    text = text_of(client.get(URL))
    for name in ("Samaritans", "85258", "116 123"):
        assert name not in text


def test_it_comes_while_the_database_does_not_answer(ben_portal):
    browser = signed_in(ben_portal)

    def broken(*args, **kwargs):
        raise OperationalError("the database is away")

    with connection.execute_wrapper(broken):
        text = text_of(browser.get(URL))
    assert 'href="tel:999"' in text


def weight(page) -> int:
    """Bytes of the page with everything it asks for."""
    names = {re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", name) for name in re.findall(r'(?:href|src)="/static/([^"#?]+)"', text_of(page))}
    files = [Path(settings.BASE_DIR) / "static" / name for name in (*names, "vendor/fonts/figtree-core.woff2")]
    return len(page.content) + sum(path.stat().st_size for path in files)


@pytest.mark.django_db
def test_everything_together_is_below_thirty_kilobytes(ben_portal):
    page = signed_in(ben_portal).get(URL)
    text = text_of(page)
    assert weight(page) < ALL_IN, weight(page)
    assert 'class="voice"' not in text  # the second font would not fit


@pytest.mark.django_db
def test_without_its_style_it_is_a_plain_list_of_links(client):
    text = text_of(client.get(URL))
    assert "style=" not in text and "<img" not in text and text.count("<form") == 1
    assert text.index('href="tel:999"') < text.index("findahelpline") < text.index("<nav")
