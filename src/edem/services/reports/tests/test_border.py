"""Beyond the community's border: said where it can be mended, by whichever way a report comes."""

import pytest

from edem.foundation.communities.actions import change_border
from edem.foundation.communities.recording import unrecorded
from edem.foundation.people.tests.factories import PersonFactory
from edem.kernel.errors import Invalid
from edem.kernel.geo.areas import area_from_geojson
from edem.kernel.geo.points import Point
from edem.services.reports.actions.sending import send_report
from edem.services.reports.models import Report
from edem.services.reports.queries.importing import ground_of
from edem.services.reports.tests.factories import HERE, a_draft

pytestmark = pytest.mark.django_db
AWAY = Point(HERE.lat + 0.5, HERE.lon)


@pytest.fixture
def border(community, now):
    west, south, east, north = HERE.lon - 0.1, HERE.lat - 0.1, HERE.lon + 0.1, HERE.lat + 0.1
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    area = area_from_geojson({"type": "Polygon", "coordinates": [ring]})
    change_border(community.pk, area, record=unrecorded, now=now)


@pytest.mark.usefixtures("border", "roads")
def test_a_report_from_outside_is_refused_and_from_within_taken(community, now):
    inside = send_report(a_draft(place=HERE), community=community, by=PersonFactory(), now=now)
    assert (inside.lat, inside.lon) == (HERE.lat, HERE.lon)
    with pytest.raises(Invalid) as refusal:
        send_report(a_draft(place=AWAY), community=community, by=PersonFactory(), now=now)
    assert (refusal.value.code, refusal.value.facts["field"]) == ("report.place_outside", "place")
    assert Report.objects.count() == 1


@pytest.mark.usefixtures("roads")
def test_without_a_border_every_place_in_ukraine_is_taken(community, now):
    assert send_report(a_draft(place=AWAY), community=community, by=PersonFactory(), now=now).lat == AWAY.lat


@pytest.mark.usefixtures("border")
def test_lines_of_a_foreign_file_are_held_against_it(community):
    ground = ground_of(community, anywhere=False)
    assert (ground.holds(HERE), ground.holds(AWAY)) == (True, False)
    assert ground_of(community, anywhere=True).holds is None
