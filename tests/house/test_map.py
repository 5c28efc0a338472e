"""What docs/architecture.md and docs/security.md name is there: a map that has gone out of date is worse than none."""

import re
from functools import reduce
from importlib import import_module

import pytest

from tests.house.source import ROOT, floors

QUOTED = re.compile(r"`([^`\n]+)`")


def there(name: str) -> bool:
    """Can this dotted name of ours be reached: a module, or something in one?"""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            module = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        try:
            return bool(reduce(getattr, parts[length:], module) is not None)
        except AttributeError:
            return False
    return False


def lost(text: str) -> list[str]:
    """Dotted names and files that the text quotes and that are not there. A bare file name may lie anywhere in tests/ or templates/."""
    names = set(QUOTED.findall(text))
    dotted = {name for name in names if re.fullmatch(r"\w+(\.\w+)+", name) and name.split(".")[0] in floors() and not name.endswith(".py")}
    files = {name for name in names if re.fullmatch(r"[\w/]+\.(py|html)", name) and (name.startswith(("test_", "base_")) or "/" in name)}
    known = [path for folder in ("tests", "templates") for path in (ROOT / folder).rglob("*.*")]
    gone = [name for name in files if not (ROOT / name).is_file() and not any(str(path).endswith(f"/{name}") for path in known)]
    return sorted(gone + [name for name in dotted if not there(name)])


@pytest.mark.parametrize(("name", "at_least"), [("architecture.md", 80), ("security.md", 40)])
def test_the_map_names_what_is_there(name: str, at_least: int) -> None:
    text = (ROOT / "docs" / name).read_text()
    assert not lost(text), f"{lost(text)}: docs/{name} names what is gone. Write what stands in its place."
    assert len(QUOTED.findall(text)) > at_least


@pytest.mark.parametrize(
    "name", ["clients.gates.open_door", "clients.gone", "clients.gates.client_view.x", "tests/house/test_gone.py", "test_gone.py", "dashboard/gone.html"]
)
def test_the_check_sees_what_is_gone(name: str) -> None:
    assert lost(f"First `core.rules.Rule`, then `{name}`.") == [name]
