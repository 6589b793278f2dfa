"""Every page of Through the Gate: usable by everybody at every width, and without JavaScript.

The addresses are those of the app, so that a page that is added is walked, by a worker unless it is said here whose it is.
"""

import pytest
from django.urls import get_resolver, reverse

import ttg.urls
from staff.permissions import Role
from tests.journeys.a_leaver import make_leavers
from tests.journeys.walking import Walk

FOR_A_SERVICE = {"answer-referral"}  # is walked where its link is made
EVERY = {one.name for one in ttg.urls.urlpatterns} - FOR_A_SERVICE
OFFICER = {"undo-release", "accept-hand-over", "answer-risk-item", "ask-about-hand-over"}
SENIOR = {"sign-no-home-plan", "withdraw-no-home-plan"}
HEAD = {"release-policy", "set-release-policy", "release-measure-people-csv", "releases-csv"}
HUB = {"referrals-unanswered-csv"}
TOO = {  # what others read of what workers have as well
    Role.OFFICER: {"case-release", "custody", "hand-over", "release-home", "resettlement-plan", "risk-items"},
    Role.MENTOR: {"gate-meetings", "put-meeting-right", "say-if-met"},
    Role.HUB: {"prisons", "referrals-unanswered", "releases", "release-needs", "services"},
}  # fmt: skip
WHOSE = {
    Role.RESETTLEMENT: EVERY - OFFICER - SENIOR - HEAD - HUB,
    Role.OFFICER: OFFICER | TOO[Role.OFFICER],
    Role.SPO: SENIOR | {"case-release", "releases", "release-measures"},
    Role.HEAD: HEAD | {"release-measures"},
    Role.MENTOR: TOO[Role.MENTOR],
    Role.HUB: HUB | TOO[Role.HUB],
}
FEWEST = {
    Role.RESETTLEMENT: 50,
    Role.OFFICER: 10,
    Role.SPO: 4,
    Role.HEAD: 3,
    Role.MENTOR: 3,
    Role.HUB: 5,
}
# What each page is about; a page that is not here is about the one with one of everything
ABOUT = {
    "asked": {"answer-hand-over", "withdraw-no-home-plan"},
    "free": {"receive-into-custody"},
    "homeless": {"offer-hand-over", "plan-gate-meeting", "sign-no-home-plan"},
    "unmet": {"put-meeting-right"},
    "out": {"say-night", "say-service-attended", "undo-release"},
}
REFERRAL = {
    "send-referral": "drafted",
    "change-referral": "drafted",
    "book-first-appointment": "accepted",
    "say-person-told": "booked",
    "say-service-attended": "booked",
}
KEPT = {"item": "bank", "pathway": "money"}
ASKED = {"release-measure-people": "?code=spoken"}


def address_of(name, made):
    ((_, keys),), *_ = get_resolver().reverse_dict.getlist(name)[0]
    given = {key: _value(name, key, made) for key in keys}
    return reverse(name, kwargs=given) + ASKED.get(name, "")


def _value(name, key, made):
    if key == "crn":
        about = next((about for about, names in ABOUT.items() if name in names), "whole")
        return made["out" if REFERRAL.get(name) == "booked" else about]
    if name == "put-meeting-right":
        return made["not_met"]
    if key == "referral":
        return made[REFERRAL.get(name, "sent")]
    return KEPT.get(key) or made[key]


@pytest.mark.parametrize("role", WHOSE, ids=str)
def test_every_page_of_release_can_be_used_by_everybody(open_page, sign_in, axe, site, role):
    made = make_leavers(site)
    walk = Walk(open_page, sign_in, axe, role)

    for name in sorted(WHOSE[role]):
        walk.see(name, address_of(name, made))

    assert len(walk.walked) >= FEWEST[role], walk.walked
