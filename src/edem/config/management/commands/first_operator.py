"""`./edem manage first_operator LOGIN NAME`: the account with which everything else is set up in the browser."""

import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from getpass import getpass
from typing import Any

from django.core.management import CommandError
from django.core.management.base import BaseCommand

from edem.foundation.people.actions import create_staff, grant_role
from edem.foundation.people.models import RoleGrant
from edem.foundation.people.roles import Role
from edem.kernel.errors import Refused
from edem.ui.refusals import sentence_of


class Command(BaseCommand):
    help = "Open the first operator's account of a new installation; the password is asked for, or read from stdin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login")
        parser.add_argument("name", help="as colleagues will see it")

    def handle(self, *_: Any, **options: Any) -> None:
        if RoleGrant.objects.filter(role=Role.PLATFORM_OPERATOR, ended_at=None).exists():
            raise CommandError("This installation has an operator already: they open further accounts in the browser.")
        password = getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        now = datetime.now(UTC)  # noqa: TID251 - the edge
        try:
            person = create_staff(options["login"], display_name=options["name"], password=password, now=now)
            grant_role(person.pk, role=Role.PLATFORM_OPERATOR, community_id=None, by=None, now=now)
        except Refused as refusal:
            raise CommandError(sentence_of(refusal)) from None
        self.stdout.write("The account is open. Sign in at /staff/sign-in/; the second factor is set up there.")
