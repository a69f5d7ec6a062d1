"""Which holder of the key this installation has."""

import shlex

from django.conf import settings

from edem.foundation.identity.providers.decryption.port import Decryption
from edem.foundation.identity.providers.decryption.program import CryptoProgram
from edem.foundation.identity.providers.decryption.sandbox import SandboxDecryption
from edem.foundation.identity.providers.decryption.service import HolderOverHttp


def chosen_decryption() -> Decryption | None:
    env = settings.EDEM
    if env.crypto_service_url:
        return HolderOverHttp(base_url=env.crypto_service_url, token=env.crypto_service_token)
    if env.crypto_program:
        return CryptoProgram(command=shlex.split(env.crypto_program))
    if env.sandbox_decryption_key is not None:
        return SandboxDecryption(key_file=env.sandbox_decryption_key)
    return None
