"""No sequence of actions signs an assessment with a gate open that no override in force lets it pass."""

import tempfile
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
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

from cases.models import Assessment, Enquiry, Override
from cases.queries.assessing import assessing_facts
from cases.queries.open_gates import before_signing, open_gates
from cases.queries.overrides import approved_gaps
from cases.reference.checks import Changes, EnquiryState, Reply
from cases.reference.codes import Register, Rosh
from cases.reference.harm import AnalysisPart, AssessmentState
from cases.reference.information import InformationKind, RaiseKind, SaidBy
from cases.reference.questions import QUESTIONS
from cases.rules.assessing_policy import AssessingPolicy
from cases.rules.overrides import lets_pass
from cases.services.answering import answer_part
from cases.services.assessments import begin_assessment, drop_assessment
from cases.services.information import record_information
from cases.services.interim import write_interim_plan
from cases.services.overrides import ask_override, decide_override
from cases.services.overrides_run_out import expire_overrides
from cases.services.raising import raise_now
from cases.services.replies import analyse_reply, record_reply
from cases.services.sending import send_enquiry
from cases.services.signing import countersign_assessment, return_assessment, sign_assessment
from staff.errors import RuleBroken
from staff.permissions import Role
from staff.rules.merging import marks
from tests.cases.answered import answers_for
from tests.cases.importing.extracts import assessment as imported_assessment
from tests.cases.importing.extracts import bring_in, registration
from tests.factories import (
    TODAY,
    CaseFactory,
    OffenceFactory,
    SentenceFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
POLICY = AssessingPolicy(1, 95, 14, 4, 5)
EXPLAINED = "It is asked again on Monday, when she comes with her support worker."
ONCE_SIGNED = (AssessmentState.SIGNED, AssessmentState.REPLACED)
WARNINGS = [
    "carried",
    "unscored",
    *(f"alike:{part}" for part in AnalysisPart),
]
OVERRIDE = {
    "unknown": "Whether there were call-outs.",
    "read_and_asked": "The record, and the officer before me.",
    "why_safer": "The order ends on Friday.",
    "who_is_protected": "A partner, by a visit today.",
    "who_was_told": "The partner's support worker.",
    "what_closes_it": "The police reply.",
}
COMES_IN = ["call_out", "child", "adult", "health"]
some = st.integers(0, 30)  # which one, of however many there are
levels = st.sampled_from([Rosh.LOW, Rosh.MEDIUM])


class Signing(RuleBasedStateMachine):
    """An officer, a senior and a head; one case with a past assault, whose police check is not made."""

    signed = 0  # over all examples, so that a search which signs nothing shows

    @initialize()
    def begin(self):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.folder = tempfile.TemporaryDirectory()
        self.now, self.seen, self.imports = datetime.combine(TODAY, time(9), UTC), set(), 0
        team = TeamFactory()
        self.officer = UserFactory(team=team)
        self.senior = UserFactory(team=team, role=Role.SPO)
        self.head = UserFactory(role=Role.HEAD, team=None)
        self.case = CaseFactory(team=team, officer=self.officer)
        OffenceFactory(sentence=SentenceFactory(case=self.case))
        self.begin_one()

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)
            self.folder.cleanup()

    # Writing and signing

    def begin_one(self):
        self.attempt(begin_assessment, case=self.case, by=self.officer, now=self.now)

    def answer_it_whole(self, level):
        if one := self.unfinished():
            self.answer(one, answers_for(assessing_facts([one], self.today)[one.pk], level))

    @rule(n=some)
    def blank_an_answer(self, n):
        one = self.unfinished()
        if one and one.answers:
            self.answer(one, {sorted(one.answers)[n % len(one.answers)]: ""})

    def answer(self, assessment, given):
        """As the pages do, part by part; each sees what stands."""
        parts: dict = {}
        for code, value in given.items():
            if not code.endswith(".covers"):
                part = QUESTIONS[code].part if code in QUESTIONS else AnalysisPart.PATTERNS
                parts.setdefault(part, {})[code] = value
        for part, answers in parts.items():
            self.attempt(
                answer_part,
                assessment=assessment,
                part=part,
                given=answers,
                seen=marks(assessment.answers, answers),
                by=self.officer,
                now=self.now,
            )

    @rule(
        level=levels,
        blank=st.none() | some,
        checks=st.sampled_from([True, True, False]),
        since=st.sampled_from(["", *COMES_IN]),
    )
    def answer_it_and_sign(self, level, blank, checks, since):
        """The straight way, with an answer blanked, the checks left, or something new before the senior."""
        self.begin_one()
        if checks:
            self.see_to_every_check()
        self.answer_it_whole(level)
        if blank is not None:
            self.blank_an_answer(blank)
        self.sign("officer", EXPLAINED)
        self.what_has_been_signed_had_nothing_open()  # what comes in after it is for the next one
        if since:
            self.something_comes_in(since)
            self.countersign("senior")

    @rule(
        by=st.sampled_from(["officer", "senior"]),
        says=st.sampled_from([EXPLAINED, EXPLAINED, "n/a"]),
    )
    def sign(self, by, says):
        if one := self.unfinished():
            said = dict.fromkeys(WARNINGS, says)
            who = getattr(self, by)
            self.attempt(sign_assessment, assessment=one, explained=said, by=who, now=self.now)

    @rule(by=st.sampled_from(["officer", "senior", "head"]))
    def countersign(self, by):
        if one := self.unfinished():
            who = getattr(self, by)
            self.attempt(countersign_assessment, assessment=one, by=who, now=self.now)

    @rule(up=st.sampled_from([False, False, True]))
    def give_it_back_or_up(self, up):
        one = self.unfinished()
        if one and up:
            self.attempt(drop_assessment, assessment=one, by=self.officer)
        elif one:
            self.attempt(
                return_assessment,
                assessment=one,
                question="harm.because",
                note="Say more.",
                by=self.senior,
                now=self.now,
            )

    @rule(n=some, days=st.integers(0, 14), level=levels, later=st.sampled_from([0, 0, 1, 8, 15]))
    def go_ahead_all_the_same(self, n, days, level, later):
        """Ask about one gate or all, have it approved, and sign then or later."""
        self.begin_one()
        one = self.unfinished()
        self.answer_it_whole(level)
        self.blank_an_answer(n)
        shut = open_gates(self.unfinished(), POLICY, self.today)
        chosen = shut if n % 2 else shut[:1]
        if any(gap.may_override for gap in chosen):
            self.attempt(
                ask_override,
                **before_signing(one, POLICY, self.today),
                keys=[gap.key for gap in chosen if gap.may_override],
                expires_on=self.today + timedelta(days=days),
                by=self.officer,
                now=self.now,
                **OVERRIDE,
            )
            self.decide()
        self.time_passes(later)
        self.sign("officer", EXPLAINED)

    def decide(self):
        for asked in Override.objects.filter(state="asked"):
            self.attempt(
                decide_override,
                override=asked,
                open_now=before_signing(asked.assessment, POLICY, self.today)["open_now"],
                approve=True,
                note="Read the file; the partner is seen today.",
                by=self.head,
                now=self.now,
            )

    # What happens around them

    @rule(kind=st.sampled_from(COMES_IN))
    def something_comes_in(self, kind):
        self.attempt(
            record_information,
            crn=self.case.crn,
            kind=InformationKind(kind),
            said_by=SaidBy.POLICE,
            who="The desk",
            happened_on=self.today,
            text="Called to an argument.",
            harm=False,
            by=self.officer,
            now=self.now,
        )

    @rule(n=some, reply=st.sampled_from([Reply.NO_TRACE, Reply.INFORMATION, Reply.PARTIAL]))
    def take_an_enquiry_on(self, n, reply):
        """Its next step, whatever that is."""
        found = list(Enquiry.objects.unfinished().order_by("pk"))
        if found:
            self.take_on(found[n % len(found)], reply)

    def take_on(self, enquiry, reply):
        match EnquiryState(enquiry.state):
            case EnquiryState.DUE:
                known = {"asked_of": "The police", "on": self.today}
                self.attempt(send_enquiry, enquiry=enquiry, by=self.officer, **known)
            case EnquiryState.SENT:
                answers = {one.pk: reply for one in enquiry.subjects.all()}
                known = {"answers": answers, "text": "As they said.", "on": self.today}
                self.attempt(record_reply, enquiry=enquiry, by=self.officer, now=self.now, **known)
            case EnquiryState.REPLIED:
                known = {"changes": [Changes.NOTHING], "analysis": "Nothing: they live apart."}
                self.attempt(analyse_reply, enquiry=enquiry, by=self.officer, **known)

    def see_to_every_check(self):
        for _ in range(3):
            for enquiry in Enquiry.objects.unfinished().order_by("pk"):
                self.take_on(enquiry, Reply.NO_TRACE)

    @rule(days=st.integers(0, 20))
    def write_an_interim_plan(self, days):
        self.attempt(
            write_interim_plan,
            case=self.case,
            worst_case="He still goes there.",
            who_is_protected="Her and the children.",
            what_we_do="Seen weekly; she is rung on Mondays.",
            expires_on=self.today + timedelta(days=days),
            by=self.officer,
            now=self.now,
        )

    @rule(level=st.sampled_from([Rosh.MEDIUM, Rosh.HIGH]))
    def raise_it(self, level):
        known = {"kind": RaiseKind.RISK, "value": level, "because": "She said so."}
        with suppress(RuleBroken), transaction.atomic():
            raise_now(case=self.case, by=self.officer, now=self.now, **known)

    @rule(line=st.sampled_from([registration, imported_assessment]))
    def bring_in(self, line):
        self.imports += 1
        more = {"code": Register.CHILD_CONCERNS} if line is registration else {"completedOn": self.today.isoformat()}  # fmt: skip
        given = line(self.case.crn, self.imports, **more)
        bring_in(Path(self.folder.name), given, now=self.now, today=self.today)

    @rule(days=st.sampled_from([0, 1, 3, 8, 15]))
    def time_passes(self, days):
        self.now += timedelta(days=days, hours=1)
        expire_overrides(today=self.today, now=self.now)

    # What holds whatever they do

    @invariant()
    def what_has_been_signed_had_nothing_open(self):
        if not hasattr(self, "undo"):
            return
        for one in Assessment.objects.filter(state__in=ONCE_SIGNED).exclude(pk__in=self.seen):
            self.seen.add(one.pk)
            type(self).signed += 1
            approved = approved_gaps(assessment=one, today=self.today)
            shut = open_gates(one, POLICY, self.today)
            left = [gap for gap in shut if not lets_pass(gap, approved)]
            assert not left, left
            assert not one.countersign_because or one.countersigned_by_id != one.signed_by_id

    # How they do it

    @property
    def today(self):
        return self.now.date()

    def unfinished(self):
        return self.case.assessments.unfinished().first()

    def attempt(self, service, **given):
        """A refusal is as good as an act: what must hold holds after either."""
        with suppress(RuleBroken), transaction.atomic():
            service(today=self.today, **given)


def search(examples, steps, **how):
    """How many were signed. Told step by step as it was found: making it shorter takes longer than reading it."""
    found = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        phases=[Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
        **how,
    )
    Signing.signed = 0
    run_state_machine_as_test(Signing, settings=found)
    return Signing.signed


def test_no_sequence_of_actions_signs_with_a_gate_open():
    assert search(examples=8, steps=20, derandomize=True, database=None) > 0


@pytest.mark.nightly
def test_nor_does_any_of_many_long_ones():
    assert search(examples=150, steps=60) > 0
