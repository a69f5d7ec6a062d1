"""ASiC containers: what is inside is what was signed; bombs, tricks with names and changed files are refused."""

import io
import struct
import zipfile

import pytest

from edem.kernel.kep import oids
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making.containing import extended_container, manifest, simple_container, zipped
from edem.kernel.kep.making.signing import Hand, signed_message
from edem.kernel.kep.messages.asic import EXTENDED, MIME_TYPE, SIMPLE
from edem.kernel.kep.messages.asic_manifest import Manifest
from edem.kernel.kep.messages.zipped import MOST_FILES, unpacked
from edem.kernel.kep.tests.signing_room import NOW, TEXT, checked, olena, reasons, signed, taras
from edem.kernel.kep.verdict import Outcome, SignedFile

FILES = {"рішення.txt": TEXT, "додаток 1.txt": b"annex"}
OLENA, TARAS = (Hand(issued=issued, at=NOW) for issued in (olena(), taras()))


def parts_of(container: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(container)) as opened:
        return [(name, opened.read(name)) for name in opened.namelist()]


def changed(container: bytes, name: str, content: bytes) -> bytes:
    return zipped([(each, content if each == name else body) for each, body in parts_of(container)])


def test_a_simple_container_is_verified_with_its_file():
    verdict = checked(simple_container("рішення.txt", TEXT, OLENA, TARAS))
    assert (verdict.outcome, verdict.form, verdict.content) == (Outcome.VALID, "asic-s", TEXT)
    assert verdict.files == (SignedFile(name="рішення.txt", size=len(TEXT), is_signed=True),)
    assert [found.covers for found in verdict.signers] == [("рішення.txt",)] * 2


def test_an_extended_container_is_verified_by_the_manifest_of_each_signature():
    verdict = checked(extended_container(FILES, OLENA, TARAS))
    assert (verdict.outcome, verdict.form, verdict.content) == (Outcome.VALID, "asic-e", None)
    assert [found.covers for found in verdict.signers] == [tuple(FILES)] * 2


def test_a_changed_file_spoils_every_signature_that_covers_it():
    simple = changed(simple_container("a.txt", TEXT, OLENA), "a.txt", b"changed")
    assert reasons(checked(simple)) == {"content": "other_content"}
    extended = checked(changed(extended_container(FILES, OLENA), "додаток 1.txt", b"changed"))
    assert (extended.outcome, reasons(extended)) == (Outcome.NOT_VALID, {"content": "file_changed"})


def test_a_file_that_was_taken_out_is_missed():
    parts = [part for part in parts_of(extended_container(FILES, OLENA)) if part[0] != "додаток 1.txt"]
    assert reasons(checked(zipped(parts))) == {"content": "file_missing"}


def test_a_file_that_was_slipped_in_is_told_and_the_container_is_not_valid():
    verdict = checked(zipped([*parts_of(extended_container(FILES, OLENA)), ("вставка.txt", b"not signed")]))
    assert verdict.outcome is Outcome.NOT_VALID
    assert [file.name for file in verdict.files if not file.is_signed] == ["вставка.txt"]


def test_a_changed_manifest_is_not_what_was_signed():
    container = extended_container(FILES, OLENA)
    name = "META-INF/ASiCManifest001.xml"
    other = manifest({**FILES, "додаток 1.txt": b"changed"}, signature="META-INF/signature001.p7s")
    both = changed(changed(container, name, other), "додаток 1.txt", b"changed")
    assert reasons(checked(both)) == {"content": "other_content"}


def test_a_given_content_must_be_among_the_files():
    container = simple_container("a.txt", TEXT, OLENA)
    assert checked(container, content=TEXT).outcome is Outcome.VALID
    assert reasons(checked(container, content=b"other")) == {"content": "differs_from_given"}


