"""A certificate says who its holder is; numbers that are not numbers are not taken for ones."""

from dataclasses import replace
from datetime import timedelta

import pytest

from edem.kernel.kep import oids
from edem.kernel.kep.certificates.extensions import Extensions
from edem.kernel.kep.certificates.holder import Holder
from edem.kernel.kep.certificates.names import Name
from edem.kernel.kep.der import read
from edem.kernel.kep.making.certificates import BEGINNING, Term
from edem.kernel.kep.making.extension_writing import name
from edem.kernel.kep.making.keys import ECDSA
from edem.kernel.kep.tests.hierarchy import COUNCIL, FOREIGNER, NOW, OLENA, authority


def issued(person, **kwargs):
    return authority(ECDSA).person(person, kind=ECDSA, **kwargs).certificate


def holder(attributes=None, *parts):
    return Holder.of(Name.read(read(name(*parts))), Extensions(directory_attributes=attributes or {}))


def test_a_person_is_known_by_name_and_numbers():
    certificate = issued(OLENA)
    known = certificate.holder
    assert (known.surname, known.given_name) == ("Коваль", "Олена Іванівна")
    assert (known.tax_number, known.unzr, known.document) == ("2345678901", "19640315-01234", "")
    assert (known.common_name, known.position, known.locality) == ("Коваль Олена Іванівна", "секретар", "Київ")
    assert (certificate.is_seal, certificate.is_qualified, certificate.is_key_in_device) == (False, True, True)


def test_a_foreigner_has_a_document_and_no_tax_number():
    known = issued(FOREIGNER).holder
    assert (known.tax_number, known.document) == ("", "C01X00T47")


def test_an_official_signs_as_a_person_of_an_organisation():
    known = issued(replace(OLENA, organisation="Вишнівська сільська рада", edrpou="04396256")).holder
    assert (known.tax_number, known.edrpou, known.organisation) == (
        "2345678901",
        "04396256",
        "Вишнівська сільська рада",
    )


def test_a_seal_belongs_to_an_organisation():
    certificate = authority(ECDSA).seal(COUNCIL, kind=ECDSA).certificate
    assert certificate.is_seal
    assert (certificate.holder.edrpou, certificate.holder.tax_number) == ("04396256", "")


def test_a_changed_surname_keeps_the_tax_number():
    before, after = issued(OLENA), issued(replace(OLENA, surname="Шевченко"))
    assert before.holder.tax_number == after.holder.tax_number
    assert before.subject.raw != after.subject.raw


def test_a_re_issued_certificate_is_another_with_the_same_key():
    old, new = (
        issued(OLENA, term=term)
        for term in (Term(ends=BEGINNING + timedelta(days=100)), Term(begins=BEGINNING + timedelta(days=90)))
    )
    assert old.key_bytes == new.key_bytes
    assert old.serial != new.serial
    assert (old.is_in_force(NOW), new.is_in_force(NOW)) == (False, True)


@pytest.mark.parametrize(
    ("written", "tax_number", "document"),
    [
        ("2345678901", "2345678901", ""),
        (" 2345678901 ", "2345678901", ""),
        ("0000000000", "", ""),
        ("МЕ123456", "", "МЕ123456"),
        ("123456789", "", "123456789"),
        ("٢345678901", "", "٢345678901"),
        ("", "", ""),
    ],
)
def test_a_tax_number_is_ten_digits(written, tax_number, document):
    known = holder({oids.UA_DRFO: (written,)})
    assert (known.tax_number, known.document) == (tax_number, document)


@pytest.mark.parametrize(
    ("serial", "tax_number", "unzr", "document"),
    [
        ("TINUA-2345678901", "2345678901", "", ""),
        ("PNOUA-19640315-01234", "", "19640315-01234", ""),
        ("PASUA-ME123456", "", "", "ME123456"),
        ("IDCUA-123456789", "", "", "123456789"),
        ("TINPL-2345678901", "", "", ""),
        ("TINUA-0000000000", "", "", ""),
        ("401065", "", "", ""),
    ],
)
def test_numbers_stand_in_the_name_too(serial, tax_number, unzr, document):
    known = holder(None, (oids.SERIAL_NUMBER, serial))
    assert (known.tax_number, known.unzr, known.document) == (tax_number, unzr, document)


def test_the_attribute_is_believed_before_the_name():
    known = holder({oids.UA_DRFO: ("2345678901",)}, (oids.SERIAL_NUMBER, "TINUA-1111111111"))
    assert known.tax_number == "2345678901"


def test_names_are_the_same_whatever_the_case_and_spaces():
    one, other, third = (
        Name.read(read(name((oids.COMMON_NAME, text)))) for text in ("Кнедп  «Дія»", "КНЕДП «ДІЯ»", "КНЕДП «ДІМ»")
    )
    assert one.is_same(other)
    assert not one.is_same(third)
