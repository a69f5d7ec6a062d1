"""The plugin's tripwires trip."""

import socket
import warnings

import pytest
from django.contrib.auth.models import Group
from django.template import Context, Template, engines
from django.template.base import Origin

from edem.config.testing import templates

Failed = pytest.fail.Exception


def rendered(source: str, **context: object) -> str:
    engine = engines["django"].engine
    origin = Origin(name=str(templates.HOUSE / "ui" / "templates" / "example.html"))
    return Template(source, origin=origin, engine=engine).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{{ missing }}",
        "{{ known.missing }}",
        "{% if missing %}x{% endif %}",
        "{% if missing == 1 %}x{% endif %}",
        "{% for one in missing %}x{% endfor %}",
        "{% blocktranslate %}{{ missing }}{% endblocktranslate %}",
    ],
)
def test_an_undefined_variable_fails(source):
    with pytest.raises(Failed, match="missing"):
        rendered(source, known={})


def test_a_default_says_what_to_do_without_a_value():
    assert rendered('{{ missing|default:"–" }}{{ known }}', known="є") == "–є"


def test_a_library_may_leave_its_variables_undefined():
    assert Template("a{{ missing }}{% if missing %}b{% endif %}").render(Context()) == "a"


def test_a_connection_that_leaves_this_machine_fails():
    with socket.socket() as probe, pytest.raises(Failed, match="stay on this machine"):
        probe.connect(("192.0.2.1", 80))


def test_loopback_is_open():
    with socket.socket() as listener, socket.socket() as caller:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        caller.connect(listener.getsockname())


def test_any_warning_fails():
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


@pytest.mark.django_db
def test_a_list_without_an_order_comes_reversed():
    for name in ("А", "Б", "В"):
        Group.objects.create(name=name)
    unordered = Group.objects.order_by()
    assert [group.name for group in unordered] == ["В", "Б", "А"]
    assert list(unordered.values_list("name", flat=True)) == ["В", "Б", "А"]
    assert list(unordered.order_by("pk").values_list("name", flat=True)) == ["А", "Б", "В"]


@pytest.mark.django_db
def test_queries_are_counted(assert_queries):
    with pytest.raises(Failed, match="1 queries instead of 2"), assert_queries(2):
        list(Group.objects.order_by("pk"))
