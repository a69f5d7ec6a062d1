"""./edem import reports FILE --community SLUG --source NAME: reports from CSV, GeoJSON or an Open311 server."""

import json
from argparse import ArgumentParser
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from edem.config.management.of_community import add_community, community_asked
from edem.foundation.communities.models import Community
from edem.foundation.places.reporting import fault_lines
from edem.foundation.places.tables import Fault, content_of
from edem.kernel.errors import Refused
from edem.kernel.ukrainian import number
from edem.services.reports.actions.import_uploads import pulled
from edem.services.reports.actions.importing import Imported, Ways, import_reports
from edem.services.reports.queries.importing import ground_of, settled_before
from edem.services.reports.rules.importing.fields import DayOrder, Field, Settled
from edem.services.reports.rules.importing.planning import Plan, planned
from edem.services.reports.rules.importing.sheets import read_sheet
from edem.ui.refusals import sentence_of


class Command(BaseCommand):
    help = "Переносить повідомлення про проблеми: файл CSV, GeoJSON, JSON чи XML Open311 або адреса сервера Open311."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", help="файл або адреса сервера Open311 (до /v2)")
        add_community(parser)
        parser.add_argument("--source", required=True, help="звідки вони, латинкою: seeclickfix")
        parser.add_argument("--columns", default="{}", help='які стовпці що значать: \'{"made": "TimeFilled"}\'')
        parser.add_argument("--title", default="", help="назва для тих, де її немає")
        parser.add_argument("--category", default="", help="код категорії для тих, де її немає")
        parser.add_argument("--closed", action="store_true", help="де стан не сказано, повідомлення закрите")
        parser.add_argument("--month-first", action="store_true", help="у датах спершу місяць: 11/22/2026")
        parser.add_argument("--anywhere", action="store_true", help="не перевіряти, чи точки в Україні")
        parser.add_argument("--partial", action="store_true", help="перенести добрі рядки, хоч є й хибні")
        parser.add_argument("--hand-out", action="store_true", help="відкриті одразу передати організаціям")
        parser.add_argument("--since-days", type=int, default=365, help="скільки днів брати із сервера")

    def handle(self, **options: Any) -> None:
        now = timezone.now()  # noqa: TID251 - a command is an edge: the clock is read here
        community = community_asked(options["community"])
        ways = Ways(partial=options["partial"], hand_out=options["hand_out"])
        try:
            plan = self.plan(community, options, now=now)
            for line in fault_lines([Fault(fault.line, fault.refusal) for fault in plan.faults]):
                self.stderr.write(line)
            told = import_reports(community, plan, source=options["source"], ways=ways, by=None, now=now)
        except Refused as refusal:
            raise CommandError(sentence_of(refusal)) from refusal
        self.tell(told)

    def plan(self, community: Community, options: dict[str, Any], *, now: datetime) -> Plan:
        what: str = options["what"]
        is_address = what.startswith(("http://", "https://"))
        since = now - timedelta(days=options["since_days"])
        sheet = read_sheet(pulled(what, since=since, now=now) if is_address else content_of(Path(what)))
        known = settled_before(community, options["source"], sheet.columns)
        settled = Settled(
            columns={**known.columns, **self.columns(options["columns"])},
            title=options["title"] or known.title,
            category=options["category"] or known.category,
            categories=known.categories,
            is_closed=options["closed"] or known.is_closed,
            day_order=DayOrder.MONTH_FIRST if options["month_first"] else known.day_order,
        )
        return planned(sheet, settled, ground_of(community, anywhere=options["anywhere"]), now=now)

    def columns(self, text: str) -> dict[Field, str]:
        try:
            return {Field(name): str(column) for name, column in json.loads(text).items()}
        except (ValueError, AttributeError) as fault:
            names = ", ".join(Field)
            raise CommandError(_("--columns — це JSON із ключами: %(names)s") % {"names": names}) from fault

    def tell(self, told: Imported) -> None:
        counts = {name: number(value) for name, value in vars(told).items()}
        words = _(
            "Прочитано повідомлень: %(read)s; нових: %(added)s; оновлених: %(changed)s; без змін: %(same)s; "
            "вже в роботі тут: %(worked_on)s; хибних рядків: %(refused)s."
        )
        self.stdout.write(self.style.SUCCESS(words % counts))
