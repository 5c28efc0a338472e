"""The migrations say what the models say."""

import copy
from collections import Counter

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState

from tests.house.source import floors


def missing(wanted: ProjectState) -> list[str]:
    """Operations that a migration still has to be written for, in our own apps."""
    loader = MigrationLoader(None)
    standing = loader.project_state()
    detector = MigrationAutodetector(standing, wanted, NonInteractiveMigrationQuestioner(specified_apps=set(), dry_run=True))
    changes = detector.changes(graph=loader.graph)
    return [f"{app}: {operation.describe()}" for app, migrations in changes.items() for migration in migrations for operation in migration.operations]


def test_no_migration_is_missing() -> None:
    wrong = missing(ProjectState.from_apps(apps))
    assert not wrong, "Run manage.py makemigrations:\n" + "\n".join(wrong)


@pytest.mark.parametrize("model", ["client", "careassignment"])
def test_the_check_sees_a_field_without_its_migration(model: str) -> None:
    wanted = copy.deepcopy(ProjectState.from_apps(apps))
    wanted.models["clients", model].fields["shoe_size"] = models.IntegerField(null=True)
    assert [each for each in missing(wanted) if "shoe_size" in each]


def test_every_app_with_models_has_few_migrations() -> None:
    """One or two each in the first release: start-up and tests run them all."""
    counts = Counter(app for app, _name in MigrationLoader(None).disk_migrations if app in floors())
    crowded = sorted(app for app, n in counts.items() if n > 4)
    assert not crowded, f"Squash the migrations of {crowded}."
