"""Limits on access as the extract gives them: whom it names, and what it leaves unsaid.

Source: the import contract, `ext.access`; product rules, limited access.
"""

import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cases.rules.importing.values import PLACEHOLDERS
from cases.services.importing.staged_rows import CASE
from cases.services.limited_access import (
    MESSAGE,
    Limited,
    Person,
    follow_officers,
    lift_limits,
    limit_cases,
)
from staff.models import User

SAID = f"""
    SELECT c.id, s.parts->'limit' FROM staged s JOIN {CASE} c ON c.crn = s.crn
    WHERE s.reason IS NULL AND s.kind = 'offender' AND s.parts ? 'limit'
        AND ((s.parts->'limit'->>'restricted')::boolean OR (s.parts->'limit'->>'excluded')::boolean)
    ORDER BY c.id
"""
OPENED = f"""
    SELECT c.id FROM staged s JOIN {CASE} c ON c.crn = s.crn JOIN cases_limit l ON l.case_id = c.id
    WHERE s.reason IS NULL AND s.kind = 'offender' AND s.parts ? 'limit'
        AND NOT ((s.parts->'limit'->>'restricted')::boolean OR (s.parts->'limit'->>'excluded')::boolean)
"""
MOVED = "SELECT r.case_id FROM case_rows r JOIN cases_limit l ON l.case_id = r.case_id"
TOUCHED = f"""
    INSERT INTO touched SELECT s.n, c.id, false, false
    FROM staged s JOIN {CASE} c ON c.crn = s.crn
    WHERE s.reason IS NULL AND s.kind = 'offender' AND c.id = ANY(%s)
"""
LONDON = ZoneInfo("Europe/London")


def apply_limits(cursor, *, by, today):
    """Set, change and lift limits as the landed offender lines say."""
    cursor.execute(SAID)
    said = [(pk, json.loads(limit)) for pk, limit in cursor.fetchall()]
    named = {access["username"] for _, limit in said for access in limit["access"]}
    users = dict(User.objects.filter(username__in=named).values_list("username", "pk"))
    changed = limit_cases(limits=[_limited(pk, one, users, today) for pk, one in said], by=by)
    cursor.execute(OPENED)
    changed |= lift_limits(case_ids=[pk for (pk,) in cursor.fetchall()], by=by)
    cursor.execute(MOVED)
    follow_officers(case_ids=[pk for (pk,) in cursor.fetchall()], by=by)
    cursor.execute(TOUCHED, [sorted(changed)])


def _limited(case_id, said, users, today):
    """A restriction or an exclusion without its list leaves only those who follow from the case."""
    types = {access["type"] for access in said["access"]}
    restricted, excluded = said["restricted"], said["excluded"]
    listed = not (restricted and "restriction" not in types)
    listed = listed and not (excluded and "exclusion" not in types and not restricted)
    people = {
        person
        for access in said["access"]
        if (person := _person(access, users, today)) and access["type"] in types
    }
    kept_out = {person.user_id for person in people if not person.let_in}
    return Limited(
        case_id=case_id,
        restricted=restricted or not listed,
        message=MESSAGE if said["message"] in {"", *PLACEHOLDERS} else said["message"],
        listed=listed,
        # somebody named both ways is kept out
        people=frozenset(one for one in people if not one.let_in or one.user_id not in kept_out),
    )


def _person(access, users, today):
    """Whom one entry names today; None when nobody of ours, or when it has ended or not begun."""
    user_id = users.get(access["username"])
    from_on = access["from_on"] and date.fromisoformat(access["from_on"])
    to_on = access["to_on"] and date.fromisoformat(access["to_on"])
    if user_id is None or (to_on and to_on < today):
        return None
    if access["type"] == "exclusion":
        return Person(user_id, let_in=False)  # one not yet begun is kept at once
    if access["type"] != "restriction" or (from_on and from_on > today):
        return None
    if not to_on:
        return Person(user_id, let_in=True)
    end = datetime.combine(to_on + timedelta(days=1), time(), LONDON)
    return Person(user_id, let_in=True, until_at=end)
