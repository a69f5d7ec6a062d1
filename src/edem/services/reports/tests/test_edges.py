"""The edges of what residents and organisations may do: the last moment, the last photo, the nearest place. Pure."""

from datetime import UTC, datetime, timedelta

import pytest

from edem.kernel.errors import Conflict, Invalid
from edem.services.reports.charter import ReportCharter
from edem.services.reports.rules.alarms import Alarm, alarms_between, next_alarm
from edem.services.reports.rules.duplicates import Sight, offered, relation, shared_words
from edem.services.reports.rules.forwarding import PAUSES, Fate, fate_of, next_try
from edem.services.reports.rules.lifecycle import AT_WORK, State
from edem.services.reports.rules.photos import FRESH, Shot, check_may_add_shot, check_may_show, proposed_place
from edem.services.reports.rules.results import Closing, Result, check_closing
from edem.services.reports.rules.terms import ClockName
from edem.services.reports.rules.voices import Joiner, check_may_merge
from edem.services.reports.rules.writing import titled

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
CHARTER = ReportCharter.model_validate({})
AUTHOR, NEIGHBOUR = Joiner(is_member=True, is_author=True), Joiner(is_member=True, is_author=False)


def shot(**told):
    return Shot(**({"lat": 50.25, "lon": 28.66, "accuracy_m": 5, "taken_at": NOW} | told))


@pytest.mark.parametrize("taken_at", [NOW - FRESH, NOW, None])
def test_a_photo_of_the_last_month_proposes_its_place(taken_at):
    assert proposed_place([shot(taken_at=taken_at)], now=NOW) is not None


def test_an_older_one_one_without_a_place_and_one_from_abroad_are_passed_over():
    others = [shot(taken_at=NOW - FRESH - INSTANT), shot(lat=None), shot(lon=None), shot(lat=48.85, lon=2.35)]
    assert proposed_place(others, now=NOW) is None
    assert proposed_place([*others, shot(accuracy_m=9)], now=NOW).accuracy_m == 9


def test_the_last_photo_fits_and_the_one_after_it_does_not():
    check_may_add_shot(already=2, videos=0, most=3, is_video=True)
    for already, videos, most, code in ((3, 0, 3, "too_many_photos"), (0, 1, 3, "too_many_videos"), (0, 0, 0, "no_p")):
        with pytest.raises(Invalid, match=code):
            check_may_add_shot(already=already, videos=videos, most=most, is_video=True)


@pytest.mark.parametrize("state", State)
def test_photos_are_added_while_somebody_works_on_it_by_its_author_too(state):
    for joiner in (AUTHOR, NEIGHBOUR):
        if state in AT_WORK:
            check_may_show(CHARTER, state, joiner)
        else:
            with pytest.raises(Conflict):
                check_may_show(CHARTER, state, joiner)


def test_only_one_of_those_that_become_one_leads_them():
    states = {1: State.OPEN, 2: State.ACCEPTED}
    check_may_merge(states, lead=2)
    with pytest.raises(Conflict, match="merged_at_work_only"):
        check_may_merge(states, lead=3)
    with pytest.raises(Conflict, match="nothing_to_merge"):
        check_may_merge({1: State.OPEN}, lead=1)


def test_categories_beside_one_another_are_kin_only_within_one_direction_s_own():
    assert relation(["2.1.1"], ["2.1.2"]) > relation(["2.1"], ["2.2"]) > relation(["2.1"], ["3.1"])
    assert relation(["2.1"], ["2.1.1"]) == relation(["2.1.1"], ["2.1.2"])


def test_one_word_meets_a_long_complaint_about_the_same():
    one, other = (Sight(point=None, at=NOW, words=frozenset(words)) for words in (["яма"], ["яма", "асфальт", "двір"]))
    assert shared_words(one, other) == shared_words(other, one) == 1
    assert shared_words(one, Sight(point=None, at=NOW)) == 0


def test_what_is_much_less_alike_than_the_best_is_not_offered_beside_it():
    assert offered([(0.9, 1), (0.54, 2), (0.53, 3)]) == [1, 2]
    assert offered([(0.31, 1), (0.29, 2)]) == [1], "the lower band is the moderator's"
    assert offered([]) == []


def test_a_reminder_that_the_end_has_overtaken_is_not_sent():
    due = NOW + timedelta(days=3)
    alarms = [Alarm(at=NOW, clock=ClockName.ACCEPT, due_at=due), Alarm(at=due, clock=ClockName.ACCEPT, due_at=due)]
    assert alarms_between(alarms, NOW, due) == alarms[1:]
    assert alarms_between(alarms, NOW, due - INSTANT) == alarms[:1]
    assert next_alarm(alarms, after=NOW) == due
    assert next_alarm(alarms, after=due) is None


def test_what_is_tried_again_waits_longer_each_time_and_at_last_an_hour():
    assert [next_try(tries, now=NOW) - NOW for tries in (0, 1, 2, 3, 4, 5, 99)] == [
        PAUSES[0],
        *PAUSES,
        *[PAUSES[-1]] * 2,
    ]


@pytest.mark.parametrize("name", ["service_request_id", "token"])
def test_a_number_as_long_as_a_column_is_taken_and_a_longer_one_is_not_known(name):
    assert fate_of(201, {name: "9" * 100}).fate is Fate.SENT
    assert fate_of(201, {name: "9" * 101}).fate is Fate.UNKNOWN


def test_spaces_name_nobody_whose_it_is():
    closing = Closing(result=Result.NOT_OURS, text="Дорога державного значення.", addressee="  ")
    with pytest.raises(Invalid, match="addressee_needed"):
        check_closing(closing, photo_required=False, has_photo=False)


@pytest.mark.parametrize(("letters", "is_cut"), [(70, False), (71, True)])
def test_a_sentence_that_fits_becomes_the_title_whole(letters, is_cut):
    assert titled("", "Я" * letters).endswith("…") is is_cut
