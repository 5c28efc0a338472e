"""The rules a model states about its own table. `access.wall` turns them into grants and row-level policies.

The conditions are SQL over the row's own columns. `{me}` and `{my_clinic}` stand for the actor's ids, `{own}` for the portal's own record:
for a select the one she may read, for any other command the one she may write in, which her care's end closes earlier. These, and the
functions below, are scalar sub-selects, so PostgreSQL evaluates them once per statement and can use an index.
"""

from dataclasses import dataclass
from typing import Literal

RuleKind = Literal["admin", "therapist", "portal", "worker", "web"]  # an actor's kinds, and the login before anybody is known

READABLE_CLIENT = "client_id = ANY ((SELECT sec.readable_client_ids())::uuid[])"
WRITABLE_CLIENT = "client_id = ANY ((SELECT sec.writable_client_ids())::uuid[])"
OWN_RECORD = "client_id = {own}"
MY_CLINIC = "clinic_id = {my_clinic}"
BY_ME = "created_by_id = {me}"
SHARED = "visibility <> 'only_me'"

ORIGIN = ("id", "clinic_id", "client_id", "created_at", "created_by_id")  # where a row comes from: no update changes it, whatever a rule's columns say


@dataclass(frozen=True)
class Rule:
    """What one kind of actor may do with the rows for which `when` holds.

    commands: any of "select insert update delete", separated by blanks.
    when:     SQL condition; for insert and update also the condition the new row must meet, unless `check` says another.
    columns:  names of columns, separated by commas, that the grant is limited to (all when empty; an update never covers ORIGIN).
    """

    kind: RuleKind
    commands: str
    when: str
    columns: str = ""
    check: str = ""

    def column_names(self) -> list[str]:
        return [name.strip() for name in self.columns.split(",") if name.strip()]
