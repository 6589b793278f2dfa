"""Forty days lived through, sweep by sweep: which flags go up, who is told, what is written to whom.

What is expected was worked out with a calendar and the policy, by hand, and not with the product's
rules. The days hold a change of clocks (29 March 2026), Easter (3 and 6 April), an officer away with
cover and one without, and an agency whose turnaround changes. Source: product rules, checks.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction
from django.test import override_settings

from cases.models import Case, Enquiry, Flag, JobRun, Message, Reading
from cases.reference.agencies import Channel, MessageKind
from cases.reference.checks import Changes, CheckKind, Reply
from cases.reference.codes import Sharing
from cases.reference.information import InformationKind, ReadAs, SaidBy
from cases.rules.calendar import is_working_day
from cases.rules.references import reference_of
from cases.services import agencies, interim, replies, sending, timetable
from cases.services.cover import arrange_absence
from cases.services.information import read_information, record_information
from cases.services.messages import send_waiting
from cases.services.policy import check_policy, newest_policy, set_policy
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import (
    AgencyFactory,
    CaseFactory,
    RegistrationFactory,
    StandingFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
FIRST, DAYS = date(2026, 3, 20), 40
CLOCKS_CHANGE = date(2026, 3, 29)
SWEEPS = [time(0, 5), time(2, 35), time(7, 35), time(9), time(12, 5), time(18, 30), time(22, 5)]
POLICE, CHILDREN = str(CheckKind.POLICE), str(CheckKind.CHILDREN)
SPO, HEAD, HUB, OFFICER = "spo", "head", "hub", "officer"


def march(day):
    return date(2026, 3, day)


def april(day):
    return date(2026, 4, day)


# day, what the flag did, whose case, what is late, of which enquiry, who is told
EXPECTED_FLAGS = [
    # Neglected: nothing is sent and no plan is written. Fell due 25 March
    (march(26), "raised", "X1", "send_check", POLICE, OFFICER),
    (march(26), "raised", "X1", "send_check", CHILDREN, OFFICER),
    (march(26), "raised", "X1", "interim_plan", "", SPO),
    (april(1), "climbed", "X1", "interim_plan", "", HEAD),
    (april(10), "climbed", "X1", "send_check", POLICE, SPO),
    (april(10), "climbed", "X1", "send_check", CHILDREN, SPO),
    (april(17), "climbed", "X1", "send_check", POLICE, HEAD),
    (april(17), "climbed", "X1", "send_check", CHILDREN, HEAD),
    # A concern of 23 March, the first day: visited in 15 working days of it, Easter between. Nobody goes
    (april(16), "raised", "X1", "home_visit", "", SPO),
    (april(16), "raised", "X3", "home_visit", "", SPO),
    # Without a concern: a silent agency is the hub's, and is chased as the week opens
    (april(1), "raised", "X2", "chase_check", POLICE, HUB),
    (april(7), "closed", "X2", "chase_check", POLICE, HUB),
    (april(15), "raised", "X2", "chase_check", POLICE, HUB),
    (april(20), "closed", "X2", "chase_check", POLICE, HUB),
    (april(16), "raised", "X2", "renew_interim_plan", "", SPO),
    (april(17), "closed", "X2", "renew_interim_plan", "", SPO),
    # With a concern: silence is told to the senior at 10 working days, chased or not, the head at 15
    (april(1), "raised", "X3", "chase_check", POLICE, HUB),
    (april(7), "closed", "X3", "chase_check", POLICE, HUB),
    (april(9), "raised", "X3", "chase_check", POLICE, SPO),
    (april(10), "closed", "X3", "chase_check", POLICE, SPO),
    (april(9), "raised", "X3", "chase_check", CHILDREN, SPO),
    (april(16), "climbed", "X3", "chase_check", CHILDREN, HEAD),
    (april(17), "closed", "X3", "chase_check", CHILDREN, HEAD),
    # What the police told on the 10th is never reviewed: 10 working days to Friday the 24th
    (april(25), "raised", "X3", "review_event", "", SPO),
    # Harm told of on the Saturday of Easter, to be read that day; the officer is away
    (april(5), "raised", "X4", "read_information_today", "", SPO),
    (april(7), "climbed", "X4", "read_information_today", "", HEAD),
    (april(8), "closed", "X4", "read_information_today", "", HEAD),
    # And what it tells of is never reviewed
    (april(21), "raised", "X4", "review_event", "", SPO),
    (april(27), "climbed", "X4", "review_event", "", HEAD),
    # Told while the officer is away and nobody covers
    (april(17), "raised", "X5", "read_information", "", SPO),
    (april(20), "closed", "X5", "read_information", "", SPO),
]
# when it went, to whom, about whom
EXPECTED_ALERTS = [
    ((march(25), time(9)), "amy", "X4"),  # a reply
    ((march(25), time(9)), "ben", "X5"),  # a reply
    ((april(4), time(22, 5)), "olu", "X4"),  # harm, at once, to cover
    ((april(7), time(7, 35)), "olu", "X4"),  # told on the Thursday evening, held over Easter
    ((april(10), time(9)), "olu", "X3"),  # a reply, to cover
    ((april(14), time(9)), "sara", "X5"),  # nobody covers: the senior
    ((april(17), time(9)), "amy", "X3"),  # a reply, to the officer who is back
]
EXPECTED_CHASES = {april(7): {"X2", "X3"}, april(20): {"X2"}}
WORKING = [day for day in (FIRST + timedelta(days=n) for n in range(DAYS)) if is_working_day(day)]
EXPECTED_DIGESTS = {
    "olu": [day for day in WORKING if day >= march(25)],
    "sara": [day for day in WORKING if day >= march(26)],
    # Away until the 10th. A visit falls due on the 15th and is late to the end
    "amy": [march(25), *(day for day in WORKING if day >= april(15))],
    "ben": [april(20)],
    "hugh": [april(7), april(13), april(20), april(27)],
}


class Team:
    """The staff, the agencies and what they do on each day."""

    def __init__(self):
        self.team = TeamFactory()
        self.sara = self._member("sara", Role.SPO)
        self.olu, self.amy, self.ben = map(self._member, ("olu", "amy", "ben"))
        self.hana = self._member("hana", Role.HUB)
        self.hugh = self._member("hugh", Role.HEAD)
        self.police = AgencyFactory(name="Thames Valley Police")
        AgencyFactory(
            kind=CheckKind.CHILDREN,
            name="Reading children's social care",
            channel=Channel.LETTER,
            email="",
            address="1 Civic Way, Reading",
            turnaround_days=10,
        )

    def _member(self, name, role=Role.OFFICER):
        return UserFactory(
            username=name, role=role, team=self.team, email=f"{name}@probation.example"
        )

    def case(self, crn, officer, concern=False):
        case = CaseFactory(crn=crn, team=self.team, officer=officer, arrived_on=march(23))
        if concern:
            RegistrationFactory(case=case, started_on=march(23))
            StandingFactory(case=case, concern=True)

    # What is done on a day, at nine

    def do(self, today, now):
        for act in self.diary().get(today, []):
            act(today, now)

    def diary(self):
        return {
            march(20): [self.sampling_is_off],
            march(23): [self.cases_arrive],
            march(24): [self.enquiries_are_sent],
            march(25): [self.two_are_answered, self.plans_are_written],
            march(26): [self.the_senior_agrees],
            march(27): [self.staff_say_when_they_are_away],
            april(7): [self.cover_reads],
            april(8): [self.cover_reads],
            april(10): [self.the_police_answer, self.the_police_take_longer],
            april(13): [self.the_answer_is_analysed],
            april(14): [self.somebody_rings_about_x5],
            april(17): [self.the_plan_is_renewed, self.childrens_services_answer],
            april(20): [self.the_answer_is_analysed, self.ben_reads],
        }

    def sampling_is_off(self, today, now):
        """So that no plan without a concern goes to the senior by its number."""
        newest = newest_policy("checks")
        set_policy(
            name="checks",
            body=newest.body | {"interim_sample_one_in": 10**9},
            changing=newest.version,
            from_on=today,
            reason="A test",
            by=self.hugh,
            today=today,
        )

    def cases_arrive(self, today, now):
        self.case("X1", self.olu, concern=True)
        self.case("X2", self.amy)
        self.case("X3", self.amy, concern=True)
        self.case("X4", self.amy)
        self.case("X5", self.ben)

    def enquiries_are_sent(self, today, now):
        for one in Enquiry.objects.exclude(case__crn="X1").order_by("pk"):
            sending.send_request(
                enquiry=one, told_person=True, not_told_because="", by=self.hana, now=now
            )

    def two_are_answered(self, today, now):
        for crn in ("X4", "X5"):
            self._reply(crn, POLICE, Reply.NO_TRACE, today, now)
            self._analyse(crn, today)

    def plans_are_written(self, today, now):
        self._plan("X2", april(15), today, now)
        self._plan("X3", april(20), today, now)

    def the_senior_agrees(self, today, now):
        plan = Case.objects.get(crn="X3").interim_plans.get()
        interim.answer_interim_plan(
            plan=plan, agree=True, answer="", by=self.sara, today=today, now=now
        )

    def staff_say_when_they_are_away(self, today, now):
        arrange_absence(
            user=self.amy,
            from_on=march(30),
            to_on=april(10),
            cover=self.olu,
            by=self.amy,
            today=today,
        )
        arrange_absence(
            user=self.ben, from_on=april(13), to_on=april(17), cover=None, by=self.ben, today=today
        )

    def cover_reads(self, today, now):
        """The ordinary one on the 7th, the one about harm, late, on the 8th."""
        harm = today == april(8)
        reading = Reading.objects.unread().get(case__crn="X4", information__harm=harm)
        self._read(reading, self.olu, today, now)

    def the_police_answer(self, today, now):
        self._reply("X3", POLICE, Reply.INFORMATION, today, now)

    def the_police_take_longer(self, today, now):
        said = {name: getattr(self.police, name) for name in agencies.SAID}
        agencies.change_agency(
            agency=self.police, by=self.hana, today=today, **said | {"turnaround_days": 8}
        )

    def the_answer_is_analysed(self, today, now):
        self._analyse("X3", today)

    def somebody_rings_about_x5(self, today, now):
        self._tell("X5", harm=False, today=today, now=now)

    def the_plan_is_renewed(self, today, now):
        self._plan("X2", date(2026, 5, 8), today, now)

    def childrens_services_answer(self, today, now):
        self._reply("X3", CHILDREN, Reply.NO_TRACE, today, now)

    def ben_reads(self, today, now):
        self._read(Reading.objects.unread().get(case__crn="X5"), self.ben, today, now)

    # And in the evening

    def do_in_the_evening(self, today, now):
        if today in (april(2), april(4)):
            self._tell("X4", harm=today == april(4), today=today, now=now)

    def _plan(self, crn, until, today, now):
        interim.write_interim_plan(
            case=Case.objects.get(crn=crn),
            worst_case="That there have been call-outs to the address.",
            who_is_protected="A partner, from assault.",
            what_we_do="Seen weekly at the office; the partner has our number.",
            expires_on=until,
            by=self.amy,
            today=today,
            now=now,
        )

    def _reply(self, crn, kind, reply, today, now):
        enquiry = Enquiry.objects.get(case__crn=crn, kind=kind)
        replies.record_reply(
            enquiry=enquiry,
            answers=dict.fromkeys(enquiry.subjects.values_list("pk", flat=True), reply),
            text="As they wrote it.",
            on=today,
            by=self.hana,
            today=today,
            now=now,
        )

    def _analyse(self, crn, today):
        replies.analyse_reply(
            enquiry=Enquiry.objects.get(case__crn=crn, state="replied"),
            changes=[Changes.NOTHING],
            analysis="The plan already assumes as much.",
            by=self.amy,
            today=today,
        )

    def _tell(self, crn, *, harm, today, now):
        record_information(
            crn=crn,
            kind=InformationKind.OTHER,
            said_by=SaidBy.FAMILY,
            who="A sister",
            happened_on=today,
            text="Said by telephone.",
            harm=harm,
            sharing=Sharing.NO,
            by=self.hana,
            today=today,
            now=now,
        )

    def _read(self, reading, by, today, now):
        read_information(
            reading=reading,
            read_as=ReadAs.NOTHING,
            because="It was known.",
            by=by,
            today=today,
            now=now,
        )


def state_of_flags():
    rows = Flag.objects.values_list(
        "pk", "case__crn", "deadline__kind", "deadline__enquiry__kind", "told", "closed_on"
    )
    return {pk: row for pk, *row in rows}


def what_happened(before, after, day):
    """What flags did between two looks at them."""
    for pk, (crn, kind, enquiry, told, closed_on) in after.items():
        was = before.get(pk)
        of = (crn, kind, enquiry or "")
        if was is None:
            yield (day, "raised", *of, told)
        elif was[3] != told:
            yield (day, "climbed", *of, told)
        if closed_on and not (was and was[4]):
            yield (day, "closed", *of, told)


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker):
    """The forty days, lived once and undone after the last test. Gives what flags did, and when each
    e-mail went."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(EMAIL_READY=True):
        yield live()
        transaction.set_rollback(True)


