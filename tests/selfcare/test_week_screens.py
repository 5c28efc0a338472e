"""My week in the client's hands and on the desk: what each page shows, what comes back from rough input, and who does not get it."""

import html
import re
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client
from core.ids import uuid7
from core.zones import today_in
from homework.player.exercise import SELFCARE_DOMAINS
from portal.lists import fixed_lists, own_parts
from selfcare.content import part_name
from selfcare.models import SelfCareActivity, SelfCareEntry
from selfcare.nights import night_times
from selfcare.services import add_activity, add_log, change_activity, hide_domain, record_night
from tests.cast import Person

pytestmark = pytest.mark.django_db
WALK = {"domain": "physical", "name": "Walk", "often": "few", "tiny": "round the block", "standard": "canal bench", "stretch": "the long way"}
LONDON = ZoneInfo("Europe/London")


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def scope(person: Person, client: Client) -> dict[str, str]:
    return {"scope": f"{person.membership.pk}:{client.pk}"}


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def walk(person: Person, client: Client, **words: Any) -> SelfCareActivity:
    with acting_as(person.actor):
        return add_activity(client=client, new_id=uuid7(), by=person.actor, **{**WALK, **words})


def logged(person: Person, row: SelfCareActivity, days: int, size: str = "tiny", **said: Any) -> SelfCareEntry:
    with acting_as(person.actor):
        return add_log(activity=row, new_id=uuid7(), day=today_in(row.client.timezone) - timedelta(days=days), size=size, by=person.actor, **said)


def slept(person: Person, client: Client, days: int, bed: str, wake: str, **said: Any) -> SelfCareEntry:
    day = today_in(client.timezone) - timedelta(days=days)
    times = night_times(client.timezone, day, time.fromisoformat(bed), time.fromisoformat(wake))
    with acting_as(person.actor):
        return record_night(client=client, new_id=uuid7(), day=day, bed=times.bed, wake=times.wake, by=person.actor, **said)


def entries(person: Person) -> list[SelfCareEntry]:
    with acting_as(person.actor):
        return list(SelfCareEntry.objects.filter(withdrawn_at=None).order_by("-day"))


def test_one_tap_twice_and_taken_back(ben: Client, ben_portal: Person) -> None:
    row, phone = walk(ben_portal, ben), signed_in(ben_portal)
    for size in ("standard", "standard"):
        answer = phone.post(reverse("selfcare:tap", args=[row.pk]), {**scope(ben_portal, ben), "size": size})
        assert answer.headers["Location"] == f"{reverse('selfcare:mine')}#a-{row.line}"
    found = entries(ben_portal)
    assert [entry.size for entry in found] == ["standard"]
    text = text_of(phone.get(reverse("selfcare:mine")))
    assert "On 1 of the last 7 days." in text and "canal bench" in text and "Take back" in text
    assert re.search(r'value="standard" aria-pressed="true"', text) and text.count('aria-pressed="true"') == 1
    for _press in range(2):
        assert phone.post(reverse("selfcare:entry_back", args=[found[0].pk]), scope(ben_portal, ben)).status_code == 302
    text = text_of(phone.get(reverse("selfcare:mine")))
    assert 'aria-pressed="true"' not in text and "of the last 7 days" not in text and "Too big today" in text
    assert phone.post(reverse("selfcare:tap", args=[row.pk]), {**scope(ben_portal, ben), "size": "\0"}).status_code in (302, 400)
    assert entries(ben_portal) == []


def test_empty_days_are_not_shown_and_nothing_is_called_a_row_of_days(ben: Client, ben_portal: Person) -> None:
    row = walk(ben_portal, ben)
    for days in (0, 2, 5, 9):
        logged(ben_portal, row, days)
    text = text_of(signed_in(ben_portal).get(reverse("selfcare:mine")))
    assert "On 3 of the last 7 days." in text and "Something for yourself on 3 of the last 7 days." in text
    assert len(re.findall(r"<li><svg class=\"pm", text)) == 3
    before = text_of(signed_in(ben_portal).get(reverse("selfcare:mine"), {"back": "1"}))
    assert "On 1 of these 7 days." in before and 'name="size"' not in before and "The week after" in before


@pytest.mark.parametrize("back", ["-1", "x", "9999", "٣", "\0", "521"], ids=["minus", "letter", "far", "digit", "nul", "too far"])
def test_a_week_that_is_none_is_this_week(back: str, ben_portal: Person, ben: Client) -> None:
    assert "The week after" not in text_of(signed_in(ben_portal).get(reverse("selfcare:mine"), {"back": back}))


