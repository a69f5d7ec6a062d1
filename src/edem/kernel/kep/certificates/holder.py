"""Who holds a certificate, as the Ukrainian registers know them: РНОКПП, УНЗР, ЄДРПОУ, names and position.

Formats: Order of the Ministry of Digital Transformation 1017/… on certificates, and ETSI EN 319 412-1 («TINUA-…»).
"""

import re
from dataclasses import dataclass

from edem.kernel.kep import oids
from edem.kernel.kep.certificates.extensions import Extensions
from edem.kernel.kep.certificates.names import Name

_TAX_NUMBER = re.compile(r"[0-9]{10}")
_UNZR = re.compile(r"[0-9]{8}-?[0-9]{5}")
_EDRPOU = re.compile(r"[0-9]{8}")


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Texts are as the certificate has them; a number that is absent, or is all noughts, is empty."""

    common_name: str
    surname: str
    given_name: str
    """Given name and patronymic together."""
    organisation: str
    unit: str
    position: str
    locality: str
    region: str
    country: str
    email: str
    tax_number: str
    """РНОКПП: ten digits, nothing else."""
    document: str
    """Series and number of the document of a person who has refused the tax number, or of a foreigner."""
    unzr: str
    edrpou: str

    @classmethod
    def of(cls, subject: Name, extensions: Extensions) -> "Holder":
        written = _Written(subject, extensions)
        drfo = written.attribute(oids.UA_DRFO)
        is_tax_number = bool(_TAX_NUMBER.fullmatch(drfo))
        return cls(
            common_name=subject.common_name,
            surname=subject.get(oids.SURNAME),
            given_name=subject.get(oids.GIVEN_NAME),
            organisation=subject.get(oids.ORGANISATION),
            unit=subject.get(oids.ORGANISATION_UNIT),
            position=subject.get(oids.TITLE),
            locality=subject.get(oids.LOCALITY),
            region=subject.get(oids.STATE),
            country=subject.get(oids.COUNTRY),
            email=subject.get(oids.EMAIL_IN_NAME),
            tax_number=drfo if is_tax_number else written.code("TINUA-", _TAX_NUMBER),
            document=(drfo if not is_tax_number else "") or written.code("PASUA-") or written.code("IDCUA-"),
            unzr=written.number(oids.UA_UNZR, _UNZR) or written.code("PNOUA-", _UNZR),
            edrpou=written.number(oids.UA_EDRPOU, _EDRPOU) or written.code("NTRUA-", _EDRPOU),
        )


@dataclass(frozen=True)
class _Written:
    """Where a certificate may write the numbers of its holder."""

    subject: Name
    extensions: Extensions

    def attribute(self, oid: str) -> str:
        values = (self.extensions.directory_attributes or {}).get(oid, ())
        return next((value.strip() for value in values if value.strip().strip("0")), "")

    def number(self, oid: str, form: re.Pattern[str]) -> str:
        value = self.attribute(oid)
        return value if form.fullmatch(value) else ""

    def code(self, prefix: str, form: re.Pattern[str] = re.compile(r".{1,64}")) -> str:
        """The number after its prefix in serialNumber or organizationIdentifier of the name."""
        texts = self.subject.all_of(oids.SERIAL_NUMBER) + self.subject.all_of(oids.ORGANISATION_IDENTIFIER)
        codes = (text.removeprefix(prefix) for text in texts if text.startswith(prefix))
        return next((code for code in codes if form.fullmatch(code) and code.strip("0")), "")
