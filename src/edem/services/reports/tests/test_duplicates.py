"""The score of likeness: its properties, and its quality on real potholes."""

import csv
import math
import random
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.config.testing.needs import needs_data
from edem.kernel.geo.points import Point, distance_m
from edem.kernel.ukrainian import lemmas
from edem.services.reports.rules.duplicates import (
    REMEMBERED,
    Band,
    Likeness,
    Sight,
    band_of,
    offered,
    radius_m,
    ranked,
    relation,
    score,
)

REAL = Path(__file__).parents[6] / "shared" / "data" / "reports311" / "syracuse_potholes_2016.csv"
MARCH_1 = datetime(2026, 3, 1, 9, tzinfo=UTC)
PITS = Likeness(scale_m=30, window=timedelta(days=60))
HERE = Point(50.2547, 28.6587)
PIT = Sight(point=HERE, categories=("3.8",), at=MARCH_1, words=frozenset({"київський", "колесо"}), photos=(5,))

metres = st.floats(0, 400)
codes = st.sampled_from(["3.8", "3.9", "3", "2.1.1", "2.1.2", "2.1", "8"])
hours = st.integers(0, 5000)


def moved(point, north_m, east_m=0.0):
    """A point so far away, near enough to a flat town."""
    return Point(point.lat + north_m / 111_195, point.lon + east_m / (111_195 * math.cos(math.radians(point.lat))))


def at(north_m=0.0, **facts):
    return replace(PIT, point=moved(HERE, north_m), **facts)


def test_the_same_thing_told_twice_is_offered():
    again = at(8, at=MARCH_1 + timedelta(days=2), words=frozenset({"вибоїна"}), photos=())
    assert band_of(score(again, PIT, PITS)) is Band.OFFER


def test_a_pit_two_streets_away_is_another_one():
    assert band_of(score(at(220), PIT, PITS)) is Band.IGNORE


@given(metres, metres)
def test_nearer_is_never_less_alike(one, other):
    near, far = sorted((one, other))
    assert score(at(near), PIT, PITS) >= score(at(far), PIT, PITS)


@given(hours, hours)
def test_older_is_never_more_alike(one, other):
    young, old = sorted((one, other))
    assert score(at(at=MARCH_1 + timedelta(hours=young)), PIT, PITS) >= score(
        at(at=MARCH_1 + timedelta(hours=old)), PIT, PITS
    )


@given(metres, codes, codes, hours)
def test_the_score_is_between_nought_and_one_and_the_same_both_ways(away, one, other, age):
    first = at(away, categories=(one,), at=MARCH_1 + timedelta(hours=age))
    second = replace(PIT, categories=(other,))
    found = score(first, second, PITS)
    assert 0 <= found <= 1
    assert found == pytest.approx(score(second, first, PITS))


@given(metres, st.floats(0, 100))
def test_a_worse_position_looks_further(away, error):
    assert score(at(away, accuracy_m=error), PIT, PITS) >= score(at(away), PIT, PITS) - 1e-9


@given(st.floats(0, 1000), metres)
def test_nothing_worth_a_look_lies_beyond_the_radius(error, scale):
    likeness = replace(PITS, scale_m=scale + 1)
    radius = radius_m(error, scale + 1)
    if radius < 500:
        beyond = at(radius + 1, accuracy_m=error, words=frozenset(), photos=())
        assert band_of(score(beyond, replace(PIT, words=frozenset()), likeness)) is Band.IGNORE


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("3.8", "3.8", 1.0), ("2.1.1", "2.1.2", 0.8), ("2.1", "2.1.2", 0.8), ("3.8", "3.9", 0.5), ("3.8", "2.1", 0.1)],
)
def test_categories_are_related_by_the_act_s_tree(one, other, near):
    assert relation([one], [other]) == near


def test_rubbish_is_forgotten_sooner_than_a_pit():
    later = at(5, at=MARCH_1 + timedelta(days=20), words=frozenset(), photos=())
    rubbish = Likeness(scale_m=30, window=timedelta(days=3))
    assert band_of(score(later, PIT, PITS)) is Band.OFFER
    assert band_of(score(later, PIT, rubbish)) is Band.IGNORE


def test_the_same_photo_and_words_decide_what_distance_leaves_open():
    away = at(58, words=frozenset(), photos=())
    assert band_of(score(away, PIT, PITS)) is not Band.OFFER
    assert band_of(score(replace(away, photos=(4,)), PIT, PITS)) is Band.OFFER


def test_the_same_words_two_kilometres_away_mean_nothing():
    assert score(at(2000), PIT, PITS) < 0.01


def test_a_report_without_a_place_is_like_nothing():
    assert score(replace(PIT, point=None), PIT, PITS) == 0


