"""The files of an export: the list of signers on paper and as a workbook, and everything for the council."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from edem.foundation.communities.addresses import address_of_page
from edem.foundation.documents.rendering import render_pdf
from edem.services.petitions.models import Export, Petition
from edem.services.petitions.queries.exports import signers_of
from edem.services.petitions.rules.signers_list import Signer, cells, digest_of, headings, volumes
from edem.services.petitions.rules.signers_xlsx import Words, workbook_of
from edem.ui.words import moment, number

Progress = Callable[[int], None]
"""Told how many signers are written."""


@dataclass(frozen=True, kw_only=True)
class SignersList:
    """One moment's list, with everything that is printed about it."""

    petition: Petition
    export_number: int
    signers: Sequence[Signer]
    with_channel: bool
    digest: str
    as_of: datetime

    def about(self) -> list[tuple[str, str]]:
        petition = self.petition
        imported = [(_("Перенесено без імен"), number(petition.imported_count))] if petition.imported_count else []
        return [
            (_("Петиція"), f"№ {petition.number}" if petition.number else petition.source_uid or ""),
            (_("Назва"), petition.title),
            (_("Підписів у списку"), number(len(self.signers))),
            *imported,
            (_("Станом на"), moment(self.as_of)),
            (_("Вивантаження"), f"№ {self.export_number}"),
            (_("Контрольна сума (SHA-256)"), self.digest),
        ]

    def titles(self) -> list[str]:
        return [_(title) for title in headings(with_channel=self.with_channel)]


def list_for(export: Export, *, now: datetime) -> SignersList:
    signers = signers_of(export.petition)
    return SignersList(
        petition=export.petition,
        export_number=export.pk,
        signers=signers,
        with_channel=export.for_council,
        digest=digest_of(signers, with_channel=export.for_council),
        as_of=now,
    )


def workbook(listed: SignersList) -> bytes:
    words = Words(about_sheet=_("Про список"), list_sheet=_("Підписанти"), about=listed.about(), titles=listed.titles())
    return workbook_of(listed.signers, words, with_channel=listed.with_channel)


def papers(listed: SignersList, *, told: Progress) -> Iterator[tuple[str, bytes]]:
    """A PDF for each volume, under its name; every one numbers its own pages."""
    parts = list(volumes(listed.signers))
    for place, part in enumerate(parts, start=1):
        name = "signers.pdf" if len(parts) == 1 else f"signers-{place:02}-of-{len(parts):02}.pdf"
        yield name, volume(listed, part, words=volume_words(place, len(parts)))
        told(part[-1].number if part else 0)


def volume(listed: SignersList, part: Sequence[Signer], *, words: str) -> bytes:
    petition = listed.petition
    facts = {
        "title": _("Список підписантів") + words,
        "rows": listed.about(),
        "titles": listed.titles(),
        "lines": [cells(each, with_channel=listed.with_channel) for each in part],
        "nobody": _("Підписів ще немає."),
    }
    link = address_of_page(petition.community, f"/petitions/{petition.pk}/")
    return render_pdf("petitions/signers.typ", facts, community=petition.community, now=listed.as_of, link=link)


def volume_words(place: int, of: int) -> str:
    return "" if of == 1 else _(". Том %(place)s із %(of)s") % {"place": place, "of": of}
