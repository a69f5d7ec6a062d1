"""What stands around a petition's story on its card, made once an interval for all who are shown the same."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from edem.foundation.catalog.frame import brand_of
from edem.foundation.live.parts import kept_part, own_part
from edem.foundation.people.models import Person
from edem.services.petitions.queries.editions import is_correctable
from edem.services.petitions.queries.exclusions import trace_for_signer
from edem.services.petitions.queries.pages import PetitionPage
from edem.services.petitions.web.sharing import shown_elsewhere
from edem.ui.around import TOKEN_HERE, with_form_token
from edem.ui.progress.progress import Live
from edem.ui.words import clock

_HEAD: Final = "petitions/card_head.html"
_LEAD: Final = "petitions/card_lead.html"
_PANEL: Final = "petitions/panel.html"


@dataclass(frozen=True, kw_only=True)
class CardParts:
    head: SafeString
    lead: SafeString
    panel: SafeString
    own_trace: object | None


def card_parts(request: HttpRequest, page: PetitionPage, reader: Person | None) -> CardParts:
    trace = trace_for_signer(reader.pk, page.petition) if reader and page.has_signed else None
    make = own_part_of if trace or is_insider(page, reader) else part_of
    standing = (page.has_signed, page.has_withdrawn, page.follows, reader is not None)
    moment = (page.count, page.is_signable)
    panel = make(_PANEL, page, (*standing, *moment), lambda: panel_facts(page, reader, trace))
    return CardParts(
        head=make(_HEAD, page, (), lambda: head_facts(page)),
        lead=make(_LEAD, page, (), dict),
        panel=with_form_token(panel, request),
        own_trace=trace,
    )


def is_insider(page: PetitionPage, reader: Person | None) -> bool:
    """The author and the staff may read what others may not: what they are shown is made for them alone."""
    return page.is_staff_case or (reader is not None and page.petition.author_id == reader.pk)


Facts = Callable[[], Mapping[str, object]]


def part_of(template: str, page: PetitionPage, shape: tuple[Hashable, ...], more: Facts) -> SafeString:
    key, tags = (page.petition.pk, page.state, *shape), [f"petition:{page.petition.pk}"]
    return kept_part(template, key=key, tags=tags, facts=lambda: {**facts_of(page), **more()})


def own_part_of(template: str, page: PetitionPage, _shape: tuple[Hashable, ...], more: Facts) -> SafeString:
    return own_part(template, facts=lambda: {**facts_of(page), **more()})


def facts_of(page: PetitionPage) -> Mapping[str, object]:
    return {"page": page, "petition": page.petition, "community": page.petition.community}


def head_facts(page: PetitionPage) -> Mapping[str, object]:
    return {
        "shown_elsewhere": shown_elsewhere(page),
        "brand": brand_of(page.petition.community),
    }


def panel_facts(page: PetitionPage, reader: Person | None, trace: object | None) -> Mapping[str, object]:
    """Of the reader only what `card_parts` names in the key, unless the part is made for them alone."""
    is_author = reader is not None and page.petition.author_id == reader.pk
    return {
        "live": live_of(page),
        "as_of_note": _("Станом на %(time)s") % {"time": clock(page.as_of)},
        "own_trace": trace,
        "is_signed_in": reader is not None,
        "is_staff_case": page.is_staff_case,
        "is_author": is_author,
        "is_correctable": is_author and is_correctable(page.petition),
        "form_token": TOKEN_HERE,
    }


def live_of(page: PetitionPage) -> Live:
    """Where the page's counter is told; the front door answers both addresses."""
    home, petition = reverse("home"), page.petition
    return Live(
        stream=f"{home}live/signatures/{petition.pk}",
        poll=f"{home}count/signatures/{petition.pk}.json",
        name="count",
        state=petition.state,
    )
