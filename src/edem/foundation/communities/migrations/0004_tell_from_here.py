"""On several servers (docs/guides/scale-out.md) each copy of the communities has the trigger: only ours tells.

Citus ends what it has changed elsewhere by a two-phase commit, and PostgreSQL prepares no transaction that has told.
"""

from django.db import migrations

TELL_FROM_HERE = """
CREATE OR REPLACE FUNCTION communities_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('application_name') NOT LIKE 'citus%' THEN
        PERFORM pg_notify('communities', '');
    END IF;
    RETURN NULL;
END $$;
"""

TELL_ALWAYS = """
CREATE OR REPLACE FUNCTION communities_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('communities', '');
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("communities", "0003_border")]

    operations = [migrations.RunSQL(TELL_FROM_HERE, TELL_ALWAYS)]
