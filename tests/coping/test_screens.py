"""The plan in the client's hands and on the desk: what each page shows, what comes back from rough input, and who does not get it."""

import html
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client
from coping.content import WAYS, kind_of_exercise
from coping.models import CopingPlan, CopingStrategy, StrategyUse
from coping.services import add_strategy, record_use, save_plan, show_strategy
from core.ids import uuid7
from homework.services.own import write_exercise
from strengths.services import add_supporter
from tests.cast import Person
from tests.homework.own import CONTENT

pytestmark = pytest.mark.django_db
TEA = {"kind": "body_calming", "name": "Tea by the window", "how": "Kettle, chair", "when_to": "at night", "measure": "distress"}


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def scope(person: Person, client: Client) -> dict[str, str]:
    return {"scope": f"{person.membership.pk}:{client.pk}"}


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def strategy(person: Person, client: Client, **words: Any) -> CopingStrategy:
    with acting_as(person.actor):
        return add_strategy(client=client, new_id=uuid7(), by=person.actor, **{**TEA, **words})


def use(person: Person, row: CopingStrategy, **said: Any) -> StrategyUse:
    with acting_as(person.actor):
        return record_use(strategy=row, new_id=uuid7(), by=person.actor, **said)


def test_the_client_writes_the_plan_and_the_therapist_reads_who_wrote_it(tara: Person, ben: Client, ben_portal: Person) -> None:
    phone, desk = signed_in(ben_portal), signed_in(tara)
    fields = {
        **scope(ben_portal, ben),
        "new_id": str(uuid7()),
        "number": "0",
        "signs": ["ws_cancel"],
        "own_signs": "I hum\n\nI hum\nI pace",
        "phrase": "Small steps.",
    }
    for _press in range(2):
        assert phone.post(reverse("coping:plan"), fields).headers["Location"] == reverse("coping:mine")
    text = text_of(phone.get(reverse("coping:mine")))
    assert "I cancel plans" in text and text.count("I hum") == 1 and "Small steps." in text
    assert "Small steps." in text_of(desk.get(reverse("coping:desk", args=[ben.pk])))
    told = text_of(desk.get(reverse("coping:desk_history", args=[ben.pk])))
    assert "I pace" in told and "<bdi>Ben</bdi>" in told
    assert "<bdi>You</bdi>" in text_of(phone.get(reverse("coping:history")))


def test_a_late_save_shows_both_and_loses_nothing(tara: Person, ben: Client, ben_portal: Person) -> None:
    with acting_as(tara.actor):
        save_plan(client=ben, new_id=uuid7(), number=0, early_signs=[], triggers=[], phrase="From the desk.", by=tara.actor)
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "number": "0", "own_signs": "I pace", "phrase": "From the phone."}
    phone = signed_in(ben_portal)
    answer = phone.post(reverse("coping:plan"), fields)
    text = text_of(answer)
    assert answer.status_code == 409 and "From the desk." in text and 'value="From the phone."' in text and "I pace" in text
    again = {**fields, "number": "1", "new_id": str(uuid7())}
    assert phone.post(reverse("coping:plan"), again).status_code == 302
    with acting_as(tara.actor):
        assert [plan.phrase for plan in CopingPlan.objects.order_by("number")] == ["From the desk.", "From the phone."]


@pytest.mark.parametrize(("field", "value"), [("own_signs", "x" * 201), ("triggers", "\n".join(map(str, range(21)))), ("phrase", "x" * 301)])
def test_rough_input_comes_back_with_a_message_beside_it(ben: Client, ben_portal: Person, field: str, value: str) -> None:
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "number": "0", "own_signs": "kept", field: value}
    answer = signed_in(ben_portal).post(reverse("coping:plan"), fields)
    text = text_of(answer)
    assert answer.status_code == 200 and value in text and f"id_{field}_error" in text