def test_three_at_most_are_offered_and_the_best_first():
    known = [(key, at(key * 6)) for key in range(1, 7)]
    assert offered(ranked(PIT, known, PITS)) == [1, 2, 3]
    assert offered([]) == []


FIRST = (
    "Яма на дорозі, {place}. Глибока, машини об’їжджають.",
    "Велика яма посеред дороги. {place}",
    "Провалився асфальт, {place}, яма на всю смугу",
    "{place}: яма, пробив колесо",
)
AGAIN = (
    "Вибоїна на проїжджій частині {place}",
    "Розбите покриття {place}, неможливо проїхати",
    "Дірка в асфальті {place}, небезпечно для велосипедів",
    "{place} треба залатати вибоїну, водії виїжджають на зустрічну",
)
OF_THE_CATEGORY = frozenset(lemmas("яма дорога вибоїна асфальт покриття дірка проїжджа частина провал"))
SEED, SAME_M, SHARE = 7, 50, 0.3


class Town:
    """A quarter of the real potholes as reports that are known; everybody says them in words of their own."""

    def __init__(self, rows, chance):
        self.chance = chance
        self.known = [self.sight(row, row[1], FIRST, at=row[0]) for row in rows]
        self.near = defaultdict(list)
        for key, sight in enumerate(self.known):
            self.near[self.square(sight.point)].append(key)

    def sight(self, row, point, texts, *, at):
        place = f"вулиця {row[2]}" if self.chance.random() < 0.5 else ""
        words = frozenset(lemmas(self.chance.choice(texts).format(place=place))) - OF_THE_CATEGORY
        return Sight(point=point, categories=("3.8",), at=at, words=words)

    def square(self, point):
        return int(point.lat * 1000), int(point.lon * 700)

    def around(self, point, at):
        x, y = self.square(point)
        keys = [key for a in (-1, 0, 1) for b in (-1, 0, 1) for key in self.near[(x + a, y + b)]]
        return [(key, self.known[key]) for key in keys if self.known[key].at <= at]

    def same(self, point, at):
        """The field's own measure: one thing is what lies up to fifty metres apart within the window."""
        return {
            key
            for key, sight in self.around(point, at)
            if distance_m(point, sight.point) <= SAME_M and at - sight.at <= PITS.window
        }

    def offers(self, row, at):
        turn, away = self.chance.uniform(0, 2 * math.pi), self.chance.uniform(5, 50)
        seen = moved(row[1], away * math.cos(turn), away * math.sin(turn))
        new = self.sight(row, seen, AGAIN, at=at)
        return set(offered(ranked(new, self.around(seen, at), PITS)))


def real_potholes():
    with REAL.open(encoding="utf-8", newline="") as file:
        return [
            (
                datetime.strptime(row["TimeFilled"][:19], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC),
                Point(float(row["Latitude"]), float(row["Longitude"])),
                row["Street Name"].strip(),
            )
            for row in csv.DictReader(file)
        ]


@pytest.mark.real_data
@needs_data(REAL)
@pytest.mark.parametrize("share", [0.25, 0.5], ids=["a quarter is known", "half is known"])
def test_on_real_potholes_most_duplicates_are_offered_and_most_offers_are_right(share):
    """Three of ten submissions are of a known thing, seen 5 to 50 metres off and said in other words."""
    chance, rows = random.Random(SEED), real_potholes()
    chance.shuffle(rows)
    many = int(len(rows) * share)
    known, others = rows[:many], rows[many:]
    town = Town(known, chance)
    fresh = [row for row in others if not town.same(row[1], row[0])]
    again = chance.sample(known, int(len(fresh) * SHARE / (1 - SHARE)))
    found = right = wrong = 0
    for row, is_known in [*((row, True) for row in again), *((row, False) for row in fresh)]:
        moment = row[0] + timedelta(days=chance.uniform(0, 30)) if is_known else row[0]
        offers, same = town.offers(row, moment), town.same(row[1], moment)
        found += is_known and bool(offers & same)
        right, wrong = right + len(offers & same), wrong + len(offers - same)
    recall, precision = found / len(again), right / (right + wrong)
    assert recall >= 0.95, f"recall {recall:.3f}, precision {precision:.3f}"
    assert precision >= 0.8, f"recall {recall:.3f}, precision {precision:.3f}"


def test_what_nobody_remembers_reaches_no_band_whatever_it_shows():
    """The question in the database leaves it out."""
    old = at(at=MARCH_1 + REMEMBERED * PITS.window + timedelta(hours=1))
    assert band_of(score(old, PIT, PITS)) is Band.IGNORE


def test_the_same_hole_a_season_later_is_a_new_one():
    again = at(3, at=MARCH_1 + timedelta(days=90), words=frozenset(), photos=())
    assert band_of(score(again, PIT, PITS)) is Band.IGNORE
