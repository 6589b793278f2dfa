"""Every page of unpaid work and of restrictions: usable by everybody at every width, and without JavaScript.

The addresses are those of the app, so that a page that is added is walked, by a coordinator unless it is said here
whose it is.
"""

from uuid import UUID

import pytest
from django.urls import get_resolver, reverse

import unpaidwork.urls
from staff.permissions import Role
from tests.journeys.a_working_week import make_week
from tests.journeys.walking import Walk

RESTRICTIONS = ["case-restrictions", "record-restriction", "change-restriction", "end-restriction"]
OFFLINE = {
    "offline",
    "offline-pass",
    "offline-sheet",
    "offline-worker",
}  # needs a script: walked apart
# A file: until the hours are done it leads back, as its own test shows
NOT_EARNED = {"work-certificate"}
EVERY = {one.name for one in unpaidwork.urls.urlpatterns} - OFFLINE - NOT_EARNED | set(RESTRICTIONS)
OFFICER = {
    "ask-work-override", "begin-work-risk", "change-restriction", "drop-work-risk", "end-instruction", "end-restriction",
    "record-restriction", "sign-work-risk", "work-extension", "work-risk-part", "write-instruction",
}  # fmt: skip
SENIOR = {"decide-work-override", "close-work-override"}
HEAD = {"set-work-policy", "work-caseload-csv", "work-measure-people-csv"}
TOO = {  # what others read on pages that coordinators have as well
    Role.OFFICER: {"case-restrictions", "case-unpaid-work", "see-work-risk", "work-instructions", "work-risk"},
    Role.SUPERVISOR: {
        "day-sheet", "leave-together", "project", "projects", "report-incident", "site-watches", "stand-down",
        "work-attendance", "work-register", "work-session", "work-sessions",
    },
}  # fmt: skip
WHOSE = {
    Role.COORDINATOR: EVERY - OFFICER - SENIOR - HEAD,
    Role.SUPERVISOR: TOO[Role.SUPERVISOR],
    Role.OFFICER: OFFICER | TOO[Role.OFFICER],
    Role.SPO: SENIOR | {"work-risk"},
    Role.HEAD: HEAD | {"work-policy"},
}
# A field that is drawn twice has one name and two answers, of which the later, empty one wins
FEWEST = {Role.COORDINATOR: 50, Role.SUPERVISOR: 11, Role.OFFICER: 15, Role.SPO: 2, Role.HEAD: 2}
# What of the week each page is about; a page that is not here is about the case that may not be placed yet
ABOUT = {
    "nearly": {
        "adjust-hours", "allow-courses", "credit-travel", "decide-course", "decide-intensive", "record-course", "resume-work",
        "review-work", "say-how-work-runs", "skills-passport", "suspend-work", "work-closing-report", "work-extension",
        "work-hours",
    },
    "placed": {
        "change-work-place", "end-place", "move-place", "reopen-place", "resume-place", "suspend-place", "work-placed",
        "work-places",
    },
    "ready": {"allocate-work", "choose-work"},
    "told": {"end-instruction", "write-instruction"},
}  # fmt: skip
INSTEAD = {
    ("close-work-override", "override"): "approved",
    ("decide-travel", "attendance"): "travel",
    ("reopen-place", "allocation"): "ended",
    ("resume-place", "allocation"): "suspended",
}
CALLED = {
    "allocation": "active",
    "project": "meadow",
    "work_course": "course",
    "work_requirement": "nearly_work",
}


def address_of(name, week):
    """The page of that name, about something of the week."""
    ((_, keys),), *_ = get_resolver().reverse_dict.getlist(name)[0]
    return reverse(name, kwargs={key: _value(name, key, week) for key in keys})


def _value(name, key, week):
    if key == "crn":
        return week[next((about for about, names in ABOUT.items() if name in names), "shut")]
    if key == "risk_part":
        return "harm"
    if key == "sync":
        return UUID(int=0)  # is only ever sent to
    return week[INSTEAD.get((name, key), CALLED.get(key, key))]


@pytest.mark.parametrize("role", WHOSE, ids=str)
def test_every_page_of_unpaid_work_can_be_used_by_everybody(open_page, sign_in, axe, site, role):
    week = make_week(site, "with_every_page")
    walk = Walk(open_page, sign_in, axe, role)

    for name in sorted(WHOSE[role]):
        walk.see(name, address_of(name, week))

    assert len(walk.walked) >= FEWEST[role], walk.walked
