"""Who followed a petition goes on following it, as one of their subscriptions (decision 0012)."""

from django.db import migrations

FOLLOW_ON = """
INSERT INTO notices_subscription (community_id, person_id, kind, service, key, rhythm, since, source)
SELECT petition.community_id, follower.person_id, 'item', 'petitions', follower.petition_id::text, 'immediate', follower.since, 'page'
  FROM petitions_follower AS follower
  JOIN petitions_petition AS petition ON petition.id = follower.petition_id
ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_mailings"),
        ("petitions", "0003_exclusions"),
    ]

    operations = [
        migrations.RunSQL(FOLLOW_ON, migrations.RunSQL.noop),
        migrations.DeleteModel(
            name="Follower",
        ),
    ]
