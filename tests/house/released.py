"""At a release: python -m tests.house.released 0.2.0 > tests/house/released.toml, with the date of the day."""

import sys
from datetime import UTC, datetime
from itertools import groupby

import django
from django.db.migrations.loader import MigrationLoader

HEAD = """\
# Which migrations have been released: councils' databases have them, and people use those tables while newer ones run.
# At a release this file is written anew (tests/house/released.py); what is not in it must run beside a living site.

release = "{release}"
date = {date:%Y-%m-%d}

[last]"""


def last_migrations() -> dict[str, str]:
    loader = MigrationLoader(None)
    ours = sorted(key for key, each in loader.disk_migrations.items() if each.__module__.startswith("edem."))
    last = {app: list(keys)[-1][1] for app, keys in groupby(ours, key=lambda key: key[0])}
    return {app: name for app, name in last.items() if (app, name) in loader.graph.leaf_nodes(app)}


if __name__ == "__main__":
    django.setup()
    print(HEAD.format(release=sys.argv[1], date=datetime.now(UTC)))
    for label, name in last_migrations().items():
        print(f'{label} = "{name}"')
