from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from edem.foundation.communities.listing import load_communities
from edem.foundation.communities.models import Community
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.communities.tests.test_names import HEADER
from edem.foundation.places.models import Unit
from edem.kernel.errors import Invalid

pytestmark = pytest.mark.django_db

SUMY = "UA59080270000057711"
ROWS = [
    f"{SUMY},Сумська,міська,UA1,Сумський,UA2,Сумська,276895,50.9",
    "UA59080030000075526,Білопільська,міська,UA1,Сумський,UA2,Сумська,26 840,51.1",
    "UA01160030000061374,Гресівська,NA,UA1,Сімферопольський,UA2,Автономна Республіка Крим,,",
]


def content(*rows: str) -> bytes:
    return (HEADER + "\n".join(rows)).encode()


def test_the_list_is_created_closed_and_complete():
    loaded = load_communities(content(*ROWS))
    assert (loaded.added, loaded.changed, loaded.faults) == (3, 0, [])
    sumy = Community.objects.get(katottg=SUMY)
    assert (sumy.slug, sumy.population, sumy.oblast, sumy.raion) == ("sumska", 276_895, "Сумська", "Сумський")
    assert sumy.name == "Сумська міська територіальна громада"
    assert sumy.council_name_genitive == "Сумської міської ради"
    assert not sumy.is_open


def test_loading_twice_changes_nothing():
    load_communities(content(*ROWS))
    loaded = load_communities(content(*ROWS))
    assert (loaded.added, loaded.changed) == (0, 0)


def test_an_open_community_keeps_what_it_has_set_and_learns_its_population():
    CommunityFactory(katottg=SUMY, slug="sumy", name="Суми", name_locative="у Сумах", population=1)
    assert load_communities(content(*ROWS)).changed == 1
    sumy = Community.objects.get(katottg=SUMY)
    assert (sumy.slug, sumy.name, sumy.name_locative, sumy.population) == ("sumy", "Суми", "у Сумах", 276_895)


def test_a_closed_community_is_renamed_but_keeps_its_address():
    load_communities(content(*ROWS))
    load_communities(content(ROWS[1].replace("Білопільська", "Новопільська")))
    renamed = Community.objects.get(katottg="UA59080030000075526")
    assert (renamed.slug, renamed.folded) == ("bilopilska", "новопільська міська територіальна громада")


def test_a_list_without_numbers_does_not_take_them_away():
    load_communities(content(*ROWS))
    load_communities(content(ROWS[0].replace("276895", "")))
    assert Community.objects.get(katottg=SUMY).population == 276_895


def test_no_community_gets_an_address_of_the_platform():
    load_communities(content("UA59080030000075526,Апіська,сільська,UA1,Сумський,UA2,Сумська,1,"))
    CommunityFactory(slug="live-sumska")
    load_communities(content("UA59080030000075527,Лівеська,сільська,UA1,Сумський,UA2,Сумська,1,"))
    assert not Community.objects.filter(slug__in=["live", "api", "static"]).exists()


def test_kyiv_comes_from_the_codifier():
    kyiv = "UA80000000000093317"
    Unit.objects.create(code=kyiv, name="Київ", name_key="", category="K", community_code=kyiv)
    load_communities(content(*ROWS))
    found = Community.objects.get(katottg=kyiv)
    assert (found.slug, found.name_locative) == ("kyiv", "у Києві")


def test_every_broken_row_is_named_and_the_rest_is_loaded(tmp_path):
    file = tmp_path / "hromady.csv"
    broken = [
        "59080030000075526,Білопільська,міська,,,,Сумська,1,",
        "UA59080030000075521,Білопілля,міська,,,,Сумська,1,",
        "UA59080030000075522,Білопільська,велика,,,,Сумська,1,",
        "UA59080030000075523,Білопільська,міська,,,,Сумська,багато,",
        "UA59080030000075524,Білопільська,міська,,,,Сумська,-5,",
        "UA59080030000075525,Білопільська",
        ROWS[0],
    ]
    file.write_bytes(content(ROWS[0], *broken, ROWS[1]))
    said, complained = StringIO(), StringIO()
    call_command("import_communities", str(file), stdout=said, stderr=complained)
    lines = complained.getvalue().splitlines()
    assert [line.partition(":")[0] for line in lines] == [f"Рядок {n}" for n in range(3, 10)]
    assert "Рядок 6: «багато» не схоже на кількість жителів." in lines
    assert "нових: 2; змінених: 0; хибних рядків: 7." in said.getvalue()


@pytest.mark.parametrize("junk", [b"", b"\x00" * 99, "Назва;Люди\n".encode(), content("це,не,громада,а,б,в,г,ґ,д")])
def test_a_file_that_is_no_list_changes_nothing(junk, tmp_path):
    file = tmp_path / "hromady.csv"
    file.write_bytes(junk)
    with pytest.raises(CommandError):
        call_command("import_communities", str(file))
    with pytest.raises(Invalid):
        load_communities(junk)
    assert not Community.objects.exists()


@pytest.mark.real_data
def test_the_whole_country_is_loaded(national_list):
    loaded = load_communities(national_list)
    assert (loaded.added, loaded.faults) == (1772, [])
    assert load_communities(national_list).changed == 0
    assert Community.objects.filter(population__isnull=False).count() == 1469
