"""Raw SQL only where the wall itself lives: an injection that runs RESET ROLE is the web's login again (docs/security.md)."""

import ast

import pytest

from tests.house.source import app_files, dotted, name_of, room, tree

ALLOWED = ("access/",)
SQL_CALLS = {"cursor", "execute", "executemany", "callproc", "raw", "RawSQL", "RunSQL", "extra", "mogrify"}


def raw_sql(source: ast.Module, where: str) -> list[str]:
    """Calls that take SQL as text, and imports of the connection or the driver."""
    wrong = []
    for node in ast.walk(source):
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in SQL_CALLS:
            wrong.append((node.lineno, f"{dotted(node.func)}()"))
        elif isinstance(node, ast.ImportFrom) and node.module == "django.db":
            wrong += [(node.lineno, f"django.db.{alias.name}") for alias in node.names if alias.name in ("connection", "connections")]
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            wrong += [(node.lineno, name) for name in names if name.split(".")[0] in ("psycopg2", "psycopg")]
    return [f"{where}:{line} {what}: use the ORM, or a function of access/ (raw SQL lives there alone)." for line, what in wrong]


def test_raw_sql_lives_in_access_alone() -> None:
    files = [path for path in app_files(".py") if not name_of(path).startswith((*ALLOWED, "resilience_site/embedded/")) and room(path) != "migrations"]
    assert len(files) > 50
    wrong = [each for path in files for each in raw_sql(tree(path), name_of(path))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "from django.db import connection, models",
        "import psycopg2",
        "from psycopg2.extras import execute_values",
        "with conn.cursor() as c: pass",
        "c.execute('SELECT 1')",
        "Client.objects.raw('SELECT 1')",
        "Client.objects.extra(where=['true'])",
        "RawSQL('SELECT 1', [])",
        "expressions.RawSQL('SELECT 1', [])",
    ],
)
def test_the_check_sees_raw_sql(text: str) -> None:
    assert raw_sql(ast.parse(text), "x.py")


def test_the_check_lets_the_orm_be() -> None:
    assert not raw_sql(ast.parse("from django.db import models, transaction\nClient.objects.filter(pk=1)"), "x.py")
