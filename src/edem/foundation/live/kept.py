"""Pages for visitors that the front door may keep in its memory, and how a change drops them (design §2.1)."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, TypeVar, cast

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from edem.foundation.live.cookies import PASS_COOKIE
from edem.foundation.live.parts import EVERYTHING, PARTS

CHANNEL: Final = "pages_changed"
COUNTS_CHANNEL: Final = "live_changed"
TAGS_HEADER: Final = "X-Edem-Kept"
"""Internal: its value is the page's tags as JSON. The front door strips it."""
_MOST_BYTES: Final = 7_900

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Tags = Sequence[str] | Callable[..., Iterable[str]]


class NotForKeeping(AssertionError):
    """A page marked @kept carries something personal; it would be shown to everybody."""


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What the route said about itself: the query parameters that matter and the tags that drop it."""

    query: tuple[str, ...]
    tags: Tags

    def tags_of(self, request: HttpRequest, arguments: dict[str, Any]) -> list[str]:
        if callable(self.tags):
            return sorted(set(self.tags(request, **arguments)))
        return sorted({tag.format(**arguments) for tag in self.tags})


def kept(*, query: Sequence[str] = (), tags: Tags = ()) -> Callable[[View], View]:
    """Let the front door keep this page for visitors; `tags` are patterns over the route's arguments, or a function.

    Every kept page also carries the tag `community:<slug>`.
    """
    keeping = Keeping(query=tuple(sorted(query)), tags=tags if callable(tags) else tuple(tags))

    def mark(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if response.status_code == 200 and request.method in {"GET", "HEAD"} and is_visitor(request.COOKIES):  # noqa: PLR2004
                response[TAGS_HEADER] = json.dumps(keeping.tags_of(request, kwargs))
            return response

        answer.kept = keeping  # type: ignore[attr-defined]
        return cast("View", answer)

    return mark


def keeping_of(view: object) -> Keeping | None:
    found = getattr(view, "kept", None)
    return found if isinstance(found, Keeping) else None


def is_visitor(cookies: Iterable[str]) -> bool:
    """Nobody in particular: no session, no act pass, no message waiting to be shown."""
    return _PERSONAL.isdisjoint(cookies)


_PERSONAL = frozenset({settings.SESSION_COOKIE_NAME, PASS_COOKIE, CookieStorage.cookie_name})


def check_impersonal(response: HttpResponse) -> None:
    """Nothing in a kept page may belong to one reader."""
    if response.cookies:
        raise NotForKeeping(f"sets cookies: {', '.join(response.cookies)}")
    if b"csrfmiddlewaretoken" in response.content:
        raise NotForKeeping("holds a CSRF token")
    if "'nonce-" in response.get("Content-Security-Policy", ""):
        raise NotForKeeping("holds a nonce")


def show_counts_anew() -> None:
    """Pages that listen hear of more than the counter: what they show is read anew when the transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [COUNTS_CHANNEL])


def drop_pages(*tags: str) -> None:
    """Drop the pages with these tags everywhere, when the caller's transaction commits; one NOTIFY, no table."""
    named = json.dumps(sorted(set(tags)))
    payload = named if len(named.encode()) < _MOST_BYTES else json.dumps([EVERYTHING])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
    # Whoever made the change reads the next page perhaps before the notice is back.
    transaction.on_commit(lambda: PARTS.drop(tags))
