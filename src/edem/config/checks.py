"""`./edem check-deploy`: what an installation forgets most often, beside its secrets (foundation.identity.checks)."""

import os
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's own name
from django.http.request import validate_host

from edem.config.env import Environment


@register(Tags.security, deploy=True)
def installation_is_complete(**_: Any) -> list[CheckMessage]:
    return [*_hosts(), *_folders(), *_mail(), *_figures(), *_proxies()]


def _hosts() -> Iterator[CheckMessage]:
    own = urlsplit(settings.EDEM.base_url).hostname or ""
    if not validate_host(own, settings.EDEM.allowed_hosts):
        hint = f"EDEM_ALLOWED_HOSTS={own}"
        yield Error("EDEM_ALLOWED_HOSTS does not name the host of EDEM_BASE_URL.", hint=hint, id="edem.E060")
    if "*" in settings.EDEM.allowed_hosts:
        yield Error("EDEM_ALLOWED_HOSTS lets every name in.", hint="Name the platform's own hosts.", id="edem.E061")


def _folders() -> Iterator[CheckMessage]:
    for name in ("state_dir", "media_dir"):
        folder: Path = getattr(settings.EDEM, name)
        nearest = next(each for each in (folder, *folder.parents) if each.exists())
        if not os.access(nearest, os.W_OK):
            yield Error(f"{folder} cannot be written.", hint=f"EDEM_{name.upper()}, and whose it is.", id="edem.E062")


def _mail() -> Iterator[CheckMessage]:
    fields = Environment.model_fields
    if settings.EDEM.smtp_url == fields["smtp_url"].default:
        yield Error("EDEM_SMTP_URL is the demo's mailbox.", hint="smtp+starttls://name:password@host", id="edem.E063")
    if settings.EDEM.mail_from == fields["mail_from"].default:
        yield Error("EDEM_MAIL_FROM is the demo's.", hint="e-DEM <no-reply@edem.example.ua>", id="edem.E064")


def _figures() -> Iterator[CheckMessage]:
    open_to_all = any(ip_network(each).prefixlen == 0 for each in settings.EDEM.metrics_networks)
    if open_to_all and not settings.EDEM.metrics_token:
        yield Error("Everybody may read /metrics.", hint="EDEM_METRICS_NETWORKS or EDEM_METRICS_TOKEN.", id="edem.E065")


def _proxies() -> Iterator[CheckMessage]:
    if any(ip_network(each).prefixlen == 0 for each in settings.EDEM.trusted_proxies):
        hint = "Name the proxies' own addresses: otherwise anybody may claim any address."
        yield Error("EDEM_TRUSTED_PROXIES believes everybody.", hint=hint, id="edem.E066")
    if settings.EDEM.log_format == "plain":
        hint = "Unset EDEM_LOG_FORMAT: plain lines are not masked."
        yield Warning("The journal is written for a developer.", hint=hint, id="edem.W067")
