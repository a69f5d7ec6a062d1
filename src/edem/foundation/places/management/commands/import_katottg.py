"""./edem import katottg FILE: loads the official codifier of administrative units."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from edem.foundation.places.actions import load_codifier
from edem.foundation.places.reporting import fault_lines
from edem.foundation.places.tables import content_of
from edem.kernel.errors import Refused
from edem.kernel.ukrainian import number
from edem.ui.refusals import sentence_of


class Command(BaseCommand):
    help = "Завантажує КАТОТТГ, кодифікатор адміністративно-територіальних одиниць (CSV)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        del options
        try:
            loaded = load_codifier(content_of(file))
        except Refused as refusal:
            raise CommandError(sentence_of(refusal)) from refusal
        for line in fault_lines(loaded.faults):
            self.stderr.write(line)
        counts = {
            "read": number(loaded.read),
            "added": number(loaded.added),
            "changed": number(loaded.changed),
            "faults": number(len(loaded.faults)),
        }
        told = _("Одиниць у файлі: %(read)s; нових: %(added)s; змінених: %(changed)s; хибних рядків: %(faults)s.")
        self.stdout.write(self.style.SUCCESS(told % counts))
        if loaded.left_out:
            told = _("Уже були в базі, а у файлі їх немає: %(count)s. Їх залишено.")
            self.stdout.write(told % {"count": number(loaded.left_out)})
