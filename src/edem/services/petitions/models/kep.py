"""Signatures by КЕП over a petition's text: what was signed, and what shows that it was (issue 4)."""

from django.db import models

from edem.foundation.identity.sealed_field import SealedField
from edem.foundation.identity.sealing import KEP_EVIDENCE
from edem.services.petitions.models.petition import Petition


def place_of(petition_id: int, mark: bytes) -> str:
    """Where an evidence is sealed; moved to another row it does not open."""
    return f"petitions_kepevidence.sealed.{petition_id}.{mark.hex()}"


class KepText(models.Model):
    """A text that somebody has signed, as it was then: the petition's own may be corrected later."""

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.TextField()
    first_signed_at = models.DateTimeField()

    class Meta:
        ordering = ("petition", "sha256")
        constraints = [
            models.UniqueConstraint(fields=["petition", "sha256"], name="kep_text_kept_once"),
        ]


class KepEvidence(models.Model):
    """The file that one person signed. Append-only, beside its row of Signature, in the same shape (design §5)."""

    pk = models.CompositePrimaryKey("community_id", "petition_id", "mark")
    community = models.ForeignKey("communities.Community", on_delete=models.PROTECT, related_name="+")
    petition_id = models.BigIntegerField()
    mark = models.BinaryField(max_length=32)
    person_id = models.UUIDField()
    text_sha256 = models.CharField(max_length=64)
    sealed = SealedField(use=KEP_EVIDENCE, place=lambda row: place_of(row.petition_id, bytes(row.mark)))
    """A certificate has the tax number in clear, so the file is sealed like the vault."""
    sha256 = models.CharField(max_length=64)
    """Of the file as it came."""
    algorithm = models.CharField(max_length=100)
    issuer = models.CharField(max_length=300)
    """The authority that issued the certificate."""
    at = models.DateTimeField()
    leans_on = models.JSONField(default=list, db_default=[])
    """Checksums of what the check stood on (`KepProof`): issuers' words of that hour and their certificates."""
    is_for_author = models.BooleanField(default=False, db_default=False)
    """The signer lets the petition's author have the file, with the tax number in its certificate (decision 0017)."""

    class Meta:
        ordering = ("at", "mark")
        indexes = [models.Index(fields=["person_id"], name="kep_evidence_by_person")]


class KepProof(models.Model):
    """What an issuer said of revocation, or an authority's certificate: public things, once for each petition."""

    class Kind(models.TextChoices):
        CERTIFICATE = "cer", "cer"
        LIST = "crl", "crl"
        ANSWER = "ors", "ors"

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(max_length=3, choices=Kind)
    """Also the ending of its file in the bundle."""
    content = models.BinaryField()

    class Meta:
        ordering = ("petition", "kind", "sha256")
        constraints = [
            models.UniqueConstraint(fields=["petition", "sha256"], name="kep_proof_kept_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["cer", "crl", "ors"]), name="kep_proof_kind_known"),
        ]
