"""No sequence of actions leaves a concern without an enquiry that is open, an answer somebody has
analysed or an interim plan in force, nor a case of ours without somebody who answers for it.
"""

import tempfile
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from cases.models import Absence, Case, Deadline, Enquiry, InterimPlan
from cases.queries.recipients import owner_and_cover
from cases.queries.replies import version_of
from cases.reference.checks import Because, Changes, CheckKind, EnquiryState, Reply
from cases.reference.codes import ContactLevel, Part, Register, Rosh
from cases.reference.information import Agreement, InformationKind, RaiseKind, ReadAs, SaidBy
from cases.rules.enquiries import About, SubjectKind
from cases.services.checks import ask_agencies, mark_not_needed
from cases.services.cover import arrange_absence, cancel_absence
from cases.services.information import read_information, record_information
from cases.services.intake import open_due_chunk
from cases.services.interim import answer_interim_plan, write_interim_plan
from cases.services.raising import raise_now
from cases.services.replies import analyse_reply, record_reply
from cases.services.reply_right import put_reply_right, take_reply_off
from cases.services.sending import chase_enquiry, send_enquiry
from grid.services.caseload import place_chunk
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.cases.importing.extracts import assessment, bring_in, registration
from tests.factories import (
    TODAY,
    CaseFactory,
    RegistrationFactory,
    SentenceFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ABUSE, CHILD, ADULT = "abuse", "child", "adult"
CONCERN_OF = {
    Register.DOMESTIC_ABUSE_PERPETRATOR: ABUSE,
    Register.DOMESTIC_ABUSE_VICTIM: ABUSE,
    Register.MARAC: ABUSE,
    Register.CHILD_CONCERNS: CHILD,
    Register.CHILD_PROTECTION: CHILD,
    Register.RISK_TO_CHILDREN: CHILD,
    Register.ADULT_AT_RISK: ADULT,
    Register.RISK_TO_ADULT_AT_RISK: ADULT,
}
ANSWERED_BY = {
    ABUSE: {CheckKind.POLICE, CheckKind.CHILDREN},
    CHILD: {CheckKind.POLICE, CheckKind.CHILDREN},
    ADULT: {CheckKind.ADULTS},
}
some = st.integers(0, 9)  # which one, of however many there are
flags = st.sampled_from([*CONCERN_OF, Register.WEAPONS])
long_whiles = st.sampled_from([1, 1, 2, 5, 15, 29, 90, 184, 200])


class Caseload(RuleBasedStateMachine):
    """Two officers, their senior and the head; three cases, one of them flagged from the start."""

    looked_at = 0  # concerns, in all runs of one search

    @initialize()
    def begin(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.folder = tempfile.TemporaryDirectory()
        self.today, self.imports = TODAY, 0
        team = TeamFactory()
        self.officers = [UserFactory(team=team), UserFactory(team=team)]
        self.seniors = [
            UserFactory(team=team, role=Role.SPO),
            UserFactory(role=Role.HEAD, team=None),
        ]
        self.cases = [CaseFactory(team=team, officer=one) for one in [*self.officers, None]]
        for case in self.cases:
            SentenceFactory(case=case)
        RegistrationFactory(case=self.cases[0])
        self.night()

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)
            self.folder.cleanup()

    # What the staff do

    @rule(n=some, kind=st.sampled_from(CheckKind), because=st.sampled_from(Because))
    def open_an_enquiry(self, n, kind, because):
        case = self.case(n)
        about = [About(SubjectKind.PERSON, case.name)]
        known = {"kind": kind, "because": because, "subjects": about, "triggered_on": self.today}
        self.attempt(ask_agencies, case=case, **known, **self.who(n))

    @rule(n=some)
    def send(self, n):
        known = {"asked_of": "The agency", "on": self.today}
        self.attempt(
            send_enquiry, enquiry=self.enquiry(n, "due", "replied"), **known, **self.who(n)
        )

    @rule(n=some)
    def chase(self, n):
        self.attempt(chase_enquiry, enquiry=self.enquiry(n, "sent"), note="Rang.", **self.who(n))

    @rule(n=some, reply=st.sampled_from(Reply))
    def reply(self, n, reply):
        enquiry = self.enquiry(n, "sent", "due")
        answers = {one.pk: reply for one in enquiry.subjects.all()} if enquiry else {}
        known = {"answers": answers, "text": "As they said.", "on": self.today, "now": self.now}
        self.attempt(record_reply, enquiry=enquiry, **known, **self.who(n))

    @rule(n=some)
    def analyse(self, n):
        known = {"changes": [Changes.NOTHING], "analysis": "It changes nothing: they live apart."}
        self.attempt(analyse_reply, enquiry=self.enquiry(n, "replied"), **known, **self.who(n))

    @rule(n=some, reply=st.sampled_from(Reply))
    def put_a_reply_right(self, n, reply):
        enquiry = self.enquiry(n, "replied", "analysed")
        answers = {one.pk: reply for one in enquiry.subjects.all()} if enquiry else {}
        known = {"answers": answers, "text": "As they did say.", "on": self.today, "now": self.now}
        self.put_right(put_reply_right, enquiry, n, **known)

    @rule(n=some)
    def take_a_reply_off(self, n):
        enquiry = self.enquiry(n, "replied", "analysed")
        self.put_right(take_reply_off, enquiry, n, now=self.now)

    def put_right(self, service, enquiry, n, **known):
        version = version_of(enquiry) if enquiry else 0
        said = {"because": "It was misread.", "version": version}
        self.attempt(service, enquiry=enquiry, **said, **known, **self.who(n))

    @rule(n=some)
    def say_it_is_not_needed(self, n):
        known = {"because": "Asked of him, and of her."}
        self.attempt(mark_not_needed, enquiry=self.enquiry(n, "due"), **known, **self.who(n))

    @rule(n=some, days=st.integers(0, 30))
    def write_a_plan(self, n, days):
        self.attempt(
            write_interim_plan,
            case=self.case(n),
            worst_case="He still goes there.",
            who_is_protected="Her and the children.",
            what_we_do="Seen weekly; she is rung on Mondays.",
            expires_on=self.today + timedelta(days=days),
            now=self.now,
            **self.who(n),
        )

    @rule(n=some, agree=st.booleans())
    def answer_a_plan(self, n, agree):
        plans = list(InterimPlan.objects.filter(agreement=Agreement.ASKED).order_by("-pk"))
        self.attempt(
            answer_interim_plan,
            plan=self.one(plans, n),
            agree=agree,
            answer="What if she moves?",
            by=self.seniors[n % 2],
            today=self.today,
            now=self.now,
        )

    @rule(n=some, register=flags, part=st.sampled_from(Part))
    def raise_a_flag(self, n, register, part):
        self.raise_it(n, RaiseKind.FLAG, register, part=part)

    @rule(n=some, level=st.sampled_from(Rosh))
    def raise_a_risk(self, n, level):
        self.raise_it(n, RaiseKind.RISK, level)

    @rule(n=some, level=st.sampled_from(ContactLevel))
    def raise_contact(self, n, level):
        self.raise_it(n, RaiseKind.CONTACT, level)

    def raise_it(self, n, kind, value, **more):
        known = {"kind": kind, "value": value, "because": "She said so.", "now": self.now}
        self.attempt(raise_now, case=self.case(n), by=self.who(n)["by"], **known, **more)

    @rule(n=some, kind=st.sampled_from(InformationKind), harm=st.booleans())
    def record(self, n, kind, harm):
        self.attempt(
            record_information,
            crn=self.case(n).crn,
            kind=kind,
            said_by=SaidBy.POLICE,
            who="The desk",
            happened_on=self.today,
            text="Called to an argument.",
            harm=harm,
            now=self.now,
            **self.who(n),
        )

    @rule(n=some)
    def read(self, n):
        reading = self.case(n).readings.unread().first()
        known = {"read_as": ReadAs.NOTHING, "because": "He was elsewhere.", "now": self.now}
        self.attempt(read_information, reading=reading, **known, **self.who(n))

    # What happens around them

    @rule(n=some, register=flags, days_ago=st.integers(0, 400))
    def import_a_register(self, n, register, days_ago):
        started = (self.today - timedelta(days=days_ago)).isoformat()
        self.bring_in(registration, n, code=register, startDate=started)

    @rule(n=some)
    def import_an_assessment(self, n):
        self.bring_in(assessment, n, completedOn=self.today.isoformat())

    def bring_in(self, line, n, **more):
        self.imports += 1
        given = line(self.case(n).crn, self.imports, **more)
        bring_in(Path(self.folder.name), given, now=self.now, today=self.today)

    @rule(n=some, to=some)
    def reallocate(self, n, to):
        officer = [*self.officers, None][to % 3]
        Case.objects.filter(pk=self.case(n).pk).update(officer=officer)

    @rule(n=some, days=st.integers(0, 20), covered=st.booleans())
    def go_away(self, n, days, covered):
        staff = [*self.officers, *self.seniors]
        self.attempt(
            arrange_absence,
            user=staff[n % 4],
            cover=staff[(n + 1) % 4] if covered else None,
            from_on=self.today,
            to_on=self.today + timedelta(days=days),
            by=self.seniors[0],
            today=self.today,
        )

    @rule(n=some)
    def come_back(self, n):
        absence = self.one(list(Absence.objects.on(self.today).order_by("pk")), n)
        self.attempt(cancel_absence, absence=absence, by=self.seniors[0], today=self.today)

    @rule(days=long_whiles)
    def time_passes(self, days):
        self.today += timedelta(days=days)
        self.night()

    def night(self):
        place_chunk(after=0, today=self.today)
        open_due_chunk(after=0, today=self.today)

    # What holds whatever they do

    @invariant()
    def every_concern_is_looked_after(self):
        for case in self.all_cases():
            for concern, since in concerns_of(case).items():
                assert looked_after(case, concern, since, self.today), (case, concern)
                type(self).looked_at += 1

    @invariant()
    def every_open_enquiry_is_covered_or_its_plan_is_owed(self):
        for case in self.all_cases():
            stands = case.interim_plans.standing().exclude(agreement=Agreement.RETURNED).first()
            covered = set(stands.enquiries.all()) if stands else set()
            owed = Deadline.objects.unmet().filter(case=case, kind="interim_plan").count()
            assert owed == bool(set(case.enquiries.unfinished()) - covered), case

    @invariant()
    def somebody_answers_for_every_case(self):
        assert all(owner_and_cover(case, self.today) for case in self.all_cases())

    # How they do it

    def all_cases(self):
        return Case.objects.order_by("pk") if hasattr(self, "undo") else []

    @property
    def now(self):
        return datetime.combine(self.today, time(9), UTC)

    def case(self, n):
        return Case.objects.get(pk=self.cases[n % 3].pk)

    def enquiry(self, n, *states):
        return self.one(list(Enquiry.objects.filter(state__in=states).order_by("pk")), n)

    def who(self, n):
        return {"by": self.officers[n % 2], "today": self.today}

    @staticmethod
    def one(things, n):
        return things[n % len(things)] if things else None

    @staticmethod
    def attempt(service, **given):
        """A refusal is as good as an act: what must hold holds after either."""
        about = next(iter(given.values()))
        if about is None:
            return
        with suppress(RuleBroken), transaction.atomic():
            service(**given)


def concerns_of(case):
    """{concern: since when}, the latest entry of each, and never before the case came to us."""
    found = {}
    for entry in case.registrations.filter(active=True, type_code__in=CONCERN_OF):
        since = max(entry.started_on, case.arrived_on)
        concern = CONCERN_OF[Register(entry.type_code)]
        found[concern] = max(found.get(concern, since), since)
    return found


def looked_after(case, concern, since, today):
    if case.interim_plans.live(today).exists():
        return True
    asked = case.enquiries.filter(kind__in=ANSWERED_BY[concern])
    if asked.unfinished().exists():
        return True
    answers = asked.filter(
        state=EnquiryState.ANALYSED, reply__in=[Reply.NO_TRACE, Reply.INFORMATION]
    )
    spoke = [max(one.triggered_on, one.replied_on) for one in answers]
    return any(since <= on and today <= on + relativedelta(months=6) for on in spoke)


class NobodyAsks(Caseload):
    """The same, where by night nothing is opened: the harm that the search must find."""

    def night(self):
        place_chunk(after=0, today=self.today)


def search(machine, examples, steps, **how):
    """Fails where what holds was broken; returns how many concerns were found to be looked after.

    Told step by step as it was found: making it shorter takes longer than reading it.
    """
    found = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        phases=[Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
        **how,
    )
    machine.looked_at = 0
    run_state_machine_as_test(machine, settings=found)
    return machine.looked_at


def test_no_sequence_of_actions_leaves_a_concern_that_nobody_looks_after():
    assert search(Caseload, examples=8, steps=18, derandomize=True, database=None) > 8 * 18


def test_a_concern_that_nobody_looks_after_is_found():
    with pytest.raises(AssertionError, match=f"'{ABUSE}'"):
        search(NobodyAsks, examples=1, steps=1, derandomize=True, database=None)


@pytest.mark.nightly
def test_nor_does_any_of_many_long_ones():
    assert search(Caseload, examples=150, steps=60) > 150
