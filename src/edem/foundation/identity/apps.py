from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "edem.foundation.identity"
    label = "identity"

    def ready(self) -> None:
        from edem.foundation.identity import checks, sessions, wanting_address  # noqa: F401, PLC0415 - models are loaded only now
        from edem.foundation.identity.providers import checks as _ways  # noqa: F401, PLC0415 - as above
        from edem.foundation.identity.signatures import checks as _  # noqa: F401, PLC0415 - as above