def test_a_day_later_with_words_and_rough_input(ben: Client, ben_portal: Person, tara: Person) -> None:
    row, phone = walk(ben_portal, ben), signed_in(ben_portal)
    day = today_in(ben.timezone) - timedelta(days=2)
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "day": day.isoformat(), "size": "stretch", "minutes": "40", "for_session": "true"}
    fields["note"] = "Wind. " * 160 + "\r\n" * 20 + "end"
    for _press in range(2):
        assert phone.post(reverse("selfcare:day", args=[row.pk]), fields).status_code == 302
    [made] = entries(ben_portal)
    assert (made.size, made.minutes, made.for_session) == ("stretch", 40, True)
    assert "Wants to talk about it." in text_of(signed_in(tara).get(reverse("selfcare:desk", args=[ben.pk])))
    for wrong in (
        {"note": "a" * 1001},
        {"day": (day + timedelta(days=9)).isoformat()},
        {"day": "0001-01-01"},
        {"day": day.isoformat()},
        {"minutes": "-3"},
        {"size": "huge"},
    ):
        answer = phone.post(reverse("selfcare:day", args=[row.pk]), {**fields, "note": "kept words", "new_id": str(uuid7()), **wrong})
        assert answer.status_code == 200 and 'role="alert"' in text_of(answer), wrong
        assert "note" in wrong or "kept words" in text_of(answer)
    nul = phone.post(reverse("selfcare:day", args=[row.pk]), {**fields, "day": (day - timedelta(days=1)).isoformat(), "new_id": str(uuid7()), "note": "a\0b"})
    assert nul.status_code in (200, 302) and all("\0" not in entry.note for entry in entries(ben_portal))


def test_put_right_late_shows_both(ben: Client, ben_portal: Person) -> None:
    made, phone = logged(ben_portal, walk(ben_portal, ben), 1, note="first"), signed_in(ben_portal)
    url, fields = reverse("selfcare:entry", args=[made.pk]), {**scope(ben_portal, ben), "new_id": str(uuid7()), "day": made.day.isoformat(), "version": "1"}
    assert phone.post(url, {**fields, "note": "second", "size": "standard"}).status_code == 302
    late = phone.post(url, {**fields, "note": "third"})
    assert late.status_code == 409 and "second" in text_of(late) and "third" in text_of(late)
    assert phone.post(url, {**fields, "note": "third", "version": "2"}).status_code == 302
    assert [entry.note for entry in entries(ben_portal)] == ["third"]


def test_a_night_in_the_form_and_as_sentence_bars_and_table(ben: Client, ben_portal: Person, tara: Person) -> None:
    phone, day = signed_in(ben_portal), today_in(ben.timezone) - timedelta(days=1)
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "day": day.isoformat(), "bed": "23:30", "wake": "06:00", "quality": "0", "note": "Rain"}
    for _press in range(2):
        assert phone.post(reverse("selfcare:night"), fields).headers["Location"] == f"{reverse('selfcare:mine')}#sleep"
    again = phone.post(reverse("selfcare:night"), {**fields, "new_id": str(uuid7())})
    assert again.status_code == 200 and "There is a night for that morning already." in text_of(again) and "Rain" in text_of(again)
    slept(ben_portal, ben, 3, "23:00", "06:10", quality=6)
    for days, wake in ((30, "04:10"), (28, "04:10")):
        slept(ben_portal, ben, days, "23:00", wake)
    for text in (text_of(phone.get(reverse("selfcare:mine"))), text_of(signed_in(tara).get(reverse("selfcare:desk", args=[ben.pk])))):
        assert "About 6 h 50 a night this week, from 2 nights. When we began it was 5 h 10." in text
        assert len(re.findall(r'<rect [^>]*class="bar"', text)) == 2 and ">6:30<" in text and ">7:10<" in text and ">0:00<" not in text
        assert text.count("<tbody>") == 1 and "23:30 to 06:00" in text and '<td class="num">0</td>' in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"bed": "25:00"}, {"quality": "11"}, {"day": ""}, {"bed": "06:00"}, {"bed": "", "wake": "", "quality": "", "note": ""},
        {"note": "x" * 1001}, {"day": "0001-01-01"},
    ],
    ids=["no time", "quality", "no day", "same times", "nothing said", "long", "year one"],
)  # fmt: skip
def test_a_night_that_cannot_be_is_asked_again(wrong: dict[str, str], ben: Client, ben_portal: Person) -> None:
    day = today_in(ben.timezone) - timedelta(days=1)
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "day": day.isoformat(), "bed": "23:00", "wake": "06:00", "quality": "5"}
    answer = signed_in(ben_portal).post(reverse("selfcare:night"), {**fields, **wrong})
    assert answer.status_code == 200 and 'role="alert"' in text_of(answer) and entries(ben_portal) == []


