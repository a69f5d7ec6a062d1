"""Finding one's community: by its name, by the name of a settlement in it, or by oblast."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from edem.foundation.communities.models import Community
from edem.foundation.communities.names import SPECIAL_CITIES, short_name
from edem.foundation.places.models import Unit
from edem.foundation.places.queries import SETTLEMENTS
from edem.kernel.ukrainian import fold, slug, sort_key

FOUND = 20
_SETTLEMENTS_READ = 200
_LARGEST = 10_000_000
_GENERIC = frozenset(
    {
        *("громада", "громади", "тг", "отг", "територіальна", "міська", "селищна", "сільська"),
        *("місто", "м", "село", "с", "селище", "смт", "область", "обл"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Found:
    community: Community
    settlement: str
    """The settlement that the words named; empty when they named the community itself."""

    @property
    def label(self) -> str:
        return self.settlement or short_name(self.community.name)

    @property
    def place(self) -> str:
        """What tells it from others of the same name."""
        oblast = oblast_title(self.community.oblast)
        return f"{self.community.name}, {oblast}" if oblast else self.community.name


@dataclass(frozen=True, kw_only=True)
class OblastLine:
    name: str
    slug: str
    total: int
    opened: int

    @property
    def title(self) -> str:
        return oblast_title(self.name)


@dataclass(frozen=True, kw_only=True)
class CountryNumbers:
    listed: int
    opened: int
    people: int
    """How many live in the open communities."""


def communities_found(text: str, *, oblast: str = "", limit: int = FOUND) -> list[Found]:
    """What begins with these words, in any part of the country; the communities that are here come first."""
    words = asked_words(text)
    if not words:
        return []
    named = _within(oblast).filter(_begins(words)).order_by("-is_open", "name_key", "slug")[:limit]
    found = {community.pk: Found(community=community, settlement="") for community in named}
    for each in _by_settlement(words, oblast=oblast):
        if each.community.pk not in found or fold(each.settlement) == words:
            found[each.community.pk] = each
    ordered = sorted(found.values(), key=lambda each: _rank(each, words))
    return ordered[:limit]


def asked_words(text: str) -> str:
    """«М. Біла Церква» → «біла церква»: what is left when the words any community has are taken away."""
    words = fold(text).replace(".", " ").replace(",", " ").split()
    telling = [word for word in words if word not in _GENERIC]
    return " ".join(telling or words)[:100]


def oblast_title(name: str) -> str:
    """«Житомирська» → «Житомирська область»; Crimea, Kyiv and Sevastopol are called as they are."""
    return _("%(name)s область") % {"name": name} if name.endswith("ька") else name


def oblasts() -> list[OblastLine]:
    """Every oblast of the list in alphabetical order, with how many of its communities are here."""
    counted = Community.objects.exclude(oblast="").order_by("oblast").values("oblast")
    lines = counted.annotate(total=Count("pk"), opened=Count("pk", filter=Q(is_open=True)))
    told = [
        OblastLine(name=line["oblast"], slug=slug(line["oblast"]), total=line["total"], opened=line["opened"])
        for line in lines
    ]
    return sorted(told, key=lambda line: sort_key(line.name))


def communities_in(oblast: str) -> QuerySet[Community]:
    return Community.objects.filter(oblast=oblast).order_by("-is_open", "name_key", "slug")


def open_communities() -> QuerySet[Community]:
    return Community.objects.filter(is_open=True).order_by("name_key", "slug")


def country_numbers() -> CountryNumbers:
    here = Q(is_open=True)
    counted = Community.objects.aggregate(
        listed=Count("pk"), opened=Count("pk", filter=here), people=Sum("population", filter=here)
    )
    return CountryNumbers(listed=counted["listed"], opened=counted["opened"], people=counted["people"] or 0)


def _within(oblast: str) -> QuerySet[Community]:
    return Community.objects.filter(oblast=oblast) if oblast else Community.objects.all()


def _begins(words: str) -> Q:
    """A word typed in Latin letters is tried as a part of the address."""
    asked = Q(folded__startswith=words)
    return asked | Q(slug__startswith=slug(words)) if words.isascii() and slug(words) else asked


def _by_settlement(words: str, *, oblast: str) -> Iterable[Found]:
    listed = Community.objects.filter(katottg=OuterRef("community_code"))
    listed = listed.filter(oblast=oblast) if oblast else listed
    units = Unit.objects.filter(folded__startswith=words, category__in=[*SETTLEMENTS, Unit.Category.SPECIAL_CITY])
    named: Sequence[Unit] = list(units.filter(Exists(listed)).order_by("folded", "code")[:_SETTLEMENTS_READ])
    codes = {unit.community_code for unit in named}
    there = {community.katottg: community for community in Community.objects.filter(katottg__in=codes).order_by("pk")}
    for unit in named:
        yield Found(community=there[unit.community_code], settlement=unit.name)


def _rank(found: Found, words: str) -> tuple[bool, bool, int, str, str]:
    """Those that are here, then exact names, then the larger ones: a hundred villages are called «Іванівка»."""
    community = found.community
    is_exact = fold(found.settlement) == words
    # The list of communities gives no population of Kyiv and Sevastopol.
    people = community.population or (_LARGEST if community.oblast in SPECIAL_CITIES else 0)
    return not community.is_open, not is_exact, -people, community.name_key, community.slug
