"""The sample's reports are alive on any day: in order, by the table, never in the future, typed as Ukrainian is."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from edem.config.sample.generating import COMMUNITIES, residents_of
from edem.config.sample.personas import personas
from edem.config.sample.reading import community_text
from edem.config.sample.reports.geography import is_village
from edem.config.sample.reports.making import SampleReport, make_reports
from edem.config.sample.reports.texts import open_city, subjects, words
from edem.config.sample.residents import SampleResident
from edem.config.sample.scenes.drawing import SCENES, SIZE, drawn
from edem.kernel.deadlines import kyiv_day
from edem.kernel.geo.points import Point, distance_m
from edem.kernel.ukraine import UKRAINE
from edem.services.reports.charter import ReportCharter
from edem.services.reports.rules.lifecycle import ENDED, State, Step, lifecycle_of
from edem.services.reports.rules.tree import tree_of_the_act

NOW = datetime(2026, 11, 19, 10, 15, tzinfo=UTC)
CITY, VILLAGE = COMMUNITIES
SUBJECTS = [each for slug in COMMUNITIES for each in subjects(*open_city(slug).subjects)]
days = st.datetimes(timezones=st.just(UTC), min_value=datetime(2026, 6, 1), max_value=datetime(2031, 6, 1))


@cache
def residents(slug: str) -> tuple[SampleResident, ...]:
    return residents_of(slug, today=kyiv_day(NOW))


@cache
def made(slug: str, now: datetime) -> tuple[SampleReport, ...]:
    return make_reports(community_text(slug), residents=residents(slug), now=now, calendar=UKRAINE, seed="вишні")


@pytest.fixture(scope="module")
def city() -> tuple[SampleReport, ...]:
    return made(CITY, NOW)


def check_report(report: SampleReport, now: datetime) -> None:
    tale = report.tale
    moments = [tale.submitted_at, *(step.at for step in tale.steps)]
    assert moments == sorted(moments), report.title
    told = [*moments, *(each.at for each in tale.answers), *(each.at for each in report.voices)]
    assert max(told) <= now, report.title
    assert tale.confirmed_at is None or tale.confirmed_at <= now
    table, state = lifecycle_of(tale.charter), State.CHECKING
    for step in tale.steps:
        transition = table.transition(step.step, state)
        assert step.actor in transition.by, (report.title, step)
        state = State(transition.target)
    assert state is tale.state
    assert (tale.state in ENDED) == (tale.result is not None), report.title
    if tale.state is State.CLOSED:
        assert tale.archives_at > now, "the clock would have archived it"
    holding = [each for each in tale.holdings if each.holds and each.is_main]
    assert len(holding) == (tale.state in {State.OPEN, State.ACCEPTED, State.REOPENED}), report.title


@settings(max_examples=8, deadline=None)
@given(days)
def test_on_any_day_every_report_is_in_order(now):
    for report in made(VILLAGE, now):
        check_report(report, now)


def test_in_the_city_every_report_is_in_order(city) -> None:
    for report in city:
        check_report(report, NOW)


def test_two_years_of_reports_stand_in_every_lasting_state(city) -> None:
    states = Counter(each.tale.state for each in city)
    assert 400 <= len(city) <= 600
    assert set(states) == set(State) - {State.CHECKING}
    assert State.CHECKING in {each.tale.state for each in made(VILLAGE, NOW)}
    assert city[0].tale.submitted_at < NOW - timedelta(days=700)
    assert city[-1].tale.submitted_at > NOW - timedelta(days=1)


def test_lapses_refusals_and_judgements_are_among_them(city) -> None:
    tales = [each.tale for each in city]
    assert {each.kind for tale in tales for each in tale.answers} >= {
        *("answer", "question", "reply", "explanation", "warning")
    }
    assert {tale.result for tale in tales} >= {"solved", "explained", "impossible", "not_ours"}
    assert {tale.confirmed for tale in tales} == {True, False, None}
    assert any(tale.at(Step.TAKE_UP_AGAIN) for tale in tales)
    assert any(tale.self_organised for tale in tales)
    assert any(each.returned_at and each.passed_to for tale in tales for each in tale.holdings)
    assert any(tale.state is State.OPEN and tale.accept_due_at < NOW for tale in tales)
    assert any(tale.state is State.ACCEPTED and tale.explain_due_at < NOW and not tale.explained_at for tale in tales)


def test_stories_stand_where_the_guide_says(city) -> None:
    told = {each.key: each for each in city if each.key}
    assert set(told) == {each.key for each in open_city(CITY).story}
    assert told["pit-kvitneva"].tale.state is State.CLOSED
    assert told["pit-kvitneva"].tale.confirmed is None
    assert told["storm"].tale.state is State.ACCEPTED
    assert len(told["storm"].voices) > 40
    assert told["dark-naberezhna"].tale.accept_due_at < NOW
    assert told["swing-kvitneva"].tale.state is State.REOPENED


def test_every_report_lies_near_its_own_street(city) -> None:
    places = {each.settlement: [] for each in community_text(CITY).place}
    for place in community_text(CITY).place:
        places[place.settlement].append(place)
    for report in city:
        near = [
            distance_m(Point(*place.at), Point(report.lat, report.lon)) / place.radius
            for place in places[report.address.split(",")[0]]
        ]
        assert min(near) < 1.6, report.address


@pytest.mark.parametrize("slug", COMMUNITIES)
def test_what_is_written_refers_to_what_there_is(slug: str) -> None:
    text, known = open_city(slug), community_text(slug)
    bodies, codes = {each.code for each in known.organisation}, {each.code for each in tree_of_the_act()}
    people = {each.id for each in personas() if each.member and each.community == slug}
    for line in text.matrix:
        assert {line.main, *line.also} <= bodies
        assert line.code == "" or line.code in codes
        assert line.substitute == "" or line.substitute in bodies
    for story in text.story:
        place = known.place_named(story.place)
        assert story.author in people
        assert place is not None
        assert story.street in place.streets
    assert text.matrix[-1].code == "", "the last rule takes what no other does"
    assert any(line.village for line in text.matrix) <= any(is_village(each) for each in known.place)
    charter = ReportCharter.model_validate(text.decision.values)
    assert set(text.decision.clauses) <= set(type(charter).model_fields)


def test_the_second_community_reads_before_it_publishes() -> None:
    one, other = (ReportCharter.model_validate(open_city(slug).decision.values) for slug in COMMUNITIES)
    assert (one.moderation, other.moderation) == ("post", "pre")
    assert one.worker_closes_reopened != other.worker_closes_reopened


def test_every_subject_has_its_category_and_its_picture() -> None:
    codes = {each.code for each in tree_of_the_act()}
    assert {each.code for each in SUBJECTS} <= codes
    assert {each.scene for each in SUBJECTS} == set(SCENES)
    assert {each.code.split(".")[0] for each in SUBJECTS} == {code.split(".")[0] for code in codes}


def said() -> list[str]:
    of_subjects = [
        text
        for each in SUBJECTS
        for part in (each.titles, each.what, each.detail, each.ask, each.done)
        for text in part
    ]
    of_staff = [text for part in words().model_dump().values() for text in ([part] if isinstance(part, str) else part)]
    return [
        *of_subjects,
        *of_staff,
        *(text for slug in COMMUNITIES for each in open_city(slug).story for text in (each.title, each.text)),
    ]


def test_every_text_is_typed_as_ukrainian_is() -> None:
    for text in said():
        assert not re.search(r"['\"ʼ]", text), text
        assert not re.search(r"[А-яіїєґ][a-zA-Z]|[a-zA-Z][а-яіїєґ]", text), text
        assert not re.search(r"  | ,| \.(?!\d)|[ыэъёЫЭЪЁ]| - ", text), text


def test_few_reports_read_the_same(city) -> None:
    texts = Counter(each.text for each in city)
    assert sum(count > 1 for count in texts.values()) < len(texts) / 10


@pytest.mark.parametrize("scene", SCENES)
def test_a_picture_is_drawn_the_same_each_time_and_mended_differently(scene: str) -> None:
    content = drawn(scene, seed="вулиця")
    assert content == drawn(scene, seed="вулиця")
    assert content != drawn(scene, seed="вулиця", mended=True)
    assert Image.open(BytesIO(content)).size == SIZE
    assert len(content) < 40_000
