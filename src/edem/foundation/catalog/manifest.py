"""What a service gives the whole platform. Portals meet services only here (design §3.5)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from ninja import Router

from edem.foundation.catalog.moderated import ModeratedKind
from edem.foundation.catalog.replies import TakesReply
from edem.foundation.communities.charter import Charter
from edem.foundation.communities.models import Community
from edem.foundation.intake.acts import MassAct
from edem.foundation.live.counters import LiveCounter
from edem.foundation.people.held import Held
from edem.foundation.people.models import Person
from edem.foundation.people.programs import Scope


@dataclass(frozen=True, kw_only=True)
class Door:
    """A service on the community's home: the number is the hero, the words give it meaning."""

    number: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that has just happened, for the homes of the community and of the country."""

    at: datetime
    title: str
    community: Community
    path: str
    """Within the community: its own part of the address comes before it."""
    words: str
    tone: str
    shape: str
    state: str


@dataclass(frozen=True, kw_only=True)
class GoingOn:
    """What gathers people right now: how far it has come, what for and until when."""

    title: str
    path: str
    value: int
    goal: int
    words: str
    """Under the number: «з 250 потрібних підписів»."""
    until: datetime
    counter: str
    """Name of the live counter that moves the number, and whose it is."""
    subject_id: int


@dataclass(frozen=True, kw_only=True)
class NeedsMe:
    """Something that waits for this very person: to sign, to mend, to answer."""

    title: str
    path: str
    words: str
    due: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Mine:
    """A list of the resident's own things in the cabinet."""

    title: str
    rows: Sequence[Happening]
    empty: str
    more_path: str = ""


@dataclass(frozen=True, kw_only=True)
class Followable:
    """Something that a resident may follow: what it is called and where it is."""

    title: str
    path: str


@dataclass(frozen=True, kw_only=True)
class QueueItem:
    """One case in a desk's queue; clocks sort everything, so an overdue one is always first."""

    title: str
    path: str
    state: str
    tone: str
    shape: str
    due: datetime | None
    holder: str
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class DeskQueue:
    """A queue of the desk, for whoever holds one of these roles."""

    code: str
    title: str
    roles: frozenset[str]
    items: Callable[[Community, datetime], Sequence[QueueItem]]


@dataclass(frozen=True, kw_only=True)
class DeskPage:
    """A page of the desk that is not a queue, for whoever holds one of these roles."""

    title: str
    path: str
    roles: frozenset[str]


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    GEOJSON = "geojson"


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """An open data set by the structure a law gives; rows are streamed."""

    code: str
    title: str
    description: str
    basis: str
    columns: Sequence[str]
    rows: Callable[[Community, datetime], Iterable[Mapping[str, object]]]
    schema: Mapping[str, object]
    place: tuple[str, str] | None = None
    """The columns of latitude and longitude: only then is it given as GeoJSON too."""
    of_day: Callable[[Community, date], Iterable[Mapping[str, object]]] | None = None
    """The rows of one day in Kyiv, for whoever follows it."""

    @property
    def is_daily(self) -> bool:
        return self.of_day is not None

    @property
    def formats(self) -> Sequence[Format]:
        return [each for each in Format if self.place or each is not Format.GEOJSON]


@dataclass(frozen=True, kw_only=True)
class WidgetPanel:
    """What a council may show in a frame on its own site: public, without forms, nothing of the reader."""

    code: str
    title: str
    template: str
    """Extends «catalog/widget.html»."""
    facts: Callable[[Community, int | None, datetime], Mapping[str, object]]
    tags: Callable[[int, int | None], list[str]]
    """What drops it from memory, for this community and this thing."""
    of_one: bool = False
    """It shows one thing, by the number in its address."""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    title: str
    value: Callable[[Community | None, datetime], int]
    words: Callable[[int], str]
    """What stands after the number, in the form that the number asks for."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One service, as the platform shows it. Everything but the first lines may be left out."""

    code: str
    title: str
    verb: str
    summary: str
    icon: str
    prefix: str
    urls: str
    start_url: str = ""
    """Name of the route where a resident begins, e.g. «petitions:start»."""
    begin: Callable[[int], None] | None = None
    """What it writes for a community that switches it on, within that act: the community's number is given."""
    charter: type[Charter] | None = None
    charter_impact: Callable[[Community, Charter, Charter, datetime], Sequence[str]] | None = None
    door: Callable[[Community, datetime], Door] | None = None
    happenings: Callable[[Community | None, datetime, int], Sequence[Happening]] | None = None
    going_on: Callable[[Community, datetime, int], Sequence[GoingOn]] | None = None
    needs_me: Callable[[Person, Community, datetime], Sequence[NeedsMe]] | None = None
    cabinet: Callable[[Person, Community, datetime], Sequence[Mine]] | None = None
    personal: Callable[[UUID, datetime], Sequence[Held]] | None = None
    """What the service holds about one person in all communities, for «Мої дані» and the copy they take away."""
    marked_by: Callable[[datetime], Mapping[int, int]] | None = None
    """Version of the key of marks → how many of the service's subjects still need it: each keeps its own to its end."""
    desk_queues: Sequence[DeskQueue] = ()
    desk_pages: Sequence[DeskPage] = ()
    datasets: Sequence[Dataset] = ()
    indicators: Sequence[Indicator] = ()
    topics: Mapping[str, str] | None = None
    texted: Mapping[str, Collection[str]] | None = None
    """Topic → the letters of it that are worth an SMS to whoever has asked for it."""
    """Code → words: what a person may be written about."""
    answered: Mapping[str, TakesReply] | None = None
    """Topic → who takes the answers to its letters; letters of other topics name the community's own mailbox."""
    followable: Callable[[Community, str, Collection[str]], Mapping[str, Followable]] | None = None
    """What of these may be followed: its «topic»s or «item»s by their keys; what is missing may not."""
    moderated: Sequence[ModeratedKind] = ()
    """What readers may report, and what a moderator approves on the common page."""
    mass_acts: Sequence[MassAct] = ()
    live_counters: Sequence[LiveCounter] = ()
    api: Router | None = None
    scopes: Sequence[Scope] = ()
    """What keys may be given for at doors that are not the API's own."""
    standard_urls: str = ""
    """Addresses that a standard gives, outside the service's own prefix."""
    standards: Mapping[str, str] | None = None
    """Name of the standard → where a program begins, for the page for developers."""
    feed_url: str = ""
    """Name of the route of the Atom feed."""
    widget_panels: Sequence[WidgetPanel] = ()
