"""Figures of statistics as sums that move with each change of a petition (decision 0046).

The sums begin empty: the job `keep_statistics` counts each community's petitions afterwards, and until then the page
reads the petitions themselves. The program of before keeps the sums right too, for the database moves them.
"""

import django.db.models.deletion
from django.db import migrations, models

# All that one petition adds to the figures. States, decisions and measures are those of rules/lifecycle.py and
# queries/figures_sql.py; a change there is a new migration with the function written anew, and a recount.
PARTS = """
SET LOCAL lock_timeout = '3s';
CREATE FUNCTION petitions_figure_parts(petition petitions_petition)
RETURNS TABLE (community_id bigint, year integer, slice text, name text, measure text, value bigint, amount bigint)
LANGUAGE sql STABLE AS $$
SELECT petition.community_id, begun.year, sliced.slice, sliced.name, part.measure, part.value, part.amount
  FROM (SELECT EXTRACT(YEAR FROM COALESCE(petition.submitted_at, petition.published_at) AT TIME ZONE 'Europe/Kyiv')::int
       ) AS begun (year)
 CROSS JOIN (VALUES ('all', ''), ('body', petition.responsible_body::text), ('category', petition.category::text)
            ) AS sliced (slice, name)
 CROSS JOIN (VALUES
       ('started', 0::bigint, 1::bigint),
       ('published', 0, (petition.published_at IS NOT NULL)::int),
       ('reached', 0, (petition.reached_at IS NOT NULL)::int),
       ('answered', 0, (petition.answered_at IS NOT NULL)::int),
       ('answered_in_time', 0, (petition.answered_at < petition.answer_due_at)::int),
       ('answered_late', 0, (petition.answered_at >= petition.answer_due_at)::int),
       ('answer_due', (EXTRACT(EPOCH FROM COALESCE(petition.answer_due_at, petition.due_at)) * 1000000)::bigint,
        (petition.answered_at IS NULL AND petition.state IN ('consideration', 'appeal')
         AND COALESCE(petition.answer_due_at, petition.due_at) IS NOT NULL)::int),
       ('supported', 0, (petition.decision = 'supported')::int),
       ('partly', 0, (petition.decision = 'partly')::int),
       ('declined', 0, (petition.decision = 'declined')::int),
       ('in_fulfilment', 0, (petition.state = 'fulfilment')::int),
       ('fulfilled', 0, (petition.state = 'fulfilled')::int),
       ('not_fulfilled', 0, (petition.state = 'not_fulfilled')::int),
       ('signatures', 0, petition.summed_signatures + petition.imported_count),
       ('days_to_reach',
        (petition.reached_at AT TIME ZONE 'Europe/Kyiv')::date - (petition.published_at AT TIME ZONE 'Europe/Kyiv')::date,
        (petition.reached_at IS NOT NULL AND petition.published_at IS NOT NULL)::int),
       ('days_to_answer',
        (petition.answered_at AT TIME ZONE 'Europe/Kyiv')::date - (petition.reached_at AT TIME ZONE 'Europe/Kyiv')::date,
        (petition.answered_at IS NOT NULL AND petition.reached_at IS NOT NULL)::int),
       ('days_to_fulfil',
        (petition.fulfilled_at AT TIME ZONE 'Europe/Kyiv')::date - (petition.answered_at AT TIME ZONE 'Europe/Kyiv')::date,
        (petition.state = 'fulfilled' AND petition.fulfilled_at IS NOT NULL AND petition.answered_at IS NOT NULL)::int)
       ) AS part (measure, value, amount)
 WHERE begun.year IS NOT NULL AND part.amount <> 0 AND (sliced.slice <> 'body' OR sliced.name <> '')
$$;
"""

# Signing changes none of the columns named here, so it does not pay for the sums.
MOVED = """
CREATE FUNCTION petitions_move_figures() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO petitions_figurepart (community_id, year, slice, name, measure, value, amount)
  SELECT moved.community_id, moved.year, moved.slice, moved.name, moved.measure, moved.value, SUM(moved.amount)
    FROM (SELECT part.* FROM petitions_figure_parts(NEW) AS part
          UNION ALL
          SELECT part.community_id, part.year, part.slice, part.name, part.measure, part.value, -part.amount
            FROM petitions_figure_parts(OLD) AS part) AS moved
   GROUP BY 1, 2, 3, 4, 5, 6
  HAVING SUM(moved.amount) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER petitions_figures_come AFTER INSERT OR DELETE ON petitions_petition
  FOR EACH ROW EXECUTE FUNCTION petitions_move_figures();
CREATE TRIGGER petitions_figures_move AFTER UPDATE ON petitions_petition
  FOR EACH ROW
  WHEN ((OLD.community_id, OLD.state, OLD.category, OLD.responsible_body, OLD.decision, OLD.submitted_at,
         OLD.published_at, OLD.reached_at, OLD.answered_at, OLD.fulfilled_at, OLD.answer_due_at, OLD.due_at,
         OLD.imported_count, OLD.summed_signatures)
        IS DISTINCT FROM
        (NEW.community_id, NEW.state, NEW.category, NEW.responsible_body, NEW.decision, NEW.submitted_at,
         NEW.published_at, NEW.reached_at, NEW.answered_at, NEW.fulfilled_at, NEW.answer_due_at, NEW.due_at,
         NEW.imported_count, NEW.summed_signatures))
  EXECUTE FUNCTION petitions_move_figures();
"""

NO_LONGER = """
DROP TRIGGER petitions_figures_move ON petitions_petition;
DROP TRIGGER petitions_figures_come ON petitions_petition;
DROP FUNCTION petitions_move_figures();
DROP FUNCTION petitions_figure_parts(petitions_petition);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0003_border"),
        ("petitions", "0014_erased_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="FigurePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.SmallIntegerField()),
                ("slice", models.CharField(max_length=10)),
                ("name", models.CharField(blank=True, max_length=300)),
                ("measure", models.CharField(max_length=20)),
                ("value", models.BigIntegerField(default=0)),
                ("amount", models.BigIntegerField()),
                (
                    "community",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="communities.community",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "indexes": [
                    models.Index(fields=["community", "slice", "measure", "year"], name="petition_figures"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FiguresKept",
            fields=[
                (
                    "community",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="communities.community",
                    ),
                ),
                ("counted_at", models.DateTimeField(null=True)),
                ("merged_to", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="petition",
            name="fulfilled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="petition",
            name="summed_signatures",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.RunSQL(PARTS + MOVED, NO_LONGER),
    ]
