"""A petition as it is printed: the road, the count, the text, the answer. In the language that is in force."""

from django.utils.translation import gettext as _

from edem.services.petitions.queries.pages import PetitionPage
from edem.ui.words import day, number


def sheet_of(page: PetitionPage) -> dict[str, object]:
    petition = page.petition
    return {
        "title": petition.title if page.shows_text else _("Текст не оприлюднено"),
        "rows": [
            [_("Петиція"), f"№ {petition.number}" if petition.number else petition.source_uid or ""],
            [_("Автор"), petition.author_name],
            [_("Стан"), _(page.look.label)],
            [_("Оприлюднено"), day(petition.published_at)],
            [_("Підписи"), _("%(count)s із %(required)s") % counts_of(page)],
        ],
        "demand": petition.demand if page.shows_text else "",
        "essence": petition.essence if page.shows_text else "",
        "road": [[_(stage.look.label), day(stage.at), stage.note] for stage in page.stages if stage.at],
        "answer": petition.answer,
    }


def counts_of(page: PetitionPage) -> dict[str, str]:
    return {"count": number(page.count), "required": number(page.petition.required)}
