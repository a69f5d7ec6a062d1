"""What a petition adds to the figures follows from its columns, not from its row.

On several servers (docs/guides/scale-out.md) Citus puts another table under the petitions' name; a function of the row
would stay with the old one, and neither the statistics nor a backup would know it any more.
"""

from importlib import import_module

from django.db import migrations

FIGURES = import_module("edem.services.petitions.migrations.0015_figures")

COLUMNS = {
    "community_id": "bigint",
    "state": "text",
    "category": "text",
    "responsible_body": "text",
    "decision": "text",
    "submitted_at": "timestamptz",
    "published_at": "timestamptz",
    "reached_at": "timestamptz",
    "answered_at": "timestamptz",
    "fulfilled_at": "timestamptz",
    "answer_due_at": "timestamptz",
    "due_at": "timestamptz",
    "imported_count": "integer",
    "summed_signatures": "integer",
}


def given(row: str) -> str:
    return ", ".join(f"{row}.{name}" for name in COLUMNS)


PLACES = ", ".join(f"${place}" for place in range(1, len(COLUMNS) + 1))
PETITION = f"(SELECT {PLACES}) AS petition ({', '.join(COLUMNS)})"
PARTS = (
    FIGURES.PARTS.replace("(petition petitions_petition)", f"({', '.join(COLUMNS.values())})")
    .replace("  FROM (SELECT EXTRACT", f"  FROM {PETITION}\n CROSS JOIN (SELECT EXTRACT")
    .replace(" CROSS JOIN (", " CROSS JOIN LATERAL (")
)
ROWS_MOVED = FIGURES.MOVED.partition("CREATE TRIGGER")[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
MOVED = ROWS_MOVED.replace("(NEW)", f"({given('NEW')})").replace("(OLD)", f"({given('OLD')})")


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0016_figures_to_sum"),
    ]

    operations = [
        migrations.RunSQL(
            f"{PARTS} {MOVED} DROP FUNCTION petitions_figure_parts(petitions_petition);",
            f"{FIGURES.PARTS} {ROWS_MOVED} DROP FUNCTION petitions_figure_parts({', '.join(COLUMNS.values())});",
        ),
    ]
