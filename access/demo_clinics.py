"""What only the owner of the tables can do with a demo clinic: take it out, rows and trail, and say when its entries were written."""

from uuid import UUID

from django.db import connection, transaction

from access.wall import walled_models


@transaction.atomic
def erase_clinic(clinic_id: UUID) -> None:
    """Delete every row of this clinic, and the people who belong to no other. Needs the owner's login. There is no way back.

    Foreign keys are checked at the commit, so the order of the tables does not matter.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL app.maintenance = 'on'")
        cursor.execute("SELECT user_id FROM accounts_membership GROUP BY user_id HAVING bool_and(clinic_id = %s)", [clinic_id])
        people = [user_id for (user_id,) in cursor.fetchall()]
        for model in walled_models():
            if any(field.column == "clinic_id" for field in model._meta.concrete_fields):
                cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE clinic_id = %s", [clinic_id])
        cursor.execute("DELETE FROM accounts_clinic WHERE id = %s", [clinic_id])
        cursor.execute("DELETE FROM account_emailaddress WHERE user_id = ANY (%s)", [people])
        cursor.execute("DELETE FROM accounts_user WHERE id = ANY (%s)", [people])


@transaction.atomic
def written_when_it_happened(clinic_id: UUID) -> None:
    """Let a clinic that was loaded look as if each entry had been written when it happened, so that "new" means new. Needs the owner's login."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL app.maintenance = 'on'")
        for model in walled_models():
            if {"occurred_at", "recorded_at", "clinic_id"} <= {field.column for field in model._meta.concrete_fields}:
                cursor.execute(f"UPDATE {model._meta.db_table} SET recorded_at = occurred_at WHERE clinic_id = %s", [clinic_id])
