"""`./edem check-deploy`: whether each way of sign-in that is set up, or that a council offers, would let anybody in."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's own name
from django.db import DatabaseError

from edem.foundation.calling import is_outer
from edem.foundation.communities.models import CharterVersion
from edem.foundation.identity.charter import SERVICE, SignInCharter
from edem.foundation.identity.claims import Method
from edem.foundation.identity.providers.known import connected_methods

BY_SIGNATURE: Final = (Method.KEP_FILE, Method.KEP_WIDGET, Method.MOBILE_ID_DIRECT, Method.BANK_ID_NBU)
"""Each ends in a signature that this installation checks itself."""
_ROOT: Final = "EDEM_TRUST_DIR with the certificate of the central authority (czo.gov.ua)."
_ONLINE: Final = "EDEM_KEP_ONLINE=true: of whom nobody says whether the certificate was revoked, nobody is let in."


@register(Tags.security, deploy=True)
def ways_of_sign_in_are_whole(**_: Any) -> list[CheckMessage]:
    return [*_bank_id(), *_mobile_id(), *_widget()]


@register(Tags.security, deploy=True)
def what_councils_offer_is_there(**_: Any) -> list[CheckMessage]:
    """A council may offer a way that this installation has no key or root for: residents would miss it in silence."""
    try:
        return [_missing(slug, methods) for slug, methods in _offered_in_vain(datetime.now(UTC))]  # noqa: TID251 - an edge
    except DatabaseError:
        return []  # there is no database yet, or it is empty: nobody offers anything


def _bank_id() -> Iterator[CheckMessage]:
    if settings.EDEM.bank_id_url:
        yield from _signatures("BankID", "E040")


def _mobile_id() -> Iterator[CheckMessage]:
    env = settings.EDEM
    if not env.mobile_id_url:
        return
    if not is_outer(env.mobile_id_url):
        hint = "The operator's own https address: the password of this installation goes there with each request."
        yield Error("EDEM_MOBILE_ID_URL is a simulator's or not https.", hint=hint, id="edem.E042")
    if not (env.mobile_id_ap_id and env.mobile_id_ap_password):
        hint = "They come with the operator's agreement."
        yield Error("EDEM_MOBILE_ID_AP_ID or EDEM_MOBILE_ID_AP_PASSWORD is missing.", hint=hint, id="edem.E043")
    yield from _signatures("MobileID", "E044")


def _widget() -> Iterator[CheckMessage]:
    env = settings.EDEM
    if not env.sign_widget_url:
        return
    if not is_outer(env.sign_widget_url):
        hint = "https://id.gov.ua/sign-widget/…: whoever changes that page on its way gets people's keys."
        yield Error("EDEM_SIGN_WIDGET_URL is a simulator's or not https.", hint=hint, id="edem.E046")
    yield from _signatures("The signing widget", "E047")


def _signatures(way: str, number: str) -> Iterator[CheckMessage]:
    """The two things without which a signature is never called valid."""
    env = settings.EDEM
    if env.trust_dir is None:
        yield Error(f"{way} is set up, and no root is trusted: nobody is let in.", hint=_ROOT, id=f"edem.{number}")
    elif not env.kep_online:
        yield Error(f"{way} is set up, and issuers are not asked.", hint=_ONLINE, id="edem.E041")


def _offered_in_vain(now: datetime) -> Iterator[tuple[str, Sequence[Method]]]:
    connected = set(connected_methods())
    versions = CharterVersion.objects.filter(service=SERVICE, in_force_from__lte=now, community__is_open=True)
    latest = versions.order_by("community_id", "-in_force_from", "-version").distinct("community_id")
    for version in latest.select_related("community"):
        missing = [method for method in version.read(SignInCharter).methods if method not in connected]
        if missing:
            yield version.community.slug, missing


def _missing(slug: str, methods: Sequence[Method]) -> CheckMessage:
    named = ", ".join(methods)
    if settings.EDEM.trust_dir is None and not set(BY_SIGNATURE).isdisjoint(methods):
        return Error(f"{slug} offers {named}, and no root is trusted.", hint=_ROOT, id="edem.E048")
    hint = "docs/guides/sign-in.md, or the council takes it out of its rules."
    return Warning(f"{slug} offers {named}, and this installation has no such way.", hint=hint, id="edem.W049")
