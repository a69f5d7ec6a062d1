"""What stands around every page: whose page it is, where one can go from it, who is signed in."""

from dataclasses import dataclass
from typing import Literal

Portal = Literal["site", "cabinet", "desk", "operator", "kiosk"]


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language of the switch, and this very page in it."""

    code: str
    name: str
    url: str
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonBadge:
    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Without a community the ornament is the platform's own. `look` is `contrast.tokens_css`, also at `look_url`."""

    brand: str = "е-ДЕМ"
    """Short, for the top of the page and its title."""
    full_name: str = ""
    """As in papers, for the foot of the page; the brand where there is none."""
    home_url: str = "/"
    menu: tuple[MenuItem, ...] = ()
    footer: tuple[MenuItem, ...] = ()
    languages: tuple[Language, ...] = ()
    person: PersonBadge | None = None
    sign_in_url: str = ""
    sign_out_url: str = ""
    ornament_code: str = "UA00000000000000000"
    """The community's KATOTTG code: the band and the emblem are drawn from it, in the page's own tokens."""
    arms_url: str = ""
    look_url: str = ""
    look: str = ""
    alarm: MenuItem | None = None
    """What every worker must see on every page of the desk, as long as it lasts."""
    portal: Portal = "site"