def live():
    mail.outbox.clear()
    with frozen(datetime.combine(FIRST, time(0, 1), LONDON)):
        team = Team()
    flags, sent, before, went = [], {}, {}, 0
    for day in (FIRST + timedelta(days=n) for n in range(DAYS)):
        halves = [time(hour, minute) for hour in range(4) for minute in (0, 30)]
        for hour in sorted({*SWEEPS, *(halves if day == CLOCKS_CHANGE else [])}):
            now = datetime.combine(day, hour, LONDON)
            with frozen(now):
                if hour == time(9):
                    team.do(day, now)
                if hour == time(22, 5):
                    team.do_in_the_evening(day, now)
                timetable.run_due(now=now)
                send_waiting(now=now)
                for one in mail.outbox[went:]:
                    key = one.extra_headers["Message-ID"]
                    assert key not in sent, f"{key} went twice"
                    sent[key] = ((day, hour), one)
                went = len(mail.outbox)
            after = state_of_flags()
            flags += what_happened(before, after, day)
            before = after
    return flags, sent


def test_forty_days_bring_exactly_these_flags_and_messages_once_each(lived):
    flags, sent = lived

    assert sorted(flags) == sorted(EXPECTED_FLAGS)
    assert len(sent) == Message.objects.count()
    assert sorted(alerts(sent)) == sorted(EXPECTED_ALERTS)
    assert chases() == EXPECTED_CHASES
    assert digests() == EXPECTED_DIGESTS
    assert Message.objects.filter(kind=MessageKind.REQUEST).count() == 4  # none for the letter
    assert nights() == Counter((FIRST + timedelta(days=n)).isoformat() for n in range(-1, DAYS))
    assert check_policy(april(28)).interim_sample_one_in == 10**9


