"""DER is read strictly, within bounds, and whatever is wrong is Unreadable and nothing else."""

import contextlib
import copy
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edem.kernel.kep import der, write
from edem.kernel.kep.der import Tag
from edem.kernel.kep.errors import Unreadable

dotted = st.builds(
    lambda top, second, rest: ".".join(map(str, (top, second % 40 if top < 2 else second, *rest))),
    st.integers(0, 2),
    st.integers(0, 2**20),
    st.lists(st.integers(0, 2**40), max_size=8),
)
texts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=200)
moments = st.datetimes(datetime(1950, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))


def fault(source: bytes, reading=lambda node: node) -> str:
    with pytest.raises(Unreadable) as refused:
        reading(der.read(source))
    return refused.value.code


@given(st.integers())
def test_a_written_integer_is_read_back(value):
    assert der.read(write.integer(value)).integer() == value
    assert der.read(write.enumerated(value)).enumerated() == value


@given(dotted)
def test_a_written_oid_is_read_back(oid):
    assert der.read(write.oid(oid)).oid() == oid


@given(texts)
def test_a_written_text_is_read_back(text):
    assert der.read(write.utf8(text)).text() == text


@given(moments)
def test_a_written_moment_is_read_back(moment):
    assert der.read(write.generalized_time(moment)).time() == moment
    assert der.read(write.time(moment.replace(microsecond=0))).time() == moment.replace(microsecond=0)


@given(st.sets(st.integers(0, 30)))
def test_written_flags_are_read_back(numbers):
    assert der.read(write.named_bits(numbers)).named_bits() == numbers


@given(st.binary(max_size=70000))
def test_octets_and_bits_of_any_length_are_read_back(body):
    assert der.read(write.octets(body)).octets() == body
    assert der.read(write.bits(body)).bits() == body


def test_a_structure_is_walked_in_its_order():
    fields = der.read(
        write.sequence(
            write.explicit(0, write.integer(2)),
            write.integer(7),
            write.implicit(1, write.octets(b"key")),
            write.set_of(write.integer(3), write.integer(1)),
        )
    ).sequence()
    version = fields.explicit(0)
    assert version is not None
    assert version.integer() == 2
    assert fields.explicit(0) is None
    assert fields.next().integer() == 7
    key = fields.tagged(1)
    assert key is not None
    assert key.implicit(Tag.OCTET_STRING).octets() == b"key"
    assert [each.integer() for each in fields.next().set_of()] == [1, 3]
    fields.finish()
    with pytest.raises(Unreadable):
        fields.next()


def test_a_retagged_element_keeps_its_length_and_body():
    attributes = write.implicit(0, write.set_of(write.integer(1)))
    node = der.read(attributes)
    assert node.retagged(Tag.SET) == write.set_of(write.integer(1))
    assert node.implicit(Tag.SET).set_of()[0].integer() == 1


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("", "der.cut_short"),
        ("30", "der.cut_short"),
        ("3003020101ff", "der.bytes_left_over"),
        ("3004020101", "der.cut_short"),
        ("30800000", "der.indefinite_length"),
        ("308103020101", "der.bad_length"),
        ("30820003020101", "der.bad_length"),
        ("30820080047e" + "00" * 126, "der.bad_length"),
        ("3085000000000102", "der.bad_length"),
        ("30ff", "der.bad_length"),
        ("1f8101020101", "der.unknown_tag"),
        ("0000", "der.unknown_tag"),
        ("3084ffffffff", "der.cut_short"),
    ],
)
def test_a_loose_header_is_refused(source, code):
    assert fault(bytes.fromhex(source)) == code


