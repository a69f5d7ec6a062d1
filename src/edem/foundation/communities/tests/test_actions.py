from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from edem.foundation.communities.actions import (
    CommunityFacts,
    add_district,
    add_organisation,
    change_accent,
    change_arms,
    change_district,
    change_facts,
    change_organisation,
    close_organisation,
    open_community,
    remove_arms,
    remove_district,
    reopen_organisation,
    switch_languages,
    switch_services,
)
from edem.foundation.communities.actions.parts import DistrictFacts, OrganisationFacts
from edem.foundation.communities.arms import LARGEST_FILE
from edem.foundation.communities.models import Community, District, Organisation
from edem.foundation.communities.recording import unrecorded
from edem.foundation.communities.tests.factories import (
    CharterVersionFactory,
    CommunityFactory,
    DistrictFactory,
    OrganisationFactory,
)
from edem.foundation.places.models import Unit
from edem.kernel.errors import Conflict, Invalid, Missing

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
TOLD = {"record": unrecorded, "now": NOW}
CODE = "UA18040190000029215"
FACTS = CommunityFacts(
    name="Житомирська міська територіальна громада",
    name_genitive="Житомирської міської територіальної громади",
    name_locative="у Житомирі",
    council_name="Житомирська міська рада",
)


@pytest.fixture
def community():
    return CommunityFactory(katottg=CODE, slug="zhytomyr")


@pytest.fixture
def codifier():
    oblast = Unit.objects.create(code="UA18000000000041385", name="Житомирська", category="O")
    raion = Unit.objects.create(code="UA18040000000058965", name="Житомирський", category="P", parent=oblast)
    hromada = Unit.objects.create(code=CODE, name="Житомирська", category="H", parent=raion, community_code=CODE)
    for code, name in (("UA18040190010057814", "Житомир"), ("UA18040190020077303", "Вереси")):
        Unit.objects.create(code=code, name=name, category="C", parent=hromada, community_code=CODE)


def picture(*, size=(900, 600), kind="PNG", **options) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, "#c2453a").save(kept, kind, **options)
    return kept.getvalue()


def test_facts_are_kept_in_one_spelling_and_the_record_says_which_changed(community):
    written = []
    change_facts(
        community.pk,
        CommunityFacts(**{**FACTS.__dict__, "name": " Кам'янська громада "}),
        record=lambda act, **facts: written.append((act, facts["fields"])),
        now=NOW,
    )
    changed = Community.objects.get(pk=community.pk)
    assert (changed.name, changed.folded) == ("Камʼянська громада", "камʼянська громада")
    assert written[0][0] == "communities.facts_changed"
    assert "name_locative" in written[0][1]


@pytest.mark.parametrize("accent", ["#1f7a3d", "#1F7A3D ", "#ffff00"])
def test_any_colour_may_be_chosen_for_the_code_makes_it_readable(community, accent):
    change_accent(community.pk, accent, **TOLD)
    assert Community.objects.get().accent == accent.strip().lower()


@pytest.mark.parametrize("accent", ["green", "#12345", "#12345g", "url(x)", "#123456;}"])
def test_only_a_colour_is_a_colour(community, accent):
    with pytest.raises(Invalid, match="accent_form"):
        change_accent(community.pk, accent, **TOLD)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_arms_are_drawn_anew_and_nothing_hidden_comes_along(community, kind):
    exif = Image.Exif()
    exif[0x010E] = "таємний опис"
    change_arms(community.pk, picture(kind=kind, exif=exif) + b"<script>alert(1)</script>", **TOLD)
    arms = Community.objects.get().coat_of_arms
    kept = default_storage.open(arms.name).read()
    with Image.open(BytesIO(kept)) as drawn:
        assert (drawn.format, drawn.size, drawn.getexif().get(0x010E)) == ("PNG", (512, 341), None)
    assert b"script" not in kept
    assert arms.name.startswith("arms/zhytomyr-")
    remove_arms(community.pk, **TOLD)
    assert not Community.objects.get().coat_of_arms


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "arms_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "arms_unreadable"),
        (picture()[:200], "arms_unreadable"),
        (picture(kind="GIF"), "arms_unreadable"),
        (picture(size=(6001, 10)), "arms_too_large"),
        (b"\x89PNG" + b"\x00" * LARGEST_FILE, "arms_too_large"),
    ],
)
def test_a_file_that_is_no_picture_is_refused(community, content, code):
    with pytest.raises(Invalid, match=code):
        change_arms(community.pk, content, **TOLD)


def test_a_service_is_switched_on_only_under_the_councils_rules(community):
    known = {"known": frozenset({"petitions", "polls"}), "need_charter": frozenset({"petitions"})}
    Community.objects.update(services=[])
    with pytest.raises(Conflict, match="no_charter"):
        switch_services(community.pk, ["petitions"], **known, **TOLD)
    CharterVersionFactory(community=community, service="petitions")
    switch_services(community.pk, ["polls", "petitions"], **known, **TOLD)
    assert Community.objects.get().services == ["petitions", "polls"]
    switch_services(community.pk, [], **known, **TOLD)
    assert Community.objects.get().services == []