def test_no_message_names_anybody_and_quiet_hours_are_kept(lived):
    _, sent = lived

    for (day, hour), one in sent.values():
        if one.to[0].endswith("@probation.example"):
            assert "Alex" not in one.body
            assert "Marsh" not in one.body + one.subject
        urgent = (day, hour) == (april(4), time(22, 5))
        assert urgent or (is_working_day(day) and time(7, 30) <= hour < time(19))


def test_a_running_date_keeps_and_a_new_one_follows_the_agencys_new_turnaround(lived):
    police = Enquiry.objects.get(case__crn="X2", kind=POLICE)

    ran_until = police.deadlines.filter(kind="chase_check").order_by("pk")

    assert [one.due_on for one in ran_until] == [march(31), april(14), april(30)]
    assert all(one.due_on <= two.due_on for one, two in pairwise(ran_until))


def alerts(sent):
    for when, one in sent.values():
        if one.subject.startswith("To read"):
            yield when, one.to[0].partition("@")[0], one.subject.split()[-1]


def chases():
    found = {}
    for one in Message.objects.filter(kind=MessageKind.CHASE):
        asked = [
            crn
            for pk, crn in Enquiry.objects.values_list("pk", "case__crn")
            if reference_of(pk) in one.body
        ]
        found[one.at.date()] = set(asked)
    return found


def digests():
    found = {}
    for one in Message.objects.filter(kind=MessageKind.DIGEST).order_by("at", "pk"):
        found.setdefault(one.user.username, []).append(one.at.date())
    return found


def nights():
    runs = JobRun.objects.filter(job=timetable.OPEN_ENQUIRIES)
    return Counter(runs.values_list("slot", flat=True))
