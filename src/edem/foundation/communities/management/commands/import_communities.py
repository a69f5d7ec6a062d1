"""./edem import communities FILE: the national list of communities with population."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from edem.foundation.communities.listing import load_communities
from edem.foundation.places.reporting import fault_lines
from edem.foundation.places.tables import content_of
from edem.kernel.errors import Refused
from edem.kernel.ukrainian import number
from edem.ui.refusals import sentence_of


class Command(BaseCommand):
    help = "Завантажує перелік територіальних громад із населенням (CSV)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        del options
        try:
            loaded = load_communities(content_of(file))
        except Refused as refusal:
            raise CommandError(sentence_of(refusal)) from refusal
        for line in fault_lines(loaded.faults):
            self.stderr.write(line)
        told = _("Громад у переліку: %(read)s; нових: %(added)s; змінених: %(changed)s; хибних рядків: %(faults)s.")
        counts = {
            "read": number(loaded.read),
            "added": number(loaded.added),
            "changed": number(loaded.changed),
            "faults": number(len(loaded.faults)),
        }
        self.stdout.write(self.style.SUCCESS(told % counts))
