"""The sample councils' decision on sign-in: a choice of ways, of which the demo offers those it has a stand for."""

from datetime import timedelta

from edem.config.sample.charters import SampleCharter
from edem.foundation.communities.models import CharterVersion, Community
from edem.foundation.identity.charter import SERVICE, SignInCharter
from edem.foundation.identity.claims import Method

OFFERED = (
    Method.DIIA_ID,
    Method.BANK_ID_NBU,
    Method.BANK_ID,
    Method.DIG_SIGN,
    Method.KEP_FILE,
    Method.KEP_WIDGET,
    Method.MOBILE_ID,
    Method.MOBILE_ID_DIRECT,
    Method.CNAP_SLIP,
)
A_WEEK = timedelta(days=7)


def settle_sign_in(community: Community, *, after: SampleCharter) -> CharterVersion:
    """Adopted a week after the first decision on petitions: without a sign-in there is nobody to sign."""
    return CharterVersion.objects.create(
        community=community,
        service=SERVICE,
        version=1,
        in_force_from=after.regulation.in_force_from,
        act_title="Про способи входу мешканців на платформу електронної демократії",
        act_number="217-11/VIII",
        act_date=after.act_date + A_WEEK,
        act_url=f"{community.website}/rishennia/vkhid",
        values=SignInCharter(methods=OFFERED).model_dump(mode="json"),
        clauses={"methods": "п. 2"},
    )
