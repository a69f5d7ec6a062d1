"""./edem import petitions FILE --community SLUG: petitions of another platform, in the form of KMU 835, annex 34."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from edem.foundation.communities.models import Community
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
        parser.add_argument("--community", help="slug громади; можна не писати, якщо відкрито лише одну")

    def handle(self, *, file: Path, community: str | None, **options: object) -> None:
        del options
        now = timezone.now()  # noqa: TID251 - a command is an edge: the clock is read here
        try:
            told = import_petitions(self.community(community), content_of(file), now=now)
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

    def community(self, slug: str | None) -> Community:
        opened = Community.objects.filter(is_open=True).order_by("pk")
        found = list(opened.filter(slug=slug) if slug else opened[:2])
        if len(found) != 1:
            names = ", ".join(opened.values_list("slug", flat=True)[:20])
            raise CommandError(_("Скажіть, до якої громади: --community SLUG. Відкриті: %(names)s") % {"names": names})
        return found[0]
