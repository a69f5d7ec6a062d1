from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="BackupTaken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("row_count", models.BigIntegerField()),
                ("file_count", models.BigIntegerField()),
                ("size", models.BigIntegerField()),
            ],
            options={"ordering": ("-at", "-pk")},
        ),
    ]
