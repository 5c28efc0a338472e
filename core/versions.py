"""Saving an edit only if nobody saved a newer version since the form was shown."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import F
from django.utils import timezone

from core.errors import Stale
from core.models import VersionedModel

Row = TypeVar("Row", bound=VersionedModel)


def save_version(row: Row, *, version: int, changes: dict[str, Any]) -> Row:
    """Write `changes` to the row if it still has `version`; the row comes back as it is now. Raises Stale with the newer row."""
    model: type[models.Model] = type(row)
    done = model._default_manager.filter(pk=row.pk, version=version).update(**changes, version=F("version") + 1, updated_at=timezone.now())
    current = model._default_manager.get(pk=row.pk)
    if not done:
        raise Stale(current)
    return current  # type: ignore[return-value]
