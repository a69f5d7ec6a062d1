"""The matrix alone: the first rule that fits, borders, dry runs, and what is learnt from «не наше»."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.errors import Missing
from edem.kernel.geo.areas import area_from_geojson
from edem.kernel.geo.points import Point
from edem.services.reports.rules.learning import Held, convex_hull, is_inside, proposals
from edem.services.reports.rules.matrix import Rule, Target, choose, fits, neighbours_of
from edem.services.reports.rules.matrix_change import Case, Way, changed, dry_run
from edem.services.reports.rules.tree import lineage

CODES = ("2", "2.1", "2.1.1", "2.2", "3", "3.8")
ROADS, RUBBISH, WATER, LIGHT = 1, 2, 3, 4
MIDDLE = Point(50.0, 30.0)
WEST, EAST = Point(50.0, 29.995), Point(50.0, 30.005)


def square(*, west, east, south=49.9, north=50.1):
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return area_from_geojson({"type": "Polygon", "coordinates": [ring]})


def rule(pk, category, *organisations, area=None, substitute=None):
    targets = tuple(
        Target(organisation_id=each, is_main=place == 0, substitute_id=substitute)
        for place, each in enumerate(organisations)
    )
    return Rule(id=pk, category=category, area=area, targets=targets)


def line(*codes):
    return [tuple(lineage(code)) for code in codes]


def main(rules, *codes, at=MIDDLE):
    return choose(rules, line(*codes), at).main_id


def test_rules_are_inherited_downwards_and_the_first_that_fits_wins():
    rules = [rule(1, "2.1.1", RUBBISH), rule(2, "2", LIGHT), rule(3, None, ROADS)]
    assert [main(rules, code) for code in ("2.1.1", "2.1", "2.2", "3.8")] == [RUBBISH, LIGHT, LIGHT, ROADS]
    assert main(rules[::-1], "2.1.1") == ROADS


def test_an_area_narrows_a_rule_and_a_report_without_a_place_is_outside_every_area():
    rules = [rule(1, "3", ROADS, area=square(west=30.0, east=30.1)), rule(2, "3", WATER)]
    assert (main(rules, "3.8", at=EAST), main(rules, "3.8", at=WEST), main(rules, "3.8", at=None)) == (
        ROADS,
        WATER,
        WATER,
    )


def test_a_report_that_no_rule_fits_goes_nowhere_by_itself():
    assert choose([rule(1, "3", ROADS)], line("2.1"), MIDDLE).targets == ()
    assert main([], "3") is None


def test_several_categories_bring_their_organisations_and_one_is_main():
    rules = [rule(1, "2.2", LIGHT, ROADS), rule(2, "3", ROADS, WATER)]
    chosen = choose(rules, line("3.8", "2.2"), MIDDLE)
    assert [(each.organisation_id, each.is_main) for each in chosen.targets] == [
        (ROADS, True),
        (WATER, False),
        (LIGHT, False),
    ]


def test_a_main_category_without_a_rule_leaves_the_next_one_to_lead():
    assert main([rule(1, "2.2", LIGHT)], "3.8", "2.2") == LIGHT


codes = st.sampled_from([None, *CODES])
areas = st.sampled_from([None, square(west=29.9, east=30.0), square(west=30.0, east=30.1)])
rules_made = st.lists(
    st.builds(
        lambda pk, category, area, organisation: rule(pk, category, organisation, area=area),
        st.integers(1, 99), codes, areas, st.integers(1, 5),
    ),
    max_size=8,
)  # fmt: skip


@given(rules_made, st.sampled_from(CODES), st.sampled_from([None, WEST, EAST]))
def test_nothing_before_the_chosen_rule_fits(rules, code, at):
    [upwards] = line(code)
    fitting = [each for each in rules if fits(each, upwards, at)]
    expected = fitting[0].targets[0].organisation_id if fitting else None
    assert choose(rules, [upwards], at).main_id == expected


@given(rules_made, st.lists(st.sampled_from(CODES), max_size=4))
def test_there_is_never_more_than_one_main_and_nobody_comes_twice(rules, codes):
    targets = choose(rules, line(*codes), EAST).targets
    assert sum(each.is_main for each in targets) == bool(targets)
    assert len({each.organisation_id for each in targets}) == len(targets)


NEAR_BORDER = Point(50.0, 30.0002)  # some 14 m east of it
TWO_OWNERS = [
    rule(1, "3", ROADS, area=square(west=29.9, east=30.0)),
    rule(2, "3", WATER, area=square(west=30.0, east=30.1)),
]


def test_a_pin_within_its_own_error_of_a_border_might_be_the_neighbours():
    assert neighbours_of(TWO_OWNERS, line("3.8"), NEAR_BORDER, accuracy_m=30) == (ROADS,)
    assert neighbours_of(TWO_OWNERS, line("3.8"), NEAR_BORDER, accuracy_m=5) == ()
    assert neighbours_of(TWO_OWNERS, line("3.8"), NEAR_BORDER, accuracy_m=None) == (), "a finger misses by ten metres"
    assert neighbours_of(TWO_OWNERS, line("3.8"), EAST, accuracy_m=100_000) == (), (
        "a fix so bad says nothing of borders"
    )


def test_a_border_between_areas_of_one_owner_asks_nothing():
    same = [
        rule(1, "3", ROADS, area=square(west=29.9, east=30.0)),
        rule(2, "3", ROADS, area=square(west=30.0, east=30.1)),
    ]
    assert neighbours_of(same, line("3.8"), NEAR_BORDER, accuracy_m=50) == ()


def test_a_neighbour_of_another_category_does_not_matter():
    rules = [rule(1, "2", RUBBISH, area=square(west=29.9, east=30.0)), rule(2, "3", WATER)]
    assert neighbours_of(rules, line("3.8"), NEAR_BORDER, accuracy_m=50) == ()
    assert neighbours_of(rules, line("2.1"), NEAR_BORDER, accuracy_m=50) == (RUBBISH,), "here nobody's, there theirs"


def test_the_rule_behind_an_area_may_be_the_neighbour():
    rules = [rule(1, "3", ROADS, area=square(west=30.0, east=30.1)), rule(2, None, WATER)]
    assert neighbours_of(rules, line("3.8"), NEAR_BORDER, accuracy_m=20) == (WATER,)
    assert neighbours_of(rules, line("3.8"), EAST, accuracy_m=20) == ()


MATRIX = [rule(1, "2", RUBBISH), rule(2, "3", ROADS), rule(3, None, WATER)]


def case(number, code, at=MIDDLE):
    return Case(report_id=number, number=number, title=f"№ {number}", lineages=tuple(line(code)), point=at)


def ids(rules):
    return [each.id for each in rules]


def test_each_way_of_changing_the_matrix():
    new = rule(0, "2.2", LIGHT)
    assert ids(changed(MATRIX, Way.ADD, None, new)) == [1, 2, 3, 0]
    assert ids(changed(MATRIX, Way.ADD, 1, new)) == [0, 1, 2, 3]
    assert changed(MATRIX, Way.CHANGE, 2, new)[1] is new
    assert ids(changed(MATRIX, Way.REMOVE, 2)) == [1, 3]
    assert ids(changed(MATRIX, Way.RAISE, 2)) == [2, 1, 3]
    assert ids(changed(MATRIX, Way.LOWER, 2)) == [1, 3, 2]
    assert ids(changed(MATRIX, Way.RAISE, 1)) == ids(changed(MATRIX, Way.LOWER, 3)) == [1, 2, 3]
    assert ids(MATRIX) == [1, 2, 3], "the old one stays as it was"
    with pytest.raises(Missing):
        changed(MATRIX, Way.REMOVE, 99)


def test_a_dry_run_names_every_report_that_would_go_elsewhere_and_no_other():
    new = changed(MATRIX, Way.ADD, 1, rule(0, "2.2", LIGHT))
    run = dry_run(MATRIX, new, [case(1, "2.2"), case(2, "2.1"), case(3, "3.8"), case(4, "2.2")])
    assert [(each.case.number, each.before, each.after) for each in run.differences] == [
        (1, RUBBISH, LIGHT),
        (4, RUBBISH, LIGHT),
    ]
    assert (run.looked_at, run.ways) == (4, [(RUBBISH, LIGHT, 2)])


def test_a_rule_that_is_taken_away_may_leave_reports_to_nobody():
    run = dry_run(MATRIX[:2], changed(MATRIX[:2], Way.REMOVE, 1), [case(1, "2.2")])
    assert [(each.before, each.after) for each in run.differences] == [(RUBBISH, None)]


@given(rules_made, st.sampled_from(CODES))
def test_a_matrix_that_does_not_change_sends_nothing_elsewhere(rules, code):
    assert dry_run(rules, list(rules), [case(1, code)]).differences == ()


def held(count, *, passed_to=None, at=MIDDLE, category="4.1", organisation=RUBBISH, spread=0.0):
    return [
        Held(category=category, organisation_id=organisation, passed_to_id=passed_to,
             point=None if at is None else Point(at.lat + spread * n, at.lon + spread * (n % 2)))
        for n in range(count)
    ]  # fmt: skip


def test_what_is_mostly_passed_on_becomes_a_rule_for_the_whole_category():
    [proposed] = proposals(held(6, passed_to=WATER) + held(4))
    assert (proposed.category, proposed.from_id, proposed.to_id, proposed.area) == ("4.1", RUBBISH, WATER, None)
    assert (proposed.passed, proposed.held) == (6, 10)


def test_what_is_passed_on_from_one_place_becomes_a_rule_with_an_area():
    [proposed] = proposals(held(3, passed_to=WATER, at=WEST, spread=0.0002) + held(40, at=EAST))
    area = area_from_geojson(proposed.area)
    assert area.contains(WEST)
    assert not area.contains(EAST)


@pytest.mark.parametrize("few", [
    held(2, passed_to=WATER),
    held(3, passed_to=WATER, spread=0.001) + held(30),
    held(3, passed_to=WATER, at=None) + held(30),
    held(2, passed_to=WATER) + held(2, passed_to=ROADS),
    held(2, passed_to=WATER) + held(2, passed_to=WATER, category="5"),
    [],
])  # fmt: skip
def test_a_few_passes_or_scattered_ones_teach_nothing(few):
    assert proposals(few) == []


@pytest.mark.parametrize(("strangers", "is_learnt"), [(0, True), (4, True), (5, False)])
def test_an_area_may_hold_one_that_was_not_passed_on_for_every_five_that_were(strangers, is_learnt):
    found = proposals(held(20, passed_to=WATER, at=WEST) + held(strangers, at=WEST) + held(40, at=EAST))
    assert [each.area is not None for each in found] == [True] * is_learnt


def test_the_most_often_passed_comes_first():
    found = proposals(held(3, passed_to=WATER) + held(5, passed_to=ROADS, category="5"))
    assert [each.passed for each in found] == [5, 3]


degrees = st.floats(49, 51)


@given(st.lists(st.builds(Point, degrees, degrees), min_size=3, max_size=30))
def test_a_hull_holds_all_its_points(points):
    hull = convex_hull(points)
    if len(hull) > 2:
        centre = Point(sum(p.lat for p in points) / len(points), sum(p.lon for p in points) / len(points))
        shrunk = [
            Point(centre.lat + (p.lat - centre.lat) * 0.999, centre.lon + (p.lon - centre.lon) * 0.999) for p in points
        ]
        assert all(is_inside(each, hull) for each in shrunk)
