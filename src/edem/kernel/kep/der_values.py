"""Values of DER primitives: what their octets mean, and which octets mean nothing."""

from datetime import UTC, datetime, timedelta

from edem.kernel.kep.errors import Unreadable

_MORE_FOLLOWS = 0x80
_SIGN = 0x80
_SHORT_YEAR, _LONG_YEAR = 2, 4
_PIVOT = 50  # RFC 5280 §4.1.2.5.1: 49 is 2049, 50 is 1950


def whole_number(octets: bytes, *, offset: int) -> int:
    padded = len(octets) > 1 and octets[0] in (0x00, 0xFF) and (octets[0] ^ octets[1]) < _SIGN
    if not octets or padded:
        raise Unreadable("der.bad_integer", offset=offset)
    return int.from_bytes(octets, "big", signed=True)


def dotted(octets: bytes, *, offset: int) -> str:
    arcs, arc, fresh = [], 0, True
    for octet in octets:
        if fresh and octet == _MORE_FOLLOWS:
            raise Unreadable("der.bad_oid", offset=offset)
        arc, fresh = arc << 7 | octet & 0x7F, octet < _MORE_FOLLOWS
        if fresh:
            arcs.append(arc)
            arc = 0
    if not arcs or not fresh:
        raise Unreadable("der.bad_oid", offset=offset)
    top = min(arcs[0] // 40, 2)
    return ".".join(str(arc) for arc in (top, arcs[0] - 40 * top, *arcs[1:]))


def moment(octets: bytes, *, short_year: bool, offset: int) -> datetime:
    years = _SHORT_YEAR if short_year else _LONG_YEAR
    whole, _, fraction = octets[:-1].partition(b".")
    well_formed = octets[-1:] == b"Z" and len(whole) == years + 10 and whole.isdigit()
    if b"." in octets:
        # X.690 §11.7: a fraction has digits and does not end with nought.
        well_formed = well_formed and not short_year and fraction.isdigit() and fraction[-1:] != b"0"
    if not well_formed:
        raise Unreadable("der.bad_time", offset=offset)
    year = int(whole[:years])
    if short_year:
        year += 2000 if year < _PIVOT else 1900
    month, day, hour, minute, second = (int(whole[place : place + 2]) for place in range(years, years + 10, 2))
    try:
        whole_seconds = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError as fault:
        raise Unreadable("der.bad_time", offset=offset) from fault
    return whole_seconds + timedelta(microseconds=int(fraction[:6].ljust(6, b"0") or b"0"))
