"""What becomes of the failures of the demonstration: from nobody having answered to the court, done by the services.

What was decided longest ago has come farthest. Each act falls on a day of the past; what was still to come today is left to
be done, so that the queue of the hub, the officers' lists and the measures have something of everything.
"""

from collections import Counter, deque
from datetime import datetime, time

from django.db import transaction
from django.utils.timezone import get_current_timezone

from cases.models import ComplianceDecision
from cases.reference.appointments import Decided
from cases.reference.enforcement import Answer, BreachState, Regime
from cases.reference.holding import LeftAs
from cases.reference.recall import PART_A, Alternative
from cases.rules.calendar import add_working_days
from cases.rules.enforcement.chasing import usual_again
from cases.services.compliance import decide
from cases.services.enforcement.breaches.amendments import ask_amendment
from cases.services.enforcement.breaches.answers import say_nps_answer
from cases.services.enforcement.breaches.chasing import chase_nps
from cases.services.enforcement.breaches.court import say_issued, say_outcome, set_hearing
from cases.services.enforcement.breaches.submitting import submit_pack
from cases.services.enforcement.breaches.withdrawing import withdraw_breach
from cases.services.enforcement.failures import open_failures
from cases.services.enforcement.letters_back import letter_came_back
from cases.services.enforcement.recalls import (
    countersign_recall,
    send_recall,
    sign_part_a,
    write_part_a,
)
from oversight.management.demo.acts import senior_of
from oversight.management.demo.enforcing_acts import (
    AMENDED,
    COURT,
    NPS,
    PART_A_SAID,
    TRIED,
    OneFailure,
)
from oversight.management.demo.enforcing_truth import Fated

# The fates of failures under an order that goes to court, those decided longest ago first
COURT_FATES = (
    "decided", "withdrawn", "summons", "returned", "amendment", "came_back", "submitted", "warned", "letter_late",
    "unanswered", "late_proof", "preparing", "letter_ready", "letter_asked", "unanswered",
)  # fmt: skip
# Most of those who fail are warned, however many they are: of each fate that goes to the NPS there are so many at most
TO_THE_NPS = {"decided", "withdrawn", "summons", "returned", "amendment", "submitted", "with_nps"}
MOST = 6
LICENCE_FATES = ("with_nps", "letter_sent", "part_a_waits", "part_a_owed", "nothing", "unanswered")
REGIMES_OF_COURT = {Regime.COMMUNITY, Regime.SUSPENDED, Regime.POST_SENTENCE, Regime.DEFAULT_ORDER}


@transaction.atomic
def enforce(today):
    """Gives what was planted."""
    fated = Fated(today)
    opened = _open_all()
    court = [one for one in opened if one.regime in REGIMES_OF_COURT]
    licence = [one for one in opened if one.regime not in REGIMES_OF_COURT]
    for failures, fates in ((court, COURT_FATES), (licence, LICENCE_FATES)):
        _befall([Befalling(one, today, fated) for one in failures], fates)
    return fated


def _befall(failures, fates):
    """Each its fate. One that falls while a breach or a recall of the same order runs already is still to be answered, and
    a fate that nobody has had for that reason is the next one's that would have been left unanswered."""
    had, missed = {"unanswered"}, deque[str]()
    for failure, fate in zip(failures, _shared_out(fates, len(failures)), strict=True):
        if failure.runs_already():
            missed.append(fate)
            fate = "unanswered"
        elif fate == "unanswered":
            fate = next((one for one in _taken(missed) if one not in had), fate)
        had.add(fate)
        failure.befall(fate)


def _taken(queue):
    while queue:
        yield queue.popleft()


