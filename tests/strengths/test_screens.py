"""My strengths in the client's hands and on the desk: what each page shows, what comes back from rough input, and who does not get it."""

import html
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from access.acting import acting_as
from clients.models import Client
from core.ids import uuid7
from strengths.models import Strength, StrengthEpisode
from strengths.services import add_moment, add_strength
from tests.cast import Person

pytestmark = pytest.mark.django_db
MINE, CHOOSE = "/portal/strengths/", "/portal/strengths/choose/"


def signed_in(person: Person) -> Browser:
    browser = Browser()
    browser.force_login(person.user)
    return browser


def scope(person: Person, client: Client) -> dict[str, str]:
    return {"scope": f"{person.membership.pk}:{client.pk}"}


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def strength(person: Person, client: Client, **row: Any) -> Strength:
    with acting_as(person.actor):
        return add_strength(client=client, new_id=uuid7(), by=person.actor, **{"key": "kindness", **row})


def moment(person: Person, row: Strength, happened: str, **said: Any) -> StrengthEpisode:
    with acting_as(person.actor):
        return add_moment(strength=row, new_id=uuid7(), happened=happened, by=person.actor, **said)


def desk_of(client: Client) -> str:
    return f"/clients/{client.pk}/strengths/"


def test_three_taps_from_me_to_a_strength(ben: Client, ben_portal: Person) -> None:
    phone = signed_in(ben_portal)
    assert MINE in text_of(phone.get(reverse("portal:me")))
    empty = text_of(phone.get(MINE))
    assert "Start with one." in empty and CHOOSE in empty
    page = text_of(phone.get(CHOOSE))
    assert page.count('formnovalidate name="key"') == 24  # the words beside them are asked for, and a tap gives none
    for _press in range(2):
        answer = phone.post(CHOOSE, {**scope(ben_portal, ben), "key": "kindness", "visibility": "my_therapist"})
        assert answer.status_code == 302
    with acting_as(ben_portal.actor):
        assert Strength.objects.count() == 1
    assert "On your list" in text_of(phone.get(CHOOSE)) and "One strength so far." in text_of(phone.get(MINE))


def test_own_words_once_and_empty_ones_come_back_with_a_message(ben: Client, ben_portal: Person) -> None:
    phone, fields = signed_in(ben_portal), {**scope(ben_portal, ben), "new_id": str(uuid7()), "own_words": "I make people laugh"}
    for _press in range(2):
        assert phone.post(CHOOSE, fields).status_code == 302
    assert text_of(phone.get(MINE)).count('class="voice">I make people laugh</bdi>') == 1
    empty = phone.post(CHOOSE, {**fields, "own_words": ""})
    assert empty.status_code == 200 and "id_own_words_error" in text_of(empty)
    assert phone.post(CHOOSE, {**fields, "key": "no_such"}).status_code == 200
    with acting_as(ben_portal.actor):
        assert Strength.objects.count() == 1


def test_a_moment_is_quoted_on_both_sides_with_who_saw_it(tara: Person, ben: Client, ben_portal: Person) -> None:
    row, phone, desk = strength(ben_portal, ben), signed_in(ben_portal), signed_in(tara)
    fields = {
        **scope(ben_portal, ben), "new_id": str(uuid7()), "happened": "Soup for upstairs", "said_by": "borrowed", "eyes": "Carys",
        "day": "2025-10-26", "visibility": "my_therapist",
    }  # fmt: skip
    for _press in range(2):
        assert phone.post(f"{MINE}{row.pk}/moment/", fields).status_code == 302
    moment(ben_portal, row, "I held on", day=None)
    there = {**scope(tara, ben), "new_id": str(uuid7()), "happened": "You asked about my week", "said_by": "therapist", "day": "2025-11-02"}
    for _press in range(2):
        assert desk.post(f"{desk_of(ben)}{row.pk}/moment/", there).status_code == 302
    mine, theirs = text_of(phone.get(MINE)), text_of(desk.get(desk_of(ben)))
    assert "One strength, and three moments that show it." in mine and "Spotted by you and Tara." in mine
    assert "Carys said it, October 2025" in mine and "Tara saw it, November 2025" in mine and ">You, " in mine
    assert "Carys said it, October 2025" in theirs and "You saw it, November 2025" in theirs and "Ben, " in theirs and "Spotted by Ben and you." in theirs
    assert mine.count("Soup for upstairs") == theirs.count("Soup for upstairs") == 1


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"happened": ""}, "id_happened_error"),
        ({"happened": "x" * 2001}, "id_happened_error"),
        ({"day": ""}, "id_day_error"),
        ({"day": "2999-01-01"}, "not come yet"),
        ({"said_by": "therapist"}, "therapist"),
        ({"eyes": "x" * 201, "said_by": "borrowed"}, "id_eyes_error"),
    ],
    ids=["empty", "long", "no_day", "to_come", "in_her_name", "long_name"],
)
def test_a_rough_moment_keeps_what_was_typed(ben: Client, ben_portal: Person, said: dict[str, str], message: str) -> None:
    row = strength(ben_portal, ben)
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "happened": "still here", "said_by": "client", "day": "2026-10-01", **said}
    answer = signed_in(ben_portal).post(f"{MINE}{row.pk}/moment/", fields)
    assert answer.status_code == 200 and message in text_of(answer) and fields["happened"] in text_of(answer)
    with acting_as(ben_portal.actor):
        assert not StrengthEpisode.objects.exists()


