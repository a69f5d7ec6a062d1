"""A way of identification. Whatever it is, it ends in claims; a new one is a module here and a line in `known.py`.

A *redirecting* way sends the browser to another site and gets it back at `/sign-in/back/<code>/`.
A *page-driven* way asks on a page of its own (a file with a signature, a phone number), which ends by calling
`entering.admitted(request, claims, next_path)`; what goes wrong there is shown by `entering.refused`.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from edem.foundation.identity.claims import Claims, Method


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the browser brought back: the address's own parameters, and which method it had left for."""

    method: Method
    parameters: Mapping[str, str]
    return_address: str
    now: datetime


class Redirecting(ABC):
    """A way that begins with an address and ends with claims."""

    code: str
    """Names the way in its return address, so that one provider's answer is never taken for another's.

    Empty for id.gov.ua, where councils have registered `/sign-in/back/` itself.
    """
    methods: Collection[Method]

    @abstractmethod
    def is_connected(self) -> bool:
        """Whether this installation has an agreement with the far side: its address and credentials are set."""

    @abstractmethod
    def address(self, method: Method, *, state: str, return_address: str) -> str:
        """Where the browser goes."""

    @abstractmethod
    def claims(self, answer: Answer) -> Claims:
        """Who it is. A refusal that the person may read is raised as `Refused`; nothing is kept here."""


class PageDriven(ABC):
    """A way that stays on the platform's own pages."""

    methods: Collection[Method]

    @abstractmethod
    def is_connected(self) -> bool: ...

    @abstractmethod
    def page(self, method: Method) -> str:
        """The name of the route on the platform's host where it begins, e.g. «identity:kep_file»."""

    def address(self, method: Method, *, next_path: str, community: str) -> str:
        """The page gets `next` and `community` in its query and checks both again (`entering.asked`)."""
        return f"{reverse(self.page(method))}?{urlencode({'next': next_path, 'community': community})}"


Way = Redirecting | PageDriven
