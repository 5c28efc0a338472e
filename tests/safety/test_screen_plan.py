"""The safety plan on both screens: calls first, each step changed by either, nothing twice, both texts when two were at it, and paper without step 6."""

import html
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from audit.models import AuditEvent
from clients.models import Client
from core.ids import uuid7
from safety.models import Line, SafetyPlan
from safety.services import save_safety_plan
from strengths.services import add_supporter
from tests import cast
from tests.cast import Person
from tests.safety.looking import looked_twice

pytestmark = pytest.mark.django_db
STEPS = {
    "warning_signs": [Line("ws_cancel"), Line("I hum")],
    "alone": [Line("Brush the cat")],
    "ask": [Line("Grandma Hua", "020 7946 0011"), Line("Bex")],
    "professionals": [Line("Samaritans", "116 123"), Line("999", "999")],
    "safer": [Line("The key is with Grandma")],
}


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def scope(person: Person, client: Client) -> dict[str, str]:
    return {"scope": f"{person.membership.pk}:{client.pk}"}


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def plan(person: Person, client: Client, number: int = 0, steps: Any = STEPS) -> SafetyPlan | None:
    with acting_as(person.actor):
        return save_safety_plan(client=client, new_id=uuid7(), number=number, steps=steps, by=person.actor)


def sent(person: Person, client: Client, number: int, **fields: Any) -> dict[str, Any]:
    return {**scope(person, client), "new_id": str(uuid7()), "number": str(number), **fields}


def test_without_a_plan_the_numbers_are_there_and_nothing_to_change(ben: Client, ben_portal: Person) -> None:
    phone = signed_in(ben_portal)
    text = text_of(phone.get(reverse("safety:plan")))
    assert "You and your therapist can make a plan. Until then, these lines are here." in text and 'href="tel:999"' in text and "/help-now/" in text
    assert phone.get(reverse("safety:plan_step", args=["alone"])).headers["Location"] == reverse("safety:plan")
    assert phone.get(reverse("safety:plan_paper")).status_code == 404
    assert reverse("safety:plan") in text_of(phone.get("/portal/me/"))


def test_begun_at_the_desk_a_step_at_a_time_and_read_on_the_phone(tara: Person, ben: Client, ben_portal: Person) -> None:
    desk, phone = signed_in(tara), signed_in(ben_portal)
    assert reverse("safety:desk_step", args=[ben.pk, "warning_signs"]) in text_of(desk.get(reverse("safety:desk_plan", args=[ben.pk])))
    first = sent(tara, ben, 0, signs_actions=["ws_cancel"], own_lines="I hum\n\nI hum", next="1")
    for _press in range(2):
        answer = desk.post(reverse("safety:desk_step", args=[ben.pk, "warning_signs"]), first)
        assert answer.headers["Location"] == reverse("safety:desk_step", args=[ben.pk, "alone"])
    rows = sent(tara, ben, 1, name_0="Grandma Hua", phone_0="020 7946 0011", name_1="", phone_1="")
    assert desk.post(reverse("safety:desk_step", args=[ben.pk, "ask"]), rows).headers["Location"] == reverse("safety:desk_plan", args=[ben.pk])
    text = text_of(phone.get(reverse("safety:plan")))
    assert 'href="tel:02079460011"' in text and "I cancel plans" in text and text.count("I hum") == 1
    with acting_as(tara.actor):
        assert SafetyPlan.objects.count() == 2
    told = text_of(phone.get(reverse("safety:plan_history")))
    assert "Grandma Hua, 020 7946 0011" in told and "<bdi>Tara</bdi>" in told


def test_in_a_crisis_calls_come_first_then_alone_then_people(tara: Person, ben: Client, ben_portal: Person) -> None:
    plan(tara, ben)
    text = text_of(signed_in(ben_portal).get(reverse("safety:plan")))
    first, whole = text.split('<details class="whole">')
    places = [first.index(part) for part in ('href="tel:999"', 'href="tel:116123"', 'href="tel:02079460011"', "Brush the cat", "Bex")]
    assert places == sorted(places) and first.count('href="tel:999"') == 1
    assert "The key is with Grandma" not in first
    folded = whole[whole.index("Making my place safer") :]
    assert folded.index("<details>") < folded.index("The key is with Grandma") < folded.index("</details>")


