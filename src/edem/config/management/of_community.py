"""Commands that work for one community: which one is said, or is the only one that is open."""

from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from edem.foundation.communities.models import Community


def add_community(parser: ArgumentParser) -> None:
    parser.add_argument("--community", help=_("slug громади; можна не писати, якщо відкрито лише одну"))


def community_asked(slug: str | None) -> Community:
    opened = Community.objects.filter(is_open=True).order_by("pk")
    found = list(opened.filter(slug=slug) if slug else opened[:2])
    if len(found) != 1:
        names = ", ".join(opened.values_list("slug", flat=True)[:20])
        raise CommandError(_("Скажіть, до якої громади: --community SLUG. Відкриті: %(names)s") % {"names": names})
    return found[0]
