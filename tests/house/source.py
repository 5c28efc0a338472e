"""The project's own files, as the tests of the house read them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BESIDE = {"var", "node_modules", "__pycache__", "staticfiles", "vendor", "assets"}


def floors(text: str | None = None) -> dict[str, float]:
    """App -> floor, read from the table of docs/architecture.md; the floor written `.` lies between core and accounts."""
    text = (ROOT / "docs" / "architecture.md").read_text() if text is None else text
    found: dict[str, float] = {}
    for number, apps in re.findall(r"^\| (\d|\.) \| ([`a-z_, ]+) \|", text, re.MULTILINE):
        found.update(dict.fromkeys(re.findall(r"`([a-z_]+)`", apps), 0.5 if number == "." else float(number)))
    return found


def walk(folder: Path, *endings: str) -> Iterator[Path]:
    """Files below a folder with one of these endings, but for what is generated, installed or somebody else's."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.suffix in endings and path.is_file() and not any(part in BESIDE or part.startswith(".") for part in parts):
            yield path


def app_files(*endings: str) -> list[Path]:
    return [path for app in floors() for path in walk(ROOT / app, *endings)]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def room(path: Path) -> str:
    """Which room of its app a file is in: `views` for homework/views.py and for homework/views/assign.py."""
    parts = path.relative_to(ROOT).parts
    return parts[1].removesuffix(".py") if len(parts) > 1 else ""


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute; only the end of it when the rest is an expression."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
