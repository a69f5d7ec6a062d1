from datetime import UTC, datetime, timedelta
import pytest
from edem.foundation.communities.models import Organisation
from edem.foundation.communities.tests.factories import CommunityFactory
from edem.foundation.identity import vault
from edem.foundation.identity.cnap.registering import find_person
from edem.foundation.identity.purposes import About, ReadPurpose
from edem.foundation.identity.privacy.correcting import ask_correction
from edem.foundation.identity.tests.factories import identified_resident
from edem.foundation.people.roles import Role
from edem.foundation.people.tests.factories import GrantFactory, PersonFactory
from edem.services.petitions.actions.signing import add_signatures
from edem.services.petitions.tests.factories import PetitionFactory, charter_of_community, new_signature
from edem.ui.tests.browser import ORIGIN, opened
pytestmark = pytest.mark.django_db

def test_shots(client):
    now = datetime.now(UTC)
    community = CommunityFactory(slug="zhytomyr", katottg="UA05020030010063857")
    charter_of_community(community)
    me = identified_resident(community, since=now - timedelta(days=2), tax_number="3184710691", address="вул. Садова, 12", email="o@example.com")
    petition = PetitionFactory(community=community, collecting=True)
    add_signatures([new_signature(petition, person_id=me.pk)])
    org = Organisation.objects.create(community=community, name="ЦНАП Житомира", kind="department")
    clerk = PersonFactory(staff=True, display_name="Марія Лозова")
    GrantFactory(person=clerk, community=community, organisation=org, role=Role.CLERK)
    vault.read(me, ("email",), purpose=ReadPurpose.MAIL, by=None, now=now - timedelta(days=1))
    find_person("3184710691", community_id=community.pk, by=clerk, now=now)
    vault.read(me, ("last_name", "address"), purpose=ReadPurpose.MEMBERSHIP, by=clerk, now=now, about=About(kind="petitions.petition", number="74", community_id=community.pk, path=f"/petitions/{petition.pk}/"))
    ask_correction(me, ["address"], "Адреса інша", community_id=community.pk, now=now)
    client.sign_in(me)
    pages = {}
    for name in ("my-data/", "my-data/readings/", "my-data/correct/", "my-data/erase/"):
        pages[f"/zhytomyr/cabinet/{name}"] = client.get(f"/zhytomyr/cabinet/{name}").content.decode()
    pdf = client.post("/zhytomyr/cabinet/my-data/copy/pdf/").content
    open("/tmp/vault_copy.pdf", "wb").write(pdf)
    client.logout(); client.sign_in(clerk)
    from edem.foundation.identity.models import Correction
    c = Correction.objects.get()
    pages["/desk1"] = client.post(f"/zhytomyr/desk/corrections/{c.pk}/open/").content.decode()
    for width in (360, 1100):
        with opened(pages, width=width, theme="light") as page:
            for path in pages:
                page.goto(f"{ORIGIN}{path}")
                page.screenshot(path=f"/tmp/vault_{width}_{path.strip('/').replace('/', '_')}.png", full_page=True)
