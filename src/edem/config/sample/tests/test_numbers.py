"""Numbers of the right form, by published examples and by the platform's own reading of them."""

from datetime import UTC, date, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from edem.config.sample.accounts import PERIOD, seconds_left, totp_code, totp_secret
from edem.config.sample.names import full_name
from edem.config.sample.numbers import edrpou, fictional_series, tax_number
from edem.config.sample.reading import name_book
from edem.foundation.identity.tax_number import born_on, is_tax_number

births = st.dates(min_value=date(1930, 1, 1), max_value=date(2015, 12, 31))
genders = st.sampled_from(["female", "male"])


@given(births, genders, st.integers())
def test_a_tax_number_holds_its_check_birth_date_and_gender(born, gender, chance):
    number = tax_number(born, fictional_series(Random(chance), gender=gender))
    assert is_tax_number(number)
    assert born_on(number) == born
    assert (int(number[8]) % 2 == 1) == (gender == "male")


@given(births, genders, st.integers())
def test_a_fictional_series_is_higher_than_any_day_has_births(born, gender, chance):
    assert tax_number(born, fictional_series(Random(chance), gender=gender))[5] == "9"


def test_codes_of_known_organisations_come_out_as_registered():
    assert edrpou(1_436_057) == "14360570"
    assert edrpou(3_210) == "00032106"


@given(births, genders, st.integers())
def test_a_name_agrees_with_its_gender(born, gender, chance):
    name = full_name(Random(chance), name_book(), gender=gender, born=born.year)
    assert name.patronymic.endswith("вна" if gender == "female" else "ич")
    assert not name.surname.endswith(("ий", "ій") if gender == "female" else ("ська", "цька", "ова", "ева"))
    assert gender == "male" or name.given.endswith(("а", "я")) or name.given == "Любов"


def test_the_code_is_that_of_the_standards_own_example():
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # RFC 6238, appendix B
    assert totp_code(secret, datetime.fromtimestamp(59, tz=UTC)) == "287082"
    assert totp_code(secret, datetime.fromtimestamp(1111111109, tz=UTC)) == "081804"


def test_each_account_has_a_secret_of_its_own():
    assert totp_secret("moderator") != totp_secret("officer")
    assert len(totp_secret("moderator")) == 32


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(2020, 1, 1), max_value=datetime(2090, 1, 1)))
def test_a_code_holds_to_the_end_of_its_half_minute(now):
    assert 0 < seconds_left(now) <= PERIOD
