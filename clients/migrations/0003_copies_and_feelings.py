"""Two in one: where both ran already, this one counts as done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("clients", "0003_copies_withdrawn"), ("clients", "0004_check_in_feelings")]
    dependencies = [("clients", "0002_one_primary_at_a_time")]
    operations = [
        migrations.AddField(model_name="practice", name="withdrawn_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.AddField(model_name="timelineentry", name="withdrawn_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.AddField(model_name="checkin", name="feelings", field=models.JSONField(default=list)),
    ]