def _shared_out(fates, number):
    """The fate of each of so many failures, the oldest first: as many of each, or warned for what would go to the NPS."""
    given = Counter[str]()
    for place in range(number):
        fate = fates[place * len(fates) // number]
        given[fate] += 1
        yield "warned" if fate in TO_THE_NPS and given[fate] > MOST else fate


def _open_all():
    """What the decisions of the caseload came to, the oldest first: of those who are seen as usual."""
    found = ComplianceDecision.objects.filter(
        state=Decided.FAILURE, case__left_as=LeftAs.STILL_HERE, case__retained_by=""
    ).exclude(case__pauses__ended_at=None, case__pauses__isnull=False)
    found = found.select_related(
        "case__officer", "case__team", "appointment__contact", "decided_by"
    )
    opened = []
    for one in found.order_by("decided_at", "case__crn", "pk"):
        opened += open_failures(
            decision=one, appointment=one.appointment, orders=(), by=one.decided_by, now=one.decided_at
        )  # fmt: skip
    return opened


class Befalling(OneFailure):
    """What becomes of one failure, fate by fate."""

    def runs_already(self):
        """Whether a breach or a recall of the same order does."""
        order = self.failure.sentence
        return order.breaches.running().exists() or order.recalls.running().exists()

    def befall(self, fate):
        getattr(self, f"_{fate}")()

    def _unanswered(self):
        self.fated.learn("unanswered", self)

    # Warned

    def _warned(self):
        """The letter went by post the next day, and nobody has heard that it did not come."""
        return self._answer(Answer.WARN) and self._post("warned")

    def _letter_sent(self):
        self._warned()

    def _came_back(self):
        letter = self._warned()
        back = letter and self.at(6)
        if back:
            letter_came_back(
                letter=letter, on=back.date(), because="Not known at this address", by=self.hub, now=back
            )  # fmt: skip
            self.fated.learn("came_back", self)

    def _letter_late(self):
        if self._answer(Answer.WARN):
            self.fated.learn("letter_late", self)

    def _letter_asked(self):
        if self._answer(Answer.WARN):
            self.fated.learn("letter_asked", self)

    def _letter_ready(self):
        if self._answer(Answer.WARN) and self._ready(self.at(1) or self.morning()):
            self.fated.learn("letter_ready", self)

    def _late_proof(self):
        """They were warned, and then brought proof: the failure and its warning are withdrawn."""
        letter = self._warned()
        proof = letter and self.at(4)
        if proof:
            decision = self.failure.decision
            decide(
                decision=decision, to=Decided.ACCEPTABLE, reason="AAME",
                because="Brought the letter of the hospital for that day.", by=self.officer, now=proof,
            )  # fmt: skip
            self.fated.learn("late_proof", self)

    def _nothing(self):
        self._answer(Answer.NOTHING)
        self.fated.learn("nothing", self)

    # Referred

    def _preparing(self):
        breach = self._breach()
        self.fated.learn("preparing", self)
        return breach

    def _submitted(self):
        """Of those that the NPS has left late every other was asked for this morning, and rests."""
        before = sum(fate == "submitted" for fate, _ in self.fated.last.values())
        breach, late = self._sent(), self.on(5)
        if breach and late and late < self.today and before % 2:
            now = self.morning()
            again_on = usual_again(self.today, breach.lay_by)
            chase_nps(breach=breach, outside=NPS, on=now.date(), again_on=again_on, by=self.hub, now=now)  # fmt: skip

    def _sent(self):
        breach = self._breach()
        sent = self.at(3)
        if sent is None or not self._write(breach, self.at(2)):
            return self.fated.learn("preparing", self)
        submit_pack(breach=breach, by=self.hub, now=sent, explained=self._explained(breach, sent))
        breach.refresh_from_db()
        self.fated.learn("submitted", self)
        return breach

    def _amendment(self):
        if breach := self._answered(BreachState.ACCEPTED, ""):
            asked = self.at(6) or self.morning()
            ask_amendment(
                breach=breach, what=AMENDED, asked_by=NPS, asked_on=asked.date(),
                due_on=add_working_days(asked.date(), 3), by=self.hub, now=asked,
            )  # fmt: skip
            self.fated.learn("amendment", self)

    def _returned(self):
        if self._answered(
            BreachState.RETURNED, "The first failure has no proof of the instruction."
        ):
            self.fated.learn("returned", self)

    def _summons(self, heard_on=None):
        breach = self._answered(BreachState.ACCEPTED, "")
        issued = breach and self.at(7)
        if not issued:
            return None
        say_issued(
            breach=breach, to=BreachState.SUMMONS, on=issued.date(), court=COURT, by=self.hub, now=issued
        )  # fmt: skip
        heard_on = heard_on or add_working_days(self.today, 9)
        hearing = datetime.combine(heard_on, time(10), get_current_timezone())
        set_hearing(breach=breach, at=hearing, court=COURT, by=self.hub, now=issued)
        breach.refresh_from_db()
        self.fated.learn("summons", self)
        return breach

    def _decided(self):
        decided = self.at(11)
        breach = self._summons(decided and decided.date())
        if breach and decided:
            say_outcome(
                breach=breach, code="ABCF", on=decided.date(), by=self.hub, now=decided,
                words="Proven, a fine of £50, and the order goes on.", attended=True,
            )  # fmt: skip
            self.fated.learn("decided", self)

    def _withdrawn(self):
        breach = self._sent()
        withdrawn = breach and self.at(5)
        if withdrawn:
            withdraw_breach(
                breach=breach, because="evidence", words="Nobody can show that the instruction was given.",
                authority=f"{senior_of(self.case).name}, senior probation officer", by=self.officer, now=withdrawn,
                told=f"{self.officer.name} rang {NPS} on the same day.",
            )  # fmt: skip
            self.fated.learn("withdrawn", self)

    def _answered(self, to, words):
        breach = self._sent()
        answered = breach and self.at(5)
        if not answered:
            return None
        say_nps_answer(
            breach=breach, to=to, on=answered.date(), outside=NPS, by=self.hub, now=answered, words=words
        )  # fmt: skip
        breach.refresh_from_db()
        return breach

    # Recall

    def _part_a_owed(self):
        recall = self._recall()
        self.fated.learn("part_a_owed", self)
        return recall

    def _part_a_waits(self):
        recall = self._recall()
        signed = self.at(1, 12) or self.morning()
        said = dict.fromkeys((one.code for one in PART_A), PART_A_SAID)
        said |= dict.fromkeys((str(one) for one in Alternative), TRIED)
        write_part_a(recall=recall, given=said, seen={}, by=self.officer, today=signed.date())
        sign_part_a(recall=recall, emergency=False, out_of_hours=False, by=self.officer, now=signed)
        recall.refresh_from_db()
        self.fated.learn("part_a_waits", self)
        return recall

    def _with_nps(self):
        recall = self._part_a_waits()
        read = self.at(1, 15)
        if read:
            senior = senior_of(self.case)
            countersign_recall(
                recall=recall, goes=True, words="Read, and agreed.", by=senior, now=read
            )
            send_recall(recall=recall, whom=NPS, by=self.hub, now=self.at(1, 16))
            self.fated.learn("with_nps", self)
