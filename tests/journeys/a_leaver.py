"""People about to leave prison, and one who has left, as journeys find them. Made in the database of the site.

Everybody here is made for it, beside the demonstration; the officer, the worker and the mentor are its sign-ins.
"""

import json
import re
from datetime import timedelta

from django.utils.timezone import localdate, now

from cases.reference.codes import Capacity
from staff.models import User
from tests.factories import (
    AssignmentFactory,
    CaseFactory,
    CustodyFactory,
    GateMeetingFactory,
    HandOverFactory,
    HomeOfferFactory,
    InHandFactory,
    NeedFactory,
    NoHomePlanFactory,
    ReferralFactory,
    ServiceFactory,
)
from tests.ttg.a_plan import make_whole
from ttg.services.owed import owe_release
from ttg.services.plans import begin_plan, sign_plan

MAKE = """
import json
from tests.journeys.a_leaver import Leavers
print("LEAVERS", json.dumps(Leavers().made()))
"""
LONG_NAME = ("Featherstonehaugh-Cholmondeley", "Maximilian")
HURT = {"said": "yes", "words": "Cut his arm in August", "does": "Seen each Monday by the nurse"}


def make_leavers(site):
    """Keys and CRNs of what there is to be met, by what it is."""
    printed = site.begin_with(MAKE)
    return json.loads(re.search(r"LEAVERS (\{.*\})", printed)[1])


class Leavers:
    """One with one of everything; one whose officer has asked something; one without a home; one who has left, and one who was met by nobody."""

    def __init__(self):
        self.today, self.now = localdate(), now()
        self.officer = User.objects.get(username="officer")
        self.worker = User.objects.get(username="resettlement")
        self.mentor = User.objects.get(username="mentor")
        self.service = ServiceFactory(name="Turning Tide in the Vale")

    def made(self):
        whole = self.held(*LONG_NAME, mentor=self.mentor)
        asked, homeless, out = (
            self.held("Ashe", "Corin"), self.held("Bray", "Nolan"), self.held("Cole", "Ivo")
        )  # fmt: skip
        unmet = self.held("Eade", "Rory", mentor=self.mentor)
        for one in (out, unmet):
            one.released_on = self.today - timedelta(days=2)
            one.save()
        HandOverFactory(
            custody=asked, state="queried", asked="Which bus?", asked_at=self.now, offered_at=self.now, offered_by=self.worker
        )  # fmt: skip
        NoHomePlanFactory(custody=asked, signed_at=self.now)
        free = CaseFactory(surname="Dray", forename="Perry", officer=self.officer, team=self.officer.team)  # fmt: skip
        AssignmentFactory(case=free, user=self.worker, capacity=Capacity.RESETTLEMENT, from_on=self.today)  # fmt: skip
        keys = self.everything(whole)
        stays = (whole, asked, homeless, out, unmet)
        owe_release(case_ids=[one.case_id for one in stays], by=None, today=self.today)
        return keys | {
            "whole": whole.case.crn,
            "asked": asked.case.crn,
            "homeless": homeless.case.crn,
            "out": out.case.crn,
            "unmet": unmet.case.crn,
            "not_met": self.not_met(unmet),
            "free": free.crn,
            "prison": whole.prison_id,
            "service": self.service.pk,
            **self.referrals(out, "booked", first_at=self.now - timedelta(hours=3)),
        }

    def not_met(self, stay):
        """The key of a meeting of which it is said that nobody met them."""
        at = self.now - timedelta(days=2)
        return GateMeetingFactory(
            custody=stay, meets=self.mentor, at=at, state="not_met", words="Nobody came out by ten.", said_at=at, said_by=self.mentor
        ).pk  # fmt: skip

    def held(self, surname, forename, **columns):
        """Three weeks before release, with the demonstration's officer and worker."""
        case = CaseFactory(surname=surname, forename=forename, officer=self.officer, team=self.officer.team)  # fmt: skip
        workers = [(self.worker, Capacity.RESETTLEMENT)]
        if columns.get("mentor"):
            workers.append((self.mentor, Capacity.MENTOR))
        for user, capacity in workers:
            AssignmentFactory(case=case, user=user, capacity=capacity, from_on=self.today)
        return CustodyFactory(
            case=case,
            received_on=self.today - timedelta(days=60),
            release_on=self.today + timedelta(days=21),
            worker=self.worker,
            **columns,
        )

    def everything(self, stay):
        """A plan in force with a risk to read, another being written, and one of each thing that has a page."""
        began = {"by": self.worker, "today": self.today}
        plan = begin_plan(custody=stay, **began)
        make_whole(plan, self.today, health__self_harm=HURT)
        sign_plan(plan=plan, explained={}, read="", by=self.worker, now=self.now)
        begin_plan(custody=stay, **began)
        InHandFactory(custody=stay)
        HandOverFactory(custody=stay, offered_at=self.now, offered_by=self.worker)
        need = NeedFactory(custody=stay)
        return {
            "resettlement_plan": plan.pk,
            "risk_item": plan.risk_items.get().pk,
            "need": need.pk,
            "home_offer": HomeOfferFactory(custody=stay).pk,
            "gate_meeting": GateMeetingFactory(custody=stay, meets=self.mentor, at=self.now).pk,
            **self.referrals(stay, "drafted"),
            **self.referrals(stay, "sent"),
            **self.referrals(stay, "accepted", received_by="Jo Hale"),
        }

    def referrals(self, stay, state, **columns):
        """{state: key} of a referral that has come so far."""
        if state == "booked":
            columns["received_by"] = "Jo Hale"
        if state == "drafted":
            columns |= {"sent_at": None, "sent_how": ""}
        service = self.service if state == "drafted" else ServiceFactory()
        found = ReferralFactory(
            need=NeedFactory(custody=stay, words=f"Help, {state}"), service=service, state=state,
            made_by=self.worker, made_at=self.now, **{"sent_at": self.now} | columns,
        )  # fmt: skip
        return {state: found.pk}
