"""SubjectPublicKeyInfo: which kind of key it is."""

from typing import Final

from edem.kernel.kep import der, oids
from edem.kernel.kep.certificates.algorithm import Algorithm
from edem.kernel.kep.certificates.dstu_key import DstuKey
from edem.kernel.kep.certificates.other_keys import EcKey, RsaKey
from edem.kernel.kep.certificates.public_key import PublicKey, is_dstu
from edem.kernel.kep.errors import Unreadable

MOST_BYTES: Final = 8 * 2**10


def read_public_key(source: bytes) -> PublicKey:
    """The key; Unreadable when it is of no kind that is known here, or is none at all."""
    fields = der.read(source, most=MOST_BYTES).sequence()
    algorithm, bits = Algorithm.read(fields.next()), fields.next().bits()
    fields.finish()
    if is_dstu(algorithm.oid):
        return DstuKey.read(algorithm, bits)
    if algorithm.oid == oids.RSA_ENCRYPTION:
        return RsaKey(source, bits)
    if algorithm.oid == oids.EC_PUBLIC_KEY:
        return EcKey(source, bits, parameters=algorithm.parameters)
    raise Unreadable("key.unknown_algorithm", algorithm=algorithm.oid)
