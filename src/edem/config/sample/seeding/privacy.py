"""What a resident finds in «Хто і навіщо дивився мої дані», and a request to correct that waits for an officer."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from edem.config.sample.seeding.staffing import Team
from edem.foundation.communities.models import Community
from edem.foundation.identity.privacy.correcting import put_down
from edem.foundation.identity.purposes import ALLOWED, About, ReadPurpose
from edem.foundation.identity.reading import write_down
from edem.foundation.people.models import Person
from edem.foundation.people.roles import Role

DAY: Final = timedelta(days=1)
LOOKED_AT: Final = "olena-tkachuk"
"""The persona whose story says to look at it."""
ASKS: Final = "mariia-bondar"
WORDS: Final = "У паспорті я Бондар-Гнатюк, а тут лише Бондар. Паспорт можу показати в ЦНАП."
_LOOKS: Final = (
    (Role.CLERK, ReadPurpose.FINDING, timedelta(days=61, hours=3)),
    (Role.OFFICER, ReadPurpose.CORRECTION, timedelta(days=47, hours=1)),
    (Role.CLERK, ReadPurpose.PAPER_SHEET, timedelta(days=12, hours=2)),
)
"""Who looked, what for and how long ago; each only with what the purpose opens."""


def leave_traces(community: Community, personas: Mapping[str, Person], *, team: Team, now: datetime) -> None:
    if LOOKED_AT in personas:
        _look(personas[LOOKED_AT], community, team, now=now)
    if ASKS in personas:
        put_down(personas[ASKS], ["last_name"], WORDS, community_id=community.pk, now=now - 9 * DAY)


def _look(person: Person, community: Community, team: Team, *, now: datetime) -> None:
    about = About(community_id=community.pk)
    for role, purpose, ago in _LOOKS:
        if role in team:
            fields = sorted(ALLOWED[purpose])
            write_down([person.pk], fields, purpose=purpose, by=team[role], now=now - ago, about=about)
