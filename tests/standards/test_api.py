"""Our API against its own description, by a program that tries what nobody thought of (schemathesis)."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings

from edem.foundation.communities.directory import directory
from edem.foundation.communities.tenancy import locate
from edem.portals.public_api import admission

pytestmark = pytest.mark.django_db(transaction=True)

BRIEFLY, LONG = 15, 300
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def platform() -> Wsgi:
    """Django as the front door calls it: the community is taken off the path."""
    django = get_wsgi_application()

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        located = locate(environ["HTTP_HOST"], environ["PATH_INFO"])
        return django(environ | {"SCRIPT_NAME": located.root_path, "PATH_INFO": located.path}, start_response)

    return app


@pytest.fixture
def schema(community, monkeypatch):
    monkeypatch.setattr(admission, "count", lambda *_: None)  # a patient outside program would wait between calls
    directory().load()
    return schemathesis.openapi.from_wsgi(f"/{community.slug}/api/v1/openapi.json", platform())


def keeps_its_word(schema, *, examples: int) -> None:
    """Every answer is one that the description names, in the shape it names; never a fault of the server."""
    operations = [each.ok() for each in schema.get_all_operations()]
    assert operations
    for operation in operations:

        @settings(
            max_examples=examples,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
        )
        @given(case=operation.as_strategy())
        def holds(case) -> None:
            case.call_and_validate()

        holds()


def test_the_api_keeps_its_word(schema):
    keeps_its_word(schema, examples=BRIEFLY)


@pytest.mark.full
def test_the_api_keeps_its_word_for_long(schema):
    keeps_its_word(schema, examples=LONG)
