"""What revocation lists say, full and delta; one that is stale, foreign or forged says nothing."""

from datetime import timedelta

import pytest

from edem.kernel.kep import oids, write
from edem.kernel.kep.certificates.crl import RevocationList, status_by_list
from edem.kernel.kep.certificates.status import Reason
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.making import extension_writing as extensions
from edem.kernel.kep.making.authority import Authority, Revoked
from edem.kernel.kep.making.revocation import Issue, crl, delta_crl
from edem.kernel.kep.tests.hierarchy import NOW, OLENA, authority, fresh_authority, signer
from edem.kernel.kep.verdict import Result

HOUR = timedelta(hours=1)
ISSUE = Issue(at=NOW - HOUR, number=5)


@pytest.fixture
def ca() -> Authority:
    return fresh_authority()


def listed(ca, issue=ISSUE, **kwargs):
    return RevocationList.parse(crl(ca, issue, **kwargs))


def changed(ca, *changes, number=6, base_number=5, at=NOW, **kwargs):
    issue = Issue(at=at, number=number)
    return RevocationList.parse(delta_crl(ca, issue, base_number=base_number, changes=list(changes), **kwargs))


def asked(full, delta=None, *, at=NOW, now=NOW, issuer=None):
    return status_by_list(
        signer().certificate, issuer=issuer or authority().certificate, full=full, delta=delta, at=at, now=now
    )


def revoked(reason=Reason.KEY_COMPROMISE, at=NOW - 2 * HOUR):
    return Revoked(serial=signer().certificate.serial, at=at, reason=reason)


def test_nobody_is_revoked_by_an_empty_list(ca):
    status = asked(listed(ca))
    assert (status.result, status.why, status.said_at) == (Result.PASSED, "", NOW - HOUR)


def test_others_on_the_list_are_not_this_one(ca):
    ca.revoked += [Revoked(serial=number, at=NOW - HOUR, reason=Reason.SUPERSEDED) for number in range(1, 50)]
    assert asked(listed(ca)).result is Result.PASSED


def test_a_revoked_certificate_is_told_with_its_moment_and_reason(ca):
    ca.revoke(signer().certificate, at=NOW - 2 * HOUR, reason=Reason.KEY_COMPROMISE)
    status = asked(listed(ca))
    assert (status.result, status.why) == (Result.FAILED, "certificate.revoked")
    assert (status.revoked_at, status.reason) == (NOW - 2 * HOUR, Reason.KEY_COMPROMISE)


def test_before_it_was_revoked_it_was_good(ca):
    ca.revoke(signer().certificate, at=NOW - 2 * HOUR)
    full = listed(ca)
    assert asked(full, at=NOW - 2 * HOUR - timedelta(seconds=1)).result is Result.PASSED
    assert asked(full, at=NOW - 2 * HOUR).result is Result.FAILED


def test_a_certificate_on_hold_is_told_as_such(ca):
    ca.revoke(signer().certificate, at=NOW - 2 * HOUR, reason=Reason.HOLD)
    assert asked(listed(ca)).why == "certificate.on_hold"
    ca.release(signer().certificate)
    assert asked(listed(ca)).result is Result.PASSED


def test_a_delta_adds_to_the_full_list(ca):
    full, delta = listed(ca), changed(ca, revoked())
    assert asked(full).result is Result.PASSED
    status = asked(full, delta)
    assert (status.result, status.said_at) == (Result.FAILED, NOW)


def test_a_delta_takes_a_certificate_off_hold(ca):
    ca.revoke(signer().certificate, at=NOW - 2 * HOUR, reason=Reason.HOLD)
    assert asked(listed(ca), changed(ca, revoked(Reason.REMOVED_FROM_LIST, NOW))).result is Result.PASSED
    assert asked(listed(ca), changed(ca)).result is Result.FAILED


