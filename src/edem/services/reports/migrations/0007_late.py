"""What is at work with its terms, and what was late before it was closed: figures of a period read these alone."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("reports", "0006_parcels_merged"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="report",
            index=models.Index(
                condition=Q(("state__in", ["open", "accepted", "reopened"])),
                fields=["community", "published_at"],
                include=(
                    "closed_at",
                    "accept_due_at",
                    "accepted_at",
                    "explain_due_at",
                    "explained_at",
                    "state",
                    "category_codes",
                    "organisation",
                ),
                name="report_terms_at_work",
            ),
        ),
        AddIndexConcurrently(
            model_name="report",
            index=models.Index(
                condition=Q(("accept_due_at__lte", F("closed_at")))
                & (Q(("accepted_at__isnull", True)) | Q(("accepted_at__gte", F("accept_due_at"))))
                | Q(("explain_due_at__lte", F("closed_at")))
                & (Q(("explained_at__isnull", True)) | Q(("explained_at__gte", F("explain_due_at")))),
                fields=["community", "closed_at"],
                name="report_late",
            ),
        ),
    ]
