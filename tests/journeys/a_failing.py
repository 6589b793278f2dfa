"""People who failed to comply, one at each place that enforcement comes to, as journeys find them. Made in the database of the
site by the services, beside the demonstration; the officer, the senior, the hub and those assigned are its sign-ins.
"""

import json
import re
from datetime import timedelta

from django.utils.timezone import localdate, now

from cases.models import ComplianceDecision, Deadline
from cases.reference.codes import Capacity
from cases.reference.enforcement import BreachState, RecallState
from cases.services.enforcement.answers import answer_failure
from cases.services.enforcement.breaches.amendments import ask_amendment
from cases.services.enforcement.breaches.court import set_hearing
from cases.services.enforcement.breaches.writing import write_pack
from cases.services.enforcement.failures import record_failure, withdraw_failure
from cases.services.enforcement.letters import cancel_letter
from cases.services.enforcement.letters_back import letter_came_back
from cases.services.enforcement.queue import claim
from cases.services.enforcement.reasons import ask_for_reason
from cases.services.enforcement.recalls import withdraw_recall, write_part_a
from cases.services.outcomes import record_outcome
from staff.models import User
from staff.permissions import Role
from tests.cases import a_breach, a_letter, a_queue
from tests.cases.services.enforcement import a_recall
from tests.factories import (
    AppointmentFactory,
    AssignmentFactory,
    CaseFactory,
    RequirementFactory,
    SentenceFactory,
)

MAKE = """
import json
from tests.journeys.a_failing import Failing
print("FAILING", json.dumps(Failing().made()))
"""
LONG_NAME = ("Featherstonehaugh-Cholmondeley", "Maximilian")
WHAT = "Broke the curfew by three hours and did not answer the telephone."
WHY = "It was three hours, and they gave no reason for it."
ASSIGNED = {
    Role.COORDINATOR: Capacity.UNPAID_WORK,
    Role.FACILITATOR: Capacity.GROUP,
    Role.RESETTLEMENT: Capacity.RESETTLEMENT,
}
BREACHES = {  # at what of the way to court each breach is
    "submitted": BreachState.SUBMITTED,
    "returned": BreachState.RETURNED,
    "accepted": BreachState.ACCEPTED,
    "summoned": BreachState.SUMMONS,
    "decided": BreachState.DECIDED,
    "withdrawn": BreachState.WITHDRAWN,
}
RECALLS = {
    "with_nps": (),
    "with_ppcs": (RecallState.ENDORSED, RecallState.WITH_PPCS),
    "recalled": (RecallState.ENDORSED, RecallState.WITH_PPCS, RecallState.DECISION),
}


def make_failing(site):
    """{what they are about: {key of an address: its value}}"""
    printed = site.begin_with(MAKE)
    return json.loads(re.search(r"FAILING (\{.*\})", printed)[1])


