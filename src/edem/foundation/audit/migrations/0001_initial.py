import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ONLY_APPENDED = """
CREATE FUNCTION audit_only_appended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is only appended to' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_only_appended BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_only_appended();
"""

NO_LONGER = """
DROP TRIGGER audit_only_appended ON audit_auditentry;
DROP FUNCTION audit_only_appended();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("communities", "__first__"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("roles", models.CharField(blank=True, max_length=300)),
                ("act", models.CharField(max_length=100)),
                ("subject_kind", models.CharField(max_length=100)),
                ("subject_id", models.CharField(max_length=64)),
                ("facts", models.JSONField(default=dict)),
                (
                    "community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.community",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-pk"),
                "indexes": [
                    models.Index(fields=["community", "-at"], name="audit_by_community"),
                    models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject"),
                    models.Index(fields=["person", "-at"], name="audit_by_person"),
                ],
            },
        ),
        migrations.RunSQL(ONLY_APPENDED, NO_LONGER),
    ]