def test_the_client_changes_a_step_and_the_desk_reads_who_did(tara: Person, ben: Client, ben_portal: Person) -> None:
    plan(tara, ben)
    phone = signed_in(ben_portal)
    at = reverse("safety:plan_step", args=["reasons"])
    assert phone.post(at, sent(ben_portal, ben, 1, own_lines="The mural")).headers["Location"] == reverse("safety:plan")
    desk = signed_in(tara)
    assert "The mural" in text_of(desk.get(reverse("safety:desk_plan", args=[ben.pk])))
    assert "<bdi>Ben</bdi>" in text_of(desk.get(reverse("safety:desk_history", args=[ben.pk])))
    assert "<bdi>You</bdi>" in text_of(phone.get(reverse("safety:plan_history")))


def test_a_late_save_of_the_same_step_shows_both_and_loses_nothing(tara: Person, ben: Client, ben_portal: Person) -> None:
    plan(tara, ben)
    plan(tara, ben, 1, {"alone": [Line("From the desk")]})
    phone, at = signed_in(ben_portal), reverse("safety:plan_step", args=["alone"])
    late = sent(ben_portal, ben, 1, own_lines="From the phone")
    answer = phone.post(at, late)
    text = text_of(answer)
    assert answer.status_code == 409 and "From the desk" in text and text.count("From the phone") == 2 and 'name="number" value="2"' in text
    assert phone.post(at, {**late, "number": "2"}).status_code == 302
    with acting_as(tara.actor):
        assert SafetyPlan.objects.order_by("-number")[0].steps["alone"] == (Line("From the phone"),)


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [("ask", "phone_0", "call me"), ("ask", "name_0", "x" * 301), ("alone", "own_lines", "x" * 201), ("alone", "own_lines", "\n".join(map(str, range(21))))],
    ids=["no number", "long name", "long line", "many lines"],
)
def test_rough_input_comes_back_with_a_message_beside_it(tara: Person, ben: Client, ben_portal: Person, step: str, field: str, value: str) -> None:
    plan(tara, ben)
    fields = sent(ben_portal, ben, 1, **{"name_1": "kept", field: value})
    for browser, person, at in (
        (signed_in(ben_portal), ben_portal, reverse("safety:plan_step", args=[step])),
        (signed_in(tara), tara, reverse("safety:desk_step", args=[ben.pk, step])),
    ):
        answer = browser.post(at, {**fields, **scope(person, ben)})
        text = text_of(answer)
        assert answer.status_code == 200 and value in text and f"id_{field}_error" in text and ("kept" in text or step != "ask")
    with acting_as(tara.actor):
        assert SafetyPlan.objects.count() == 1


def test_a_tap_puts_somebody_from_the_map_in_and_the_desk_is_offered_what_is_shared(tara: Person, ben: Client, ben_portal: Person) -> None:
    plan(tara, ben)
    with acting_as(ben_portal.actor):
        add_supporter(client=ben, new_id=uuid7(), name="Auntie Ife", by=ben_portal.actor, visibility="my_therapist")
        add_supporter(client=ben, new_id=uuid7(), name="Somebody secret", by=ben_portal.actor, visibility="only_me")
    desk, phone = signed_in(tara), signed_in(ben_portal)
    assert "Somebody secret" in text_of(phone.get(reverse("safety:plan_step", args=["ask"])))
    at = reverse("safety:desk_step", args=[ben.pk, "ask"])
    assert "Somebody secret" not in text_of(desk.get(at)) and "Auntie Ife" in text_of(desk.get(at))
    tapped = sent(tara, ben, 1, name_0="Bex", phone_0="", picks=["Auntie Ife"])
    for _press in range(2):
        assert desk.post(at, tapped).status_code == 302
    assert "Tap what belongs here" not in text_of(desk.get(at))
    assert desk.post(at, sent(tara, ben, 2, name_0="Bex", phone_0="", picks=["Somebody secret"])).status_code == 200
    with acting_as(tara.actor):
        assert SafetyPlan.objects.order_by("-number")[0].steps["ask"] == (Line("Bex"), Line("Auntie Ife"))


def test_a_review_is_noted_and_told_on_both_sides(tara: Person, ben: Client, ben_portal: Person) -> None:
    plan(tara, ben)
    desk, at = signed_in(tara), reverse("safety:desk_review", args=[ben.pk])
    wrong = desk.post(at, sent(tara, ben, 1, reviewed_on="2999-01-01", next_review="2999-02-01"))
    assert wrong.status_code == 200 and "id_reviewed_on_error" in text_of(wrong)
    shown = desk.get(at).content.decode()
    dates = {name: shown.split(f'name="{name}" value="')[1][:10] for name in ("reviewed_on", "next_review")}
    late = desk.post(at, sent(tara, ben, 3, **dates))
    assert late.status_code == 409 and "changed since you opened this page" in text_of(late)
    for _press in range(2):
        assert desk.post(at, sent(tara, ben, 1, **dates) | {"new_id": "0190c2f0-0000-7000-8000-000000000001"}).status_code == 302
    assert "Looked at together" in text_of(signed_in(ben_portal).get(reverse("safety:plan_history")))
    with acting_as(tara.actor):
        assert SafetyPlan.objects.count() == 2


