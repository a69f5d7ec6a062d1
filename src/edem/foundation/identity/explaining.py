"""«Чому я не можу підписати»: the reason, and what to do about it, in plain words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from edem.foundation.communities.models import Community
from edem.foundation.identity.membership.kinds import KINDS
from edem.foundation.identity.membership.settling import membership_charter
from edem.foundation.identity.models import MembershipFact
from edem.foundation.identity.rules import Eligibility, Reason, Standing


@dataclass(frozen=True, kw_only=True)
class Explanation:
    title: str
    steps: Sequence[str]
    """What one can do, the nearest first."""


def explanation_of(answer: Eligibility, community: Community) -> Explanation | None:
    """None when the person may act."""
    if answer.may:
        return None
    return Explanation(title=_TITLES[answer.reason](answer), steps=_steps(answer.reason, community))


_TITLES: dict[Reason, Callable[[Eligibility], str]] = {
    Reason.NOT_MEMBER: lambda _answer: _("Ми не знаємо, що ви з цієї громади."),
    Reason.MEMBER_TOO_SHORT: lambda answer: (
        ngettext(
            "Так можна робити через %(count)s день після вступу до громади.",
            "Так можна робити через %(count)s дні після вступу до громади.",
            answer.member_days,
        )
        % {"count": answer.member_days}
    ),
    Reason.AGE_UNKNOWN: lambda _answer: _("Ми не знаємо вашого віку: в ідентифікації не було дати народження."),
    Reason.TOO_YOUNG: lambda answer: (
        ngettext("Це можна робити з %(count)s року.", "Це можна робити з %(count)s років.", answer.age_from)
        % {"count": answer.age_from}
    ),
    Reason.METHOD_TOO_WEAK: lambda _answer: _("Для цього потрібен надійніший спосіб входу."),
}


def _steps(reason: Reason, community: Community) -> list[str]:
    desk = _cnap(community)
    return {
        Reason.NOT_MEMBER: [
            _("Входили електронним підписом? Увійдіть через BankID: він частіше передає адресу."),
            _("Зареєстровані деінде? Візьміть до ЦНАП документ про те, що ви з цієї громади. {desk}").format(desk=desk),
        ],
        Reason.MEMBER_TOO_SHORT: [_("Зачекайте до цього дня. Читати й коментувати можна вже зараз.")],
        Reason.AGE_UNKNOWN: [
            _("Увійдіть іншим способом: із BankID або Дія.Підпис дата народження зазвичай є."),
            _("Або підпишіть на папері в ЦНАП. {desk}").format(desk=desk),
        ],
        Reason.TOO_YOUNG: [_("До того часу ви можете читати, обговорювати й розповідати іншим.")],
        Reason.METHOD_TOO_WEAK: [_("Вийдіть і увійдіть електронним підписом або Дія.Підпис.")],
    }[reason]


@dataclass(frozen=True, kw_only=True)
class Way:
    """One of the proofs that this community takes, and what to bring."""

    label: str
    bring: str
    takes_two: bool


def ways_to_prove(community: Community, *, now: datetime) -> Sequence[Way]:
    charter = membership_charter(community.pk, now=now)
    return [
        Way(label=_(KINDS[kind].label), bring=_(KINDS[kind].bring), takes_two=kind in charter.two_clerks_for)
        for kind in charter.kinds
    ]


def contacts_of(community: Community) -> Mapping[str, str]:
    """Where to go, call and write; empty what the community has not given."""
    return {"address": community.cnap_address, "phone": community.contact_phone, "email": community.contact_email}


def basis_words(standing: Standing) -> str:
    return str(MembershipFact.Basis(standing.basis).label) if standing.basis in MembershipFact.Basis.values else ""


def _cnap(community: Community) -> str:
    return _("Адреса: {address}.").format(address=community.cnap_address) if community.cnap_address else ""
