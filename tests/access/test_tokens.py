"""More than 10,000 tokens that were not made by the house: none is accepted, measured by the rows each would show."""

import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import ProgrammingError, connection
from django.test import override_settings

from access.acting import TOKEN_SECONDS, make_token
from clients.models import Client
from core.actor import Actor
from tests.cast import Person
from tests.support import as_role

pytestmark = pytest.mark.django_db
# Each token is bound as an injection would bind it, then asked for rows.
ASK = """DO $do$
DECLARE token text; n int; good int := 0;
BEGIN
  FOR token IN SELECT jsonb_array_elements_text(current_setting('probe.tokens')::jsonb) LOOP
    PERFORM set_config('app.actor', token, true);
    SELECT count(*) INTO n FROM (SELECT id FROM clients_client) c;
    IF n > 0 THEN good := good + 1; END IF;
  END LOOP;
  PERFORM set_config('probe.good', good::text, true);
END $do$"""


def accepted(tokens: list[str], role: str = "app_therapist") -> int:
    """How many of these tokens show at least one client to this role."""
    with as_role(connection, role), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('probe.tokens', %s, true)", [json.dumps(tokens)])
        cursor.execute(ASK)
        cursor.execute("SELECT current_setting('probe.good')")
        return int(cursor.fetchone()[0])


def flips(token: str) -> Iterator[str]:
    """Every bit of every character but the ones that leave ASCII or make it NUL."""
    for place, character in enumerate(token):
        for bit in range(7):
            flipped = chr(ord(character) ^ 1 << bit)
            if flipped not in "\0" + character:
                yield token[:place] + flipped + token[place + 1 :]


def damaged(token: str, dice: random.Random) -> Iterator[str]:
    """Cut, doubled, padded, upper case, moved fields, and signatures of chance."""
    yield from (token[:length] for length in range(len(token)))
    yield from (token[start:] for start in range(1, len(token)))
    yield from (token + tail for tail in ("\n", " ", "0", ":", token, "\r\n", "'", "--"))
    yield from (head + token for head in ("\n", " ", "0", ":", "'"))
    yield from (token.upper(), token.title(), token[::-1], "", ":" * 4, "therapist", token.replace(":", ";"), token.replace("-", ""))
    parts = token.split(":")
    for one in range(5):
        for other in range(5):
            if one != other:
                swapped = list(parts)
                swapped[one], swapped[other] = swapped[other], swapped[one]
                yield ":".join(swapped)
                yield ":".join([*parts[:one], parts[other], *parts[one + 1 :]])
    yield from (":".join([*parts[:4], f"{dice.getrandbits(256):064x}"]) for _ in range(2000))
    yield from (":".join([*parts[:3], str(int(parts[3]) + seconds), parts[4]]) for seconds in range(1, 2001))


@pytest.fixture
def strangers(tara: Person, olu: Person, ben: Client, ben_portal: Person, ada: Person) -> dict[str, Person]:
    return {"tara": tara, "olu": olu, "ada": ada, "ben": ben_portal}


def test_a_mutated_token_shows_nothing(strangers: dict[str, Person], record_property: Any) -> None:
    dice = random.Random(20261125)
    tried = taken = 0
    for name, role in (("tara", "app_therapist"), ("ada", "app_admin"), ("ben", "app_portal")):
        token = make_token(strangers[name].actor)
        assert accepted([token], role) == 1, "the unharmed one is accepted, so the test can tell"
        wrong = [each for each in (*flips(token), *damaged(token, dice)) if each != token and "\0" not in each]
        tried += len(wrong)
        taken += accepted(wrong, role)
        assert accepted([*wrong[:50], token], role) == 1
    record_property("tokens_tried", tried)
    record_property("tokens_accepted", taken)
    assert tried >= 10_000 and taken == 0


def test_fields_grafted_from_another_token_show_nothing(strangers: dict[str, Person]) -> None:
    """Another person's, clinic's or kind's field under one's own signature, and the reverse."""
    tokens = [make_token(replace(person.actor, kind=kind)) for person in strangers.values() for kind in ("therapist", "admin", "portal", "worker")]
    fields = [token.split(":") for token in tokens]
    grafted = {
        ":".join([*one[:place], other[place], *one[place + 1 :]]) for one in fields for other in fields for place in range(5) if one[place] != other[place]
    }
    for role in ("app_therapist", "app_admin", "app_portal"):
        assert accepted(sorted(grafted - set(tokens)), role) == 0


def test_a_token_is_of_use_to_its_own_kind_alone(strangers: dict[str, Person]) -> None:
    for name in ("tara", "ada", "ben"):
        actor = strangers[name].actor
        for role in ("app_therapist", "app_admin", "app_portal"):
            assert accepted([make_token(actor)], role) == int(role == f"app_{actor.kind}"), (name, role)
    with pytest.raises(ProgrammingError, match="permission denied"):
        accepted([make_token(strangers["tara"].actor)], "app_worker")


def test_a_token_of_another_clinic_shows_nothing_of_this_one(strangers: dict[str, Person], tara: Person, olu: Person) -> None:
    actors = [
        Actor("therapist", tara.user.pk, olu.actor.clinic_id),
        Actor("therapist", olu.user.pk, tara.actor.clinic_id),
        Actor("admin", olu.user.pk, olu.actor.clinic_id),
    ]
    assert [accepted([make_token(actor)], f"app_{actor.kind}") for actor in actors] == [0, 0, 0]


def test_an_old_token_shows_nothing(tara: Person, ben: Client) -> None:
    now = time.time()
    assert accepted([make_token(tara.actor, now=now - TOKEN_SECONDS + 30)]) == 1
    assert accepted([make_token(tara.actor, now=now - TOKEN_SECONDS - age) for age in range(1, 600)]) == 0


def test_a_token_of_another_secret_shows_nothing(tara: Person, ben: Client) -> None:
    with override_settings(SECRET_KEY="another secret"):
        foreign = make_token(tara.actor)
    assert accepted([foreign, make_token(tara.actor)]) == 1 and accepted([foreign]) == 0


def test_the_test_sees_a_wall_that_does_not_check(tara: Person, ben: Client, as_owner: Callable[[], Any]) -> None:
    """Without the comparison of the signature the mutated ones are accepted by the hundred."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('sec.actor(text)'::regprocedure)")
        body = cursor.fetchone()[0]
        assert "<> right(token, 64)" in body
        cursor.execute(body.replace("<> right(token, 64)", "= 'never'"))
    token = make_token(tara.actor)
    assert accepted([each for each in flips(token) if each != token]) > 100
