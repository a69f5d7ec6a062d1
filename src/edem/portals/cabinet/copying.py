"""«Забрати копію»: everything held about the reader, for machines (JSON) and for people (PDF). Law 2297-VI, art. 8."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from edem.foundation.communities.models import Community
from edem.foundation.documents.rendering import render_pdf
from edem.foundation.identity.privacy.holdings import HeldField, Whence, held_about, whence
from edem.foundation.identity.purposes import ReadPurpose
from edem.foundation.people.access import open_to, residents
from edem.foundation.people.held import Held
from edem.foundation.people.models import Person
from edem.foundation.people.requests import PersonalRequest
from edem.kernel.errors import Missing
from edem.portals.cabinet.holdings import everything_held
from edem.portals.cabinet.words import LINE_WORDS

_EMPTY: Final[tuple[object, ...]] = (None, "", {}, [], ())


@open_to(residents)
@never_cache
@require_POST
def copy(request: PersonalRequest, form: str) -> HttpResponse:
    """Asked for by a button, never by an address: nothing of it stands in a log or in the browser's memory."""
    if form == "json":
        return _file(as_json(request.person, now=request.now), kind="application/json", name="my-data.json")
    if form == "pdf":
        pdf = as_pdf(request.person, community=request.community, now=request.now)
        return _file(pdf, kind="application/pdf", name="my-data.pdf")
    raise Missing("cabinet.no_such_copy")


def as_json(person: Person, *, now: datetime) -> bytes:
    fields = held_about(person, now=now, purpose=ReadPurpose.EXPORT)
    held = everything_held(person, now=now)
    told = {
        "made_at": now,
        "person": {"id": person.pk, "name": person.display_name, "since": person.created_at},
        "identity": {"fields": {each.field: each.value for each in fields}, **_whence(whence(person))},
        "held": [_as_facts(each) for each in held],
    }
    return json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()


def as_pdf(person: Person, *, community: Community, now: datetime) -> bytes:
    with override("uk"):  # a paper to show in an office is in Ukrainian, whatever language the reader has chosen
        fields = held_about(person, now=now, purpose=ReadPurpose.EXPORT)
        facts = {
            "title": _("Мої дані на платформі"),
            "name": person.display_name,
            "fields": _rows(fields, whence(person)),
            "sections": [_as_section(each) for each in everything_held(person, now=now)],
        }
        return render_pdf("cabinet/my_data.typ", facts, community=community, now=now)


def _whence(known: Whence | None) -> Mapping[str, object]:
    if known is None:
        return {}
    return {"source": known.source, "since": known.since, "confirmed_at": known.confirmed_at}


def _as_facts(held: Held) -> Mapping[str, object]:
    return {
        "code": held.code,
        "title": held.title,
        "words": held.words,
        "why": held.why,
        "until": held.until,
        "stays_because": held.stays_because,
        "lines": list(held.lines()),
    }


def _rows(fields: Sequence[HeldField], known: Whence | None) -> list[list[object]]:
    rows: list[list[object]] = [[_(each.label), each.value] for each in fields]
    if known is not None:
        rows += [[_("Звідки"), known.source], [_("Підтверджено"), known.confirmed_at], [_("Від"), known.since]]
    return rows


def _as_section(held: Held) -> Mapping[str, object]:
    lines = [_in_words(line) for line in held.lines()]
    return {"title": held.title, "words": held.words, "why": held.why, "until": held.until, "lines": lines}


def _in_words(line: Mapping[str, object]) -> list[list[Any]]:
    """What is empty is not printed."""
    return [[_(LINE_WORDS[name]), _value(value)] for name, value in line.items() if value not in _EMPTY]


def _value(value: object) -> object:
    if isinstance(value, bool):
        return _("так") if value else _("ні")
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_value(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(str(_value(each)) for each in value)
    return str(value) if isinstance(value, int | float) else value


def _file(content: bytes, *, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