def test_a_service_that_is_not_installed_cannot_be_switched_on(community):
    with pytest.raises(Invalid, match="unknown_service"):
        switch_services(community.pk, ["magic"], known=frozenset(), need_charter=frozenset(), **TOLD)


def test_ukrainian_is_always_among_the_languages(community):
    switch_languages(community.pk, ["en"], **TOLD)
    assert Community.objects.get().languages == ["uk", "en"]
    switch_languages(community.pk, [], **TOLD)
    assert Community.objects.get().languages == ["uk"]
    with pytest.raises(Invalid, match="unknown_language"):
        switch_languages(community.pk, ["xx"], **TOLD)


def open_(katottg=CODE, *, slug="zhytomyr", host=None):
    return open_community(katottg, slug=slug, host=host, facts=FACTS, **TOLD)


def test_a_community_is_opened_from_the_national_list():
    listed = CommunityFactory(katottg=CODE, slug="zhytomyrska", listed_only=True, population=261_000)
    opened = open_(host="edem.Zhytomyr.gov.ua ")
    assert opened.pk == listed.pk
    assert (opened.slug, opened.host, opened.is_open) == ("zhytomyr", "edem.zhytomyr.gov.ua", True)
    assert (opened.name, opened.population) == (FACTS.name, 261_000)
    with pytest.raises(Conflict, match="is_open"):
        open_(slug="other")


def test_a_community_is_opened_straight_from_the_codifier(codifier):
    opened = open_()
    assert (opened.oblast, opened.raion, opened.languages) == ("Житомирська", "Житомирський", ["uk"])


def test_only_a_community_of_the_codifier_is_opened(codifier):
    for code in ("UA18040190020077303", "UA00000000000000000", "щось"):
        with pytest.raises(Missing, match="no_such_unit"):
            open_(code)


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("acts", "slug_reserved"),
        ("static", "slug_reserved"),
        ("language", "slug_reserved"),
        ("Zhytomyr", "slug_form"),
        ("житомир", "slug_form"),
        ("a--b", "slug_form"),
        ("-a", "slug_form"),
        ("a/b", "slug_form"),
        ("", "slug_form"),
        ("a" * 61, "slug_form"),
        ("zhmerynka", "slug_taken"),
    ],
)
def test_an_address_is_plain_free_and_not_the_platforms_own(codifier, slug, code):
    CommunityFactory(slug="zhmerynka")
    with pytest.raises((Invalid, Conflict), match=code):
        open_(slug=slug)


@pytest.mark.parametrize(
    ("host", "code"),
    [("localhost", "host_form"), ("a b.ua", "host_form"), ("-a.ua", "host_form"), ("edem.bar.ua", "host_taken")],
)
def test_a_host_name_is_real_and_free(codifier, host, code):
    CommunityFactory(host="edem.bar.ua")
    with pytest.raises((Invalid, Conflict), match=code):
        open_(host=host)


def test_a_district_holds_settlements_of_its_community_once(community, codifier):
    add_district(community.pk, DistrictFacts(name="Вереський", settlement_codes=["UA18040190020077303"]), **TOLD)
    with pytest.raises(Conflict, match="settlement_twice"):
        add_district(community.pk, DistrictFacts(name="Другий", settlement_codes=["UA18040190020077303"]), **TOLD)
    with pytest.raises(Invalid, match="settlement_foreign"):
        add_district(community.pk, DistrictFacts(name="Другий", settlement_codes=["UA80000000000093317"]), **TOLD)
    with pytest.raises(Conflict, match="district_taken"):
        add_district(community.pk, DistrictFacts(name="Вереський"), **TOLD)


def test_a_district_is_changed_and_removed_within_its_community_only(community):
    district = DistrictFactory(community=community, name="Центр")
    change_district(community.pk, district.pk, DistrictFacts(name="Середмістя", position=2), **TOLD)
    assert District.objects.get().name == "Середмістя"
    foreign = DistrictFactory()
    for refused in (
        lambda: change_district(community.pk, foreign.pk, DistrictFacts(name="Чужий"), **TOLD),
        lambda: remove_district(community.pk, foreign.pk, **TOLD),
    ):
        with pytest.raises(Missing, match="district_none"):
            refused()
    remove_district(community.pk, district.pk, **TOLD)
    assert list(District.objects.all()) == [foreign]


def test_an_organisation_is_closed_and_not_deleted(community):
    facts = OrganisationFacts(name="КП «Шляхбуд»", kind="enterprise", email="shliakh@rada.example")
    organisation = add_organisation(community.pk, facts, **TOLD)
    with pytest.raises(Conflict, match="organisation_taken"):
        add_organisation(community.pk, facts, **TOLD)
    close_organisation(community.pk, organisation.pk, **TOLD)
    assert Organisation.objects.get().closed_at == NOW
    reopen_organisation(community.pk, organisation.pk, **TOLD)
    change_organisation(community.pk, organisation.pk, OrganisationFacts(name="КП «Дороги»"), **TOLD)
    changed = Organisation.objects.get()
    assert (changed.closed_at, changed.name) == (None, "КП «Дороги»")


def test_an_organisation_of_another_community_is_out_of_reach(community):
    foreign = OrganisationFactory()
    with pytest.raises(Missing, match="organisation_none"):
        close_organisation(community.pk, foreign.pk, **TOLD)
