"""./edem manage petition_diagram: the lifecycle of petitions as a Mermaid diagram, for docs/map.md."""

from django.core.management.base import BaseCommand

from edem.kernel.lifecycle_diagram import diagram_of
from edem.services.petitions.rules.lifecycle import LIFECYCLE


class Command(BaseCommand):
    help = "Print the lifecycle of petitions as a Mermaid diagram."

    def handle(self, **options: object) -> None:
        del options
        self.stdout.write(diagram_of(LIFECYCLE), ending="")
