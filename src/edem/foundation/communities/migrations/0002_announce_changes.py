"""Every change of a community, whoever makes it, is told to the processes that keep communities in memory."""

from django.db import migrations

TELL = """
CREATE FUNCTION communities_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('communities', '');
    RETURN NULL;
END $$;
CREATE TRIGGER communities_changed
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON communities_community
    FOR EACH STATEMENT EXECUTE FUNCTION communities_changed();
"""

KEEP_QUIET = """
DROP TRIGGER communities_changed ON communities_community;
DROP FUNCTION communities_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("communities", "0001_initial")]

    operations = [migrations.RunSQL(TELL, KEEP_QUIET)]
