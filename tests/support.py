"""Tools of the tests: changing the connection's role, and reading the whole truth."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction


def set_role(role: str) -> None:
    """Let every new statement of the default connection begin as this role."""
    options = f"-c role={role}" + (" -c app.maintenance=on" if role == "app_owner" else "")
    connection = connections["default"]
    connection.settings_dict["OPTIONS"] = {**connection.settings_dict.get("OPTIONS", {}), "options": options}
    connection.close()


@contextmanager
def as_role(connection: Any, role: str) -> Iterator[None]:
    """Within the current transaction: another role for a while, the one before afterwards (an exception rolls back, which restores it too)."""
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('role'), coalesce(current_setting('app.maintenance', true), ''), coalesce(current_setting('app.actor', true), '')"
            )
            before = cursor.fetchone()
            cursor.execute("SELECT set_config('role', 'none', true), set_config('app.maintenance', %s, true)", ["on" if role == "app_owner" else ""])
            cursor.execute("SELECT set_config('role', %s, true)", [role])
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', 'none', true), set_config('app.maintenance', %s, true), set_config('app.actor', %s, true)", before[1:])
            cursor.execute("SELECT set_config('role', %s, true)", [before[0]])