def test_put_right_late_and_taken_back(ben: Client, ben_portal: Person, tara: Person) -> None:
    made = moment(ben_portal, strength(ben_portal, ben), "first words")
    phone, at = signed_in(ben_portal), f"{MINE}moments/{made.pk}/"
    assert "first words" in text_of(phone.get(at))
    fields = {**scope(ben_portal, ben), "new_id": str(uuid7()), "version": "1", "day": "2025-11-01", "said_by": "client", "visibility": "my_therapist"}
    for _press in range(2):
        assert phone.post(at, {**fields, "happened": "other words"}).status_code == 302
    late = phone.post(at, {**fields, "happened": "too late"})
    text = text_of(late)
    assert late.status_code == 409 and "other words" in text and "too late" in text and 'name="version" value="2"' in text
    one = text_of(phone.get(f"{MINE}{made.strength_id}/"))
    assert "other words" in one and "Older words" in one and "first words" in one and "Take back" in one
    assert "first words" in text_of(signed_in(tara).get(desk_of(ben)))
    for _press in range(2):
        assert phone.post(f"{at}back/", scope(ben_portal, ben)).status_code == 302
    assert "other words" not in text_of(phone.get(MINE)) and phone.get(at).status_code == 404


def test_the_desk_reads_what_is_shared_and_counts_the_rest(tara: Person, vera: Person, ben: Client, ben_portal: Person) -> None:
    shown, kept = strength(ben_portal, ben), strength(ben_portal, ben, key="", own_words="a secret gift", visibility="only_me")
    moment(ben_portal, shown, "told")
    moment(ben_portal, shown, "a secret moment", visibility="only_me")
    moment(ben_portal, kept, "another secret", visibility="my_therapist")
    for reader in (tara, vera):
        text = text_of(signed_in(reader).get(desk_of(ben)))
        assert "told" in text and "One strength, and one moment that shows it." in text and "3 entries about strengths" in text
        assert "secret" not in text and ">1 moment<" in text
    mine = text_of(signed_in(ben_portal).get(MINE))
    assert "Two strengths, and three moments that show them." in mine and mine.count("secret") >= 3


def test_the_desk_spots_one_with_its_moment_and_changes_what_is_its_own(tara: Person, ben: Client, ben_portal: Person) -> None:
    hers = moment(ben_portal, strength(ben_portal, ben, key="hope"), "told by Ben")
    desk, add = signed_in(tara), f"{desk_of(ben)}add/"
    fields = {**scope(tara, ben), "new_id": str(uuid7()), "key": "bravery", "happened": "Rang the landlord", "said_by": "client", "day": "2025-11-01"}
    for _press in range(2):
        assert desk.post(add, fields).status_code == 302
    rough = desk.post(add, {**fields, "key": "", "new_id": str(uuid7())})
    assert rough.status_code == 200 and "Which strength is it?" in text_of(rough) and "Rang the landlord" in text_of(rough)
    with acting_as(tara.actor):
        made = StrengthEpisode.objects.get(happened="Rang the landlord")
    assert "Ben, November 2025. You wrote it down." in text_of(desk.get(desk_of(ben)))
    assert "You, November 2025. Tara wrote it down." in text_of(signed_in(ben_portal).get(MINE))
    assert desk.get(f"{desk_of(ben)}moments/{hers.pk}/").status_code == 404
    at = f"{desk_of(ben)}moments/{made.pk}/"
    assert desk.post(at, {**fields, "version": "1", "happened": "Rang her landlord"}).status_code == 302
    assert desk.post(at, {**fields, "version": "1", "happened": "late"}).status_code == 409
    assert desk.post(f"{desk_of(ben)}{hers.strength_id}/off/", scope(tara, ben)).status_code == 302
    assert "told by Ben" in text_of(desk.get(desk_of(ben)))  # only who put it there takes it off
    assert desk.post(f"{at}back/", scope(tara, ben)).status_code == 302
    assert desk.post(f"{desk_of(ben)}{made.strength_id}/off/", scope(tara, ben)).status_code == 302
    assert "landlord" not in text_of(desk.get(desk_of(ben)))


