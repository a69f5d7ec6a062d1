"""A report that waits to be written down goes over with a merged account, and back with its parting."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_own_hands")]

    operations = [
        migrations.AddField(model_name="parcel", name="merge_id", field=models.BigIntegerField(null=True)),
    ]
