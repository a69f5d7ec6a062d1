"""The manifests of the services that this installation has."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module

from django.conf import settings

from edem.foundation.catalog.manifest import Manifest
from edem.foundation.communities.models import Community


@cache
def manifests() -> tuple[Manifest, ...]:
    """Every service of the installation, in the order of config/services.py."""
    return tuple(import_module(f"{app}.manifest").MANIFEST for app in settings.EDEM_SERVICES)


def manifest_of(code: str) -> Manifest | None:
    return next((each for each in manifests() if each.code == code), None)


def switched_on(community: Community) -> Sequence[Manifest]:
    """The services that this community has switched on."""
    return [each for each in manifests() if each.code in community.services]
