"""A letter's template with what every letter has around its words."""

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from edem.foundation.communities.models import Community
from edem.foundation.notices.facts import unpacked
from edem.foundation.notices.plain import title_of

ORNAMENT_CID = "ornament"
_LONGEST_SUBJECT = 200
_NOTHING: Mapping[str, str] = {
    "link": "",
    "topic": "",
    "unsubscribe_url": "",
    "followed": "",
    "mailings_url": "",
    "stop_all_url": "",
    "reply_mark": "",
}


def rendered(
    template: str,
    facts: Mapping[str, object],
    *,
    community: Community,
    language: str,
    around: Mapping[str, object] = _NOTHING,
) -> str:
    context = {
        **_NOTHING,
        **unpacked(facts),
        "community": community,
        "language": language,
        "ornament": f"cid:{ORNAMENT_CID}",
        "base_url": settings.EDEM.base_url,
        **around,
    }
    with translation.override(language):
        return render_to_string(template, context)


def subject_line(template: str, facts: Mapping[str, object], *, community: Community, language: str) -> str:
    return shortened(title_of(rendered(template, facts, community=community, language=language)))


def shortened(line: str) -> str:
    return line if len(line) <= _LONGEST_SUBJECT else line[: _LONGEST_SUBJECT - 1].rstrip() + "…"
