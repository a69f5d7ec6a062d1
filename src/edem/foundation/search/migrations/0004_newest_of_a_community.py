"""The newest of a community at hand, in the place of the community alone."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("communities", "0003_border"),
        ("search", "0003_newest_first"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="document",
            index=models.Index(fields=["community", "-at"], name="document_newest"),
        ),
        migrations.AlterField(
            model_name="document",
            name="community",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="communities.community",
            ),
        ),
    ]