@pytest.mark.parametrize("side", ["desk", "phone"])
def test_step_6_is_on_paper_only_when_somebody_asks_for_it(tara: Person, ben: Client, ben_portal: Person, side: str) -> None:
    plan(tara, ben)
    browser = signed_in(tara if side == "desk" else ben_portal)
    at = reverse("safety:desk_paper", args=[ben.pk]) if side == "desk" else reverse("safety:plan_paper")
    text = text_of(browser.get(at))
    assert "Grandma Hua" in text and "The key is with Grandma" not in text
    assert "The key is with Grandma" in text_of(browser.get(f"{at}?safer=1"))


def test_a_lost_key_is_said_and_the_numbers_stay(tara: Person, ben: Client, ben_portal: Person, settings: Any) -> None:
    settings.SEALING_KEYS = ["one"]
    plan(tara, ben)
    settings.SEALING_KEYS = ["another"]
    desk, phone = signed_in(tara), signed_in(ben_portal)
    assert 'href="tel:999"' in text_of(phone.get(reverse("safety:plan"))) and "cannot be opened" in text_of(phone.get(reverse("safety:plan")))
    assert "SEALING_KEYS" in text_of(desk.get(reverse("safety:desk_plan", args=[ben.pk])))
    for browser, person, at in (
        (phone, ben_portal, reverse("safety:plan_step", args=["alone"])),
        (desk, tara, reverse("safety:desk_step", args=[ben.pk, "alone"])),
    ):
        assert browser.get(at).status_code == browser.post(at, sent(person, ben, 1, own_lines="lost")).status_code == 302
    assert desk.get(reverse("safety:desk_history", args=[ben.pk])).status_code == 200
    settings.SEALING_KEYS = ["another", "one"]
    assert "Brush the cat" in text_of(phone.get(reverse("safety:plan")))


def test_who_does_not_get_it_and_a_supervisor_reads_only(sam: Person, ada: Person, vera: Person, tara: Person, ben: Client) -> None:
    plan(tara, ben)
    at = reverse("safety:desk_plan", args=[ben.pk])
    for person in (sam, ada):
        answer = signed_in(person).get(at)
        assert answer.status_code in (403, 404) and "Grandma" not in text_of(answer)
    seen = text_of(signed_in(vera).get(at))
    assert "Grandma Hua" in seen and reverse("safety:desk_step", args=[ben.pk, "ask"]) not in seen
    assert signed_in(vera).get(reverse("safety:desk_step", args=[ben.pk, "ask"])).status_code in (403, 404)


def test_opening_it_is_on_the_trail_of_staff_and_not_of_the_client(tara: Person, ben: Client, ben_portal: Person, as_owner: Any) -> None:
    plan(tara, ben)
    signed_in(ben_portal).get(reverse("safety:plan"))
    with as_owner():
        assert not AuditEvent.objects.filter(verb="record_opened", client_id=ben.pk).exists()
    signed_in(tara).get(reverse("safety:desk_plan", args=[ben.pk]))
    with as_owner():
        assert AuditEvent.objects.filter(verb="record_opened", client_id=ben.pk).count() == 1


def test_checked_lines_stand_in_for_a_plan_and_are_offered_in_it(ada: Person, tara: Person, ben: Client, ben_portal: Person) -> None:
    """A draft is neither."""
    phone, desk, mine, step = signed_in(ben_portal), signed_in(tara), reverse("safety:plan"), reverse("safety:desk_step", args=[ben.pk, "professionals"])
    assert 'href="tel:116123"' not in text_of(phone.get(mine)) and "Samaritans" not in text_of(desk.get(step))
    looked_twice(ada, cast.member(ada.membership.clinic, "admin", "Hana"))
    assert 'href="tel:116123"' in text_of(phone.get(mine)) and 'value="Samaritans"' in text_of(desk.get(step))
    assert desk.post(step, sent(tara, ben, 0, picks=["Samaritans"])).status_code == 302
    assert 'href="tel:116123"' in text_of(phone.get(mine))
