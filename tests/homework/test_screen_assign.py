"""T4: assigning in three clicks."""

import re

import pytest

from access.acting import acting_as
from homework.models import Assignment

pytestmark = pytest.mark.usefixtures("library")


@pytest.fixture
def desk(client, tara):
    client.force_login(tara.user)
    return client


def address(ben, query=""):
    return f"/clients/{ben.pk}/homework/assign/{query}"


def fields(page):
    """What a browser would send: every field of the open sheet, as it stands."""
    html = page.content.decode()
    form = html[html.index('<form class="sheet-open') : html.index("</form>", html.index('<form class="sheet-open'))]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        at = dict(re.findall(r'([a-z_-]+)="([^"]*)"', tag))
        if at.get("type") in ("radio", "checkbox") and "checked" not in tag:
            continue
        if "name" in at:
            found.setdefault(at["name"], []).append(at.get("value", ""))
    for name, inner in re.findall(r'<select name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        found[name] = [chosen[1]] if chosen else []
    for name, inner in re.findall(r'<textarea name="(\w+)"[^>]*>\s?(.*?)</textarea>', form, re.S):
        found[name] = [inner]
    return found


def test_three_clicks(desk, tara, ben, ben_portal):
    page = desk.get(address(ben))
    assert page.status_code == 200
    sheet = desk.get(address(ben, "?exercise=activity_plan"))
    sent = desk.post(address(ben, "?exercise=activity_plan"), fields(sheet))
    assert sent.status_code == 302 and sent.headers["Location"] == f"/clients/{ben.pk}/homework/"
    with acting_as(tara.actor):
        task = Assignment.objects.get()
    print(task.__dict__)
    page = desk.get(sent.headers["Location"])
    assert "Sent. Ben finds it under Today." in page.content.decode()
    assert desk.get(f"/clients/{ben.pk}/homework/{task.pk}/paper/").status_code == 200
    assert desk.get("/library/").status_code == 200
    assert desk.get("/library/activity_plan/").status_code == 200
