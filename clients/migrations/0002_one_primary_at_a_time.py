"""A client has one primary therapist at a time, whatever dates are planned. A range of UUIDs stands in for an equality operator class."""

from django.db import migrations

FORWARDS = """
CREATE TYPE client_idrange AS RANGE (subtype = uuid);
ALTER TABLE clients_careassignment ADD CONSTRAINT assignment_primary_no_overlap EXCLUDE USING gist
  (client_idrange(client_id, client_id, '[]') WITH &&, tstzrange(starts_at, ends_at, '[)') WITH &&) WHERE (kind = 'primary');
"""
BACKWARDS = """
ALTER TABLE clients_careassignment DROP CONSTRAINT assignment_primary_no_overlap;
DROP TYPE client_idrange;
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
