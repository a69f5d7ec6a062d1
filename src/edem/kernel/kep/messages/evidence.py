"""What helps to judge a signature and is not signed by it: revocation lists, OCSP answers, further certificates."""

from dataclasses import dataclass

from edem.kernel.kep import der, oids
from edem.kernel.kep.messages.attributes import Attributes
from edem.kernel.kep.messages.signed import SignedMessage

MOST_PIECES = 64


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """DER of each piece. What cannot be read among them is no evidence; it spoils nothing else."""

    crls: tuple[bytes, ...] = ()
    ocsp: tuple[bytes, ...] = ()
    """Whole OCSP answers or their BasicOCSPResponse."""
    certificates: tuple[bytes, ...] = ()

    def __add__(self, other: "Evidence") -> "Evidence":
        return Evidence(
            crls=self.crls + other.crls,
            ocsp=self.ocsp + other.ocsp,
            certificates=self.certificates + other.certificates,
        )


NO_EVIDENCE = Evidence()


def carried_by(message: SignedMessage) -> Evidence:
    """What the message brings for all its signers."""
    return Evidence(crls=message.crls, ocsp=message.ocsp, certificates=message.certificates)


def added_by(unsigned: Attributes) -> Evidence:
    """certificate-values and revocation-values of one signer (CAdES-LT)."""
    crls: list[bytes] = []
    ocsp: list[bytes] = []
    certificates: list[bytes] = []
    for value in unsigned.all(oids.ATTR_CERTIFICATE_VALUES):
        certificates.extend(node.raw for node in value.sequence_of(most=MOST_PIECES))
    for value in unsigned.all(oids.ATTR_REVOCATION_VALUES):
        fields = value.sequence()
        crls.extend(_pieces(fields.explicit(0)))
        ocsp.extend(_pieces(fields.explicit(1)))
        fields.tagged(2)
        fields.finish()
    return Evidence(crls=tuple(crls), ocsp=tuple(ocsp), certificates=tuple(certificates))


def _pieces(node: der.Node | None) -> list[bytes]:
    return [piece.raw for piece in node.sequence_of(most=MOST_PIECES)] if node else []