def test_a_use_with_feelings_asks_how_strong_they_are_now(ben: Client, ben_portal: Person) -> None:
    row, phone = strategy(ben_portal, ben), signed_in(ben_portal)
    day = {"day": "2026-10-25", "at": "01:30"}  # that hour came twice
    said = {"before": "7", "after": "4", "helped": "3", "situation": "A row", "answer": ["guilty"], "intensity-guilty": "8", "visibility": "my_therapist"}
    answer = phone.post(reverse("coping:use", args=[row.pk]), {**scope(ben_portal, ben), "new_id": str(uuid7()), **day, **said})
    with acting_as(ben_portal.actor):
        made = StrategyUse.objects.get()
    assert answer.headers["Location"] == reverse("coping:use_again", args=[made.pk])
    phone.post(reverse("coping:use_again", args=[made.pk]), {**scope(ben_portal, ben), "intensity-guilty": "3"})
    text = text_of(phone.get(reverse("coping:strategy", args=[row.pk])))
    assert "Sun 25 Oct, 01:30" in text and "Distress 7 to 4, helped a bit" in text and "A row" in text and "Guilty 8 to 3" in text


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"before": "11"}, "less than or equal to 10"),
        ({"day": ""}, "required"),
        ({"day": "2999-01-01"}, "not come yet"),
        ({"answer": ["guilty", "joyful", "calm", "sad"]}, "not on the list"),
        ({"answer": ["guilty", "joyful", "relaxed", "safe"]}, "up to 3"),
        ({"answer": ["guilty"], "intensity-guilty": "12"}, "0 to 10"),
    ],
)
def test_a_rough_use_keeps_what_was_said(ben: Client, ben_portal: Person, said: dict[str, Any], message: str) -> None:
    row = strategy(ben_portal, ben)
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "day": "2026-11-01", "situation": "still here", **said}
    answer = signed_in(ben_portal).post(reverse("coping:use", args=[row.pk]), fields)
    text = text_of(answer)
    assert answer.status_code == 200 and message in text and "still here" in text
    with acting_as(ben_portal.actor):
        assert not StrategyUse.objects.exists()


def test_put_right_and_taken_back(ben: Client, ben_portal: Person) -> None:
    made = use(ben_portal, strategy(ben_portal, ben), before=7, situation="first words")
    phone, at = signed_in(ben_portal), reverse("coping:use_change", args=[made.pk])
    assert "first words" in text_of(phone.get(at))
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "version": "1", "day": "2026-11-01", "situation": "other words"}
    assert phone.post(at, fields).status_code == 302
    late = phone.post(at, {**fields, "situation": "too late"})
    assert late.status_code == 409 and "other words" in text_of(late) and "too late" in text_of(late)
    for _press in range(2):
        assert phone.post(reverse("coping:use_back", args=[made.pk]), scope(ben_portal, ben)).status_code == 302
    assert "other words" not in text_of(phone.get(reverse("coping:strategy", args=[made.strategy_id]))) and phone.get(at).status_code == 404


def test_the_desk_reads_what_is_shared_and_counts_the_rest(tara: Person, ben: Client, ben_portal: Person) -> None:
    shared, kept = strategy(ben_portal, ben), strategy(ben_portal, ben, name="A secret way", visibility="only_me")
    use(ben_portal, kept, situation="a secret place")
    use(ben_portal, shared, situation="kept to herself", visibility="only_me")
    for before in (8, 7, 9):
        use(ben_portal, shared, before=before, after=5, situation="told")
    text = text_of(signed_in(tara).get(reverse("coping:desk", args=[ben.pk])))
    assert "Tea by the window" in text and "Distress from 8 to 5, 3 times." in text and "told" in text and "3 entries here are private." in text
    assert "secret" not in text and "kept to herself" not in text


def test_the_desk_adds_words_anew_and_puts_away(tara: Person, ben: Client) -> None:
    desk, fields = signed_in(tara), {**scope(tara, ben), "new_id": str(uuid7()), **TEA}
    for _press in range(2):
        assert desk.post(reverse("coping:desk_add", args=[ben.pk]), fields).status_code == 302
    with acting_as(tara.actor):
        row = CopingStrategy.objects.get()
    at = reverse("coping:desk_strategy", args=[ben.pk, row.pk])
    assert desk.post(at, {**fields, "new_id": str(uuid7()), "name": "Tea"}).status_code == 302
    both = desk.post(at, {**fields, "new_id": str(uuid7()), "name": "Coffee"})
    assert both.status_code == 302  # an old address leads to the wording of now
    assert desk.post(reverse("coping:desk_state", args=[ben.pk, row.pk]), {**scope(tara, ben), "state": "retired"}).status_code == 302
    text = text_of(desk.get(reverse("coping:desk", args=[ben.pk])))
    assert "Put it back" in text and "Coffee" in text


def test_the_five_ways_are_a_tap_away(library: None, ben: Client, ben_portal: Person) -> None:
    strategy(ben_portal, ben, kind="problem_solving", name="List three steps")
    phone = signed_in(ben_portal)
    text = text_of(phone.get(reverse("coping:mine")))
    for key in ("mindfulness", "stress", "problems", "thoughts", "feelings"):
        assert reverse("coping:way", args=[key]) in text
    page = text_of(phone.get(reverse("coping:way", args=["problems"])))
    assert "List three steps" in page and "?exercise=problem_steps" in page
    assert "Solve it in steps" in page or "problem" in page.lower()
    assert phone.get(reverse("coping:way", args=["nothing"])).status_code == 404


