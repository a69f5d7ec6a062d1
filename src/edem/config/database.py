"""Turns a PostgreSQL address into Django's form."""

from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

_PATIENCE: Final = {
    "connect_timeout": "5",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""A server that vanished without a word (a power cut, a cable) is given up in seconds, not in a quarter of an hour."""


def django_database(url: str) -> dict[str, object]:
    """Read postgresql://user:password@host:port/name?host=/socket; anything but PostgreSQL is refused.

    Several servers, as libpq writes them (one:5432,two:5432), are a primary and its standbys: whichever takes writes
    now is used, so after a promotion the platform goes over to the new primary by itself.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        msg = f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://"
        raise ValueError(msg)
    hosts, ports = _servers(parts.netloc.rpartition("@")[2])
    options = _PATIENCE | {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host, port = options.pop("host", hosts), options.pop("port", ports)
    if "," in host:
        options.setdefault("target_session_attrs", "read-write")
    return {
        "ENGINE": "edem.config.postgres",
        "NAME": unquote(parts.path.lstrip("/")) or "edem",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"TEMPLATE": "template0"},
    }


def _servers(written: str) -> tuple[str, str]:
    """The hosts and the ports of «one:5432,two:5433», each list as libpq takes it."""
    hosts, ports = zip(*(_host_and_port(each) for each in written.split(",")), strict=True)
    return ",".join(hosts), ",".join(ports) if any(ports) else ""


def _host_and_port(server: str) -> tuple[str, str]:
    host, colon, port = server.rpartition(":")
    if not colon or port.endswith("]"):  # an IPv6 address without a port
        host, port = server, ""
    return unquote(host.strip("[]")), port
