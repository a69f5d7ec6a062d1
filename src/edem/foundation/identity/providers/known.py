"""The ways this house knows, in the order in which they are offered where no council has said otherwise."""

from collections.abc import Sequence

from edem.foundation.identity.claims import Method
from edem.foundation.identity.providers.bank_id.way import BankIdNbu
from edem.foundation.identity.providers.cnap_slip import SlipWay
from edem.foundation.identity.providers.id_gov_ua import IdGovUaWay
from edem.foundation.identity.providers.interface import Redirecting, Way
from edem.foundation.identity.providers.kep_file.way import KepFileWay
from edem.foundation.identity.providers.mobile_id.way import MobileIdWay
from edem.foundation.identity.providers.signing_widget.way import SigningWidgetWay

WAYS: tuple[Way, ...] = (IdGovUaWay(), BankIdNbu(), KepFileWay(), SigningWidgetWay(), MobileIdWay(), SlipWay())


def connected_methods() -> Sequence[Method]:
    """What this installation has an agreement, a key or a trust list for."""
    return [method for way in WAYS if way.is_connected() for method in way.methods]


def way_of(method: Method) -> Way:
    return next(way for way in WAYS if method in way.methods)


def redirecting_called(code: str) -> Redirecting | None:
    """The way whose answers come to `/sign-in/back/<code>/`."""
    return next((way for way in WAYS if isinstance(way, Redirecting) and way.code == code), None)
