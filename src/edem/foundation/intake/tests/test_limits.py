"""Limits: generous, and never against a first act; and what counts as our own page."""

from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.intake.limits import Limits
from edem.foundation.intake.origin import is_from_own_page
from edem.kernel.counts import WINDOW_SECONDS

HOST = {"scheme": "https", "host": "edem.example"}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 50)), max_size=300))
def test_a_first_act_is_admitted_however_busy_the_person_was(acts):
    limits, seen = Limits(repeats_of_person=2), set()
    for person, subject in acts:
        admitted = limits.admits_act(person, subject, moment=1.0)
        assert admitted or (person, subject) in seen
        seen.add((person, subject))


def test_repeating_has_an_end_and_a_new_minute_a_new_beginning():
    limits = Limits(repeats_of_person=3)
    assert [limits.admits_act("one", "petition", moment=1.0) for _ in range(6)] == [True] * 4 + [False] * 2
    assert limits.admits_act("other", "petition", moment=1.0)
    assert limits.admits_act("one", "petition", moment=1.0 + WINDOW_SECONDS)


def test_strangers_are_counted_by_address():
    limits = Limits(strangers_of_address=2)
    assert [limits.admits_stranger("10.0.0.1", moment=0.0) for _ in range(3)] == [True, True, False]
    assert limits.admits_stranger("10.0.0.2", moment=0.0)


def test_our_own_page_is_known_by_what_only_a_browser_can_say():
    assert is_from_own_page({b"sec-fetch-site": b"same-origin"}, **HOST)
    assert is_from_own_page({b"origin": b"https://edem.example"}, **HOST)
    for headers in (
        {},
        {b"sec-fetch-site": b"cross-site", b"origin": b"https://edem.example"},
        {b"sec-fetch-site": b"none"},
        {b"origin": b"http://edem.example"},
        {b"origin": b"https://edem.example.evil.test"},
        {b"origin": b"null"},
    ):
        assert not is_from_own_page(headers, **HOST)
