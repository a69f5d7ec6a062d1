"""The stand's banks: one signs what it says of its client and encrypts it; the other only lends its name."""

from datetime import UTC, datetime, timedelta

from edem.kernel.kep.making.authority import Authority, Issued
from edem.kernel.kep.making.revocation import Issue, crl, ocsp_answer
from edem.kernel.kep.making.signing import Hand, assembled, signed_message, signer_record
from edem.kernel.kep.making.subjects import Organisation
from edem.kernel.kep.messages.evidence import Evidence
from simulators.authority import TERM, stand_authority
from simulators.id_gov_ua.mischief import Mischief
from simulators.sealing import Sealer

BANK = Organisation(title="АТ «Банк тестового стенда»", edrpou="40000010")
OTHER_BANK = Organisation(title="АТ «Інший банк стенда»", edrpou="40000011")
RENEWED = Organisation(title=BANK.title, edrpou=BANK.edrpou, common_name="АТ «Банк тестового стенда», нова печатка")
A_MOMENT = timedelta(minutes=1)


class Bank:
    def __init__(self, seed: str, *, site: str) -> None:
        self.authority: Authority = stand_authority(seed, name="bank", site=site)
        self.seal = self.authority.seal(BANK, term=TERM)
        self.renewed = self.authority.seal(RENEWED, term=TERM)
        self.other = self.authority.seal(OTHER_BANK, term=TERM)
        self.responder = self.authority.responder(term=TERM)
        self.sealer = Sealer.of(self.authority, BANK)

    def named_certificate(self, mischief: Mischief) -> bytes:
        """Which certificate the answer says it is signed with."""
        return (self.other if mischief is Mischief.OTHER_SIGNER else self._seal_for(mischief)).certificate.der

    def sealed(self, said: bytes, *, certificate: str, mischief: Mischief) -> bytes:
        """SignedData around what is said, in an envelope."""
        return self.sealer.sealed(self._signed(said, mischief), certificate=certificate, mischief=mischief)

    def _signed(self, said: bytes, mischief: Mischief) -> bytes:
        at = datetime.now(UTC).replace(microsecond=0)
        seal = self._seal_for(mischief)
        hand = Hand(issued=seal, at=at, evidence=self._evidence(seal, at=at))
        above = [self.authority.certificate]
        if mischief is not Mischief.WRONG_SIGNATURE:
            return signed_message(said, hand, certificates=above)
        signer = signer_record(said.replace(b"inn", b"iNn"), hand)
        travelling = [seal.certificate, *above]
        return assembled([signer], content=said, digests=[hand.digest_oid], certificates=travelling)

    def _seal_for(self, mischief: Mischief) -> Issued:
        return self.renewed if mischief is Mischief.NEW_CERTIFICATE else self.seal

    def _evidence(self, seal: Issued, *, at: datetime) -> Evidence:
        """That neither the seal nor the authority's certificate is revoked: nobody has to be asked."""
        answer = ocsp_answer(self.authority, seal.certificate, by=self.responder, at=at, lasts=timedelta(hours=1))
        root = self.authority.above
        lists = (crl(root, Issue(at=at - A_MOMENT)),) if root else ()
        return Evidence(certificates=(self.responder.certificate.der,), crls=lists, ocsp=(answer,))
