"""Only services write. Every other room parses, reads, and hands over."""

import ast

import pytest

from tests.house.source import app_files, dotted, name_of, room, tree

WRITERS = {"services", "migrations"}
ALSO = {"core/versions.py", "accounts/models/user.py", "accounts/sessions.py"}  # what services save an edit with; Django's own way to make a user, a session
WRITES = {"save", "create", "update", "delete", "get_or_create", "update_or_create", "save_base"}
WRITES |= {f"a{name}" for name in WRITES}


def is_write(name: str) -> bool:
    return name in WRITES or name.startswith(("bulk_", "abulk_"))


def writes(source: ast.Module, where: str) -> list[str]:
    """Calls by which a row could be written; `dict.update` is among them: {**one, **other} says the same without the doubt."""
    calls = [node for node in ast.walk(source) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_write(node.func.attr)]
    return [f"{where}:{call.lineno} calls {dotted(call.func)}(): write through a service, verb_noun(..., by=actor)." for call in calls]


def test_only_services_write() -> None:
    files = [path for path in app_files(".py") if room(path) not in WRITERS and name_of(path) not in ALSO and not name_of(path).startswith("resilience_site/")]
    assert len(files) > 100, "No views found."
    wrong = [each for path in files for each in writes(tree(path), name_of(path))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "row.save()",
        "Client.objects.create(called='x')",
        "Client.objects.filter(pk=1).update(called='x')",
        "Client.objects.filter(pk=1).delete()",
        "Client.objects.bulk_create(rows)",
        "Client.objects.get_or_create(key='x')",
        "client.entries.update_or_create(key='x')",
        "lambda: get(row).save(update_fields=['x'])",
    ],
)
def test_the_check_sees_a_write(text: str) -> None:
    assert writes(ast.parse(text), "x.py")


def test_the_check_lets_reads_and_services_be() -> None:
    assert not writes(ast.parse("save_note(note=note, by=actor); Client.objects.filter(pk=1).first(); form.saved; dict(a, **b)"), "x.py")
