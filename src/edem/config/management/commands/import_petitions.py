"""./edem import petitions FILE --community SLUG: petitions of another platform, in the form of KMU 835, annex 34."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from edem.config.management.of_community import add_community, community_asked
from edem.foundation.places.reporting import fault_lines
from edem.foundation.places.tables import Fault, content_of
from edem.kernel.errors import Refused
from edem.kernel.ukrainian import number
from edem.services.petitions.actions.importing import import_petitions
from edem.ui.refusals import sentence_of


class Command(BaseCommand):
    help = "Переносить петиції з іншої платформи (CSV або XLSX, додаток 34 до постанови КМУ № 835)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        add_community(parser)

    def handle(self, *, file: Path, community: str | None, **options: object) -> None:
        del options
        now = timezone.now()  # noqa: TID251 - a command is an edge: the clock is read here
        try:
            told = import_petitions(community_asked(community), content_of(file), now=now)
        except Refused as refusal:
            raise CommandError(sentence_of(refusal)) from refusal
        for line in fault_lines([Fault(fault.line, fault.refusal) for fault in told.faults]):
            self.stderr.write(line)
        counts = {
            "read": number(told.read),
            "added": number(told.added),
            "changed": number(told.changed),
            "own": number(told.own),
            "faults": number(len(told.faults)),
        }
        words = _(
            "Прочитано петицій: %(read)s; нових: %(added)s; оновлених: %(changed)s; "
            "власних, які вже тут є: %(own)s; хибних рядків: %(faults)s."
        )
        self.stdout.write(self.style.SUCCESS(words % counts))
