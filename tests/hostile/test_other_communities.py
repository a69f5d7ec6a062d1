"""Whatever belongs to one community does not exist for the addresses of another, whoever asks."""

import pytest
from django.conf import settings
from django.urls import get_resolver

from edem.foundation.communities.models import Community
from tests.hostile.readers import READERS, reader_from
from tests.hostile.things import CHILDREN, NESTED, OPEN, OWN, SLUGS, WAYS, arguments_of, is_of_things, things
from tests.house.routes import Route, walk
from tests.house.source import nothing

pytestmark = pytest.mark.django_db

TURNED_AWAY = {403, 404, 405}
PROGRAMS = "api/"
WELL_FORMED = {"agree": True}
"""A program that sent nothing would be told so before anything is looked for."""


def community_routes() -> list[Route]:
    return [route for route in walk(get_resolver(settings.COMMUNITY_URLCONF)) if is_of_things(route)]


def path_of(route: Route, arguments: dict[str, object]) -> str:
    path = route.path
    for name, value in arguments.items():
        start = next(
            part
            for part in path.split("<")[1:]
            if part.partition(">")[0].partition(":")[2] == name or part.partition(">")[0] == name
        )
        path = path.replace(f"<{start.partition('>')[0]}>", str(value))
    return path


def leads_to_sign_in(answer) -> bool:
    return answer.status_code == 302 and "sign-in" in answer["Location"]


def let_in(client, community: Community, path: str) -> list[str]:
    """What was answered as if it were there."""
    found = []
    sent = {"data": WELL_FORMED, "content_type": "application/json"} if path.startswith(PROGRAMS) else {}
    for method, more in ((client.get, {}), (client.post, sent)):
        answer = method(f"/{community.slug}/{path}", **more)
        if answer.status_code not in TURNED_AWAY and not leads_to_sign_in(answer):
            found.append(f"{method.__name__} {path}: {answer.status_code}")
    return found


@pytest.mark.full
@pytest.mark.parametrize("kind", READERS)
def test_no_address_of_one_community_shows_a_thing_of_another(towns, kind):
    rich, neighbour = towns
    client = reader_from(neighbour, kind)
    asked = [path_of(route, arguments) for route in community_routes() for arguments in arguments_of(route, rich)]
    assert len(asked) > 60
    nothing(fault for path in asked for fault in let_in(client, neighbour, path))


def test_no_part_of_another_community_s_petition_hides_behind_one_s_own(towns):
    """/neighbour/petitions/<its own>/plan/<a stage of the rich one>/… : the outer number is right, the inner is not."""
    rich, neighbour = towns
    client = reader_from(neighbour, "staff")
    asked = [
        path_of(route, arguments)
        for route in community_routes()
        for arguments in arguments_of(route, neighbour, strange_child=rich)
    ]
    assert len(asked) > 10
    nothing(fault for path in asked for fault in let_in(client, neighbour, path))


def test_every_argument_of_an_address_is_known_to_these_tests():
    """A new kind of number in an address must be told here, or nobody would try it from the next community."""
    known = set(CHILDREN) | set(OWN) | set(NESTED) | set(SLUGS) | OPEN | {"step"}
    named = {
        part.partition(">")[0].partition(":")[2] or part.partition(">")[0]
        for route in walk(get_resolver(settings.COMMUNITY_URLCONF))
        for part in route.path.split("<")[1:]
    }
    nothing(sorted(name for name in named - known if name.endswith("_id") and name != "subject_id"))


def test_the_rich_community_has_one_of_each(towns):
    """Without them the tests above would ask for nothing."""
    rich, _ = towns
    empty = [name for name, (table, way) in CHILDREN.items() if not things(table, rich, way).exists()]
    empty += [name for name, table in OWN.items() if not things(table, rich, WAYS.get(name, "")).exists()]
    empty += [name for name, (table, way, *_) in NESTED.items() if not things(table, rich, way).exists()]
    nothing(sorted(set(empty) - {"export_id"}))