def test_off_the_list_and_back_with_its_moments(ben: Client, ben_portal: Person) -> None:
    row, own = strength(ben_portal, ben), strength(ben_portal, ben, key="", own_words="I hum in tune")
    moment(ben_portal, row, "Soup for upstairs")
    phone = signed_in(ben_portal)
    for each in (row, row, own):
        assert phone.post(f"{MINE}{each.pk}/off/", scope(ben_portal, ben)).status_code == 302
    assert "Soup" not in text_of(phone.get(MINE)) and phone.get(f"{MINE}{row.pk}/").status_code == 404
    page = text_of(phone.get(CHOOSE))
    assert "Comes back with 1 moment." in page and "I hum in tune" in page
    phone.post(CHOOSE, {**scope(ben_portal, ben), "key": "kindness", "visibility": "my_therapist"})
    phone.post(CHOOSE, {**scope(ben_portal, ben), "again": str(own.pk), "visibility": "my_therapist"})
    text = text_of(phone.get(MINE))
    assert "Soup for upstairs" in text and "I hum in tune" in text


def test_kept_and_shown_again(ben: Client, ben_portal: Person, tara: Person) -> None:
    made = moment(ben_portal, strength(ben_portal, ben), "Soup for upstairs")
    phone, at = signed_in(ben_portal), f"{MINE}{made.strength_id}/readers/"
    assert phone.post(at, {**scope(ben_portal, ben), "visibility": "only_me"}).status_code == 302
    assert "Kindness" not in text_of(signed_in(tara).get(desk_of(ben)))
    assert "only yours" in text_of(phone.get(f"{MINE}{made.strength_id}/moment/"))
    kept = {**scope(ben_portal, ben), "kind": "strengths.strengthepisode", "entry": str(made.pk), "visibility": "my_therapist"}
    refused = phone.post(reverse("portal:privacy"), kept, follow=True)
    assert "Share the strength first" in text_of(refused)
    phone.post(at, {**scope(ben_portal, ben), "visibility": "my_therapist"})
    assert "Soup" not in text_of(signed_in(tara).get(desk_of(ben)))
    assert "Changed." in text_of(phone.post(reverse("portal:privacy"), kept, follow=True))
    assert "Soup for upstairs" in text_of(signed_in(tara).get(desk_of(ben)))
    assert phone.post(at, {**scope(ben_portal, ben), "visibility": "everybody"}).status_code == 404


def test_others_do_not_get_there(vera: Person, sam: Person, ada: Person, ben: Client, ben_portal: Person) -> None:
    row = strength(ben_portal, ben)
    assert signed_in(vera).get(desk_of(ben)).status_code == 200 and "Spot a strength" not in text_of(signed_in(vera).get(desk_of(ben)))
    assert signed_in(vera).get(f"{desk_of(ben)}add/").status_code == 404
    assert signed_in(sam).get(desk_of(ben)).status_code == 404
    assert signed_in(ada).get(desk_of(ben)).status_code in (302, 403, 404)
    assert signed_in(sam).get(f"{MINE}{row.pk}/").status_code in (302, 403, 404)


def test_the_record_counts_what_is_shared_and_suggests_one_step(library: None, tara: Person, ben: Client, ben_portal: Person) -> None:
    desk, record = signed_in(tara), reverse("dashboard:record", args=[ben.pk])
    empty = text_of(desk.get(record))
    assert "?exercise=strengths_spotting#open" in empty and f'href="{desk_of(ben)}"' in empty
    row = strength(ben_portal, ben)
    strength(tara, ben, spotted_by="therapist")
    moment(ben_portal, row, "Soup for upstairs")
    moment(ben_portal, row, "a secret moment", visibility="only_me")
    strength(ben_portal, ben, key="hope", visibility="only_me")
    text = text_of(desk.get(record))
    assert "1 strength, 1 moment." in text and "Soup for upstairs" in text and "?exercise=strength_new_way#open" in text
    assert "secret" not in text and "Hope" not in text


def test_the_desk_cannot_write_a_moment_for_the_client_alone(ben: Client, tara: Person) -> None:
    row = strength(tara, ben, spotted_by="therapist")
    sent = {**scope(tara, ben), "new_id": str(uuid7()), "happened": "Soup", "said_by": "therapist", "day": "2026-01-02", "visibility": "only_me"}
    assert signed_in(tara).post(reverse("strengths:desk_moment", args=[ben.pk, row.pk]), sent).status_code == 302
    with acting_as(tara.actor):
        assert StrengthEpisode.objects.get().visibility == "my_therapist"


@pytest.mark.parametrize("whose", ["somebody else's", "nobody's"])
def test_a_tap_on_what_is_not_hers_is_not_there(ben: Client, cleo: Client, tara: Person, ben_portal: Person, whose: str) -> None:
    row = strength(tara, cleo, key="", own_words="I hum", spotted_by="therapist")
    again = str(row.pk) if whose == "somebody else's" else str(uuid7())
    assert signed_in(ben_portal).post(CHOOSE, {**scope(ben_portal, ben), "again": again}).status_code == 404
