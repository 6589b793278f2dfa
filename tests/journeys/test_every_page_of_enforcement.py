"""Every page of enforcement: usable by everybody at every width, and without JavaScript.

The addresses are those of the app, so that a page that is added is walked, by an officer unless it is said here whose it is.
"""

import pytest
from django.urls import get_resolver, reverse

from cases.urls import breaches, enforcement_measures, enforcing, hub, letters, recalls
from staff.permissions import Role
from tests.journeys.a_failing import ASSIGNED, make_failing
from tests.journeys.walking import Walk

URLS = (breaches, enforcement_measures, enforcing, hub, letters, recalls)
BEFORE = {
    "ask-for-reason",
    "decide-absence",
}  # what an absence comes to is decided among appointments
PRESSES = {  # take what is pressed on another page, and lead back there
    "ready-letter", "ready-letters", "see-amendment", "send-letters", "unready-letter", "write-letter-again",
}  # fmt: skip
EVERY = ({one.name for module in URLS for one in module.urlpatterns} | BEFORE) - PRESSES
HUB = {
    "ask-officer", "claim-from-queue", "claim-item", "give-item", "hub-ages", "hub-item", "hub-queue", "keep-item",
    "let-go-item", "letters-batch", "print-letters", "return-item", "take-back-question",
}  # fmt: skip
FIGURES = {"breaches-withdrawn", "enforcement-measure-people", "enforcement-measures"}
SENIOR = {"countersign-recall", "read-withdrawn-breach"} | FIGURES
HEAD = {"enforcement-equality", "enforcement-measure-people-csv"}
POLICY = {"policy", "set-policy"}
READ = {"breach", "case-enforcement", "case-letters", "failure", "letter", "recall"}
QUEUE = {"hub-ages", "hub-item", "hub-queue"}
WHOSE = {
    Role.OFFICER: EVERY - HUB - SENIOR - HEAD | {"policy"},
    Role.SPO: SENIOR | QUEUE | {"answer-failure", "decide-absence", "decide-again", "hub-asked", "recall"},
    Role.HUB: HUB | FIGURES | READ | {
        "answer-recall", "ask-amendment", "breach-outcome", "breach-pack", "call-off-hearing", "cancel-letter", "chase-nps",
        "leave-letter",
        "letter-back", "record-failure", "refuse-amendment", "say-asked", "say-hearing", "say-issued", "say-nps-answer",
        "send-amendment", "send-breach-pack", "send-letter", "send-recall", "set-hearing", "write-letter",
    },
    Role.HEAD: HEAD | POLICY | FIGURES | QUEUE | {
        "countersign-recall", "read-withdrawn-breach", "withdraw-breach", "withdraw-recall",
    },
    Role.QUALITY: FIGURES | QUEUE | READ | {"enforcement-equality"},
    Role.AUDITOR: FIGURES | QUEUE | READ,
    **dict.fromkeys(ASSIGNED, {"case-enforcement", "failure", "record-failure"}),
}  # fmt: skip
ACT = {
    Role.OFFICER,
    Role.SPO,
    Role.HUB,
    Role.HEAD,
}  # others only read, which looks alike to each of them
FEWEST = {
    Role.OFFICER: 70,
    Role.SPO: 25,
    Role.HUB: 70,
    Role.HEAD: 18,
    Role.QUALITY: 13,
    Role.AUDITOR: 12,
    **dict.fromkeys(ASSIGNED, 3),
}
# What each page is about, once for each way it looks, first the one that those who only read are led to; one of one case that
# is not here is about a failure nobody answered
ABOUT = {
    "ask-for-reason": ("missed",),
    "answer-hub": ("item_asked", "item_returned"),
    "answer-recall": ("with_nps", "with_ppcs"),
    "ask-amendment": ("submitted",),
    "ask-officer": ("item_claimed",),
    "breach": (
        "preparing", "written", "submitted", "returned", "accepted", "changed", "summoned", "heard", "decided", "withdrawn",
    ),
    "breach-bundle": ("written",),
    "breach-outcome": ("summoned",),
    "breach-pack": ("preparing", "written", "changed"),
    "call-off-hearing": ("heard",),
    "cancel-letter": ("letter_asked",),
    "case-enforcement": ("unanswered", "fallen", "changed", "decided", "emergency", "letter_sent"),
    "case-letters": ("letter_back", "unanswered"),
    "claim-item": ("item_free",),
    "correct-breach-outcome": ("decided",),
    "correct-hearing": ("heard",),
    "countersign-recall": ("signed", "emergency"),
    "decide-absence": ("missed", "reason_asked"),
    "decide-again": ("fallen", "left_behind"),
    "failure": ("unanswered", "warned", "fallen"),
    "finish-part-a": ("emergency",),
    "give-item": ("item_claimed",),
    "hub-asked": ("item_asked", "item_returned", "unanswered"),
    "hub-item": ("item_free", "item_claimed", "item_asked", "item_returned"),
    "keep-item": ("item_claimed",),
    "leave-letter": ("letter_back",),
    "let-go-item": ("item_claimed",),
    "letter": ("letter_asked", "letter_unread", "letter_ready", "letter_sent", "letter_back", "letter_cancelled"),
    "letter-back": ("letter_sent",),
    "letter-paper": ("letter_ready",),
    "part-a-to-send": ("countersigned",),
    "read-withdrawn-breach": ("withdrawn",),
    "recall": (
        "discussed", "signed", "emergency", "countersigned", "with_nps", "with_ppcs", "recalled", "not_recalled",
    ),
    "refuse-amendment": ("changed",),
    "return-item": ("item_claimed",),
    "say-asked": ("accepted",),
    "say-hearing": ("heard",),
    "say-issued": ("accepted",),
    "chase-nps": ("submitted",),
    "say-nps-answer": ("submitted",),
    "send-amendment": ("changed",),
    "send-breach-pack": ("preparing", "written", "returned"),
    "send-letter": ("letter_ready",),
    "send-recall": ("countersigned",),
    "set-hearing": ("accepted",),
    "take-back-question": ("item_asked",),
    "win-back": ("preparing",),
    "withdraw-breach": ("summoned",),
    "withdraw-recall": ("discussed", "with_nps"),
    "write-letter": ("letter_asked", "letter_unread"),
    "write-part-a": ("discussed",),
}  # fmt: skip
ASKED = {
    "breaches-withdrawn": ("?court=Reading&because=proof",),
    "enforcement-measure-people": ("?code=letters", "?code=proven&which=met"),
    "hub-queue": ("", "?show=late", "?show=mine&kind=send_letter"),
}


def addresses_of(name, made, role):
    """Of a page of one case one for each way it looks; of a list one for each that is asked."""
    ((_, keys),), *_ = get_resolver().reverse_dict.getlist(name)[0]
    if "crn" in keys:
        about = ABOUT.get(name, ("unanswered",))[: None if role in ACT else 1]
        return [reverse(name, kwargs={key: made[one][key] for key in keys}) for one in about]
    plain = reverse(name, kwargs={"name": "enforcement"} if "name" in keys else {})
    return [plain + asked for asked in ASKED.get(name, ("",))]


@pytest.mark.parametrize("role", WHOSE, ids=str)
def test_every_page_of_enforcement_can_be_used_by_everybody(open_page, sign_in, axe, site, role):
    made = make_failing(site)
    walk = Walk(open_page, sign_in, axe, role)

    for name in sorted(WHOSE[role]):
        for address in addresses_of(name, made, role):
            walk.see(name, address)

    assert len(walk.walked) >= FEWEST[role], walk.walked