class Failing:
    """Somebody at each place: of a failure, of a letter, of an item of the queue, of a breach and of a recall."""

    def __init__(self):
        self.now, self.today = now(), localdate()
        self.officer, self.hub, self.senior = (
            User.objects.get(username=role) for role in (Role.OFFICER, Role.HUB, Role.SPO)
        )

    def made(self):
        return self.absences() | self.failures() | self.breaches() | self.recalls() | self.letters()

    def case(self):
        return CaseFactory(
            surname=LONG_NAME[0], forename=LONG_NAME[1], officer=self.officer, team=self.officer.team
        )  # fmt: skip

    def failed(self, case=None, **of_sentence):
        """A failure recorded by hand, which nobody has answered."""
        known = {
            "started_on": self.today - timedelta(days=200),
            "convicted_on": self.today - timedelta(days=200),
            "expected_end_on": self.today + timedelta(days=300),
            "court_name": a_breach.COURT,
        }
        order = SentenceFactory(case=case or self.case(), **known | of_sentence)
        day = self.today - timedelta(days=1)
        return record_failure(
            case=order.case, order=order.pk, happened_on=day, became_aware_on=day, learnt="monitoring", what=WHAT,
            requirement=RequirementFactory(sentence=order, main_name="Curfew"), by=self.officer, now=self.now,
        )  # fmt: skip

    def answered(self, answer, failure=None):
        return answer_failure(
            failure=failure or self.failed(), answer=answer, because=WHY, by=self.officer, now=self.now
        )  # fmt: skip

    # Absences, and failures

    def absences(self):
        missed, asked = self.missed(), self.missed()
        decision = ComplianceDecision.objects.get(appointment=asked)
        ask_for_reason(decision=decision, by=self.officer, now=self.now)
        return {
            name: of(one.contact.case, appointment=one.contact)
            for name, one in (("missed", missed), ("reason_asked", asked))
        }

    def missed(self):
        """Yesterday's appointment, of which nobody has decided what it comes to."""
        case, yesterday = self.case(), self.now - timedelta(days=1)
        SentenceFactory(case=case, started_on=self.today - timedelta(days=200))
        appointment = AppointmentFactory(case=case, at=yesterday, told_how="in_person")
        return record_outcome(
            appointment=appointment, outcome="AFTA", notes="", sensitive=False, became_aware_on=self.today,
            by=self.officer, now=self.now,
        )  # fmt: skip

    def failures(self):
        unanswered, warned = self.failed(), self.answered("warn")
        for role, capacity in ASSIGNED.items():
            user = User.objects.get(username=role)
            AssignmentFactory(case=unanswered.case, user=user, capacity=capacity, from_on=self.today)  # fmt: skip
        referred = self.answered("refer")
        withdraw_failure(failure=referred, because="It was somebody else.", by=self.officer, now=self.now)  # fmt: skip
        again = Deadline.objects.unmet().get(kind="decide_again", case=referred.case)
        return {
            "unanswered": of(unanswered.case, failure=unanswered),
            "warned": of(warned.case, failure=warned),
            "fallen": of(referred.case, failure=referred, again=again),
        }

    # Breaches

    def breaches(self):
        preparing = self.answered("refer").breach
        found = {"preparing": preparing, "written": self.written()}
        for name, state in BREACHES.items():
            found[name] = self.brought_to(state)
        found["heard"], changed = self.brought_to(BreachState.SUMMONS), self.brought_to(BreachState.ACCEPTED)  # fmt: skip
        set_hearing(
            breach=found["heard"], at=self.now, court=a_breach.COURT, by=self.hub, now=self.now
        )  # fmt: skip
        amendment = ask_amendment(
            breach=changed, what="Correct the dates of the first month.", asked_by=a_breach.NPS, asked_on=self.today,
            due_on=self.today, by=self.hub, now=self.now,
        )  # fmt: skip
        left = Deadline.objects.unmet().get(kind="decide_again", case=found["withdrawn"].case)
        return {name: of(one.case, breach=one) for name, one in found.items()} | {
            "changed": of(changed.case, breach=changed, amendment=amendment),
            "left_behind": of(left.case, again=left),
        }

    def written(self):
        breach = self.answered("refer").breach
        given = a_breach.whole_pack(breach)
        write_pack(breach=breach, given=given, by=self.officer, now=self.now)
        breach.refresh_from_db()
        return breach

    def brought_to(self, state):
        breach = self.written()
        for step in a_breach.WAY[state]:
            a_breach.on(breach, step, by=self.hub, now=self.now)
        breach.refresh_from_db()
        return breach

    # Recalls

    def recalls(self):
        found = {"discussed": self.discussed(), "signed": self.signed()}
        found["emergency"] = self.signed(a_recall.AT_ONCE, emergency=True)
        found["countersigned"] = self.countersigned()
        for name, steps in RECALLS.items():
            found[name] = self.with_nps()
            for to in steps:
                a_recall.answered(found[name], to, by=self.hub, now=self.now)
        found["not_recalled"] = withdraw_recall(
            recall=self.discussed(), because=WHY, by=self.officer, now=self.now
        )
        return {name: of(one.case, recall=one) for name, one in found.items()}

    def discussed(self):
        return a_recall.discussed(self.case(), self.now)

    def signed(self, answers=a_recall.WHOLE, **how):
        recall = self.discussed()
        write_part_a(recall=recall, given=answers, seen={}, by=self.officer, today=self.today)
        return a_recall.signed(recall, by=self.officer, now=self.now, **how)

    def countersigned(self):
        return a_recall.countersigned(self.signed(), by=self.senior, now=self.now)

    def with_nps(self):
        return a_recall.sent(self.countersigned(), by=self.hub, now=self.now)

    # Letters, and the queue

    def letters(self):
        asked, ready = (make(self.hub, self.now, self.case()) for make in (a_letter.a_letter, a_letter.ready))  # fmt: skip
        sent, back = (a_letter.sent(self.hub, self.now, self.case()) for _ in range(2))
        letter_came_back(
            letter=back, on=self.today, because="Not known at this address", by=self.hub, now=self.now
        )  # fmt: skip
        cancelled = cancel_letter(
            letter=a_letter.a_letter(self.hub, self.now, self.case()), because=WHY, by=self.officer, now=self.now
        )  # fmt: skip
        letters = {
            "asked": asked, "ready": ready, "sent": sent, "back": back, "cancelled": cancelled,
            **dict.fromkeys(("read", "unread")),
        }  # fmt: skip
        for name, make in (("read", a_letter.ready), ("unread", a_letter.written)):
            letters[name] = make(self.hub, self.now, self.case())
            claim(by=self.hub, now=self.now, deadline=owed(letters[name]))
        return {f"letter_{name}": of(one.case, letter=one) for name, one in letters.items()} | self.items()  # fmt: skip

    def items(self):
        free, claimed = (owed(a_letter.written(self.hub, self.now, self.case())) for _ in range(2))
        a_queue.claimed(self.hub, claimed, self.now)
        question, returned = (
            make(self.hub, owed(a_letter.written(self.hub, self.now, self.case())), now=self.now)
            for make in (a_queue.asked, a_queue.returned)
        )
        return {
            "item_free": of(free.case, queue_item=free),
            "item_claimed": of(claimed.case, queue_item=claimed),
            "item_asked": of(question.deadline.case, queue_item=question.deadline, hub_question=question),
            "item_returned": of(returned.deadline.case, queue_item=returned.deadline, hub_question=returned),
        }  # fmt: skip


def owed(letter):
    return Deadline.objects.unmet().get(letter=letter, kind="send_letter")


def of(case, **records):
    return {"crn": case.crn} | {key: one.pk for key, one in records.items()}
