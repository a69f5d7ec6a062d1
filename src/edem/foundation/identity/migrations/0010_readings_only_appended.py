"""The log of readings is only appended to. When two accounts become one, its lines follow the person."""

from django.db import migrations

ONLY_APPENDED = """
CREATE FUNCTION identity_readings_only_appended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.reader_id, OLD.roles, OLD.purpose, OLD.fields, OLD.reason, OLD.about_kind,
                             OLD.about_number, OLD.about_path, OLD.at)
                        IS NOT DISTINCT FROM
                            (NEW.reader_id, NEW.roles, NEW.purpose, NEW.fields, NEW.reason, NEW.about_kind,
                             NEW.about_number, NEW.about_path, NEW.at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the log of readings is only appended to' USING ERRCODE = 'integrity_constraint_violation';
END $$;
SET LOCAL lock_timeout = '2s';
CREATE TRIGGER identity_readings_only_appended BEFORE UPDATE OR DELETE ON identity_vaultreading
    FOR EACH ROW EXECUTE FUNCTION identity_readings_only_appended();
"""

NO_LONGER = """
DROP TRIGGER identity_readings_only_appended ON identity_vaultreading;
DROP FUNCTION identity_readings_only_appended();
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0009_issuer_answers")]

    operations = [migrations.RunSQL(ONLY_APPENDED, NO_LONGER)]
