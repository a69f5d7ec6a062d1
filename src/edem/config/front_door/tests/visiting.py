"""What a visitor of the front door asks, and what its test pages say about it."""

from itertools import count

import httpx

people = count(1)
OWN_PAGE = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}


def told(page: httpx.Response, name: str) -> str:
    """What the test page says about the request it was made for."""
    return next(line.removeprefix(f"{name}=") for line in page.text.splitlines() if line.startswith(f"{name}="))


def act(client: httpx.Client, *, person: int | str, subject: int = 1, **extra) -> httpx.Response:
    headers = OWN_PAGE | {"Cookie": f"edem_pass={person}"} | extra.pop("headers", {})
    return client.post("/misto/acts/touch", json={"subject": subject, **extra}, headers=headers)
