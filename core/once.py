"""Creating a row once, however often its form is sent."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction

Row = TypeVar("Row", bound=models.Model)


def create_once(model: type[Row], new_id: UUID, make: Callable[[], Row]) -> tuple[Row, bool]:
    """The row with this id, and whether `make` has made it now. Two sends at the same moment make one row."""
    found = model._default_manager.filter(pk=new_id).first()
    if found is not None:
        return found, False
    try:
        with transaction.atomic():
            return make(), True
    except IntegrityError:
        found = model._default_manager.filter(pk=new_id).first()
        if found is None:
            raise
        return found, False
