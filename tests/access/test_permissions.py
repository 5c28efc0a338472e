"""The table of who may do what, as data, says the same as the grants that the database reports."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, models

from access.permissions import TABLE, Permission, Row
from access.wall import walled_models
from core.actor import KINDS, Kind

pytestmark = pytest.mark.django_db
MODELS = {model._meta.label: model for model in walled_models()}
# The worker appears in no row of the table: it reads whom to write to, works through the outbox, notes that it did, and seals the trail.
WORKER = {
    "accounts.Clinic": "s",
    "accounts.User": "s",
    "accounts.Invitation": "sW",  # when its mail went out, and nothing else: the test below
    "audit.AuditEvent": "sW",
    "audit.AuditSeal": "sW",
    "reminders.Reminder": "sW",
}


def columns(kind: str, model: type[models.Model], privilege: str) -> set[str]:
    """Names of the model's fields for which the kind's role holds this privilege."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND has_column_privilege(%s, attrelid, attnum, %s)",
            [model._meta.db_table, f"app_{kind}", privilege],
        )
        held = {name for (name,) in cursor.fetchall()}
    return {field.name for field in model._meta.concrete_fields if field.column in held}


def granted(kind: str, model: type[models.Model]) -> str:
    """The letters of the table, from the database alone; `words` when the office could read what people wrote, `some` when a part of it is open."""
    words = set(getattr(model, "words", ()))
    read, write = columns(kind, model, "select"), columns(kind, model, "insert") | columns(kind, model, "update")
    letters = "" if not read else "s" if not words & read else "words" if kind == "admin" else "R" if words <= read else "some"
    return (letters + ("W" if write else "")) or "-"


def fits(said: str, found: str, model: type[models.Model], kind: str) -> bool:
    """`R` is structure for the office, whose R never covers words, and on a table that has none."""
    if kind == "admin" or not getattr(model, "words", ()):
        said = said.replace("R", "s")
    return said == found


def disagreements(table: dict[str, Row]) -> list[str]:
    wrong = []
    for subject, row in table.items():
        for kind in ("portal", "therapist", "admin"):
            for label in row.tables:
                said, found = row.of(kind), granted(kind, MODELS[label])  # type: ignore[arg-type]
                if not fits(said, found, MODELS[label], kind):
                    wrong.append(f"{subject}: {label} says {said} for {kind}, the database grants {found}. Change access/permissions.py or the model's rules.")
    return wrong


def test_every_walled_table_is_in_exactly_one_row() -> None:
    counts = Counter(label for row in TABLE.values() for label in row.tables)
    assert counts == Counter(dict.fromkeys(MODELS, 1)), "Name each table once in TABLE (access/permissions.py)."


def test_the_table_and_the_database_agree() -> None:
    assert not disagreements(TABLE), "\n".join(disagreements(TABLE))


def test_the_worker_reaches_these_six_tables_and_no_words() -> None:
    found = {label: granted("worker", model) for label, model in MODELS.items() if granted("worker", model) != "-"}
    assert found == WORKER
    assert columns("worker", MODELS["accounts.Invitation"], "update") == {"mailed_at"} and not columns("worker", MODELS["accounts.Invitation"], "insert")


@pytest.mark.parametrize("kind", ["admin", "worker", "web"])
def test_no_column_of_words_is_granted_to(kind: str) -> None:
    for label, model in MODELS.items():
        words = set(getattr(model, "words", ()))
        for privilege in ("select", "insert", "update", "references"):
            assert not words & columns(kind, model, privilege), f"{label}: {kind} holds {privilege} on {sorted(words & columns(kind, model, privilege))}"


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_changes_where_a_row_comes_from(kind: Kind) -> None:
    for label, model in MODELS.items():
        fixed = {"id", "clinic", "client", "created_at", "created_by"}
        assert not fixed & columns(kind, model, "update"), f"{label}: {kind}"
    assert "portal_user" not in columns(kind, MODELS["clients.Client"], "update"), "only sec.accept_invitation binds a sign-in to a record"


def test_a_permission_asks_for_what_the_table_holds() -> None:
    for permission in Permission:
        assert permission.value[0] in TABLE and permission.value[1] in "RW"
        assert [kind for kind in KINDS if permission.allowed_to(kind)], f"{permission.name} is nobody's: drop it."
    assert not Permission.PRIVATE_NOTES_WRITE.allowed_to("admin") and not Permission.NOTES_READ.allowed_to("portal")
    assert not Permission.NOTES_WRITE.allowed_to("admin") and Permission.NOTES_READ.allowed_to("admin") and not Permission.CONTACT_READ.allowed_to("worker")


@pytest.mark.parametrize(
    "sql",
    [
        "GRANT SELECT (body) ON therapy_sessionnote TO app_admin",
        "GRANT SELECT ON therapy_privatenote TO app_portal",
        "GRANT UPDATE ON clients_checkin TO app_therapist",
        "REVOKE ALL ON homework_assignment FROM app_therapist; GRANT SELECT ON homework_assignment TO app_therapist",
        "GRANT SELECT (one_line) ON therapy_therapysession TO app_portal",
        "REVOKE SELECT ON strengths_strength FROM app_therapist",
    ],
)
def test_the_comparison_sees_a_grant_too_many_or_too_few(sql: str, as_owner: Callable[[], Any]) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert disagreements(TABLE)


def test_the_comparison_sees_a_wrong_row() -> None:
    assert disagreements({"entries": Row(("clients.CheckIn",), portal="R", therapist="R", admin="s")})
    assert disagreements({"notes": Row(("therapy.SessionNote",), portal="s", therapist="RW", admin="s")})


def test_the_office_moves_a_session_and_does_not_say_whether_it_was_held() -> None:
    """DATA_MODEL 4: RW times, R state."""
    changes = columns("admin", MODELS["therapy.TherapySession"], "update")
    assert {"starts_at", "ends_at"} <= changes and "state" not in changes
    assert "state" in columns("admin", MODELS["therapy.TherapySession"], "select")
