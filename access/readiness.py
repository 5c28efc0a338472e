"""What /readyz asks of the database: does it answer, is it migrated, does the wall stand."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from access.wall import fingerprint, standing_fingerprint


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def migrations_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def wall_stands() -> bool:
    """Is the wall built from these very models and this very SECRET_KEY?"""
    with connection.cursor() as cursor:
        return standing_fingerprint(cursor) == fingerprint()
