from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0005_membership_and_persons"),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="origin",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="signin",
            name="origin",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddIndex(
            model_name="signin",
            index=models.Index(
                condition=models.Q(("origin", ""), _negated=True), fields=["origin"], name="sign_in_handed_over"
            ),
        ),
    ]
