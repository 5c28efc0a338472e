"""Every text column is in exactly one privacy class, and what people wrote is never granted to an admin or the worker."""

from collections.abc import Iterable

import pytest
from django.apps.registry import Apps
from django.db import models

from access.wall import walled_models
from clients.models import ClinicalModel
from core.models import BaseModel
from core.rules import Rule

CLASSES = ("words", "names", "codes")
TEXT = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)  # e-mail, slug and address fields are CharFields
NEVER_WORDS = ("admin", "worker", "web")


def text_columns(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields if isinstance(field, TEXT)}


def unclassed(found: Iterable[type[models.Model]]) -> list[str]:
    """Text columns that are in no class or in several, and names in a class that are no text column."""
    wrong = []
    for model in found:
        classes = [name for each in CLASSES for name in getattr(model, each, ())]
        for column in sorted(text_columns(model)):
            if classes.count(column) != 1:
                wrong.append(f"{model._meta.label}.{column} is in {classes.count(column)} classes: name it in one of words, names, codes.")
        wrong += [f"{model._meta.label} classes {name}, which is no text column of it." for name in sorted(set(classes) - text_columns(model))]
    return wrong


def granted_words(found: Iterable[type[models.Model]]) -> list[str]:
    """Rules that would give the office, the worker or the bare login what people wrote."""
    wrong = []
    for model in found:
        words = {model._meta.get_field(name).column for name in getattr(model, "words", ())}
        for rule in model.rules:  # type: ignore[attr-defined]
            given = words & set(rule.column_names()) if rule.columns else words
            if rule.kind in NEVER_WORDS and given:
                wrong.append(f"{model._meta.label}: the rule for {rule.kind} ({rule.commands}) grants {sorted(given)}: list columns= without them.")
    return wrong


def test_every_text_column_is_in_one_class() -> None:
    assert len(walled_models()) > 20
    assert not unclassed(walled_models()), "\n".join(unclassed(walled_models()))


def test_no_rule_grants_words_to_the_office() -> None:
    assert not granted_words(walled_models()), "\n".join(granted_words(walled_models()))


def test_a_clinical_row_says_who_sees_it() -> None:
    """`client` and `clinic` on the same row, so that the composite key keeps them in step."""
    about = [model for model in walled_models() if "client" in {field.name for field in model._meta.fields if field.is_relation}]
    wrong = [model._meta.label for model in about if not issubclass(model, ClinicalModel)]
    assert len(about) > 15
    assert not wrong, f"{wrong} point at a client but are no ClinicalModel."


@pytest.fixture
def planted() -> type[models.Model]:
    """A model with a text column in no class, one in two, and one that is not there; its words are granted to the office."""

    class Planted(BaseModel):
        forgotten = models.CharField(max_length=9)
        twice = models.JSONField()
        said = models.TextField()

        words = ("said", "twice")
        codes = ("twice", "gone")
        rules = [Rule("therapist", "select", "true"), Rule("admin", "select", "true")]

        class Meta:
            app_label = "planted"
            apps = Apps()

    return Planted


def test_the_check_sees_each_wrong_class(planted: type[models.Model]) -> None:
    said = "\n".join(unclassed([planted]))
    assert "forgotten is in 0" in said and "twice is in 2" in said and "gone, which" in said and "said is" not in said


def test_the_check_sees_words_granted(planted: type[models.Model]) -> None:
    assert "grants ['said', 'twice']" in "\n".join(granted_words([planted]))
    planted.rules = [Rule("admin", "select", "true", columns="id, said"), Rule("worker", "select", "true", columns="id")]  # type: ignore[attr-defined]
    assert [each for each in granted_words([planted]) if "['said']" in each] and len(granted_words([planted])) == 1
