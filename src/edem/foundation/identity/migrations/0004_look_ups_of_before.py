"""Staff who found a person by their document are shown to that person: those of before, too."""

from django.db import migrations

COPY = """
SET LOCAL lock_timeout = '2s';
INSERT INTO identity_vaultreading (person_id, reader_id, roles, purpose, fields, reason, community_id, at)
SELECT person.id, act.person_id, act.roles, 'finding', '{}', '', act.community_id, act.at
FROM audit_auditentry act JOIN people_person person ON person.id::text = act.subject_id
WHERE act.act = 'identity.find_person' AND act.subject_kind = 'people.person'
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0003_readings"), ("audit", "0001_initial")]

    operations = [migrations.RunSQL(COPY, "DELETE FROM identity_vaultreading WHERE purpose = 'finding'")]
