"""The petitions whose signatures the sums of statistics do not have yet, made beside those who sign."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("petitions", "0015_figures"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="petition",
            index=models.Index(
                condition=models.Q(("signature_count", models.F("summed_signatures")), _negated=True),
                fields=["community"],
                name="petition_to_sum",
            ),
        ),
    ]
