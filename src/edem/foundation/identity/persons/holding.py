"""What the desk holds about a person, for the person: former names, merged accounts, slips, proposals about them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.identity.models import PersonMerge, Proposal, SignInSlip
from edem.foundation.identity.persons.accounts import merges_of
from edem.foundation.identity.persons.naming import former_names_of
from edem.foundation.identity.two_officers import MATTERS, Matter
from edem.foundation.people.held import Held
from edem.foundation.people.models import Person


def held_at_desk(person: Person) -> Sequence[Held]:
    """Only that of which there is something."""
    found = (_former_names(person), _merges(person), _slips(person), _proposals(person))
    return [each for each in found if each is not None]


def _former_names(person: Person) -> Held | None:
    known = former_names_of(person)
    if not known:
        return None
    return Held(
        code="identity.former_names",
        title=_("Колишні імена"),
        words=", ".join(name for name, _changed_at in known),
        why=_("Щоб упізнати вас за сертифікатом, виданим на колишнє ім’я."),
        until=_("Поки діє ваша згода."),
        lines=lambda: [{"name": name, "until": changed_at} for name, changed_at in known],
    )


def _merges(person: Person) -> Held | None:
    known = list(merges_of(person))
    if not known:
        return None
    return Held(
        code="identity.merges",
        title=_("Об’єднання ваших облікових записів"),
        words=ngettext("%(n)d рішення двох працівників", "%(n)d рішень двох працівників", len(known))
        % {"n": len(known)},
        why=_("Щоб ваш підпис і голос рахували один раз, хоч би з яким документом ви прийшли."),
        until=_("Поки працює платформа."),
        stays_because=_("За цим записом перевіряють уже подані підписи."),
        lines=lambda: [_merge_line(each) for each in known],
    )


def _slips(person: Person) -> Held | None:
    known = list(SignInSlip.objects.filter(person=person).select_related("issued_by").order_by("-issued_at", "-pk"))
    if not known:
        return None
    return Held(
        code="identity.slips",
        title=_("Талони на вхід"),
        words=ngettext("%(n)d талон", "%(n)d талонів", len(known)) % {"n": len(known)},
        why=_("Щоб ви могли увійти без смартфона."),
        until=_("Поки діє ваша згода."),
        lines=lambda: [
            {"issued_at": each.issued_at, "issued_by": each.issued_by.display_name, "used_at": each.used_at}
            for each in known
        ],
    )


def _proposals(person: Person) -> Held | None:
    found = Proposal.objects.filter(person=person).select_related("proposed_by", "decided_by")
    known = list(found.order_by("-proposed_at", "-pk"))
    if not known:
        return None
    return Held(
        code="identity.proposals",
        title=_("Що про вас вирішували двоє працівників"),
        words=ngettext("%(n)d пропозиція", "%(n)d пропозицій", len(known)) % {"n": len(known)},
        why=_("Щоб ви бачили, хто просив змінити ваш запис і хто це підтвердив."),
        until=_("Поки працює платформа."),
        stays_because=_("Це слід рішень працівників. Самих даних у ньому немає."),
        lines=lambda: [_proposal_line(each) for each in known],
    )


def _merge_line(merge: PersonMerge) -> dict[str, object]:
    return {
        "community": merge.community.name,
        "merged_at": merge.merged_at,
        "undo_until": merge.undo_until,
        "undone_at": merge.undone_at,
        "proposed_by": merge.proposed_by.display_name,
        "confirmed_by": merge.confirmed_by.display_name,
    }


def _proposal_line(proposal: Proposal) -> dict[str, object]:
    return {
        "matter": _(MATTERS[Matter(proposal.matter)]),
        "reason": proposal.reason,
        "proposed_at": proposal.proposed_at,
        "proposed_by": proposal.proposed_by.display_name,
        "standing": proposal.standing,
        "decided_by": proposal.decided_by.display_name if proposal.decided_by else "",
        "note": proposal.note,
    }