def test_an_adapted_exercise_has_the_kind_of_its_original(library: None, tara: Person, ben: Client, ben_portal: Person) -> None:
    """Offered under its way, and in the plan as that kind; one of no original asks for its kind."""
    keys = []
    with acting_as(tara.actor):
        for title, source in (("Wave watching", "ride_the_wave"), ("Window walk", "")):
            keys.append(write_exercise(new_id=uuid7(), content={**CONTENT, "title": title}, adapted_from=source, by=tara.actor).key)
    phone, kind = signed_in(ben_portal), kind_of_exercise()["ride_the_wave"]
    way = next(each for each in WAYS if kind in each.kinds)
    text = text_of(phone.get(reverse("coping:way", args=[way.key])))
    assert "Wave watching" in text and "Window walk" not in text
    for key, found in zip(keys, (kind, None), strict=True):
        assert phone.get(f"{reverse('coping:add')}?exercise={key}").context["form"]["kind"].value() == (found or "")
    with acting_as(ben_portal.actor):
        row = add_strategy(client=ben, new_id=uuid7(), item_key=keys[0], by=ben_portal.actor)
    assert (row.kind, row.name, row.measure) == (kind, "Wave watching", "tension")


def test_others_do_not_get_there(vera: Person, sam: Person, ada: Person, ben: Client, ben_portal: Person) -> None:
    row = strategy(ben_portal, ben)
    assert signed_in(vera).get(reverse("coping:desk", args=[ben.pk])).status_code == 200
    assert signed_in(vera).get(reverse("coping:desk_add", args=[ben.pk])).status_code == 404
    assert signed_in(sam).get(reverse("coping:desk", args=[ben.pk])).status_code == 404
    assert signed_in(ada).get(reverse("coping:desk", args=[ben.pk])).status_code in (302, 403, 404)
    assert signed_in(sam).get(reverse("coping:strategy", args=[row.pk])).status_code in (302, 403, 404)


def test_who_i_tell_comes_from_the_map(tara: Person, ben: Client, ben_portal: Person) -> None:
    """Those who listen or can be called at night; nobody in the heart, nobody not to be contacted, and for the desk nobody private."""
    people: dict[str, dict[str, Any]] = {
        "Obi": {"helps": ["listens"]},
        "Ife": {"helps": ["night_call", "advice"], "visibility": "only_me"},
        "Carys": {"helps": ["company"]},
        "Grandma": {"helps": ["listens"], "in_heart": True},
        "Rob": {"helps": ["listens"], "do_not_contact": True},
    }
    with acting_as(ben_portal.actor):
        for name, said in people.items():
            add_supporter(client=ben, new_id=uuid7(), name=name, kind="friend", by=ben_portal.actor, **said)
    mine = text_of(signed_in(ben_portal).get(reverse("coping:mine")))
    desk = text_of(signed_in(tara).get(reverse("coping:desk", args=[ben.pk])))
    assert {name for name in people if f">{name}<" in mine} == {"Obi", "Ife"}
    assert {name for name in people if f">{name}<" in desk} == {"Obi"}
    assert "night call, advice" in mine


def test_a_form_of_another_plan_is_asked_again_and_breaks_nothing(tara: Person, ben: Client, ben_portal: Person, cleo: Client) -> None:
    """Made from a version that this client never had, and with an id that stands for somebody else's plan."""
    with acting_as(tara.actor):
        words = {"early_signs": [], "triggers": [], "phrase": "Theirs."}
        theirs = save_plan(client=cleo, new_id=uuid7(), number=0, by=tara.actor, **words)
    assert theirs is not None
    phone, fields = signed_in(ben_portal), {**scope(ben_portal, ben), "new_id": str(uuid7()), "number": "7", "phrase": "Mine."}
    late = phone.post(reverse("coping:plan"), fields)
    assert late.status_code == 409 and "Mine." in text_of(late)
    used = phone.post(reverse("coping:plan"), {**fields, "number": "0", "new_id": str(theirs.pk)})
    assert used.status_code == 200 and "This form was used before." in text_of(used) and "Theirs." not in text_of(used)


def test_an_old_form_sent_again_opens_nothing_that_was_hidden_since(tara: Person, ben: Client, ben_portal: Person) -> None:
    row, phone = strategy(ben_portal, ben), signed_in(ben_portal)
    form = {**scope(ben_portal, ben), **TEA, "new_id": str(uuid7()), "made_from": str(row.pk), "name": "Tea with Obi", "visibility": "my_therapist"}
    address = reverse("coping:change", args=[row.pk])
    assert phone.post(address, form).status_code == 302
    with acting_as(ben_portal.actor):
        now = CopingStrategy.objects.get(pk=form["new_id"])
        show_strategy(strategy=now, visibility="only_me", by=ben_portal.actor)
    assert phone.post(address, form).status_code == 302
    with acting_as(tara.actor):
        assert not CopingStrategy.objects.exists()
