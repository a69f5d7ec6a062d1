from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_half_sign_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tries",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("until", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
