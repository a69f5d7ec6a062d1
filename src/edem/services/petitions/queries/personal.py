"""What petitions hold about one person: signatures, petitions, drafts. Art. 23-1 says what of it is public."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.people.held import Held
from edem.services.petitions.models import Petition, Signature
from edem.services.petitions.queries.kep_personal import kep_held_about
from edem.services.petitions.rules.lifecycle import STATES, State


def held_about(person_id: UUID, _now: datetime) -> Sequence[Held]:
    """Only that of which there is something."""
    known = (_signatures(person_id), kep_held_about(person_id), _petitions(person_id), _drafts(person_id))
    return [each for each in known if each]


def _signatures(person_id: UUID) -> Held | None:
    count = Signature.objects.filter(person_id=person_id).count()
    if not count:
        return None
    return Held(
        code="petitions.signatures",
        title=_("Ваші підписи під петиціями"),
        words=ngettext("%(n)d підпис: ім’я, населений пункт, день", "%(n)d підписів: ім’я, населений пункт, день",
                       count) % {"n": count},
        why=_("Щоб порахувати ваш підпис і показати список тих, хто підписав (стаття 23-1 Закону «Про звернення "
              "громадян»)."),
        until=_("Стільки років, скільки велить положення громади: за законом не менше трьох після оприлюднення."),
        stays_because=_("Список тих, хто підписав, закон велить оприлюднити й зберігати. Поки триває збір, підпис "
                        "можна відкликати на сторінці петиції."),
        lines=lambda: signatures_of(person_id),
    )  # fmt: skip


def signatures_of(person_id: UUID) -> Iterable[Mapping[str, object]]:
    given = list(Signature.objects.filter(person_id=person_id).order_by("-signed_at", "mark"))
    petitions = Petition.objects.select_related("community").in_bulk({each.petition_id for each in given})
    return [
        {
            "petition": petitions[each.petition_id].title if each.petition_id in petitions else "",
            "number": petitions[each.petition_id].number if each.petition_id in petitions else None,
            "community": petitions[each.petition_id].community.name if each.petition_id in petitions else "",
            "name": each.public_name,
            "settlement": each.settlement_code,
            "signed_at": each.signed_at,
            "channel": each.channel,
            "assurance": each.assurance,
        }
        for each in given
    ]


def _petitions(person_id: UUID) -> Held | None:
    known = _written(person_id, drafts=False)
    if not known:
        return None
    return Held(
        code="petitions.written",
        title=_("Петиції, які ви створили"),
        words=ngettext("%(n)d петиція", "%(n)d петицій", len(known)) % {"n": len(known)},
        why=_("Щоб рада розглянула їх, а сусіди знали автора."),
        until=_("Поки працює платформа: це архів звернень громади."),
        stays_because=_("Ім’я автора закон велить зазначати в самій петиції (стаття 23-1)."),
        lines=lambda: [_line(each) for each in known],
    )


def _drafts(person_id: UUID) -> Held | None:
    known = _written(person_id, drafts=True)
    if not known:
        return None
    return Held(
        code="petitions.drafts",
        title=_("Ваші чернетки петицій"),
        words=ngettext("%(n)d чернетка", "%(n)d чернеток", len(known)) % {"n": len(known)},
        why=_("Щоб ви могли дописати їх пізніше."),
        until=_("Рік після останньої зміни."),
        lines=lambda: [_line(each) for each in known],
    )


def _written(person_id: UUID, *, drafts: bool) -> Sequence[Petition]:
    mine = Petition.objects.filter(author_id=person_id).select_related("community")
    chosen = mine.filter(state=State.DRAFT) if drafts else mine.exclude(state=State.DRAFT)
    return list(chosen.order_by("-created_at", "-pk"))


def _line(petition: Petition) -> Mapping[str, object]:
    return {
        "title": petition.title,
        "number": petition.number,
        "community": petition.community.name,
        "state": _(STATES[State(petition.state)].label),
        "author": petition.author_name,
        "demand": petition.demand,
        "essence": petition.essence,
        "created_at": petition.created_at,
        "published_at": petition.published_at,
    }
