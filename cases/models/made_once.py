"""What every page asks about its reader, made into SQL once a process.

Django works out a queryset anew wherever it stands within another, and again each time the other grows. Those of who
reaches a case stand within nearly every other, so that to word them took more of a page than all that it asked.
"""

from datetime import date
from functools import wraps

from django.db.models.expressions import RawSQL

from staff.models import User

# Stand where the reader's own numbers and the day go: no row has such a number, nor happened on such a day
USER, TEAM, DAY = -1, -2, date.min


def made_once(build):
    """The same rows as the queryset `build(user)` or `build(user, today)`, to stand after `__in`.

    It may read the user's key, team and role, and compare with the day; whatever else it read would be the first asker's.
    """
    made = {}

    @wraps(build)
    def ready(user, *today):
        shape = user.role, user.team_id is None
        if shape not in made:
            stand_in = User(pk=USER, role=user.role, team_id=user.team_id and TEAM)
            made[shape] = build(stand_in, *(DAY for _ in today)).query.sql_with_params()
        sql, values = made[shape]
        own = dict(zip((USER, TEAM, DAY), (user.pk, user.team_id, *today), strict=False))
        return RawSQL(sql, [own.get(value, value) for value in values])

    return ready
