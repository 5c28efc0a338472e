"""Creating a row once, however often its form is sent."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from core.errors import Refused

Row = TypeVar("Row", bound=models.Model)


def create_once(model: type[Row], new_id: UUID, make: Callable[[], Row]) -> tuple[Row, bool]:
    """The row with this id, and whether `make` has made it now. Two sends at the same moment make one row.

    Raises Refused when the id belongs to a row that the actor cannot see.
    """
    found = model._default_manager.filter(pk=new_id).first()
    if found is not None:
        return found, False
    try:
        with transaction.atomic():
            return make(), True
    except IntegrityError as error:
        found = model._default_manager.filter(pk=new_id).first()
        if found is not None:
            return found, False
        if constraint_of(error) == f"{model._meta.db_table}_pkey":
            raise Refused(_("This form was used before. Please load the page again.")) from error
        raise


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that was broken, as PostgreSQL gives it."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "")
