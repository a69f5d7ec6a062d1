"""A refusal that is the provider's fault: the person did nothing wrong and may try again."""

from edem.kernel.errors import Refused


class ProviderFault(Refused):
    """The identification service is silent or says nonsense."""

    status = 502
