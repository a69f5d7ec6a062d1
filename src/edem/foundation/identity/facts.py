"""Draws facts about a person from what is sealed: the act pass, marks, age. Nothing identifying leaves here."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from edem.foundation.identity import vault
from edem.foundation.identity.claims import ASSURANCE, Method
from edem.foundation.identity.keys import mark_keys
from edem.foundation.identity.marks import Mark, name_of
from edem.foundation.identity.models import MembershipFact, SignIn, SignInSlip
from edem.foundation.identity.purposes import ACT_PURPOSES, MarkPurpose, ReadPurpose
from edem.foundation.identity.sealed_pass import LIFE, Marks, Pass
from edem.foundation.identity.tax_number import age_on
from edem.foundation.people.models import Person
from edem.kernel.errors import NotAllowed

KYIV = ZoneInfo("Europe/Kyiv")


def pass_of(person: Person, *, session_key: str, now: datetime) -> Pass:
    """The act pass of this session, for the cookie and for acts by plain forms."""
    facts = _whole_facts(person, now=now)
    current = mark_keys().current
    memberships = list(memberships_at(person, now))
    method = method_of(person, session_key=session_key)
    return Pass(
        person_id=person.pk,
        session_key=session_key,
        display_name=person.display_name,
        assurance=_assurance(method, person),
        method=method,
        marks=Marks((purpose, facts[name]) for purpose in ACT_PURPOSES if (name := name_of(purpose, current)) in facts),
        key_version=current,
        earlier_marks={name: mark for name, mark in facts.items() if "/" in name and not name.endswith(f"/{current}")},
        memberships=tuple((fact.community_id, fact.settlement_code, fact.since) for fact in memberships),
        bases={fact.community_id: fact.basis for fact in memberships},
        age=age_in(facts, now=now),
        expires_at=now + LIFE,
    )


def mark_of(person: Person, purpose: MarkPurpose, *, now: datetime, key_version: int | None = None) -> Mark:
    """The person's mark for a purpose, outside a session: paper acts, withdrawals, jobs."""
    version = mark_keys().current if key_version is None else key_version
    hexed = _whole_facts(person, now=now).get(name_of(purpose, version))
    if hexed is None:
        raise NotAllowed("identity.not_identified")
    return Mark(bytes.fromhex(hexed), version)


def age_in(facts: Mapping[str, str], *, now: datetime) -> int | None:
    born = facts.get("born_on")
    return age_on(now.astimezone(KYIV).date(), born=date.fromisoformat(born)) if born else None


def memberships_at(person: Person, now: datetime) -> Iterable[MembershipFact]:
    facts = MembershipFact.objects.filter(person=person, since__lte=now)
    return facts.exclude(until__lte=now).exclude(holds_until__lte=now).order_by("-since", "-pk")


def method_of(person: Person, *, session_key: str = "") -> str:
    """How the person signed in to this session, or the latest time."""
    sign_ins = SignIn.objects.filter(person=person, method__in=list(Method))
    if session_key:
        sign_ins = sign_ins.filter(session_key=session_key)
    latest = sign_ins.order_by("-started_at", "-pk").first()
    return latest.method if latest else ""


def assurance_of(person: Person, *, session_key: str = "") -> str:
    """By the method of this session, or of the latest one."""
    return _assurance(method_of(person, session_key=session_key), person)


def _assurance(method: str, person: Person) -> str:
    """Of a slip it is what the charter said when it was printed."""
    if method != Method.CNAP_SLIP:
        return ASSURANCE[Method(method)] if method else ""
    slip = SignInSlip.objects.filter(person=person, used_at__isnull=False).order_by("-used_at", "pk").first()
    return slip.assurance if slip else ""


def _whole_facts(person: Person, *, now: datetime) -> Mapping[str, str]:
    """Marks of a key that came after the last sign-in are made from the vault, once, and that reading is logged."""
    facts = vault.facts_of(person)
    wanted = {name_of(purpose, version) for version in mark_keys().keys for purpose in ACT_PURPOSES}
    if not facts or wanted <= facts.keys():
        return facts
    known = vault.read(person, ("tax_number", "unzr", "document"), purpose=ReadPurpose.MARKS, by=None, now=now)
    kinds = (("tax", "tax_number"), ("unzr", "unzr"), ("doc", "document"))
    identifiers = [f"{kind}:{known[field]}" for kind, field in kinds if known[field]]
    return vault.seal_facts(person, identifiers, born_on="", now=now)
