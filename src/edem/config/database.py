"""Turns a PostgreSQL address into Django's form."""

from urllib.parse import parse_qs, unquote, urlsplit


def django_database(url: str) -> dict[str, object]:
    """Read postgresql://user:password@host:port/name?host=/socket; anything but PostgreSQL is refused."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        msg = f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://"
        raise ValueError(msg)
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "edem",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"TEMPLATE": "template0"},
    }
