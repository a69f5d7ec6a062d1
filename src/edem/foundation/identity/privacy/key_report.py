"""Which versions of the keys are still needed, and why: what an operator reads before taking an old one away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import BinaryField, Count, F, Func, Value

from edem.foundation.identity.keys import mark_keys, vault_keys
from edem.foundation.identity.models import SignInMark
from edem.foundation.identity.privacy.marking import known_by_older_marks_only
from edem.foundation.identity.privacy.rotating import options_of, rows_of, sealed_columns
from edem.foundation.identity.sealed_field import SealedField
from edem.foundation.identity.sealing import VERSION_BYTES, version_of


@dataclass(frozen=True, kw_only=True)
class Need:
    """A reason why a version of a key cannot go yet."""

    version: int
    what: str
    count: int


@dataclass(frozen=True, kw_only=True)
class KeyReport:
    current: int
    known: Sequence[int]
    needs: Sequence[Need]

    @property
    def spare(self) -> Sequence[int]:
        """Older versions that nothing needs any more."""
        needed = {need.version for need in self.needs}
        return [version for version in self.known if version != self.current and version not in needed]

    @property
    def lost(self) -> Sequence[int]:
        """Versions that something needs and the ring has not got."""
        return sorted({need.version for need in self.needs} - set(self.known))


def vault_key_report() -> KeyReport:
    ring = vault_keys()
    needs = [need for need in _sealed_values() if need.version != ring.current]
    return KeyReport(current=ring.current, known=list(ring.keys), needs=needs)


def mark_key_report(subjects: Mapping[str, Mapping[int, int]]) -> KeyReport:
    """`subjects`: service → version → how many of its subjects began under that version and have not ended."""
    ring = mark_keys()
    needs = [need for need in (*_sign_ins(), *_subjects(subjects)) if need.version != ring.current]
    return KeyReport(current=ring.current, known=list(ring.keys), needs=needs)


def _sealed_values() -> Iterator[Need]:
    for model, fields in sealed_columns().items():
        table = options_of(model).db_table
        for field in fields:
            for version, count in sorted(_versions_in(field).items()):
                yield Need(version=version, what=f"{table}.{field.column}", count=count)


def _versions_in(field: SealedField) -> Mapping[int, int]:
    first = Func(F(field.name), Value(1), Value(VERSION_BYTES), function="SUBSTRING", output_field=BinaryField())
    values = rows_of(field.model).filter(**{f"{field.name}__gt": b""})
    found = values.annotate(sealed_by=first).values("sealed_by").annotate(rows=Count("pk")).order_by("sealed_by")
    return {version_of(bytes(row["sealed_by"])): row["rows"] for row in found}


def _sign_ins() -> Iterator[Need]:
    """People who have withdrawn their consent or have not come since: only the older key finds them again."""
    people = known_by_older_marks_only().values("pk")
    older = SignInMark.objects.filter(person__in=people).values("key_version")
    for row in older.annotate(people=Count("person", distinct=True)).order_by("key_version"):
        yield Need(version=row["key_version"], what="identity_signinmark", count=row["people"])


def _subjects(subjects: Mapping[str, Mapping[int, int]]) -> Iterator[Need]:
    """What began under a version keeps it to its end, or somebody could sign twice."""
    for service, running in subjects.items():
        for version, count in sorted(running.items()):
            yield Need(version=version, what=service, count=count)
