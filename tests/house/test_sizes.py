"""Nothing grows past what can be read at one sitting: a ratchet, whose list of exceptions is empty and stays so."""

import ast
from pathlib import Path

from tests.house.source import ROOT, app_files, name_of, tree, walk

FILE, FUNCTION, TEMPLATE, HOUSE_TEST = 400, 50, 150, 100
EXCEPTIONS: dict[str, int] = {}  # name -> lines it had when it was let through; may only shrink, and goes when it fits


def too_long(lines: dict[str, int], limit: int, what: str, exceptions: dict[str, int]) -> list[str]:
    """What is longer than its limit, or than its exception; and exceptions that are not needed any more."""
    over = [f"{name} has {n} lines, {what} {limit}: split it, one noun a file." for name, n in lines.items() if n > exceptions.get(name, limit)]
    return over + [f"{name} fits now ({lines[name]} lines): take it off EXCEPTIONS." for name in exceptions if name in lines and lines[name] <= limit]


def count(paths: list[Path]) -> dict[str, int]:
    return {name_of(path): len(path.read_text().splitlines()) for path in paths}


def functions(source: ast.Module, where: str) -> dict[str, int]:
    """Lines of every function, without its docstring and decorators."""
    found = {}
    for node in ast.walk(source):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            found[f"{where}:{node.name}"] = (node.end_lineno or 0) - body[0].lineno + 2
    return found


def sources() -> list[Path]:
    beside = [path for folder in ("tests", "bench", "tools") if (ROOT / folder).is_dir() for path in walk(ROOT / folder, ".py", ".js")]
    return [*(path for path in app_files(".py") if "migrations" not in path.parts), *beside, *walk(ROOT / "static", ".js", ".css"), ROOT / "manage.py"]


def test_files_stay_short() -> None:
    wrong = too_long(count(sources()), FILE, "a file may have", EXCEPTIONS)
    assert not wrong, "\n".join(wrong)


def test_functions_stay_short() -> None:
    lines: dict[str, int] = {}
    for path in sources():
        if path.suffix == ".py":
            lines |= functions(tree(path), name_of(path))
    assert len(lines) > 300
    wrong = too_long(lines, FUNCTION, "a function may have", EXCEPTIONS)
    assert not wrong, "\n".join(wrong)


def test_templates_stay_short() -> None:
    wrong = too_long(count([*walk(ROOT / "templates", ".html", ".txt"), *app_files(".html")]), TEMPLATE, "a template may have", EXCEPTIONS)
    assert not wrong, "\n".join(wrong)


def test_the_tests_of_the_house_stay_short() -> None:
    lines = count([path for path in walk(ROOT / "tests" / "house", ".py") if path.name.startswith("test_")])
    assert len(lines) >= 11
    wrong = too_long(lines, HOUSE_TEST, "a test of the house may have", EXCEPTIONS)
    assert not wrong, "\n".join(wrong)


def test_the_check_sees_what_is_too_long() -> None:
    assert too_long({"a.py": FILE + 1}, FILE, "a file may have", {}), "one line too many"
    assert not too_long({"a.py": FILE}, FILE, "a file may have", {})
    assert too_long({"a.py": 451}, FILE, "a file may have", {"a.py": 450}), "an exception that grew"
    assert too_long({"a.py": 400}, FILE, "a file may have", {"a.py": 450}), "an exception that is not one any more"
    text = "def long_one():\n" + "    x = 1\n" * FUNCTION
    assert too_long(functions(ast.parse(text), "a.py"), FUNCTION, "a function may have", {})
    assert not too_long(functions(ast.parse(text.replace("    x = 1\n", "", 1)), "a.py"), FUNCTION, "a function may have", {})
