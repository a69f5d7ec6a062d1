from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.notices.gathering import Told, gathered
from edem.foundation.notices.subjects import About, Following, Kind, NewsLine, Subject, concerns

ME, SOMEBODY = UUID(int=1), UUID(int=2)
START = datetime(2026, 3, 1, tzinfo=UTC)

hours = st.integers(0, 200).map(lambda n: START + timedelta(hours=n))
subjects = st.sampled_from(
    [
        Subject(Kind.COMMUNITY),
        Subject(Kind.TOPIC, "petitions", "Освіта"),
        Subject(Kind.SETTLEMENT, "", "UA1"),
        Subject(Kind.SETTLEMENT, "", "UA2"),
        Subject(Kind.ITEM, "petitions", "1"),
        Subject(Kind.ITEM, "petitions", "2"),
    ]
)
followings = st.lists(st.builds(Following, subject=subjects, since=hours), max_size=6)
abouts = st.builds(
    About,
    service=st.just("petitions"),
    item=st.sampled_from(["1", "2"]),
    topic=st.sampled_from(["", "Освіта", "Дороги"]),
    settlement=st.sampled_from(["", "UA1"]),
    more_settlements=st.sampled_from([(), ("",), ("UA1", "UA2")]),
    is_wide=st.booleans(),
    author_id=st.sampled_from([None, ME, SOMEBODY]),
)
news = st.lists(
    st.builds(NewsLine, id=st.integers(1, 40), at=hours, once=st.integers(1, 40).map(str), about=abouts),
    max_size=12,
    unique_by=lambda each: each.id,
)
told = st.builds(Told, once=st.frozensets(st.integers(1, 40).map(str)), news=st.frozensets(st.integers(1, 40)))


@given(followings, news, told)
def test_a_digest_holds_each_piece_of_news_once_and_in_order(followings, news, told):
    lines = gathered(ME, followings, news, told=told)
    assert len({each.id for each in lines}) == len(lines)
    assert [each.at for each in lines] == sorted(each.at for each in lines)


@given(followings, news, told)
def test_nothing_is_told_twice_and_nothing_is_told_of_oneself(followings, news, told):
    for each in gathered(ME, followings, news, told=told):
        assert each.id not in told.news
        assert each.once not in told.once
        assert each.about.author_id != ME


@given(followings, news)
def test_whatever_concerns_somebody_new_is_there(followings, news):
    lines = set(gathered(ME, followings, news, told=Told()))
    for each in news:
        wanted = each.about.author_id != ME and any(concerns(following, each) for following in followings)
        assert (each in lines) is wanted


@given(news)
def test_who_follows_nothing_reads_nothing(news):
    assert gathered(ME, [], news, told=Told()) == []


def test_only_what_matters_to_everyone_leaves_the_item():
    narrow = About(service="petitions", item="1", topic="Освіта", settlement="UA1")
    assert narrow.subjects == (Subject(Kind.ITEM, "petitions", "1"),)
    assert len(About(service="petitions", item="1", topic="Освіта", settlement="UA1", is_wide=True).subjects) == 4


def test_what_is_about_several_places_concerns_the_people_of_each_once():
    several = About(service="petitions", item="1", settlement="UA1", more_settlements=("UA2", "", "UA1"), is_wide=True)
    places = [subject.key for subject in several.subjects if subject.kind == Kind.SETTLEMENT]
    assert places == ["UA1", "UA2"]
