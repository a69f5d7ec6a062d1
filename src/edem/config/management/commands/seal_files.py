"""./edem manage seal_files: scans and exports that lie open in the storage are sealed now, not by night."""

from typing import Any

from django.core.management.base import BaseCommand

from edem.foundation.identity.sealed_files import seal_what_lies_open


class Command(BaseCommand):
    help = "Зашифрувати файли з персональними даними, збережені до версії 0.4; сайт працює далі."

    def handle(self, *args: Any, **options: Any) -> None:
        del args, options
        self.stdout.write(f"Зашифровано файлів: {seal_what_lies_open()}")