def test_one_night_says_nothing_of_a_week_and_the_clock_is_the_clients(ben: Client, ben_portal: Person, as_owner: Any) -> None:
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(timezone="America/New_York")
        ben.refresh_from_db()
    slept(ben_portal, ben, 1, "23:00", "06:00")
    text = text_of(signed_in(ben_portal).get(reverse("selfcare:mine")))
    assert "One night written down: about 7 h 00. Too few to say more." in text and "23:00 to 06:00" in text and "Nights were about" not in text


def changes_of_the_clock() -> tuple[date, date]:
    """The latest Sundays on which London's clocks went forward and back, as the zone's own data have them."""
    found: dict[bool, date] = {}
    day = today_in("Europe/London")
    while len(found) < 2:
        gone = datetime.combine(day, time(12), LONDON).utcoffset() != datetime.combine(day - timedelta(days=1), time(12), LONDON).utcoffset()
        if gone:
            found.setdefault(bool(datetime.combine(day, time(12), LONDON).dst()), day)
        day -= timedelta(days=1)
    return found[True], found[False]


def test_nights_over_the_change_of_the_clocks(ben: Client, ben_portal: Person) -> None:
    forward, back = changes_of_the_clock()
    phone = signed_in(ben_portal)

    def send(day: date, bed: str, **more: str) -> Any:
        fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "day": day.isoformat(), "bed": bed, "wake": "07:00", **more}
        return phone.post(reverse("selfcare:night"), fields, follow=True)

    assert "is kept as the time one hour later" in text_of(send(forward, "01:30"))
    asked = text_of(send(back, "01:30"))
    assert "Which time was it?" in asked and 'value="second"' in asked and 'value="01:30"' in asked
    assert [entry.slept for entry in entries(ben_portal) if entry.day == back] == []
    send(back, "01:30", bed_which="second")
    assert {entry.day: entry.slept for entry in entries(ben_portal)} == {forward: 270, back: 330}
    made = next(entry for entry in entries(ben_portal) if entry.day == back)
    page = text_of(phone.get(reverse("selfcare:entry", args=[made.pk])))
    assert 'value="01:30"' in page and re.search(r'value="second" checked', page)


def test_too_big_offers_the_smaller_one(ben: Client, ben_portal: Person) -> None:
    row, phone = walk(ben_portal, ben), signed_in(ben_portal)
    walk(ben_portal, ben, name="Cook", domain="nutrition", tiny="toast")
    one = text_of(phone.get(reverse("selfcare:smaller_one", args=[row.pk])))
    assert "round the block" in one and "canal bench" in one and "the long way" not in one and "toast" not in one
    every = text_of(phone.get(reverse("selfcare:smaller")))
    assert "round the block" in every and "toast" in every
    phone.post(reverse("selfcare:tap", args=[row.pk]), {**scope(ben_portal, ben), "size": "tiny"})
    assert [entry.size for entry in entries(ben_portal)] == ["tiny"]


