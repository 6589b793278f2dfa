"""Who is signed in, as Django keeps it in the database, prolonged by the pages they open.

Not by every page: one that is only read would be written for, and what it found of the session when it began would be written
over what another page of the same reader has kept since.
"""

from datetime import timedelta

from django.contrib.sessions.backends import db
from django.utils import timezone

ONCE_IN = timedelta(minutes=1)
PROLONG_FROM = "prolong_from"  # seconds since 1970, kept with the session


class SessionStore(db.SessionStore):
    """Lasts at least SESSION_COOKIE_AGE after the last page, and no more than ONCE_IN beyond."""

    def create_model_instance(self, data):
        from_then = timezone.now() + ONCE_IN
        row = super().create_model_instance({**data, PROLONG_FROM: from_then.timestamp()})
        row.expire_date += ONCE_IN
        return row

    def load(self):
        kept = super().load()
        if kept and kept.get(PROLONG_FROM, 0) <= timezone.now().timestamp():
            self.modified = True
        return kept