def test_an_attached_signature_in_a_container_must_hold_the_same_file():
    parts = [(MIME_TYPE, SIMPLE.encode()), ("a.txt", TEXT), ("META-INF/signature.p7s", signed(b"another", OLENA))]
    assert checked(zipped(parts)).outcome is Outcome.NOT_VALID


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([("a.txt", b"x")], "asic.no_signatures"),
        ([("META-INF/signature.p7s", b"x")], "asic.no_files"),
        ([("a.txt", b"x"), ("META-INF/signatures.xml", b"<x/>")], "asic.only_xml"),
        ([("a", b"x"), ("b", b"y"), ("META-INF/signature.p7s", b"")], "asic.one_file_expected"),
        ([(MIME_TYPE, b"application/zip"), ("a", b"x"), ("META-INF/signature.p7s", b"")], "asic.other_kind"),
        ([(MIME_TYPE, EXTENDED.encode()), ("a", b"x"), ("META-INF/signature.p7s", b"")], "asic.manifests"),
        ([("../a", b"x")], "zip.bad_name"),
        ([("/etc/passwd", b"x")], "zip.bad_name"),
        ([("a/../../b", b"x")], "zip.bad_name"),
        ([("C:/a", b"x")], "zip.bad_name"),
        ([("a\\b", b"x")], "zip.bad_name"),
        ([("a\nb", b"x")], "zip.bad_name"),
        ([("a.txt", b"x"), ("A.txt", b"y")], "zip.name_repeated"),
        ([(f"{number}", b"") for number in range(MOST_FILES + 1)], "zip.too_many_files"),
    ],
)
def test_a_container_put_together_wrongly_is_unreadable(parts, code):
    with pytest.raises(Unreadable) as refused:
        checked(zipped(parts))
    assert refused.value.code == code


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused():
    """Otherwise one program would show the first and another would check the second."""
    with pytest.raises(Unreadable, match=r"zip\.name_repeated"):
        checked(zipped([("a.txt", b"x"), ("a.txt", b"y")]))


def test_a_bomb_is_refused_before_it_goes_off():
    bomb = zipped([("a.txt", bytes(70 * 2**20))])
    assert len(bomb) < 2**20
    with pytest.raises(Unreadable, match=r"zip\.too_big"):
        checked(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused_too():
    bomb = zipped([("a.txt", bytes(2**20))])
    said = bomb.replace(struct.pack("<I", 2**20), struct.pack("<I", 10))
    assert said != bomb
    with pytest.raises(Unreadable):
        unpacked(said, most=2**16)


def test_all_files_together_are_bounded():
    with pytest.raises(Unreadable, match=r"zip\.too_big"):
        unpacked(zipped([(f"{number}.txt", bytes(100)) for number in range(11)]), most=1000)


def test_a_closed_archive_is_refused():
    archive = bytearray(zipped([("a.txt", b"x")]))
    # The flag «encrypted», in the file's own header and in the directory.
    archive[6] |= 1
    archive[archive.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable, match=r"zip\.encrypted"):
        unpacked(bytes(archive))


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"<a",
        b"<a/>",
        b"<?xml version='1.0' encoding='UTF-16'?><a/>",
        "<?xml version='1.0'?><a/>".encode("utf-16"),
        b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<a>" * 400_000,
        manifest({"a": b"x"}, signature="s.p7s").replace(b"xmlenc#sha256", b"xmldsig#sha1"),
        manifest({"a": b"x"}, signature="s.p7s").replace(b"DigestValue>", b"Other>"),
        manifest({"": b"x"}, signature="s.p7s"),
        manifest({}, signature="s.p7s"),
        manifest({"a": b"x", "./a": b"y"}, signature="s.p7s"),
    ],
)
def test_a_manifest_with_tricks_is_unreadable(document):
    with pytest.raises(Unreadable):
        Manifest.parse(document)


def test_names_in_a_manifest_are_addresses():
    listed = manifest({"%D1%96%20x.txt": b"x"}, signature="META-INF/signature1.p7s")
    assert Manifest.parse(listed).files[0].name == "і x.txt"


def test_ukrainian_digests_are_named_by_their_identifier():
    listed = manifest({"a": b"x"}, signature="s.p7s").replace(
        b"http://www.w3.org/2001/04/xmlenc#sha256", b"urn:oid:" + oids.GOST34311.encode()
    )
    assert Manifest.parse(listed).files[0].digest == oids.GOST34311


def test_a_signature_that_no_manifest_names_is_not_overlooked():
    parts = parts_of(extended_container(FILES, OLENA))
    extra = ("META-INF/signature002.p7s", signed_message(TEXT, TARAS, is_detached=True))
    with pytest.raises(Unreadable, match=r"asic\.manifests"):
        checked(zipped([*parts, extra]))
