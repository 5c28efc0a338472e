"""Imports and foreign keys go down the floors of docs/architecture.md, also where they are written as strings."""

import ast

from django.apps import apps

from tests.house.source import ROOT, app_files, dotted, floors, name_of, tree

FLOORS = floors()
STRING_TAKERS = {"ForeignKey", "OneToOneField", "ManyToManyField", "get_model", "import_string", "import_module"}


def imported(source: ast.Module) -> list[tuple[int, str]]:
    """(line, app) of every import and of every string that names a model or module where one is looked up."""
    found = []
    for node in ast.walk(source):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name.split(".")[0]) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.append((node.lineno, (node.module or "").split(".")[0]))
        elif isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in STRING_TAKERS:
            values = [*node.args[:2], *(word.value for word in node.keywords if word.arg == "to")]
            found += [(node.lineno, value.value.split(".")[0]) for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)]
        elif isinstance(node, ast.Assign) and [dotted(target) for target in node.targets] == ["dependencies"] and isinstance(node.value, ast.List):
            found += [(node.lineno, pair.elts[0].value) for pair in node.value.elts if isinstance(pair, ast.Tuple) and isinstance(pair.elts[0], ast.Constant)]
    return found


def climbs(app: str, source: ast.Module, where: str) -> list[str]:
    """What in this source goes up, or across a floor."""
    wrong = []
    for line, other in imported(source):
        if other in FLOORS and other != app and FLOORS[other] >= FLOORS[app]:
            floor, above = f"{FLOORS[app]:g}", f"{FLOORS[other]:g}"
            wrong.append(f"{where}:{line} {app} (floor {floor}) uses {other} (floor {above}): move the code down, or call it from above.")
    return wrong


def keys_up(pairs: list[tuple[str, str, str]]) -> list[str]:
    """Of (app, field, other app): the relations that point up or across."""
    wrong = [pair for pair in pairs if pair[2] in FLOORS and pair[0] != pair[2] and FLOORS[pair[2]] >= FLOORS[pair[0]]]
    return [f"{field} of {app} points up to {other}: keep it on the upper floor, or point by kind and id." for app, field, other in wrong]


def test_the_map_names_every_app_and_every_app_is_there() -> None:
    local = {config.name for config in apps.get_app_configs() if (ROOT / config.name).is_dir()}
    assert local | {"resilience_site"} == set(FLOORS), "Write every app into the table of docs/architecture.md, on its floor."


def test_imports_go_down() -> None:
    wrong = [each for path in app_files(".py") for each in climbs(path.relative_to(ROOT).parts[0], tree(path), name_of(path))]
    assert not wrong, "\n".join(wrong)


def test_nothing_imports_the_site() -> None:
    files = [path for path in app_files(".py") if not name_of(path).startswith("resilience_site/")]
    wrong = [name_of(path) for path in files if "resilience_site" in {app for _line, app in imported(tree(path))}]
    assert not wrong, f"{wrong} import resilience_site: read django.conf.settings instead."


def test_foreign_keys_go_down() -> None:
    found = [model for model in apps.get_models() if model._meta.app_label in FLOORS]
    fields = [field for model in found for field in model._meta.get_fields() if field.is_relation and field.concrete]
    pairs = [(field.model._meta.app_label, str(field), field.related_model._meta.app_label) for field in fields]
    assert len(pairs) > 50, "The models are not loaded."
    assert not keys_up(pairs), "\n".join(keys_up(pairs))


def test_the_check_sees_what_goes_up_or_across() -> None:
    bad = [
        "from clients.models import Client",
        "import clients.gates as gates",
        "def f():\n    from dashboard import views",
        "owner = models.ForeignKey('clients.Client', models.PROTECT)",
        "owner = models.OneToOneField(to='clients.Client')",
        "apps.get_model('clients', 'Client')",
        "import_string('portal.views.today')",
        "class Migration:\n    dependencies = [('clients', '0001_initial')]",
    ]
    for text in bad:
        assert climbs("access", ast.parse(text), "x.py"), text
    assert climbs("coping", ast.parse("from mindset import selectors"), "x.py"), "across"
    assert keys_up([("access", "access.X.owner", "clients")]) and keys_up([("coping", "coping.X.y", "mindset")])
    for text in ("from core.actor import Actor", "from access import wall", "from django.db import models", "from . import wall", "FLOOR = 'clients.Client'"):
        assert not climbs("access", ast.parse(text), "x.py"), text
