"""A reader's way through the pages of one part of the platform: what they read there, what they send."""

import html
from collections.abc import Callable, Mapping
from typing import Any

from edem.config.testing.clients import PlatformClient

_LED_ON = 302


def reader(client: PlatformClient, home: str) -> Callable[..., str]:
    """Reads a page under `home` as the client's person sees it, without HTML's own signs."""

    def read(path: str = "", *, status: int = 200, **query: Any) -> str:
        answer = client.get(f"{home}{path}", query)
        shown = html.unescape(answer.content.decode())
        assert answer.status_code == status, shown[:2000]
        return shown

    return read


def sender(client: PlatformClient, home: str) -> Callable[..., str]:
    """Sends a form under `home`; a page that leads on gives the address it leads to."""

    def send(path: str, typed: Mapping[str, Any] | None = None, *, status: int = _LED_ON) -> str:
        answer = client.post(f"{home}{path}", {"csrfmiddlewaretoken": "-"} | dict(typed or {}))
        shown = html.unescape(answer.content.decode())
        assert answer.status_code == status, shown[-3000:]
        return str(answer["Location"]) if status == _LED_ON else shown

    return send