def test_change_my_week(ben: Client, ben_portal: Person, tara: Person) -> None:
    phone, desk = signed_in(ben_portal), signed_in(tara)
    page = text_of(phone.get(reverse("selfcare:plan")))
    assert page.count('class="part') == 7 and "Walk for ten minutes" in page
    idea = text_of(phone.get(reverse("selfcare:add"), {"part": "physical", "idea": "0"}))
    assert 'value="Walk for ten minutes"' in idea
    assert phone.get(reverse("selfcare:add"), {"part": "x", "idea": "999"}).status_code == 200
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), **WALK, "visibility": "only_me"}
    for _press in range(2):
        assert phone.post(reverse("selfcare:add"), fields).status_code == 302
    with acting_as(ben_portal.actor):
        row = SelfCareActivity.objects.get()
    assert "Walk" not in text_of(desk.get(reverse("selfcare:desk", args=[ben.pk])))
    assert desk.get(reverse("selfcare:desk_activity", args=[ben.pk, row.pk])).status_code == 404
    other = {**fields, "new_id": str(uuid7()), "made_from": str(row.pk), "tiny": "to the gate", "visibility": "my_therapist"}
    assert phone.post(reverse("selfcare:change", args=[row.pk]), other).status_code == 302
    assert "to the gate" in text_of(desk.get(reverse("selfcare:desk", args=[ben.pk])))
    told = text_of(phone.get(reverse("selfcare:history")))
    assert "In other words" in told and "round the block" in told
    assert "round the block" not in text_of(desk.get(reverse("selfcare:desk_history", args=[ben.pk]))), "hidden when it was written, and not shown since"
    for state, said in (("retired", "Bring back"), ("active", "Change")):
        with acting_as(ben_portal.actor):
            now = SelfCareActivity.objects.exclude(state="replaced").get()
        phone.post(reverse("selfcare:state", args=[now.pk]), {**scope(ben_portal, ben), "state": state})
        assert said in text_of(phone.get(reverse("selfcare:plan")))


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 101}, {"tiny": "y" * 101}, {"domain": "money"}, {"often": "never"}], ids=lambda each: str(*each)
)
def test_an_activity_that_cannot_be_keeps_what_was_typed(wrong: dict[str, str], ben: Client, ben_portal: Person) -> None:
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), **WALK, "stretch": "kept words", **wrong}
    answer = signed_in(ben_portal).post(reverse("selfcare:add"), fields)
    assert answer.status_code == 200 and "kept words" in text_of(answer) and 'role="alert"' in text_of(answer)


def test_made_together_at_the_desk_and_a_late_save_shows_both(ben: Client, ben_portal: Person, tara: Person) -> None:
    desk = signed_in(tara)
    fields = {**scope(tara, ben), "new_id": str(uuid7()), **WALK}
    for _press in range(2):
        assert desk.post(reverse("selfcare:desk_add", args=[ben.pk]), fields).status_code == 302
    with acting_as(ben_portal.actor):
        row = SelfCareActivity.objects.get()
        change_activity(activity=row, new_id=uuid7(), tiny="to the gate", by=ben_portal.actor)
    assert "Made together." not in text_of(desk.get(reverse("selfcare:desk", args=[ben.pk])))
    with acting_as(ben_portal.actor):
        now = SelfCareActivity.objects.exclude(state="replaced").get()
    late = {**fields, "new_id": str(uuid7()), "made_from": str(row.pk), "tiny": "from the desk"}
    url = reverse("selfcare:desk_activity", args=[ben.pk, row.pk])
    answer = desk.post(url, late)
    text = text_of(answer)
    assert answer.status_code == 409 and "to the gate" in text and "from the desk" in text and f'name="made_from" value="{now.pk}"' in text
    for _press in range(2):
        assert desk.post(url, {**late, "made_from": str(now.pk)}).status_code == 302
    assert "from the desk" in text_of(signed_in(ben_portal).get(reverse("selfcare:mine")))
    assert "Made together." in text_of(desk.get(reverse("selfcare:desk", args=[ben.pk])))


def test_a_part_left_out_is_neither_shown_nor_offered(ben: Client, ben_portal: Person, tara: Person) -> None:
    row = walk(ben_portal, ben, name="Soup", domain="nutrition")
    logged(ben_portal, row, 1, note="warm")
    phone, desk = signed_in(ben_portal), signed_in(tara)
    assert "Soup" in text_of(phone.get(reverse("selfcare:mine")))
    answer = desk.post(reverse("selfcare:desk_plan", args=[ben.pk]), {**scope(tara, ben), "part": "nutrition", "hidden": "yes"})
    assert answer.status_code == 302
    for page in ("mine", "plan", "smaller", "add", "history"):
        text = text_of(phone.get(reverse(f"selfcare:{page}")))
        assert "Soup" not in text and "Food and drink" not in text, page
    shown = text_of(desk.get(reverse("selfcare:desk", args=[ben.pk])))
    assert "Soup" not in shown and "Food and drink" in shown
    phone.post(reverse("selfcare:plan"), {**scope(ben_portal, ben), "part": "nutrition", "hidden": "no"})
    assert "Soup" not in text_of(phone.get(reverse("selfcare:mine")))
    desk.post(reverse("selfcare:desk_plan", args=[ben.pk]), {**scope(tara, ben), "part": "nutrition", "hidden": "no"})
    assert "Soup" in text_of(phone.get(reverse("selfcare:mine")))
    with acting_as(ben_portal.actor):
        hide_domain(client=ben, domain="sleep", hidden=True, by=ben_portal.actor)
    assert 'id="sleep"' not in text_of(phone.get(reverse("selfcare:mine"))) and "Put it back" in text_of(phone.get(reverse("selfcare:plan")))


