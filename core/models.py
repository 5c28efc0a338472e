"""Abstract bases of every table."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.ids import uuid7
from core.rules import Rule


class BaseModel(models.Model):
    """A row with an id made before the insert, and who made it when.

    `created_by` is empty when the software made the row or nobody is known.
    Every text column is in exactly one of three classes (tests/house/test_privacy.py):
    `words` what people wrote in their work together: never granted to an admin,
    `names` names, contacts and office text: what the clinic's office may read,
    `codes` keys, states and other structure.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+")

    rules: ClassVar[list[Rule]] = []
    words: ClassVar[tuple[str, ...]] = ()
    names: ClassVar[tuple[str, ...]] = ()
    codes: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


class VersionedModel(BaseModel):
    """A row that people edit: `version` goes up with every edit, and a form made from an older one is refused."""

    version = models.PositiveIntegerField(default=1, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """A CHECK that a text column holds one of the enumeration's values."""
    return models.CheckConstraint(name=name, condition=models.Q(**{f"{field}__in": choices.values}))
