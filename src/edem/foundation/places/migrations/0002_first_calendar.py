"""The first working calendar: the holidays of the Labour Code and the martial law of 24 February 2022."""

from datetime import UTC, datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from edem.kernel.ukraine import UKRAINE

INDEPENDENCE = datetime(1991, 8, 24, tzinfo=UTC)


def save_first(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("places", "CalendarVersion").objects.create(
        saved_at=INDEPENDENCE,
        reason="Кодекс законів про працю України, статті 67 і 73; Указ Президента України № 64/2022",
        values=UKRAINE.model_dump(mode="json"),
    )


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(save_first, migrations.RunPython.noop)]
