"""A small hierarchy that the tests of this package share: made once, the same in every run."""

from datetime import UTC, datetime
from functools import cache

from edem.kernel.kep.certificates.trust import TrustList
from edem.kernel.kep.making.authority import Authority, Issued
from edem.kernel.kep.making.keys import GOST_M257, KeyKind
from edem.kernel.kep.making.subjects import Organisation, Person

NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)

OLENA = Person(
    surname="Коваль", given_name="Олена Іванівна", tax_number="2345678901", unzr="19640315-01234", position="секретар"
)
FOREIGNER = Person(surname="Шмідт", given_name="Ганс", document="C01X00T47")
COUNCIL = Organisation(title="Вишнівська сільська рада", edrpou="04396256")


@cache
def _all(kind: KeyKind) -> tuple[Authority, Authority, Issued]:
    root = Authority.root("ЦЗО для випробувань", kind=kind)
    authority = root.authority("КНЕДП для випробувань", kind=kind)
    return root, authority, authority.person(OLENA, kind=kind)


def root(kind: KeyKind = GOST_M257) -> Authority:
    return _all(kind)[0]


def authority(kind: KeyKind = GOST_M257) -> Authority:
    return _all(kind)[1]


def signer(kind: KeyKind = GOST_M257) -> Issued:
    return _all(kind)[2]


def trust(kind: KeyKind = GOST_M257) -> TrustList:
    return TrustList.of([root(kind).certificate])


def fresh_authority() -> Authority:
    """One whose list of the revoked a test may change."""
    shared = authority()
    return Authority(certificate=shared.certificate, key=shared.key, above=shared.above, seed="fresh")
