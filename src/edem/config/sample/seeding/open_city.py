"""«Відкрите місто» in a sample community: the council's order, the act's tree, the invented matrix and border."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from edem.config.sample.reading import CommunityText
from edem.config.sample.reports.geography import area_around, border_around, is_village
from edem.config.sample.reports.texts import MatrixLine, open_city
from edem.foundation.communities.models import Border, CharterVersion, Community, Organisation
from edem.services.reports.actions.categories import plant_categories
from edem.services.reports.models import Category, MatrixRule, MatrixTarget
from edem.services.reports.queries.charters import CODE

THURSDAY = 3
Bodies = Mapping[str, Organisation]


def settle_open_city(community: Community, text: CommunityText, *, bodies: Bodies, since: datetime) -> CharterVersion:
    """`since` is the day of the first decision on petitions."""
    plant_categories(community.pk)
    city = open_city(text.slug)
    Border.objects.create(community=community, area=border_around(text.place), changed_at=since)
    categories = {each.code: each for each in Category.objects.filter(community=community).order_by("pk")}
    for position, line in enumerate(city.matrix):
        _line(community, line, position=position, text=text, category=categories.get(line.code), bodies=bodies)
    in_force = since + timedelta(days=city.decision.after)
    session = (in_force - timedelta(days=20)).date()
    return CharterVersion.objects.create(
        community=community,
        service=CODE,
        version=1,
        in_force_from=in_force,
        act_title=city.decision.title,
        act_number=city.decision.number,
        act_date=session - timedelta(days=(session.weekday() - THURSDAY) % 7),
        act_url=f"{community.website}/rishennia/vidkryte-misto",
        values=city.decision.values,
        clauses=city.decision.clauses,
    )


def _line(
    community: Community,
    line: MatrixLine,
    *,
    position: int,
    text: CommunityText,
    category: Category | None,
    bodies: Bodies,
) -> None:
    rule = MatrixRule.objects.create(
        community=community,
        position=position,
        category=category,
        area=_villages(text) if line.village else None,
        note=line.note,
    )
    substitute = bodies.get(line.substitute)
    MatrixTarget.objects.bulk_create(
        MatrixTarget(
            rule=rule, organisation=bodies[each], is_main=each == line.main, substitute=_other(substitute, bodies[each])
        )
        for each in (line.main, *line.also)
    )


def _other(substitute: Organisation | None, own: Organisation) -> Organisation | None:
    return None if substitute is None or substitute.pk == own.pk else substitute


def _villages(text: CommunityText) -> dict[str, object]:
    return {"type": "MultiPolygon", "coordinates": [[area_around(each)] for each in text.place if is_village(each)]}
