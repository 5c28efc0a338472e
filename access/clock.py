"""The one clock by which care begins and ends: PostgreSQL's, which the policies ask too."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """What time PostgreSQL has, aware. A web server's own clock may run ahead of it: care begun by that one would not have begun yet for the wall."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found
