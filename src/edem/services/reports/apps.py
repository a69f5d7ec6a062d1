from django.apps import AppConfig

from edem.foundation.people.sealing import COLUMNS, SealedColumn


class ReportsConfig(AppConfig):
    name = "edem.services.reports"
    label = "reports"

    def ready(self) -> None:
        from edem.services.reports.queries.importing import SEALED_FILE  # noqa: PLC0415 - models are loaded only now
        from edem.services.reports.queries.receivers import SEALED  # noqa: PLC0415 - as above

        COLUMNS.add(SealedColumn(model="reports.Receiver", column="api_key", place=SEALED))
        COLUMNS.add(SealedColumn(model="reports.ReportImport", column="content", place=SEALED_FILE))