@pytest.mark.parametrize(
    ("source", "reading", "code"),
    [
        ("020200ff", lambda node: node.integer(), None),
        ("0202007f", lambda node: node.integer(), "der.bad_integer"),
        ("0202ff80", lambda node: node.integer(), "der.bad_integer"),
        ("0200", lambda node: node.integer(), "der.bad_integer"),
        ("010101", lambda node: node.boolean(), "der.bad_boolean"),
        ("0100", lambda node: node.boolean(), "der.bad_boolean"),
        ("050100", lambda node: node.null(), "der.bad_null"),
        ("0300", lambda node: node.bits(), "der.bad_bits"),
        ("030108", lambda node: node.bits(), "der.bad_bits"),
        ("03020101", lambda node: node.named_bits(), "der.bad_bits"),
        ("03020102", lambda node: node.bits(), "der.odd_bits"),
        ("0600", lambda node: node.oid(), "der.bad_oid"),
        ("06022a80", lambda node: node.oid(), "der.bad_oid"),
        ("06032a8001", lambda node: node.oid(), "der.bad_oid"),
        ("0c01ff", lambda node: node.text(), "der.bad_text"),
        ("13024100", lambda node: node.text(), "der.bad_text"),
        ("1e0141", lambda node: node.text(), "der.bad_text"),
        ("170b323330393139313635315a", lambda node: node.time(), "der.bad_time"),
        ("170d3233313339313136353131315a", lambda node: node.time(), "der.bad_time"),
        ("0201ff", lambda node: node.octets(), "der.unexpected"),
        ("0400", lambda node: node.sequence(), "der.unexpected"),
        ("3000", lambda node: node.inside(), "der.missing"),
    ],
)
def test_a_loose_value_is_refused(source, reading, code):
    if code is None:
        reading(der.read(bytes.fromhex(source)))
    else:
        assert fault(bytes.fromhex(source), reading) == code


@pytest.mark.parametrize(
    "digits", [b"20230919165111.50Z", b"20230919165111.Z", b"20230919165111+0300", b"2023091916511AZ"]
)
def test_a_time_that_der_does_not_allow_is_refused(digits):
    assert fault(write.element(Tag.GENERALIZED_TIME, digits), lambda node: node.time()) == "der.bad_time"


def test_two_digits_of_a_year_turn_at_fifty():
    assert der.read(write.element(Tag.UTC_TIME, b"490101000000Z")).time().year == 2049
    assert der.read(write.element(Tag.UTC_TIME, b"500101000000Z")).time().year == 1950
    assert der.read(write.element(Tag.GENERALIZED_TIME, b"20230101000000.123Z")).time() - datetime(
        2023, 1, 1, tzinfo=UTC
    ) == timedelta(milliseconds=123)


def deepest(node):
    while node.tag == Tag.SEQUENCE:
        node = node.inside()
    return node


def test_depth_and_size_and_number_have_their_bounds():
    nested = b""
    for _ in range(2000):
        nested = write.sequence(nested)

    def to_the_bottom(node):
        while True:
            node = node.inside()

    assert fault(nested, to_the_bottom) == "der.too_deep"
    whole = write.NULL
    for _ in range(der.MOST_DEPTH):
        whole = write.sequence(whole)
    assert deepest(der.read(whole)).tag == Tag.NULL
    assert fault(write.sequence(whole), deepest) == "der.too_deep"
    assert fault(write.sequence(*[write.NULL] * 5000), lambda node: node.sequence_of()) == "der.too_many"
    with pytest.raises(Unreadable):
        der.read(write.octets(bytes(100)), most=50)
    assert fault(write.element(Tag.INTEGER, b"\x01" * 5000), lambda node: node.integer()) == "der.too_long"


def walk(node: der.Node) -> None:
    """Read every element by every accessor that there is."""
    for reading in ("integer", "oid", "octets", "bits", "named_bits", "text", "time", "boolean", "null", "enumerated"):
        with contextlib.suppress(Unreadable):
            getattr(node, reading)()
    with contextlib.suppress(Unreadable):
        for child in node.sequence_of():
            walk(child)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_unreadable_and_nothing_else(source):
    with contextlib.suppress(Unreadable):
        walk(der.read(source))


def test_a_fault_is_rebuilt_with_its_facts():
    before = Unreadable("der.cut_short", offset=7)
    after = copy.copy(before)
    assert (after.code, after.facts, str(after)) == ("der.cut_short", {"offset": 7}, "der.cut_short(offset=7)")
