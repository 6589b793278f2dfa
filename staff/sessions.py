"""Who is signed in, as Django keeps it in the database, prolonged by the pages they open.

Not by every page: one that is only read would be written for, and what it found of the session when it began would be written
over what another page of the same reader has kept since.
"""

from datetime import timedelta

from django.contrib.sessions.backends import db
from django.utils import timezone

ONCE_IN = timedelta(minutes=1)


class SessionStore(db.SessionStore):
    """Lasts at least SESSION_COOKIE_AGE after the last page, and no more than ONCE_IN beyond."""

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.expire_date += ONCE_IN
        return row

    def _get_session_from_db(self):
        row = super()._get_session_from_db()
        from_here = timezone.now() + timedelta(seconds=self.get_session_cookie_age())
        if row and row.expire_date <= from_here:
            self.modified = True
        return row
