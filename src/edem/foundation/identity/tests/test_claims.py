"""The traps of id.gov.ua's answer, and the tax number. No database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.foundation.identity.claims import Assurance, Claims, claims_from
from edem.foundation.identity.tax_number import age_on, born_on, is_tax_number
from edem.kernel.errors import Invalid

TAX = "3184710691"
SAID = {
    "lastname": "Коваленко",
    "givenname": "Олена",
    "middlename": "Петрівна",
    "drfocode": TAX,
    "auth_type": "bank_id",
}


def test_a_published_tax_number_is_whole_and_tells_the_birth_date():
    assert is_tax_number(TAX)
    assert born_on(TAX) == date(1987, 3, 12)
    assert claims_from(SAID).born_on == "1987-03-12"


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_or_changes_a_digit_the_checksum_cannot_see(place, shift):
    digits = [int(digit) for digit in TAX]
    digits[place] = (digits[place] + shift) % 10
    changed = "".join(map(str, digits))
    weights = (-1, 5, 7, 9, 4, 6, 10, 5, 7)
    expected = sum(w * d for w, d in zip(weights, digits[:9], strict=True)) % 11 % 10
    assert is_tax_number(changed) == (expected == digits[9])


@pytest.mark.parametrize("text", ["", "318471069", "31847106911", "318471069a", "٣١٨٤٧١٠٦٩١", "СН123456"])
def test_what_is_no_tax_number_is_not_taken_for_one(text):
    assert not is_tax_number(text)


@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.integers(0, 40_000))
def test_one_grows_a_year_older_exactly_on_the_birthday(born, days):
    day = born + timedelta(days=days)
    grows = age_on(day + timedelta(days=1), born=born) - age_on(day, born=born)
    tomorrow = day + timedelta(days=1)
    is_birthday = (tomorrow.month, tomorrow.day) == (born.month, born.day)
    leapling_on_march_1 = (born.month, born.day) == (2, 29) and (tomorrow.month, tomorrow.day) == (3, 1)
    assert grows in (0, 1)
    assert grows == 1 if is_birthday else grows == 0 or leapling_on_march_1


def test_not_available_is_nothing_at_all():
    claims = claims_from(SAID | {"middlename": "n/a", "address": "N/A", "phone": " n/a ", "email": None})
    assert (claims.middle_name, claims.address, claims.phone, claims.email) == ("", "", "", "")
    assert claims.display_name == "Коваленко Олена"


def test_the_tax_number_may_stand_in_edrpoucode():
    assert claims_from(SAID | {"drfocode": "", "edrpoucode": TAX}).tax_number == TAX


def test_the_code_of_a_company_is_not_taken_for_a_persons_number():
    assert claims_from(SAID | {"edrpoucode": "37485912"}).identifiers == (f"tax:{TAX}",)
    with pytest.raises(Invalid, match=r"identity\.no_identifier"):
        claims_from(SAID | {"drfocode": "", "edrpoucode": "37485912"})


def test_without_a_tax_number_the_passport_or_the_register_record_tells_people_apart():
    latin = claims_from(SAID | {"drfocode": "CH 482915"})
    cyrillic = claims_from(SAID | {"drfocode": "сн482915"})
    assert latin.identifiers == cyrillic.identifiers == ("doc:СН482915",)
    assert latin.born_on == ""
    by_record = claims_from(SAID | {"drfocode": "004918273", "unzr": "19950618-04821"})
    assert by_record.identifiers == ("unzr:19950618-04821", "doc:004918273")
    assert by_record.born_on == "1995-06-18"


def test_a_broken_tax_number_is_refused_and_not_passed_over():
    with pytest.raises(Invalid, match=r"identity\.tax_number_wrong"):
        claims_from(SAID | {"drfocode": "3184710692", "unzr": "19870312-00001"})


def test_a_seal_of_an_office_is_nobody():
    with pytest.raises(Invalid, match=r"identity\.no_name"):
        claims_from(SAID | {"lastname": "", "givenname": ""})


def test_an_unknown_method_is_refused():
    with pytest.raises(Invalid, match=r"identity\.method_unknown"):
        claims_from(SAID | {"auth_type": "magic"})


def test_shouted_names_are_said_calmly_and_apostrophes_are_one_letter():
    claims = claims_from(SAID | {"lastname": "КОВАЛЕНКО-ҐУДЗЬ", "givenname": "В'ЯЧЕСЛАВ", "middlename": "n/a"})
    assert claims.display_name == "Коваленко-Ґудзь Вʼячеслав"


def test_a_bank_is_a_little_less_sure_than_a_signature():
    assert claims_from(SAID).assurance is Assurance.SUBSTANTIAL
    assert claims_from(SAID | {"auth_type": "dig_sign"}).assurance is Assurance.HIGH


def test_claims_survive_being_put_aside():
    claims = claims_from(SAID | {"locality": "м. Вишневогірськ"})
    assert Claims.restored(claims.as_mapping()) == claims
