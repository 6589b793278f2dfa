"""A court asks and is answered the same day: once, without a protected name, and whoever holds the case hears of it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Contact, CourtRequest, Deadline, Notice
from cases.queries.court_facts import court_facts, kept_from_court
from cases.reference.courts import CourtWants
from cases.reference.holding import LeftAs
from cases.rules.court_line import reply_line
from cases.rules.courts import named_in
from cases.services.courts import record_request, reply_to_court, withdraw_request
from cases.services.leaving import leave
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    AddressFactory,
    AppointmentFactory,
    CaseFactory,
    ComplianceDecisionFactory,
    CourtRequestFactory,
    EnquiryFactory,
    RelatedPersonFactory,
    RequirementFactory,
    SentenceFactory,
    SubjectFactory,
    UserFactory,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def case(db):
    return CaseFactory()


def asked(case, hours=3, by=None, **given):
    known = {
        "court": "Reading Magistrates’ Court",
        "asked_by": "The court officer, 0118 496 0000",
        "wants": "progress",
        "words": "",
        "asked_at": NOW,
        "needed_by": NOW + hours * HOUR,
    }
    return record_request(case=case, by=by or case.officer, now=NOW, **known | given)


def answer(request, by=None, now=NOW + HOUR, reply="Attendance has been good."):
    by = by or request.case.officer
    return reply_to_court(request=request, reply=reply, composed="", sent_by="email", by=by, now=now)  # fmt: skip


def owed(case):
    return Deadline.objects.unmet().ours().filter(case=case, kind="answer_court").first()


def composed(case, wants):
    facts = court_facts(case, NOW, kept=kept_from_court(case), work={}, weeks=6)
    return reply_line(wants, facts)


def test_it_is_owed_the_day_it_is_needed_and_written_in_the_log_when_it_is_answered(case):
    request = asked(case)
    assert owed(case).due_on == TODAY
    assert "needs it by 1 October 2018 at 1pm" in owed(case).why

    answer(request)

    assert owed(case) is None
    assert not Deadline.objects.get(kind="answer_court").void
    line = Contact.objects.get(type_code="CIEB")
    assert line.sensitive
    assert "To Reading Magistrates’ Court, by secure e-mail" in line.notes
    assert "Attendance has been good." in line.notes


def test_the_officer_hears_when_somebody_else_records_and_answers(case):
    duty = UserFactory(team=case.team)

    answer(asked(case, by=duty), by=duty)

    told = Notice.objects.filter(user=case.officer)
    assert told.get(text__contains="A court needs an answer by").for_information is False
    assert told.get(text__contains="answered for you").for_information is True


def test_with_two_open_the_clock_runs_to_the_first_and_then_to_the_other(case):
    later, sooner = asked(case, 30), asked(case, 2)
    assert "at midday" in owed(case).why

    answer(sooner)

    assert owed(case).due_on == TODAY + timedelta(days=1)
    answer(later)
    assert Deadline.objects.filter(kind="answer_court").count() == 2


def test_withdrawn_for_a_reason_it_is_owed_no_more_and_cannot_be_answered(case):
    request = asked(case)
    with pytest.raises(RuleBroken, match="no longer needs it"):
        withdraw_request(request=request, because="-", by=case.officer, now=NOW)

    withdraw_request(request=request, because="The case was adjourned", by=case.officer, now=NOW)

    assert Deadline.objects.get(kind="answer_court").void
    with pytest.raises(RuleBroken, match="withdrawn already"):
        answer(request)


def test_a_court_that_asks_of_somebody_who_has_left_us_is_owed_its_answer(case):
    leave(case=case, left_as=LeftAs.ELSEWHERE, because="Another provider", by=case.officer, now=NOW)

    request = asked(case)

    case.refresh_from_db()

    assert owed(case)
    assert "Another provider supervises them now." in composed(case, "progress")
    answer(request)


def test_what_is_still_to_be_decided_is_counted_apart_from_what_was_kept(case):
    SentenceFactory(case=case)
    kept, missed = [AppointmentFactory(case=case, at=NOW - n * timedelta(days=1)) for n in (3, 5)]
    Contact.objects.filter(pk=kept.pk).update(outcome_code="ATTC", attended=True, complied=True)
    Contact.objects.filter(pk=missed.pk).update(outcome_code="AFTA", attended=False, complied=False)
    ComplianceDecisionFactory(appointment=missed)

    line = composed(case, CourtWants.BREACH)

    assert "Of 2 appointments in the last 12 weeks: kept 1" in line
    assert "1 appointment that was not kept awaits the officer’s decision" in line
    assert "Last seen by us on 28 September 2018." in line


def test_a_protected_name_typed_into_the_reply_stops_it(case):
    RelatedPersonFactory(case=case, name="Dana Hill", protected=True)
    RelatedPersonFactory(case=case, name="Petra Vance", victim=True)
    request = asked(case)

    for name in ("Dana", "Petra Vance"):
        with pytest.raises(RuleBroken, match="kept to those who work on the case"):
            answer(request, reply=f"He lives with {name}.")
    assert CourtRequest.objects.get().replied_at is None


NAMES = st.text("abcdefgh", min_size=3, max_size=9).map(str.title)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=3), st.sampled_from(CourtWants))
def test_whatever_the_record_holds_no_protected_name_address_or_enquiry_is_in_the_line(names, wants):  # fmt: skip
    case = CaseFactory(surname="Wylie", forename="Zeno")
    kept = [" ".join(one) for one in names]
    sentence = SentenceFactory(case=case, court_name=f"Court that protected {kept[0]}")
    RequirementFactory(sentence=sentence, sub_name=f"No contact with {kept[-1]}", notes=kept[0])
    AddressFactory(case=case, lines="17 Quarry Yxk Lane", postcode="SL1 1AA")
    for name in kept:
        RelatedPersonFactory(case=case, name=name, protected=True, address="4 Yxk Close")
    enquiry = EnquiryFactory(case=case, reply_text="Yxk was said")
    SubjectFactory(enquiry=enquiry, name=kept[0], protected=True)

    line = composed(case, wants)

    assert named_in(line, kept, case.name) == frozenset()
    assert "Yxk" not in line
    assert "SL1 1AA" not in line
    assert "nquir" not in line


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_once_answer_once():
    case = CaseFactory()
    request = CourtRequestFactory(case=case)
    hub = UserFactory(role=Role.HUB)
    together, refused = Barrier(2), []

    def go(by):
        try:
            together.wait()
            answer(request, by=by, now=NOW + HOUR)
        except RuleBroken as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=go, args=[by]) for by in (case.officer, hub)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert "answered already by" in refused[0]
    assert Contact.objects.filter(type_code="CIEB").count() == 1
