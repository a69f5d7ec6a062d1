"""Signatures get a place in the list, removals and tallies; those given before are numbered in the order they came."""

import django.db.models.deletion
from django.db import migrations, models

PLACES = """
UPDATE petitions_signature AS signature
   SET ordinal = numbered.ordinal
  FROM (SELECT community_id, petition_id, mark,
               row_number() OVER (PARTITION BY community_id, petition_id ORDER BY signed_at, mark) AS ordinal
          FROM petitions_signature) AS numbered
 WHERE numbered.community_id = signature.community_id
   AND numbered.petition_id = signature.petition_id
   AND numbered.mark = signature.mark
"""
LAST_PLACES = """
UPDATE petitions_petition AS petition
   SET last_ordinal = given.last
  FROM (SELECT petition_id, max(ordinal) AS last FROM petitions_signature GROUP BY petition_id) AS given
 WHERE given.petition_id = petition.id
"""
TALLIES = """
INSERT INTO petitions_signaturetally (community_id, petition_id, day, channel, assurance, count)
SELECT community_id, petition_id, (signed_at AT TIME ZONE 'Europe/Kyiv')::date, channel, assurance, count(*)
  FROM petitions_signature
 GROUP BY 1, 2, 3, 4, 5
"""


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0002_announce_changes"),
        ("petitions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignatureRemoval",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "community_id",
                        "petition_id",
                        "mark",
                        "exclusion_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("petition_id", models.BigIntegerField()),
                ("mark", models.BinaryField(max_length=32)),
                ("exclusion_id", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communities.community"
                    ),
                ),
            ],
            options={"ordering": ("at", "mark")},
        ),
        migrations.CreateModel(
            name="SignatureTally",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "community_id",
                        "petition_id",
                        "day",
                        "channel",
                        "assurance",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("petition_id", models.BigIntegerField()),
                ("day", models.DateField()),
                ("channel", models.CharField(max_length=10)),
                ("assurance", models.CharField(max_length=20)),
                ("count", models.IntegerField()),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communities.community"
                    ),
                ),
            ],
            options={"ordering": ("day", "channel", "assurance")},
        ),
        migrations.AlterModelOptions(name="signature", options={"ordering": ("ordinal",)}),
        migrations.RemoveIndex(model_name="signature", name="signature_in_order"),
        migrations.AddField(model_name="petition", name="last_ordinal", field=models.PositiveIntegerField(default=0)),
        migrations.AddField(model_name="signature", name="sheet_id", field=models.BigIntegerField(null=True)),
        migrations.AddField(model_name="signature", name="ordinal", field=models.PositiveIntegerField(null=True)),
        migrations.RunSQL(PLACES, migrations.RunSQL.noop),
        migrations.RunSQL(LAST_PLACES, migrations.RunSQL.noop),
        migrations.AlterField(model_name="signature", name="ordinal", field=models.PositiveIntegerField()),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(
                fields=("community", "petition_id", "ordinal"), name="signature_in_order"
            ),
        ),
        migrations.RunSQL(TALLIES, migrations.RunSQL.noop),
    ]
