"""What an address looks like, how often codes are sent and tried. No database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.identity.contact_kinds import Kind, shown, written
from edem.foundation.identity.contacts.rules import (
    BETWEEN,
    LIFE,
    MOST_OF_PERSON,
    MOST_TO_ADDRESS,
    MOST_TRIES,
    Answer,
    answer_to,
    check_may_ask,
    check_may_try,
)
from edem.foundation.identity.privacy.in_words import in_words
from edem.kernel.errors import Conflict, Invalid

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["067 123 45 67", "+380 (67) 123-45-67", "380671234567", "80671234567", " 0671234567 ", "067.123.45.67"]
)
def test_a_telephone_has_one_form_however_it_is_typed(typed):
    assert written(Kind.PHONE, typed) == "+380671234567"


@pytest.mark.parametrize(
    "typed", ["", "112", "+48601234567", "06712345678", "067123456", "+380671234567;rm", "٠٦٧١٢٣٤٥٦٧", "067\n1234567x"]
)
def test_what_is_no_ukrainian_number_is_refused(typed):
    with pytest.raises(Invalid, match="contact_phone_wrong"):
        written(Kind.PHONE, typed)


def test_a_mailbox_keeps_its_own_case_and_the_host_loses_it():
    assert written(Kind.EMAIL, " Olena.K@Example.COM ") == "Olena.K@example.com"


@pytest.mark.parametrize(
    "typed",
    [
        "", "olena", "olena@", "@example.com", "olena@localhost", "a b@example.com", "a..b@example.com", ".a@example.com",
        "a@example.com\r\nBcc: all@example.com", "a@b@example.com", "a,b@example.com", "<a@example.com>",
        "a@-.", f"{'a' * 65}@example.com", f"a@{'b' * 250}.com", "olena@exam\x00ple.com",
    ],
)  # fmt: skip
def test_what_is_no_mailbox_is_refused(typed):
    with pytest.raises(Invalid, match="contact_email_wrong"):
        written(Kind.EMAIL, typed)


@given(st.text(max_size=300), st.sampled_from(Kind))
def test_any_text_is_either_an_address_in_one_line_or_refused(typed, kind):
    try:
        address = written(kind, typed)
    except Invalid:
        return
    assert not {"\n", "\r", "\x00"} & set(address)
    assert written(kind, address) == address


def test_two_presses_are_one_code():
    with pytest.raises(Conflict, match="just_sent"):
        check_may_ask([NOW - BETWEEN + timedelta(seconds=1)], [], now=NOW)
    check_may_ask([NOW - BETWEEN], [], now=NOW)


@pytest.mark.parametrize(
    ("of_person", "to_address"), [(MOST_OF_PERSON, 0), (0, MOST_TO_ADDRESS)], ids=["a person", "an address"]
)
def test_the_codes_of_a_day_come_to_an_end(of_person, to_address):
    earlier = [NOW - timedelta(minutes=2 + n) for n in range(20)]
    check_may_ask(earlier[: max(0, of_person - 1)], earlier[: max(0, to_address - 1)], now=NOW)
    with pytest.raises(Conflict, match="codes_enough"):
        check_may_ask(earlier[:of_person], earlier[:to_address], now=NOW)
    check_may_ask([at - timedelta(days=1) for at in earlier], [at - timedelta(days=1) for at in earlier], now=NOW)


def test_a_code_ends_with_its_time_and_with_its_tries():
    check_may_try(expires_at=NOW + timedelta(seconds=1), tries=MOST_TRIES - 1, now=NOW)
    with pytest.raises(Conflict, match="code_late"):
        check_may_try(expires_at=NOW, tries=0, now=NOW)
    with pytest.raises(Conflict, match="code_spent"):
        check_may_try(expires_at=NOW + LIFE, tries=MOST_TRIES, now=NOW)
    assert answer_to(is_right=False, tries=MOST_TRIES - 2) is Answer.WRONG
    assert answer_to(is_right=False, tries=MOST_TRIES - 1) is Answer.LAST_WRONG
    assert answer_to(is_right=True, tries=MOST_TRIES - 1) is Answer.RIGHT


@pytest.mark.parametrize("said", ["380671234567", "+380671234567"])
def test_a_number_is_shown_as_people_write_it_and_read_back_as_the_same(said):
    assert shown(Kind.PHONE, said).split() == ["+380", "67", "123", "45", "67"]
    assert written(Kind.PHONE, shown(Kind.PHONE, said)) == "+380671234567"
    assert in_words("phone", said) == shown(Kind.PHONE, said)


@given(st.text())
def test_what_is_no_ukrainian_number_is_shown_as_it_was_said(said):
    assert shown(Kind.EMAIL, said) == said
    if not said.removeprefix("+").startswith("380"):
        assert shown(Kind.PHONE, said) == said
