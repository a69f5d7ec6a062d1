"""Many residents signing in at one time, each through the stand in a browser of their own.

All of them knock in one moment, all leave before anyone comes back, and all come back in one moment: whoever is not
served yet waits at the door with an open connection, as people's browsers would.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from http.cookiejar import Cookie, CookieJar
from urllib.parse import parse_qsl, urlsplit

import httpx

from simulators.id_gov_ua.tax_number import tax_number

TOKEN = "a" * 32
PATIENCE = 300.0
CONSENT, WELCOME = "/sign-in/consent/", "/sign-in/welcome/"
AN_EVEN_SERIES = 2


def person(number: int) -> dict[str, str]:
    """One of a thousand fictional women of one town."""
    return {
        "id": f"c{number}",
        "lastname": "Ткачук",
        "givenname": "Ольга",
        "middlename": "Іванівна",
        "drfocode": tax_number(date(1980, 1, 1 + number % 28), AN_EVEN_SERIES * number % 10_000),
        "state": "Вишневогірська область",
        "locality": "м. Вишневогірськ",
        "address": f"вул. Садова, буд. {number}",
        "phone": "380501110000",
    }


class NoJar(CookieJar):
    """Every browser of the crowd keeps its cookies itself; one jar for all would make them one person."""

    def set_cookie(self, cookie: Cookie) -> None:
        del cookie


@dataclass(kw_only=True)
class Browser:
    platform: str
    number: int
    client: httpx.AsyncClient
    everybody: asyncio.Barrier
    cookies: dict[str, str] = field(default_factory=lambda: {"csrftoken": TOKEN})

    async def sign_in(self, person_id: str, *, method: str, community: str) -> str:
        """Where the whole way ended; anything but a redirect where one is due is an error and is told."""
        chosen = {"method": method, "community": community, "next": "/"}
        there = await self._sent("/sign-in/", chosen)
        back = await self._choose(there, person_id)
        await self.everybody.wait()
        location = await self._got(back)
        return await self._sent(CONSENT, {"agrees": "on"}) if location == CONSENT else location

    async def _choose(self, there: str, person_id: str) -> str:
        parts = urlsplit(there)
        asked = {**dict(parse_qsl(parts.query)), "person": person_id}
        answer = await self.client.post(f"{parts.scheme}://{parts.netloc}/choose", data=asked)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"].removeprefix(self.platform)

    async def _sent(self, path: str, form: dict[str, str]) -> str:
        return self._followed(await self.client.post(f"{self.platform}{path}", data=form, headers=self._headers()))

    async def _got(self, path: str) -> str:
        return self._followed(await self.client.get(f"{self.platform}{path}", headers=self._headers()))

    def _followed(self, answer: httpx.Response) -> str:
        assert answer.status_code == 302, f"{answer.status_code} {answer.url.path}: {said(answer.text)}"
        self.cookies |= dict(answer.cookies)
        return answer.headers["location"]

    def _headers(self) -> dict[str, str]:
        high, low = divmod(self.number, 250)
        return {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-CSRFToken": TOKEN,
            "X-Forwarded-For": f"198.18.{high}.{low + 1}",  # as if each came from a house of their own
        }


def said(page: str) -> str:
    return "; ".join(re.findall(r'<p class="lead">(.*?)</p>', page)) or page[-500:]


async def sign_in_at_once(platform: str, people: Sequence[str], *, method: str, community: str) -> list[str]:
    """The same name twice is one person with two browsers."""
    authorities = httpx.create_ssl_context()  # once: each browser has connections of its own, and nothing else
    everybody = asyncio.Barrier(len(people))

    async def come(number: int, person_id: str) -> str:
        async with httpx.AsyncClient(cookies=NoJar(), timeout=PATIENCE, trust_env=False, verify=authorities) as client:
            browser = Browser(platform=platform, number=number, client=client, everybody=everybody)
            return await browser.sign_in(person_id, method=method, community=community)

    return list(await asyncio.gather(*(come(number, each) for number, each in enumerate(people))))
