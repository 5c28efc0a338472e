"""All pages of the portal together: the gate, the frame, weight and statements."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.acting import acting_as
from clients.services import record_check_in
from core.ids import uuid7
from homework.models import ExerciseRun
from strengths.services import add_strength, add_supporter
from tests.homework.agreed import agree, rated, run_of
from tests.portal.driving import drive, form_with, press, send, signed_in

STATEMENTS = 14
FIRST_VISIT = 40 * 1024
ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def busy(phone, tara, ben, ben_portal) -> dict[str, str]:
    """Ben after some weeks: something of everything, and the addresses of all pages."""
    task = agree(tara, ben, "slow_breathing", reason="Because evenings are tense.")
    for before, after in ((7, 3), (8, 4), (6, 3)):
        rated(ben_portal, run_of(ben_portal, ben, None, key="compassion_break"), before, after)
    with acting_as(ben_portal.actor):
        record_check_in(client=ben, new_id=uuid7(), mood=4, by=ben_portal.actor)
        add_strength(client=ben, new_id=uuid7(), key="kindness", by=ben_portal.actor)
        for name in ("Obi", "Ife", "Dee"):
            add_supporter(client=ben, new_id=uuid7(), name=name, by=ben_portal.actor)
    run = run_of(ben_portal, ben, task, state="started")
    return {
        "today": "/portal/",
        "check_in": "/portal/check-in/",
        "faces": "/portal/check-in/?change=1",
        "words": "/portal/check-in/?words=1",
        "practise": "/portal/practise/",
        "exercise": "/portal/practise/clouds/",
        "homework": reverse("portal:homework", args=[task.pk]),
        "not_today": reverse("portal:not_today", args=[task.pk]),
        "player": reverse("portal:player", args=[run.pk]),
        "sharing": reverse("portal:sharing", args=[run.pk]),
        "me": "/portal/me/",
        "privacy": "/portal/privacy/",
    }


def asked(queries: CaptureQueriesContext) -> list[str]:
    """What a running web process would ask: a test's transaction is open already, so its gate makes a savepoint instead of beginning one."""
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


def test_every_page_stays_within_its_statements_and_has_its_frame(phone, busy):
    for name, address in busy.items():
        with CaptureQueriesContext(connection) as queries:
            page = phone.get(address)
        found = asked(queries)
        assert page.status_code == 200 and len(found) <= STATEMENTS, (name, len(found), [sql[:120] for sql in found])
        text = page.content.decode()
        assert re.search(r"<title>(Today|Practise|Me)</title>", text), name
        assert "data-exit" in text and 'class="help" href="/help-now/"' in text, name
        assert len(re.findall(r"<h1[ >]", text)) == 1, (name, re.findall(r"<h1.*", text))


@pytest.mark.parametrize("key", ["thought_record", "cope_ahead", "support_map", "strength_new_way", "selfcare_check"])
def test_every_step_stays_within_its_statements(phone, tara, ben, key):
    page = send(phone, phone.get(reverse("portal:homework", args=[agree(tara, ben, key).pk])), "new_id")
    address = page.redirect_chain[-1][0].partition("?")[0]
    for number in range(1, 20):
        with CaptureQueriesContext(connection) as queries:
            page = phone.get(f"{address}?s={number}")
        assert len(asked(queries)) <= STATEMENTS, (number, [sql[:120] for sql in asked(queries)])
    page, _way = drive(phone, phone.get(address + "?s=1"))
    with CaptureQueriesContext(connection) as queries:
        phone.get(address)
    assert len(asked(queries)) <= STATEMENTS, [sql[:120] for sql in asked(queries)]


def test_nobody_signed_in_and_staff_find_no_portal(busy, tara, ada, olu):
    for address in busy.values():
        response = Browser().get(address)
        assert response.status_code == 302 and response["Location"].startswith("/accounts/login/")
        for person in (tara, ada, olu):
            assert signed_in(person).get(address).status_code == 404


def test_a_form_without_its_scope_is_refused(phone, busy, as_owner):
    response = phone.post(busy["homework"], {"new_id": str(uuid7())})
    assert response.status_code == 400
    with as_owner():
        assert ExerciseRun.objects.filter(assignment__isnull=False).count() == 1


def squeezed(path: Path) -> int:
    """What goes over the wire, as whitenoise serves it: the smallest of brotli, gzip and plain; a font or picture is small already."""
    content = path.read_bytes()
    return min(len(content), len(brotli.compress(content, quality=11)))


def static_of(text: str) -> set[Path]:
    """Every file the page asks for, and the two core fonts that its style asks for."""
    found = set(re.findall(r'(?:href|src)="/static/([^"#?]+)"', text))
    styles = [ROOT / "static" / name for name in found if name.endswith(".css")]
    assert styles
    return {ROOT / "static" / re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", name) for name in found} | {
        ROOT / "static/vendor/fonts/figtree-core.woff2",
        ROOT / "static/vendor/fonts/newsreader-core.woff2",
    }


def test_the_first_visit_stays_light(phone, tara, ben):
    agree(tara, ben, "slow_breathing", reason="Because evenings are tense.")
    page = phone.get("/portal/")
    files = static_of(page.content.decode())
    total = len(page.content) + sum(squeezed(path) for path in files)
    assert total <= FIRST_VISIT, (total, len(page.content), sorted((path.name, squeezed(path)) for path in files))


def test_the_titles_and_addresses_say_nothing_about_health(phone, tara, ben):
    page = send(phone, phone.get(reverse("portal:homework", args=[agree(tara, ben, "name_it").pk])), "new_id")
    page = press(phone, page, "next", answer=form_with(page, "step").offered["answer"][:1])
    assert re.fullmatch(r"/portal/run/[0-9a-f-]{36}/\?s=2", page.redirect_chain[-1][0])
