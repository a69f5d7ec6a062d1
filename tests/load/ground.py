"""The bench's own ground: a database of its own on the same server, sealed people, petitions that collect."""

import hashlib
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from psycopg import sql

from tools.places import ROOT

NAME = os.environ.get("EDEM_BENCH_DATABASE", "edem_bench")
SLUG = "bench"
FAMILY = ("Ткачук", "Бондаренко", "Шевчук", "Коваленко", "Мельник", "Поліщук")
GIVEN = ("Ольга", "Ігор", "Світлана", "Андрій", "Наталія", "Єгор")


@dataclass(frozen=True, kw_only=True)
class Ground:
    community_id: int
    petitions: list[int]
    passes: list[str]
    """The sealed cookie of each prepared person."""


def bench_address() -> str:
    """Beside the installation's database, never in it."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{NAME}"))


def make_database() -> str:
    """A fresh copy of a migrated database; migrating is done once for each set of migrations."""
    address, migrated = bench_address(), f"{NAME}_{_migrations_mark()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        _drop(admin, NAME)
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [migrated]).fetchone():
            for (old,) in admin.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{NAME}%"]
            ).fetchall():
                _drop(admin, old)
            _migrate(admin)
            admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (NAME, migrated))))
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (NAME, migrated))))
    return address


def tell_the_planner(database: str) -> None:
    """What autovacuum does each minute: without it a measurement shows the first minute of a new installation."""
    with psycopg.connect(database, autocommit=True) as own:
        own.execute("ANALYZE")


def drop_database() -> None:
    parts = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as admin:
        _drop(admin, NAME)


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _migrate(admin: psycopg.Connection) -> None:
    locale = "TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' ENCODING 'UTF8'"
    admin.execute(f"CREATE DATABASE {NAME} {locale}")
    surroundings = {**os.environ, "DATABASE_URL": bench_address()}
    migrating = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    subprocess.run(migrating, cwd=ROOT, env=surroundings, check=True)


def _migrations_mark() -> str:
    mark = hashlib.sha256()
    for path in sorted((ROOT / "src").rglob("migrations/*.py")):
        mark.update(path.read_bytes())
    return mark.hexdigest()[:12]


def prepare(*, people: int, petitions: int) -> Ground:
    """Django must have been set up on the bench's database; everything is written as the platform writes it."""
    now = datetime.now(UTC)
    community_id, charter_id = community(now)
    return Ground(
        community_id=community_id,
        petitions=_petitions(community_id, charter_id, number=petitions, now=now),
        passes=_people(community_id, number=people, now=now),
    )


def community(now: datetime, *, slug: str = SLUG) -> tuple[int, int]:
    """One that is open, and its charter: their ids."""
    from edem.foundation.communities.models import CharterVersion, Community

    community = Community.objects.create(
        slug=slug,
        katottg=f"UA9901{Community.objects.count() + 1:013}",
        name="Громада навантаження",
        name_genitive="Громади навантаження",
        name_locative="у громаді",
        name_key="громада навантаження",
        council_name="Рада",
        services=["petitions"],
        languages=["uk"],
    )
    charter = CharterVersion.objects.create(
        community=community,
        service="petitions",
        version=1,
        in_force_from=now - timedelta(days=30),
        act_title="Положення про петиції",
        act_number="1",
        act_date=now.date(),
        values={"threshold": 250},
    )
    return community.pk, charter.pk


def _petitions(community_id: int, charter_id: int, *, number: int, now: datetime) -> list[int]:
    from edem.services.petitions.models import Petition

    made = [
        Petition(
            community_id=community_id,
            charter_id=charter_id,
            number=each + 1,
            title=f"Освітити стежку до школи № {each + 1}",
            essence="Щодня цією стежкою до школи ходить понад 180 дітей. Узимку тут темно. " * 12,
            demand="Встановити ліхтарі вздовж стежки.",
            category="Благоустрій",
            author_name="Ольга Ткачук",
            state="collecting",
            required=250,
            created_at=now - timedelta(days=3),
            submitted_at=now - timedelta(days=3),
            published_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=80),
        )
        for each in range(number)
    ]
    return [petition.pk for petition in Petition.objects.bulk_create(made)]


def _people(community_id: int, *, number: int, now: datetime) -> list[str]:
    return [
        sealed_pass(community_id, name=f"{FAMILY[each % 6]} {GIVEN[each // 6 % 6]}", now=now) for each in range(number)
    ]


def sealed_pass(community_id: int, *, name: str, now: datetime) -> str:
    """The cookie of another resident each time, as the platform seals it at sign-in."""
    from edem.foundation.identity.passes import LIFE, Pass, seal_pass

    return seal_pass(
        Pass(
            person_id=uuid4(),
            session_key=secrets.token_hex(16),
            display_name=name,
            assurance="high",
            method="bank_id",
            marks={purpose: secrets.token_hex(32) for purpose in ("petition", "ballot", "poll")},
            key_version=1,
            memberships=((community_id, "UA99010000000000001", now - timedelta(days=400)),),
            age=35,
            expires_at=now + LIFE,
        )
    )
