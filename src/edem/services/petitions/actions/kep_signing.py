"""Signing a petition by КЕП over its text: checked outside the transaction, counted and kept as evidence inside it."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from edem.foundation.identity.providers.kept_evidence import is_signed_by, seal_evidence
from edem.foundation.identity.providers.signer import signer_of
from edem.foundation.identity.purposes import MarkPurpose
from edem.foundation.identity.signatures.checking import Weighed, weigh_signature
from edem.foundation.people.models import Person
from edem.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from edem.kernel.kep.errors import Unreadable
from edem.kernel.kep.verdict import Signer
from edem.services.petitions.actions.counted import WishedRows
from edem.services.petitions.actions.counting import announce_moved, count_in
from edem.services.petitions.actions.signing import admit, follow_signed, moved_by, row_of
from edem.services.petitions.actions.signing_grounds import Ground, lock_in_order
from edem.services.petitions.actions.wishes import NewSignature
from edem.services.petitions.models import KepEvidence, KepProof, KepText, Petition
from edem.services.petitions.models.kep import place_of
from edem.services.petitions.queries.kep import wording_for
from edem.services.petitions.queries.own_signature import mark_on
from edem.services.petitions.rules.kep import Wording, assurance_for


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A file that was found good, with what is kept of it."""

    wording: Wording
    content: bytes
    algorithm: str
    issuer: str
    weighed: Weighed


def sign_by_kep(
    wished: NewSignature, content: bytes, *, is_for_author: bool = False, by: Person, now: datetime
) -> None:
    """Count a signature over the petition's own text and keep the file; the work of checking holds no lock."""
    petition = Petition.objects.select_related("community").filter(
        pk=wished.petition_id, community_id=wished.community_id
    )
    found = petition.order_by("pk").first()
    if found is None:
        raise Missing("petition.missing")
    checked, signer = check_file(content, wording_for(found), now=now)
    check_is_own(signer, found, by=by, now=now)
    add_signature(wished, checked, is_for_author=is_for_author)


def check_file(content: bytes, wording: Wording, *, now: datetime) -> tuple[Checked, Signer]:
    try:
        weighed = weigh_signature(content, wording.content, now=now)
    except Unreadable:
        raise Invalid("petition.kep_unreadable", field="signed") from None
    verdict = weighed.verdict
    signer = signer_of(verdict, over=wording.content, needs_qualified=settings.EDEM.kep_needs_qualified, now=now)
    algorithms = verdict.signers[0].algorithms
    checked = Checked(
        wording=wording,
        content=content,
        algorithm=algorithms[0] if algorithms else "",
        issuer=signer.issuer,
        weighed=weighed,
    )
    return checked, signer


def check_is_own(signer: Signer, petition: Petition, *, by: Person, now: datetime) -> None:
    """One signs for oneself: the certificate's person is the one who is signed in."""
    mark = mark_on(petition, by, now=now)
    marks = frozenset({mark} if mark else ())
    purpose, version = MarkPurpose.PETITION, petition.key_version
    if not is_signed_by(signer, by.pk, marks, purpose=purpose, key_version=version, now=now):
        raise NotAllowed("petition.kep_of_another")


@transaction.atomic(durable=True)
def add_signature(wished: NewSignature, checked: Checked, *, is_for_author: bool = False) -> None:
    """The same count as for all the others, and the evidence beside it."""
    grounds = lock_in_order({wished.petition_id})
    ground = grounds.by_petition.get(wished.petition_id)

    mark = admit(as_kep(wished, ground), ground)
    petition = Petition.objects.select_related("community").get(pk=wished.petition_id)
    if wording_for(petition).sha256 != checked.wording.sha256:
        raise Conflict("petition.kep_text_changed")

    moment = wished.arrived_at
    counted = count_in(WishedRows([row_of(wished, mark, grounds.by_petition[wished.petition_id])]), now=moment)
    for withdrew in counted.left_out.values():
        raise Conflict("petition.withdrew_before" if withdrew else "petition.already_signed")
    keep_evidence(petition, mark, wished, checked, is_for_author=is_for_author)
    follow_signed([wished])

    announce_moved(moved_by(counted, grounds), now=moment)


def as_kep(wished: NewSignature, ground: Ground | None) -> NewSignature:
    """However one signed in, a signature over the text is one by КЕП."""
    if ground is not None:
        wished.signer = replace(wished.signer, assurance=assurance_for(ground.charter.counted_assurance))
    return wished


def keep_evidence(
    petition: Petition, mark: bytes, wished: NewSignature, checked: Checked, *, is_for_author: bool
) -> None:
    wording = checked.wording
    KepText.objects.get_or_create(
        petition=petition,
        sha256=wording.sha256,
        defaults={"edition": wording.edition, "content": wording.text, "first_signed_at": wished.arrived_at},
    )
    KepEvidence.objects.create(
        community_id=petition.community_id,
        petition_id=petition.pk,
        mark=mark,
        person_id=wished.person_id,
        text_sha256=wording.sha256,
        sealed=seal_evidence(checked.content, place=place_of(petition.pk, mark)),
        sha256=sha256(checked.content).hexdigest(),
        algorithm=checked.algorithm[:100],
        issuer=checked.issuer[:300],
        at=wished.arrived_at,
        leans_on=keep_proofs(petition, checked.weighed),
        is_for_author=is_for_author,
    )


def keep_proofs(petition: Petition, weighed: Weighed) -> list[str]:
    """What the file does not carry and a later check needs; lists and certificates are the same for many signers."""
    pieces = [
        *((KepProof.Kind.CERTIFICATE, each) for each in weighed.by.certificates),
        *((KepProof.Kind.LIST, each) for each in weighed.by.crls),
        *((KepProof.Kind.ANSWER, each) for each in weighed.by.ocsp),
    ]
    rows = [
        KepProof(petition=petition, kind=kind, sha256=sha256(content).hexdigest(), content=content)
        for kind, content in pieces
    ]
    KepProof.objects.bulk_create(rows, ignore_conflicts=True)
    return sorted({row.sha256 for row in rows})
