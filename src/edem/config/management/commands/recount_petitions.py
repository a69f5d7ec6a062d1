"""./edem manage recount_petitions: the sums behind the statistics of petitions, counted anew from the petitions."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.utils import timezone

from edem.foundation.communities.models import Community
from edem.services.petitions.actions.summing import count_anew, differences
from edem.services.petitions.models import Petition


class Command(BaseCommand):
    help = "Перелічити суми статистики петицій заново; сайт працює далі."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="лише порівняти з петиціями, нічого не змінюючи")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        now = timezone.now()  # noqa: TID251 - a command is an edge: the clock is read here
        wrong = 0
        with_petitions = Petition.objects.order_by().values("community").distinct()
        for community in Community.objects.filter(pk__in=with_petitions).order_by("pk"):
            found = differences(community)
            wrong += len(found)
            for year, part, name, measure, value, kept, counted in found:
                where = f"{year} {part} {name} {measure} {value}"
                self.stdout.write(f"{community.slug}: {where}: у сумах {kept}, за петиціями {counted}")
            if not options["check"]:
                count_anew(community, now=now)
        if options["check"] and wrong:
            raise CommandError(f"Розбіжностей: {wrong}. Перелічіть без --check.")
        self.stdout.write(f"Розбіжностей було: {wrong}.")
