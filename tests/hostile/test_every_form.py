"""HTML, script, NUL, broken and endless text in every field of every form: a sentence or a page, never a fault."""

from contextlib import contextmanager
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import get_resolver

from tests.hostile.forms import forms_to_send
from tests.hostile.readers import draft_in, reader_from
from tests.hostile.test_other_communities import path_of
from tests.hostile.things import arguments_of
from tests.house.routes import walk
from tests.house.source import nothing

pytestmark = [pytest.mark.django_db, pytest.mark.full]

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
HOSTILE = {
    "script": SCRIPT,
    "NUL": "Ліхтар\x00 біля школи",
    "reversed": "\u202eяинялвірпу \u2066\u200f\ufeff",
    "broken UTF-8": b"\xff\xfe\xc3\x28",
    "template": "{{ request.user }}{% include 'ui/page.html' %} %s %(n)s {0.__class__}",
    "typst": '#read("/etc/passwd") *_`<a> @b $x$ \\',
    "huge number": "9" * 400,
    "endless": "Щ" * 300_000,
}
OWN_ACCOUNT = ("staff/", "sign-out", "language/")
"""Leaving the account would end the walk."""


@contextmanager
def undone():
    """Whatever the form did is taken back, so that the next one finds the same community."""
    atomic = transaction.atomic()
    atomic._from_testcase = True  # actions stay durable inside it
    with atomic:
        yield
        transaction.set_rollback(True)


def pages_with_forms(client, community, own):
    """(address, form) of everything that this reader may open and send; `own` is a petition of theirs."""
    for route in walk(get_resolver(settings.COMMUNITY_URLCONF)):
        plain = [route.path] if "<" not in route.path else []
        if own and route.path.count("<") == route.path.count("<int:petition_id>") == 1:
            plain = [path_of(route, {"petition_id": own.pk})]
        asked = plain or [path_of(route, arguments) for arguments in list(arguments_of(route, community))[:2]]
        for path in asked:
            if not path.startswith(OWN_ACCOUNT):
                yield from forms_at(client, f"/{community.slug}/{path}")


def forms_at(client, address):
    answer = client.get(address)
    if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
        for form in forms_to_send(answer.content.decode()):
            target = urljoin(address, form.action) if form.action else address
            if form.typed and not any(part in target for part in OWN_ACCOUNT):
                yield target, form


def faults_of(client, target, form, words):
    with undone():
        answer = client.post(target, form.filled(words))
        page = client.get(answer["Location"]).content if answer.status_code in {302, 303} else answer.content
    if answer.status_code >= 500:
        return [f"{target}: {answer.status_code}"]
    return [f"{target}: shows it as HTML"] if b"<script>alert(1)" in page else []


@pytest.mark.parametrize("kind", ["author", "staff"])
def test_no_field_of_any_form_breaks_or_betrays_the_page(towns, kind):
    rich, _ = towns
    client = reader_from(rich, kind)
    own = draft_in(rich) if kind == "author" else None
    client.raise_request_exception = False
    sent = {
        (target, tuple(each.name for each in form.fields)): (target, form)
        for target, form in pages_with_forms(client, rich, own)
    }
    assert len(sent) >= (2 if kind == "author" else 12)
    nothing(
        f"{name}: {fault}"
        for target, form in sent.values()
        for name, words in HOSTILE.items()
        for fault in faults_of(client, target, form, words)
    )
