"""Who writes where it is may choose from addresses that were written before."""

import uuid

import pytest

from edem.kernel.geo.cells import cell_of
from edem.kernel.geo.points import Point
from edem.services.reports.queries.known_addresses import OFFERED, addresses_known
from edem.services.reports.rules.watching import street_shown
from edem.services.reports.tests.factories import HERE, ReportFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def written_of(community):
    def written_of(address, *, north=0.0, **facts):
        place = Point(HERE.lat + north, HERE.lon)
        return ReportFactory(
            community=community, address=address, lat=place.lat, lon=place.lon, cell=cell_of(place), **facts
        )

    return written_of


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ("вул. Садова, 7, біля арки", "вул. Садова"),
        ("Яблунівка, вул. 8 Березня, буд. 12", "Яблунівка, вул. 8 Березня"),
        ("просп. Свободи, № 4а", "просп. Свободи"),
        ("Біля мосту", "Біля мосту"),
        ("", ""),
    ],
)
def test_a_street_is_an_address_without_its_house(address, street):
    assert street_shown(address) == street


def test_beside_the_pin_the_nearest_come_first_and_each_once(community, written_of):
    for address, north in (("вул. Садова, 9", 0.0006), ("вул. Садова, 7", 0.0001), ("вул. Садова, 7", 0.0002)):
        written_of(address, north=north)
    for north in (0.0015, 0.0018, 0.0022, 0.003, -0.0015, -0.002):  # in the same cells, but further than one sees
        written_of("вул. Далека, 1", north=north)
    written_of("вул. Тиха, 3", state="rejected", ground="obscene")
    assert addresses_known(community, HERE) == ["вул. Садова, 7", "вул. Садова, 9"]


def test_without_a_pin_the_streets_that_are_written_of_most(community, written_of):
    for address in ("вул. Садова, 7", "вул. Мала, 1", "вул. Садова, 12", ""):
        written_of(address)
    written_of("вул. Тиха, 3", checking=True)
    assert addresses_known(community, None) == ["вул. Садова", "вул. Мала"]


def test_there_are_a_few_of_them_and_none_of_another_town(community, written_of):
    for number in range(2 * OFFERED):
        written_of(f"вул. Садова, {number}")
    ReportFactory(address="вул. Чужа, 1", lat=HERE.lat, lon=HERE.lon, cell=cell_of(HERE))
    offered = addresses_known(community, HERE)
    assert len(offered) == OFFERED
    assert "вул. Чужа, 1" not in offered


def test_the_page_of_the_place_offers_them_without_scripts(author, written_of, send, read):
    written_of("вул. Садова, 7")
    draft = uuid.uuid4()
    send("start/", {"draft": str(draft)})
    page = read(f"start/{draft}/place/")
    assert 'list="known-addresses"' in page
    assert '<option value="вул. Садова"></option>' in page
