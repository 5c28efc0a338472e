"""No two planned sessions of a therapist overlap. A range of UUIDs stands in for an equality operator class, which needs an extension."""

from django.db import migrations

FORWARDS = """
CREATE TYPE uuidrange AS RANGE (subtype = uuid);
ALTER TABLE therapy_therapysession ADD CONSTRAINT session_no_overlap EXCLUDE USING gist
  (uuidrange(therapist_id, therapist_id, '[]') WITH &&, tstzrange(starts_at, ends_at, '[)') WITH &&) WHERE (state = 'planned');
"""
BACKWARDS = """
ALTER TABLE therapy_therapysession DROP CONSTRAINT session_no_overlap;
DROP TYPE uuidrange;
"""


class Migration(migrations.Migration):
    dependencies = [("therapy", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