@pytest.mark.parametrize(("number", "base_number"), [(4, 3), (7, 6)])
def test_a_delta_of_another_base_or_older_than_the_list_is_passed_over(ca, number, base_number):
    assert asked(listed(ca), changed(ca, revoked(), number=number, base_number=base_number)).result is Result.PASSED


def test_a_forged_delta_is_passed_over(ca):
    other = Authority(certificate=ca.certificate, key=signer().key, seed="forger")
    assert asked(listed(ca), changed(other, revoked())).result is Result.PASSED


def test_a_delta_alone_says_nothing(ca):
    assert asked(changed(ca)).why == "crl.delta_without_full"


def test_a_list_speaks_until_the_next_one_is_due(ca):
    full = listed(ca)
    assert asked(full, at=NOW + HOUR, now=NOW + HOUR).result is Result.PASSED
    late = NOW + HOUR + timedelta(seconds=1)
    status = asked(full, at=late, now=late)
    assert (status.result, status.why) == (Result.NOT_MADE, "crl.stale")


def test_an_old_list_still_speaks_of_its_own_time(ca):
    year = timedelta(days=365)
    assert asked(listed(ca), at=NOW - year, now=NOW + year).result is Result.PASSED


def test_a_list_from_the_future_says_nothing(ca):
    assert asked(listed(ca), now=NOW - 2 * HOUR, at=NOW - 2 * HOUR).why == "crl.from_the_future"


def test_a_list_of_another_issuer_says_nothing(ca):
    assert ca.above is not None
    assert asked(RevocationList.parse(crl(ca.above, ISSUE))).why == "crl.other_issuer"


def test_a_forged_list_says_nothing(ca):
    older = crl(ca, ISSUE).replace(write.time(ISSUE.at), write.time(ISSUE.at - HOUR))
    assert asked(RevocationList.parse(older)).why == "crl.bad_signature"
    impostor = Authority(certificate=ca.certificate, key=signer().key, seed="forger")
    assert asked(RevocationList.parse(crl(impostor, ISSUE))).why == "crl.other_key"


def test_only_who_may_sign_lists_is_believed(ca):
    """A person's certificate in place of the authority's: the same name would not help without the right."""
    holder = signer()
    own = Authority(certificate=holder.certificate, key=holder.key, seed="own")
    child = own.person(OLENA)
    status = status_by_list(
        child.certificate, issuer=holder.certificate, full=RevocationList.parse(crl(own, ISSUE)), at=NOW, now=NOW
    )
    assert status.why == "crl.issuer_may_not_sign"


def scope(*parts: bytes) -> bytes:
    return extensions.extension(oids.ISSUING_DISTRIBUTION_POINT, write.sequence(*parts), critical=True)


@pytest.mark.parametrize(
    ("parts", "result"),
    [
        ([extensions.place(authority().crl_address)], Result.PASSED),
        ([extensions.place("http://elsewhere.example/other.crl")], Result.NOT_MADE),
        ([write.implicit(1, write.TRUE)], Result.PASSED),
        ([write.implicit(2, write.TRUE)], Result.NOT_MADE),
        ([write.implicit(3, write.named_bits([1]))], Result.NOT_MADE),
        ([write.implicit(4, write.TRUE)], Result.NOT_MADE),
        ([write.implicit(5, write.TRUE)], Result.NOT_MADE),
    ],
)
def test_a_list_speaks_only_of_what_is_in_its_scope(ca, parts, result):
    status = asked(listed(ca, extras=(scope(*parts),)))
    assert (status.result, status.why) == (result, "" if result is Result.PASSED else "crl.other_scope")


def test_an_unknown_critical_extension_makes_a_list_useless(ca):
    strange = extensions.extension("1.2.3.4", write.NULL, critical=True)
    assert asked(listed(ca, extras=(strange,))).why == "crl.unknown_critical"
    assert asked(listed(ca, extras=(extensions.extension("1.2.3.4", write.NULL),))).result is Result.PASSED


def test_a_certificate_is_no_revocation_list():
    with pytest.raises(Unreadable):
        RevocationList.parse(signer().certificate.der)
