"""The sample's base map: the file is read as an operator's own is, and its streets are those that reports lie on."""

from functools import cache
from random import Random

import pytest
import shapely

from edem.config.sample.base_map.archive import draw_base_map
from edem.config.sample.base_map.ground import LEAST, MOST, metre_at, on_the_square, shapes_of
from edem.config.sample.generating import COMMUNITIES
from edem.config.sample.reading import community_text
from edem.config.sample.reports.geography import spot
from edem.kernel.geo.cells import tile_of
from edem.kernel.geo.pmtiles import open_archive
from edem.kernel.geo.points import Point

CITY, _ = COMMUNITIES


@cache
def shapes(slug):
    return shapes_of(community_text(slug))


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "streets.pmtiles"
    draw_base_map(path)
    return open_archive(path)


def test_every_place_has_a_tile_at_every_zoom(archive):
    assert (archive.kind, archive.min_zoom, archive.max_zoom) == ("mvt", LEAST, MOST)
    for slug in COMMUNITIES:
        for place in community_text(slug).place:
            for zoom in range(LEAST, MOST + 1):
                tile = archive.tile(zoom, *tile_of(Point(*place.at), zoom))
                assert tile, (place.code, zoom)
                assert b"earth" in tile


def test_near_by_a_tile_names_its_streets_and_from_afar_its_places(archive):
    [place] = [each for each in community_text(CITY).place if each.code == "seredmistia"]
    near, afar = (archive.tile(zoom, *tile_of(Point(*place.at), zoom)) for zoom in (MOST, LEAST))
    for words, is_near, is_afar in (("вул. Соборна", True, False), ("Вишневогірськ", False, True)):
        assert (words.encode() in near, words.encode() in afar) == (is_near, is_afar), words


def test_where_nobody_lives_there_is_nothing(archive):
    assert archive.tile(MOST, *tile_of(Point(46.5, 30.7), MOST)) is None


@pytest.mark.parametrize("slug", COMMUNITIES)
def test_what_is_reported_lies_beside_its_street(slug):
    rng = Random("вишні")
    for place in community_text(slug).place:
        for street in place.streets:
            lies = shapely.Point(on_the_square(spot(place, street, rng.randint(1, 64), rng=rng)))
            named = [each.outline for each in shapes(slug) if (each.layer, each.name) == ("roads", street)]
            assert min(lies.distance(road) for road in named) < 13 * metre_at(place), street


def test_no_house_stands_in_the_road():
    roads = shapely.union_all([each.outline for each in shapes(CITY) if each.layer == "roads"])
    houses = [each.outline for each in shapes(CITY) if each.layer == "buildings"]
    assert len(houses) > 1_000
    assert not any(roads.intersects(house) for house in houses)


@pytest.mark.parametrize("slug", COMMUNITIES)
def test_from_every_place_a_road_leads_to_every_other(slug):
    places = community_text(slug).place
    joins = [each.outline for each in shapes(slug) if each.layer == "roads" and not each.name]
    assert len(joins) == len(places) - 1
    reached = {places[0].at}
    ends = [tuple(map(tuple, join.coords)) for join in joins]
    square = {on_the_square(place.at): place.at for place in places}
    for _ in places:
        reached |= {square[b] for a, b in ends if square[a] in reached} | {
            square[a] for a, b in ends if square[b] in reached
        }
    assert len(reached) == len(places)
