"""Django's sessions in the database; each page reads one, so its query is written once."""

from typing import Final

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from edem.foundation.people.endings import session_renamed
from edem.foundation.single_rows import SingleRow

_SESSION: Final = SingleRow(Session, "session_key = %s AND expire_date > %s")


class SessionStore(db.SessionStore):
    def cycle_key(self) -> None:
        """Django gives a session another key, at a new password for one: the list of sessions must follow."""
        before = self.session_key if SESSION_KEY in self else None
        super().cycle_key()
        if before is not None:
            session_renamed.send(sender=SessionStore, before=before, after=self.session_key)

    def _get_session_from_db(self) -> Session | None:
        found = _SESSION.find(self.session_key, timezone.now())  # noqa: TID251 - an edge: the request begins here
        if found is None:
            self._session_key = None
        return found