def test_the_record_says_it_in_a_sentence(ben: Client, ben_portal: Person, tara: Person) -> None:
    row = walk(ben_portal, ben)
    for days in (0, 2, 5):
        logged(ben_portal, row, days)
    for days, bed in ((1, "23:10"), (2, "23:30")):
        slept(ben_portal, ben, days, bed, "06:00")
    text = text_of(signed_in(tara).get(reverse("dashboard:record", args=[ben.pk])))
    assert "On 3 of the last 7 days. About 6 h 40 a night this week." in text
    assert reverse("selfcare:desk", args=[ben.pk]) in text and "A night of" in text


def test_the_name_of_an_activity_stands_in_my_week_alone(ben: Client, ben_portal: Person, tara: Person) -> None:
    """The axis says the part of life: what somebody does is read where the week is read."""
    row = walk(ben_portal, ben)
    with acting_as(ben_portal.actor):
        add_log(activity=row, new_id=uuid7(), day=today_in(ben.timezone), by=ben_portal.actor)
    phone, part = signed_in(ben_portal), part_name("physical")
    for page in (phone.get("/portal/me/"), phone.get("/portal/privacy/")):
        assert f"In your week: {part}" in text_of(page) and "Walk" not in text_of(page)
    record = text_of(signed_in(tara).get(reverse("dashboard:record", args=[ben.pk])))
    assert f"In the week: {part}" in record and "Walk" not in record
    for where in (reverse("selfcare:mine"), reverse("selfcare:activity", args=[row.pk])):
        assert "Walk" in text_of(phone.get(where))


def test_the_record_remembers_the_first_nights(ben: Client, ben_portal: Person, tara: Person, as_owner: Any) -> None:
    for days, bed in ((40, "23:00"), (38, "23:20"), (1, "23:00"), (2, "23:20"), (3, "23:40")):
        slept(ben_portal, ben, days, bed, "04:20" if days > 30 else "06:00")
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(started_on=today_in(ben.timezone) - timedelta(days=50))
    url = reverse("dashboard:record", args=[ben.pk])
    assert "About 6 h 40 a night this week. When we began it was 5 h 10." in text_of(signed_in(tara).get(url))
    with as_owner():
        Client.objects.filter(pk=ben.pk).update(started_on=today_in(ben.timezone) - timedelta(days=500))
    text = text_of(signed_in(tara).get(url))
    assert "About 6 h 40 a night this week." in text and "When we began" not in text


def test_a_check_up_does_not_offer_what_is_left_out(ben: Client, ben_portal: Person) -> None:
    with acting_as(ben_portal.actor):
        assert own_parts(ben) == fixed_lists()[SELFCARE_DOMAINS]
        hide_domain(client=ben, domain="nutrition", hidden=True, by=ben_portal.actor)
        assert {one.value for one in fixed_lists()[SELFCARE_DOMAINS]} - {one.value for one in own_parts(ben)} == {"nutrition"}


def test_what_is_hers_alone_is_on_no_page_of_the_desk(ben: Client, ben_portal: Person, tara: Person) -> None:
    row = walk(ben_portal, ben)
    logged(ben_portal, row, 1, visibility="only_me", note="a secret walk")
    slept(ben_portal, ben, 1, "23:00", "06:00", visibility="only_me", note="a secret night")
    desk = signed_in(tara)
    for url in (reverse("selfcare:desk", args=[ben.pk]), reverse("selfcare:desk_history", args=[ben.pk]), reverse("dashboard:record", args=[ben.pk])):
        text = text_of(desk.get(url))
        assert "secret" not in text and "7:00" not in text and "of the last 7 days" not in text
    assert "2 entries here are private." in text_of(desk.get(reverse("selfcare:desk", args=[ben.pk])))
    assert "a secret walk" in text_of(signed_in(ben_portal).get(reverse("selfcare:mine")))


def test_somebody_elses_is_not_there(ben: Client, ben_portal: Person, sam: Person) -> None:
    row = walk(ben_portal, ben)
    made = logged(ben_portal, row, 1)
    desk = signed_in(sam)
    assert desk.get(reverse("selfcare:desk", args=[ben.pk])).status_code == 404
    phone = signed_in(ben_portal)
    for name, pk in (("activity", made.pk), ("entry", row.pk), ("tap", uuid7()), ("entry_back", uuid7())):
        assert phone.post(reverse(f"selfcare:{name}", args=[pk]), scope(ben_portal, ben)).status_code == 404
