"""When an invitation's mail went out. Those from before went when they were made: they are not sent again."""

from django.db import migrations, models
from django.db.models import F


def mailed_when_made(apps, schema_editor):
    apps.get_model("accounts", "Invitation").objects.update(mailed_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_clinic_settings")]

    operations = [
        migrations.AddField(model_name="invitation", name="mailed_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(mailed_when_made, migrations.RunPython.noop),
    ]
