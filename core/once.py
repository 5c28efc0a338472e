"""Creating a row once, however often its form is sent."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.errors import Refused

Row = TypeVar("Row", bound=models.Model)


def create_once(model: type[Row], new_id: UUID, make: Callable[[], Row], *, by: Actor, **same: Any) -> tuple[Row, bool]:
    """The row with this id, and whether `make` has made it now. Two sends at the same moment make one row.

    `by` is its author and `same` what else its form stands for, such as `client_id`. Raises Refused when the id belongs to a row that differs
    in these, so that nobody is told "saved" for another client's row, or to one that the actor cannot see.
    """
    same = {"created_by_id": by.user_id, **same}
    found = _there(model, new_id, same)
    if found is not None:
        return found, False
    try:
        with transaction.atomic():
            return make(), True
    except IntegrityError as error:
        found = _there(model, new_id, same)
        if found is not None:
            return found, False
        if constraint_of(error) == f"{model._meta.db_table}_pkey":
            raise _used() from error
        raise


def _there(model: type[Row], new_id: UUID, same: dict[str, Any]) -> Row | None:
    found = model._default_manager.filter(pk=new_id).first()
    if found is not None and any(getattr(found, name) != value for name, value in same.items()):
        raise _used()
    return found


def _used() -> Refused:
    return Refused(_("This form was used before. Please load the page again."))


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that was broken, as PostgreSQL gives it."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "")
