"""What identity itself holds about a person: what it is, whence, since when, why and till when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.identity import vault
from edem.foundation.identity.charter import METHOD_WORDS
from edem.foundation.identity.claims import Method
from edem.foundation.identity.contacts.holding import held_contacts, held_devices
from edem.foundation.identity.correction_rules import DECISION_WORDS, Decision
from edem.foundation.identity.models import Consent, MembershipFact, SignIn, SignInMark, VaultReading, VaultRecord
from edem.foundation.identity.persons.holding import held_at_desk
from edem.foundation.identity.privacy.corrections import corrections_of, words_of
from edem.foundation.identity.privacy.readings import readings_about, shown
from edem.foundation.identity.purposes import FIELD_WORDS, FIELDS, ReadPurpose
from edem.foundation.people.held import Held, lines_of
from edem.foundation.people.models import Person


@dataclass(frozen=True, kw_only=True)
class HeldField:
    field: str
    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Whence:
    """By which way of sign-in the data came, since when they are held, and when they were last confirmed."""

    source: str
    since: datetime | None
    confirmed_at: datetime


def held_about(person: Person, *, now: datetime, purpose: ReadPurpose = ReadPurpose.OWNER) -> Sequence[HeldField]:
    """Everything the vault holds about the reader; looking is itself written down."""
    if not vault.holds(person):
        return []
    known = vault.read(person, FIELDS, purpose=purpose, by=person, now=now)
    return [HeldField(field=field, label=FIELD_WORDS[field], value=known[field]) for field in FIELDS if known[field]]


def whence(person: Person) -> Whence | None:
    record = VaultRecord.objects.filter(person=person).order_by("pk").only("source", "updated_at").first()
    if record is None:
        return None
    first = Consent.objects.filter(person=person, withdrawn_at__isnull=True).order_by("given_at", "pk").first()
    source = _(METHOD_WORDS[Method(record.source)][0]) if record.source in set(Method) else ""
    return Whence(source=source, since=first.given_at if first else None, confirmed_at=record.updated_at)


def held_by_identity(person: Person) -> Sequence[Held]:
    """Beside the vault's own fields, which have a table of their own."""
    acts = [
        _memberships(person),
        *held_at_desk(person),
        _corrections(person),
        _consents(person),
        _sessions(person),
        _log(person),
    ]
    found = [_name(person), held_contacts(person), held_devices(person), _marks(person), *acts]
    return [each for each in found if each is not None]


def _name(person: Person) -> Held:
    return Held(
        code="identity.name",
        title=_("Ім’я, яке бачать інші"),
        words=person.display_name,
        why=_("Щоб під вашими петиціями й дописами стояло ваше ім’я."),
        until=_("Поки діє ваша згода."),
        lines=lambda: [{"name": person.display_name, "since": person.created_at}],
    )


def _marks(person: Person) -> Held | None:
    count = SignInMark.objects.filter(person=person).count()
    if not count:
        return None
    return Held(
        code="identity.marks",
        title=_("Позначки замість номерів"),
        words=ngettext("%(n)d позначка: з неї не видно ні номера, ні імені.",
                       "%(n)d позначок: з них не видно ні номера, ні імені.", count) % {"n": count},
        why=_("Щоб упізнати вас під час входу й рахувати ваш підпис чи голос один раз."),
        until=_("Поки працює платформа."),
        stays_because=_("Інакше можна було б видалити дані й підписати вдруге."),
        lines=lambda: [{"marks": count}],
    )  # fmt: skip


def _memberships(person: Person) -> Held | None:
    facts = MembershipFact.objects.filter(person=person).select_related("community").order_by("-since", "-pk")
    known = list(facts)
    if not known:
        return None
    return Held(
        code="identity.memberships",
        title=_("Належність до громад"),
        words=", ".join(dict.fromkeys(fact.community.name for fact in known)),
        why=_("Щоб ви могли підписувати у своїй громаді."),
        until=_("Поки діє ваша згода; дати лишаються, бо від них залежать уже подані підписи."),
        stays_because=_("Членство припиниться того ж дня. Лишаться громада й дати: за ними перевіряють "
                        "уже подані підписи."),
        lines=lambda: [
            {
                "community": fact.community.name,
                "settlement": fact.settlement_code,
                "since": fact.since,
                "until": fact.until,
                "basis": str(fact.get_basis_display()),
                "evidence": fact.evidence,
            }
            for fact in known
        ],
    )  # fmt: skip


def _corrections(person: Person) -> Held | None:
    known = list(corrections_of(person))
    if not known:
        return None
    return Held(
        code="identity.corrections",
        title=_("Прохання виправити дані"),
        words=ngettext("%(n)d запис", "%(n)d записів", len(known)) % {"n": len(known)},
        why=_("Щоб розглянути ваше прохання виправити дані"),
        until=_("Поки працює платформа."),
        stays_because=_("Це слід рішень працівників. Самих даних у ньому немає."),
        lines=lambda: [
            {
                "asked_at": each.asked_at,
                "fields": [_(FIELD_WORDS[field]) for field in each.fields],
                "text": words_of(each),
                "standing": _(DECISION_WORDS[Decision(each.decision)]),
                "decided_at": each.decided_at,
                "reason": each.reason,
            }
            for each in known
        ],
    )


def _consents(person: Person) -> Held | None:
    known = list(Consent.objects.filter(person=person).order_by("-given_at", "-pk"))
    if not known:
        return None
    return Held(
        code="identity.consents",
        title=_("Ваші згоди"),
        words=ngettext("%(n)d запис", "%(n)d записів", len(known)) % {"n": len(known)},
        why=_("Щоб довести, що ми обробляли дані законно."),
        until=_("Поки працює платформа."),
        stays_because=_("Це доказ, що згода була і коли ви її відкликали (стаття 6 Закону № 2297-VI)."),
        lines=lines_of(known, "version", "given_at", "withdrawn_at"),
    )


def _sessions(person: Person) -> Held | None:
    known = SignIn.objects.filter(person=person).order_by("-started_at", "-pk")
    count = known.count()
    if not count:
        return None
    return Held(
        code="identity.sign_ins",
        title=_("Ваші входи"),
        words=ngettext("%(n)d вхід: час, спосіб і пристрій", "%(n)d входів: час, спосіб і пристрій", count)
        % {"n": count},
        why=_("Щоб ви бачили свої сеанси й могли завершити чужий."),
        until=_("Поки діє ваша згода."),
        lines=lines_of(known, "method", "device", "started_at", "ended_at"),
    )


def _log(person: Person) -> Held | None:
    count = VaultReading.objects.filter(person=person).count()
    if not count:
        return None
    return Held(
        code="identity.readings",
        title=_("Журнал переглядів ваших даних"),
        words=ngettext("%(n)d запис", "%(n)d записів", count) % {"n": count},
        why=_("Щоб ви знали, хто і навіщо дивився."),
        until=_("Поки працює платформа."),
        stays_because=_("Це ваш захист: без журналу не довести, хто дивився ваші дані."),
        lines=lambda: [
            {
                "at": each.at,
                "who": each.who,
                "capacity": each.capacity,
                "purpose": each.purpose,
                "about": each.about,
                "opened": each.opened,
                "reason": each.reason,
            }
            for each in shown(readings_about(person))
        ],
    )
