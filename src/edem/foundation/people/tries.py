"""Tries of passwords and codes are counted in the database: a secret may be guessed by way of any process.

allauth counts in Django's cache; here is one whose entries are rows. The clock is the database's: all servers have it.
"""

import json
from collections.abc import Callable
from typing import Any, Final

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from django.utils.crypto import salted_hmac

_LONGEST: Final = 86_400
"""Seconds, for whoever names no end."""
_STANDS: Final = "people_tries.until > clock_timestamp()"
_GET: Final = f"SELECT value FROM people_tries WHERE name = %s AND {_STANDS}"  # noqa: S608 - our own words
_SET: Final = """
INSERT INTO people_tries (name, value, until) VALUES (%s, %s, clock_timestamp() + make_interval(secs => %s))
    ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value, until = EXCLUDED.until
"""
_ADD: Final = f"{_SET} WHERE NOT ({_STANDS}) RETURNING 1"
_DELETE: Final = f"DELETE FROM people_tries WHERE name = %s AND {_STANDS} RETURNING 1"  # noqa: S608 - our own words
_ONCE_MORE: Final = f"""
INSERT INTO people_tries (name, value, until) VALUES (%s, '1', clock_timestamp() + make_interval(secs => %s))
    ON CONFLICT (name) DO UPDATE
    SET value = CASE WHEN {_STANDS} THEN (people_tries.value::int + 1)::text ELSE EXCLUDED.value END,
        until = CASE WHEN {_STANDS} THEN people_tries.until ELSE EXCLUDED.until END
    RETURNING value
"""  # noqa: S608 - our own words


def once_more(what: str, *, within_seconds: int) -> int:
    """How often it was, this time included, since the first time within so many seconds."""
    row = _asked(_ONCE_MORE, _hidden(what), within_seconds)
    assert row is not None  # it returns what it has written
    return int(row[0])


class TriesInDatabase(BaseCache):
    """No more of a cache than allauth's limits need; a value is whatever JSON can say."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return _asked(_ADD, self._name(key, version), json.dumps(value), self._seconds(timeout)) is not None

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        row = _asked(_GET, self._name(key, version))
        return json.loads(row[0]) if row else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_SET, [self._name(key, version), json.dumps(value), self._seconds(timeout)])

    def delete(self, key: str, version: int | None = None) -> bool:
        return _asked(_DELETE, self._name(key, version)) is not None

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_tries")

    def _name(self, key: str, version: int | None) -> str:
        make: Callable[..., str] = self.make_key
        return _hidden(make(key, version=version))

    def _seconds(self, timeout: Any) -> float:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return float(_LONGEST if seconds is None else seconds)


def _hidden(name: str) -> str:
    return salted_hmac("edem.tries", name, algorithm="sha256").hexdigest()


def _asked(statement: str, *values: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row
