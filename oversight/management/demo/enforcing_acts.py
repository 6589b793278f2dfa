"""The acts of which the fates of failures are made, each by its service on a day of the past."""

from datetime import time, timedelta

from django.utils.timezone import localtime

from cases.management.days import by_now
from cases.models import Address
from cases.queries.enforcement.failures import law_of
from cases.queries.enforcement.pack import pack_of
from cases.queries.enforcement.winning_back import contacts_to_come
from cases.reference.breach_pack import REPORT
from cases.reference.enforcement import Answer
from cases.rules.calendar import add_working_days
from cases.rules.enforcement.pack import MAY_NOT_EXIST, to_do
from cases.rules.gaps import gates, warnings
from cases.services.enforcement.answers import answer_failure
from cases.services.enforcement.breaches.writing import write_pack
from cases.services.enforcement.letters import look_at, make_ready
from cases.services.enforcement.letters_sent import send_letter
from cases.services.enforcement.winning_back import agree_next_contact
from cases.services.policy import enforcement_policy
from staff.models import User
from staff.permissions import Role

COURT, NPS = "Reading Magistrates’ Court", "A. Reader, NPS enforcement, Reading"
BECAUSE = {
    Answer.WARN: "The first failure on this order; the reason given is not one we can accept.",
    Answer.REFER: "The reason given is not one we can accept, and a warning would change nothing.",
    Answer.RECALL: "Cannot be managed in the community while nobody knows where they are.",
    Answer.NOTHING: "Rang the next morning and came the same day; the risk is being managed.",
}
BEGINS = {Answer.REFER, Answer.RECALL}
# What is answered where the law or the ladder leaves no warning, and the fate that is
OTHERWISE = {Answer.REFER: "preparing", Answer.RECALL: "part_a_owed", Answer.NOTHING: "nothing"}
REPORTED = {
    "compliance": "Came to six of nine appointments, and rang before two of the three that were missed.",
    "progress": "Has kept the tenancy and is on the list for a course; drinks less than in the summer.",
    "risk": "Nobody is thought to be at risk of serious harm now; that has not changed since the last review.",
    "their_view": "Said on the telephone that mornings are hard, and that they want the order to go on.",
    "proposal": "That the order goes on with a fine, and appointments in the afternoon.",
}
NONE_THERE = "Nothing of it is on record, and I have looked through the log and the papers."
PART_A_SAID = "Has not come since the release, and nobody at the address has seen them for a week."
TRIED = "Tried this month, and it changed nothing."
WHAT_WE_DO = "Appointments in the afternoon, a text the day before, and the travel is paid."
KEPT_THEM = "“I was up all night and could not face the bus.”"
SOON = 5  # working days
AMENDED = "The day of the second failure is to be put right."


class OneFailure:
    """One failure, and what is done about it on which day; what falls after today is still to come."""

    def __init__(self, failure, today, fated):
        self.failure, self.today, self.fated = failure, today, fated
        self.case = failure.case
        self.officer = self.case.officer or failure.recorded_by
        self.hub = User.objects.get(username=Role.HUB)
        self.decided_on = localtime(failure.recorded_at).date()

    def on(self, days):
        """So many working days after the decision; None: that is still to come."""
        day = add_working_days(self.decided_on, days) if days else self.decided_on
        return day if day <= self.today else None

    def at(self, days, hour=11):
        day = self.on(days)
        return day and by_now(day, time(hour))

    def morning(self):
        """Of today: for what would otherwise be still to come."""
        return by_now(self.today, time(8))

    def _answer(self, wanted):
        """Answer the failure as wanted where the law or the ladder leaves it; otherwise as it does. True: as wanted."""
        now = self.failure.recorded_at + timedelta(minutes=20)
        law = law_of(self.failure, enforcement_policy(self.decided_on)).found
        answer = wanted if wanted in law.may else next(one for one in OTHERWISE if one in law.may)
        self.failure = answer_failure(
            failure=self.failure, answer=answer, because=BECAUSE[answer], by=self.officer, now=now
        )  # fmt: skip
        if answer in BEGINS:
            self._win_back(now)
        if answer != wanted:
            self.fated.learn(OTHERWISE[answer], self)
        return answer == wanted

    def _ready(self, now):
        """Asked at the last appointment, they said that a letter to where they live is safe. None: it cannot go yet."""
        Address.objects.filter(case=self.case, to_on=None).update(safe_to_write=True)
        letter = self.failure.warning.letters.get()
        if look_at(letter=letter, now=now).missing:
            return self.fated.learn("letter_asked", self)
        return make_ready(letter=letter, by=self.hub, now=now)

    def _post(self, fate):
        """Written and posted the next day; to be sent still where that is to come, or something is missing."""
        sent = self.at(1, 15)
        if sent is None:
            return self.fated.learn("letter_asked", self)
        letter = self._ready(sent)
        if letter is None:
            return None
        proof = "Certificate of posting 0412"
        letter = send_letter(letter=letter, proof=proof, by=self.hub, now=sent)
        self.fated.learn(fate, self)
        return letter

    def _breach(self):
        self._answer(Answer.REFER)
        return self.failure.breach

    def _recall(self):
        self._answer(Answer.RECALL)
        return self.failure.recall

    def _win_back(self, now):
        """The next contact is agreed at once where one is booked soon enough; otherwise it is still owed."""
        soon = add_working_days(now.date(), SOON)
        coming = [one for one in contacts_to_come(self.case, now) if localtime(one.started_at).date() <= soon]  # fmt: skip
        if not coming:
            self.fated.not_won_back[self.failure.pk] = self
            return
        agree_next_contact(
            case=self.case, what_we_do=WHAT_WE_DO, what_kept_them=KEPT_THEM, by=self.officer,
            now=now + timedelta(minutes=20), next_contact=coming[0].pk,
        )  # fmt: skip

    def _write(self, breach, now):
        """Whether the pack may go once it is written."""
        pack = pack_of(breach, now, now.date())
        lacks = {one.key for one in warnings(to_do(pack))} & {str(one) for one in MAY_NOT_EXIST}
        given = {f"report.{one.code}": REPORTED[one.code] for one in REPORT}
        given |= {f"statements.{name}": NONE_THERE for name in lacks} | {"court_name": COURT}
        write_pack(breach=breach, given=given, by=self.officer, now=now)
        breach.refresh_from_db()
        return not gates(to_do(pack_of(breach, now, now.date())))

    def _explained(self, breach, now):
        found = warnings(to_do(pack_of(breach, now, now.date())))
        return {one.key: "Rang the NPS, who say that it can still be laid." for one in found}
