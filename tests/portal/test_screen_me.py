"""Me, and who sees what: the truth about who reads, who looked, and a way to change each entry."""

from uuid import uuid4

import pytest
from django.urls import reverse

from access.acting import acting_as
from clients.models import CheckIn, Practice, TimelineEntry
from clients.services import record_check_in
from coping.services import add_strategy, record_use
from core.ids import uuid7
from strengths.models import ReachOut, Strength
from strengths.services import add_strength, add_supporter, record_reach_out
from tests.homework.agreed import run_of
from tests.portal.driving import forms_of, send, signed_in

ME, PRIVACY = "/portal/me/", "/portal/privacy/"


@pytest.fixture
def entries(library, ben, ben_portal) -> None:
    with acting_as(ben_portal.actor):
        record_check_in(client=ben, new_id=uuid7(), mood=4, by=ben_portal.actor)
        add_strength(client=ben, new_id=uuid7(), key="kindness", by=ben_portal.actor)
        add_supporter(client=ben, new_id=uuid7(), name="Obi", visibility="only_me", by=ben_portal.actor)


def text_of(page) -> str:
    assert page.status_code == 200
    return page.content.decode()


def test_me_before_anything_and_after(phone, entries, ben):
    text = text_of(phone.get(ME))
    assert "You said “Okay”" in text and "A strength on your list" in text and "Somebody on your map" in text
    for name in ("portal:privacy", "accounts:profile", "account_change_password", "account_logout", "accounts:theme"):
        assert reverse(name) in text


def test_nothing_yet_says_so(phone):
    assert "Nothing here yet." in text_of(phone.get(ME))


def test_what_a_colleague_or_her_therapist_wrote_is_not_hers(phone, tara, ben):
    with acting_as(tara.actor):
        add_strength(client=ben, new_id=uuid7(), key="hope", spotted_by="therapist", by=tara.actor)
    assert "A strength on your list" not in text_of(phone.get(ME))


def test_how_many_are_only_hers(phone, entries):
    assert "One entry is only for you." in text_of(phone.get(PRIVACY))


def test_each_entry_can_be_kept_and_shared_again(phone, entries, tara):
    kinds = {form.fields["kind"][0]: form for form in forms_of(phone.get(PRIVACY)) if "kind" in form.fields}
    assert set(kinds) == {"clients.checkin", "strengths.strength", "strengths.supporter"}
    strength = kinds["strengths.strength"]
    for visibility, seen in (("only_me", 0), ("only_me", 0), ("my_therapist", 1)):
        phone.post(PRIVACY, {**strength.fields, "visibility": visibility})
        with acting_as(tara.actor):
            assert Strength.objects.count() == TimelineEntry.objects.filter(kind="strength").count() == seen


def test_what_hangs_on_something_private_is_not_shared_by_itself(library, phone, ben, ben_portal, tara):
    with acting_as(ben_portal.actor):
        way = add_strategy(client=ben, new_id=uuid7(), kind="body_calming", name="Tea", visibility="only_me", by=ben_portal.actor)
        record_use(strategy=way, new_id=uuid7(), before=5, after=2, by=ben_portal.actor)
        obi = add_supporter(client=ben, new_id=uuid7(), name="Obi", visibility="only_me", by=ben_portal.actor)
        record_reach_out(supporter=obi, new_id=uuid7(), how="called", by=ben_portal.actor)
    kinds = {form.fields["kind"][0]: form for form in forms_of(phone.get(PRIVACY)) if "kind" in form.fields}
    for kind in ("coping.strategyuse", "strengths.reachout"):
        assert "only yours" in text_of(phone.post(PRIVACY, {**kinds[kind].fields, "visibility": "my_therapist"}, follow=True))
    with acting_as(tara.actor):
        assert not Practice.objects.exists() and not ReachOut.objects.exists()


def test_what_her_therapist_wrote_is_not_hidden_here(phone, entries, ben, tara):
    with acting_as(tara.actor):
        hope = add_strength(client=ben, new_id=uuid7(), key="hope", spotted_by="therapist", by=tara.actor)
    form = next(form for form in forms_of(phone.get(PRIVACY)) if form.fields.get("kind") == ["strengths.strength"])
    assert phone.post(PRIVACY, {**form.fields, "entry": str(hope.pk), "visibility": "only_me"}).status_code == 404
    with acting_as(tara.actor):
        assert Strength.objects.filter(pk=hope.pk).exists()


def test_a_run_leads_to_its_own_page(phone, ben, ben_portal):
    run = run_of(ben_portal, ben, None, key="clouds")
    with acting_as(ben_portal.actor):
        from homework.services.runs import finish_run

        finish_run(run=run, by=ben_portal.actor)
    assert f'href="{reverse("portal:sharing", args=[run.pk])}"' in text_of(phone.get(PRIVACY))


@pytest.mark.parametrize(
    "posted", [{}, {"kind": "clients.checkin"}, {"kind": "auth.user"}, {"kind": "clients.consent"}, {"visibility": "all"}, {"entry": "x"}, {"kind": "\x00"}]
)
def test_made_up_changes_are_not_there(phone, entries, posted, as_owner):
    scope = next(form.fields["scope"] for form in forms_of(phone.get(PRIVACY)) if "scope" in form.fields)
    given = {"scope": scope, "kind": "strengths.strength", "entry": str(uuid4()), "visibility": "only_me", **posted}
    assert phone.post(PRIVACY, given).status_code == 404
    with as_owner():
        assert CheckIn.objects.get().visibility == "my_therapist"


def test_another_clients_entry_cannot_be_changed(phone, entries, tara, cleo, as_owner):
    with acting_as(tara.actor):
        other = add_strength(client=cleo, new_id=uuid7(), key="hope", by=tara.actor)
    scope = next(form.fields["scope"] for form in forms_of(phone.get(PRIVACY)) if "scope" in form.fields)
    assert phone.post(PRIVACY, {"scope": scope, "kind": "strengths.strength", "entry": str(other.pk), "visibility": "only_me"}).status_code == 404
    with as_owner():
        assert Strength.objects.get(pk=other.pk).visibility == "my_therapist"


# --- who looked


def test_who_opened_the_record_by_day_and_person(phone, tara, vera, sam, ben):
    for person, times in ((tara, 2), (vera, 1), (sam, 1)):
        browser = signed_in(person)
        for _time in range(times):
            browser.get(reverse("dashboard:record", args=[ben.pk]))
    text = text_of(phone.get(PRIVACY))
    assert '<bdi class="voice nm">Tara</bdi> works with you' in text and "Opened 2 times" in text
    assert '<bdi class="voice nm">Vera</bdi> of your clinic' in text and "Opened once" in text
    assert "Sam" not in text


def test_nobody_looked(phone):
    text = text_of(phone.get(PRIVACY))
    assert "Nobody opened it." in text and "Everyone who opened it in the last year." in text_of(phone.get(PRIVACY + "?looks=all"))


def test_what_was_agreed_to(phone):
    text = text_of(phone.get(PRIVACY))
    assert "To use these pages" in text and "To who reads what" in text


def test_the_table_says_what_the_office_is_granted(phone, entries, ada):
    """The words of the page and the wall say the same: the office sees the tap and which strength, never a word or a private row."""
    with acting_as(ada.actor):
        assert list(CheckIn.objects.values_list("mood", flat=True)) == [4]
        assert list(Strength.objects.values_list("key", flat=True)) == ["kindness"]
    text = text_of(phone.get(PRIVACY))
    assert "<td>the tap</td>" in text and "<td>which</td>" in text
    send(phone, phone.get(PRIVACY), "kind", visibility="only_me")
