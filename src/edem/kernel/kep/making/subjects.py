"""Whom fixtures certify: people with or without a tax number, organisations, services of a provider."""

from dataclasses import dataclass

from edem.kernel.kep import oids
from edem.kernel.kep.making.extension_writing import directory_attributes, name


@dataclass(frozen=True, kw_only=True)
class Person:
    surname: str
    given_name: str
    """Given name and patronymic."""
    tax_number: str = ""
    document: str = ""
    """Of a foreigner, or of one who has refused the tax number: it stands where the number would."""
    unzr: str = ""
    organisation: str = ""
    edrpou: str = ""
    position: str = ""
    locality: str = "Київ"

    def named(self, *, serial: str) -> bytes:
        return name(
            (oids.COUNTRY, "UA"),
            (oids.LOCALITY, self.locality),
            (oids.ORGANISATION, self.organisation or "ФІЗИЧНА ОСОБА"),
            (oids.TITLE, self.position),
            (oids.SURNAME, self.surname),
            (oids.GIVEN_NAME, self.given_name),
            (oids.COMMON_NAME, f"{self.surname} {self.given_name}"),
            (oids.SERIAL_NUMBER, f"TINUA-{self.tax_number}" if self.tax_number else serial),
        )

    @property
    def attributes(self) -> bytes:
        return _attributes(drfo=self.tax_number or self.document, edrpou=self.edrpou, unzr=self.unzr)


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """A legal person, or a service of it: `common_name` is what the certificate is called by."""

    title: str
    edrpou: str = ""
    common_name: str = ""
    locality: str = "Київ"

    def named(self, *, serial: str) -> bytes:
        return name(
            (oids.COUNTRY, "UA"),
            (oids.LOCALITY, self.locality),
            (oids.ORGANISATION, self.title),
            (oids.COMMON_NAME, self.common_name or self.title),
            (oids.SERIAL_NUMBER, serial),
            (oids.ORGANISATION_IDENTIFIER, f"NTRUA-{self.edrpou}" if self.edrpou else ""),
        )

    @property
    def attributes(self) -> bytes:
        return _attributes(drfo="", edrpou=self.edrpou, unzr="")


Subject = Person | Organisation


def _attributes(*, drfo: str, edrpou: str, unzr: str) -> bytes:
    values = {oids.UA_DRFO: drfo, oids.UA_EDRPOU: edrpou, oids.UA_UNZR: unzr}
    known = {oid: value for oid, value in values.items() if value}
    return directory_attributes(known) if known else b""
