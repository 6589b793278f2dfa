"""What seniors of the demonstration have recorded of their officers, agreed with them, and kept for themselves."""

from datetime import time, timedelta

from django.db import transaction

from cases.management.days import by_now
from cases.models import Allocation, Case
from oversight.management.demo.officers import Known, members_of
from oversight.management.demo.sharing import propose
from oversight.management.demo.supervising import Supervising
from oversight.models import SavedView, WeeklyFigures
from staff.models import User
from staff.permissions import Role

SPO, OFFICER, HEAD, HUB = Role.SPO.value, Role.OFFICER.value, Role.HEAD.value, Role.HUB.value
TEAM = "TEAM"  # stands for the code of the team of the sign-ins
VIEWS = (  # by whom, name, page, filters, shared with their team
    (SPO, "Late, and somebody could be hurt", "team-owed", {"team": TEAM, "harm": "a", "show": "late"}, True),
    (SPO, "Plans that end this week", "team-interim-plans", {"team": TEAM, "show": "ending"}, True),
    (SPO, "Who moved up", "team-grid-change", {"team": TEAM, "show": "higher"}, False),
    (OFFICER, "Women of the team", "caseload", {"whose": "all", "women": "1"}, True),
    (OFFICER, "Mine without a group", "caseload", {"whose": "mine", "place": "cannot"}, False),
    (HEAD, "Reviews nobody has read", "reviews", {"team": "all", "show": "no-change"}, True),
    (HUB, "Letters that are late", "hub-queue", {"kind": "send_letter", "show": "late"}, True),
)  # fmt: skip
SENT_EACH_WEEK = (SPO, HEAD)
HELD_BEFORE = timedelta(days=420)  # ago that an earlier order of somebody nobody holds was over
LASTED = timedelta(days=180)


@transaction.atomic
def record_teams(planted, seed, today):
    """Gives what was planted, and the flags that will be raised over what is late of it."""
    now = by_now(today, time(8))
    members = members_of(planted)
    known = Known(seed, today)
    known.write(members)
    supervising = Supervising(planted, today)
    keys = dict(Case.objects.values_list("crn", "pk"))
    supervising.write(members, keys)
    found = {
        "officers": known.truth,
        "supervision": supervising.truth["officers"],
        "asked": sorted(supervising.truth["asked"]),
        "held_before": _held_before(planted, members, keys, today),
        "sharing": propose([one.senior for one in members if one.place[0] and one.last], now),
        "views": _keep_views(members[0].user.team.code, now),
        "sent_each_week": list(SENT_EACH_WEEK),
    }
    return found, [_flag(row) for row in found["asked"] if _is_late(row, today)]


def _held_before(planted, members, keys, today):
    """Of those whom nobody holds, every second was with an officer of the team on an earlier order: {CRN: who}."""
    of_team = {one.user.team.code: one.user for one in members if one.place[1] == 0}
    befell = set(
        planted["life"]["befell"].values()
    )  # who had them last is told by what befell them
    unheld = [
        one
        for one in planted["people"]
        if not one["officer"] and one["place"] == "group" and one["team"] in of_team and one["crn"] not in befell
    ]  # fmt: skip
    rows, found = [], {}
    for one in unheld[::2]:
        officer, until = of_team[one["team"]], today - HELD_BEFORE
        rows.append(
            Allocation(
                case_id=keys[one["crn"]],
                officer=officer,
                officer_code=officer.staff_code,
                officer_name=officer.name,
                reason_code="CAI",
                from_on=until - LASTED,
                to_on=until,
                active=False,
                team_id=officer.team_id,
            )
        )
        found[one["crn"]] = officer.username
    Allocation.objects.bulk_create(rows)
    return found


def _keep_views(team, now):
    """[by whom, name, shared] of each view that is kept."""
    users = User.objects.in_bulk([SPO, OFFICER, HEAD, HUB], field_name="username")
    SavedView.objects.bulk_create(
        SavedView(
            by=users[by], name=name, page=page, shared=shared, made_at=now,
            filters={key: team if code == TEAM else code for key, code in filters.items()},
        )
        for by, name, page, filters, shared in VIEWS
    )  # fmt: skip
    WeeklyFigures.objects.bulk_create(
        WeeklyFigures(user=users[one], asked_at=now) for one in SENT_EACH_WEEK
    )
    return [[by, name, shared] for by, name, _, _, shared in VIEWS]


def _is_late(row, today):
    _, due_on, state = row
    return state == "open" and due_on < today.isoformat()


def _flag(row):
    crn, due_on, _ = row
    return {"crn": crn, "kind": "do_senior_action", "due_on": due_on, "told": SPO, "enquiry": "", "late": True}  # fmt: skip
