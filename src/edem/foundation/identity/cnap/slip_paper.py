"""The slip on the community's letterhead. The code is behind «#»: no server and no log ever sees it there."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from edem.foundation.communities.models import Community
from edem.foundation.documents.rendering import render_pdf
from edem.foundation.identity.persons.slips import Printed
from edem.kernel.deadlines import KYIV


def slip_pdf(printed: Printed, *, name: str, community: Community, now: datetime) -> bytes:
    address = f"{settings.EDEM.base_url.rstrip('/')}{slip_path()}"
    link = f"{address}#{printed.code}"
    with override("uk"):
        facts = facts_of(printed, name=name, address=address)
    return render_pdf("identity/slip.typ", facts, community=community, now=now, link=link)


def facts_of(printed: Printed, *, name: str, address: str) -> dict[str, object]:
    minutes = ngettext("%(count)s хвилину", "%(count)s хвилин", printed.minutes) % {"count": printed.minutes}
    return {
        "title": _("Талон на вхід"),
        "name": name,
        "code": printed.code,
        "address": address.partition("://")[2],
        "until": _("Діє до {moment:%d.%m.%Y, %H:%M}").format(moment=printed.expires_at.astimezone(KYIV)),
        "steps": [
            _("Наведіть камеру на квадрат або відкрийте {address} на будь-якому пристрої.").format(
                address=address.partition("://")[2]
            ),
            _("Введіть код із талона."),
            _("Введіть дату свого народження або чотири останні цифри номера вашого документа."),
        ],
        "rules": _(
            "Талон спрацьовує один раз, вхід триває {minutes}. Нікому його не віддавайте: "
            "за ним входять від вашого імені. Загубили талон — скажіть у ЦНАП, його скасують і надрукують новий."
        ).format(minutes=minutes),
    }


def slip_path() -> str:
    return reverse("identity:slip", urlconf=settings.ROOT_URLCONF)
