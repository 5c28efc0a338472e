"""What was tried against a client's own week and its kind words: an old form sent again, a double tap on Save."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import TimelineEntry
from core.ids import uuid7
from core.zones import today_in
from mindset.services import add_win
from selfcare.models import SelfCareActivity
from selfcare.selectors import activity_of, wordings_of
from selfcare.services import add_activity, add_log, record_night, show_activity

pytestmark = pytest.mark.django_db
WALK = {"domain": "physical", "name": "Walk", "often": "few", "tiny": "round the block", "standard": "canal bench", "stretch": "the long way"}


def changed(portal, client, row, **fields):
    browser = Browser()
    browser.force_login(portal.user)
    sent = {"scope": f"{portal.membership.pk}:{client.pk}", **WALK, "visibility": "my_therapist", **fields}
    return browser.post(reverse("selfcare:change", args=[row.pk]), sent)


def test_an_old_form_sent_again_opens_nothing_that_was_hidden_since(tara, ben, ben_portal, as_owner):
    with acting_as(ben_portal.actor):
        row = add_activity(client=ben, new_id=uuid7(), by=ben_portal.actor, **WALK)
    form = {"new_id": str(uuid7()), "made_from": str(row.pk), "name": "Walk with Obi"}
    assert changed(ben_portal, ben, row, **form).status_code == 302
    with acting_as(tara.actor):
        assert [one.name for one in wordings_of(ben, staff=True)] == ["Walk with Obi", "Walk"]
    with acting_as(ben_portal.actor):  # on the page of who sees what
        show_activity(activity=activity_of(ben, row.pk), visibility="only_me", by=ben_portal.actor)
    assert changed(ben_portal, ben, row, **form).status_code == 302, "its answer was lost, and the browser sends it again"
    with as_owner():
        assert set(SelfCareActivity.objects.values_list("visibility", flat=True)) == {"only_me"}
        assert TimelineEntry.objects.get(kind="selfcare_activity").visibility == "only_me"
    with acting_as(tara.actor):
        assert not wordings_of(ben, staff=True).exists()
    again = {"new_id": str(uuid7()), "made_from": form["new_id"], "name": "Walk with Obi"}
    assert changed(ben_portal, ben, row, **again).status_code == 302, "a new form says it anew"
    with acting_as(tara.actor):
        assert [one.name for one in wordings_of(ben, staff=True)] == ["Walk with Obi"]


def test_a_second_tap_on_save_is_no_conflict(ben, ben_portal):
    """The double tap of somebody in a hurry: the same words again change nothing, and no page asks which of two equal texts is meant."""
    browser = Browser()
    browser.force_login(ben_portal.user)
    day = today_in(ben.timezone)
    with acting_as(ben_portal.actor):
        row = add_activity(client=ben, new_id=uuid7(), by=ben_portal.actor, **WALK)
        log = add_log(activity=row, new_id=uuid7(), day=day, size="tiny", by=ben_portal.actor)
        night = record_night(client=ben, new_id=uuid7(), day=day, quality=4, by=ben_portal.actor)
        win = add_win(client=ben, new_id=uuid7(), text="Got up", by=ben_portal.actor)
    shared = {"scope": f"{ben_portal.membership.pk}:{ben.pk}", "version": "1", "visibility": "my_therapist", "new_id": str(uuid7()), "day": day.isoformat()}
    forms = {
        reverse("selfcare:entry", args=[log.pk]): {"size": "stretch", "note": "rain"},
        reverse("selfcare:entry", args=[night.pk]): {"quality": "7", "note": "Obi slept"},
        reverse("jar:entry", args=[win.pk]): {"text": "Got up at nine", "why": ""},
    }
    for address, fields in forms.items():
        for _tap in range(2):
            assert browser.post(address, {**shared, **fields}).status_code == 302, address
        other = {**fields, "note": "thunder"} if "note" in fields else {**fields, "text": "Got up at ten"}
        assert browser.post(address, {**shared, **other}).status_code == 409, "the control: other words from an old page are a conflict"
