"""Mails for the tests."""

from datetime import datetime

from edem.foundation.notices.actions import Mail
from edem.kernel.deadlines import KYIV

UNTIL = datetime(2026, 6, 1, 0, 0, tzinfo=KYIV)


def lamp_lit(number=5, *, title="Біля школи"):
    return Mail(
        topic="lamps",
        template="lamps/mail/lit.html",
        path=f"/lamps/{number}/",
        once=f"lamps.lit:{number}",
        facts={"title": title, "until": UNTIL, "days": 12},
    )
