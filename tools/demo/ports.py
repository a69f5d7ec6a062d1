"""Which ports the demo takes: the one asked for, and near ones for its helpers."""

from typing import Final

from tools.demo.processes import Ports
from tools.ports import first_free, is_free
from tools.stops import Stopped

WEB = 8000
HELPERS: Final = {
    "mail": 8025,
    "letters": 8026,
    "identity": 8100,
    "bank": 8110,
    "crypto": 8120,
    "phones": 8130,
    "signing": 8140,
    "texts": 8150,
    "register": 8160,
    "outside": 8170,
}


def ports_for(wanted: int) -> Ports:
    if not is_free(wanted):
        raise Stopped(f"Port {wanted} is taken by another program. Try: ./edem demo --port {first_free(wanted + 1)}")
    given = {"web": wanted}
    for name, preferred in HELPERS.items():
        given[name] = first_free(preferred, but=given.values())  # nobody listens yet: a port may be free and promised
    return Ports(**given)
