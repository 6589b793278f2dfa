"""What came of a visit, and what follows from it in the same transaction."""

from datetime import timedelta

import pytest

from cases.models import Contact, Deadline, Enquiry, HomeVisit, Notice, RelatedPerson, Subject
from cases.queries.visit_records import asked_about_children
from cases.reference.codes import Rosh
from cases.reference.information import RaiseKind
from cases.reference.visits import FollowOn, NotDone
from cases.services.visit_records import record_not_done, record_visit
from cases.services.visits import set_out
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.cases.a_visit import TOMORROW, arranged, colleague, visited_case
from tests.factories import (
    TODAY,
    AddressFactory,
    AgencyFactory,
    DeadlineFactory,
    EnquiryFactory,
    RegistrationFactory,
)

pytestmark = pytest.mark.django_db
AFTER = TOMORROW + timedelta(hours=1)
OTHER = "9 Other Road, Bristol, BS5 6AB"
SEEN = {"met": ["person"], "children": 0, "rooms": ["kitchen"]}
WITH_A_CHILD = {
    "met": ["person", "children"],
    "children": 1,
    "of_children": "Playing, well dressed.",
}


@pytest.fixture
def case():
    return visited_case()


@pytest.fixture
def visit(case):
    visit = arranged(case)
    return set_out(visit=visit, call_by=AFTER, by=case.officer, now=TOMORROW)


def recorded(visit, **given):
    known = {
        "seen": SEEN,
        "notes": "We spoke of work.",
        "by": visit.appointment.officer,
        "now": AFTER,
    }
    return record_visit(visit=visit, **known | given)


def not_done(visit, why=NotDone.NOBODY_IN, **given):
    known = {"because": "No answer, curtains drawn.", "by": visit.appointment.officer, "now": AFTER}
    return record_not_done(visit=visit, not_done=why, **known | given)


def kinds(case, because):
    return set(case.enquiries.filter(because=because).values_list("kind", flat=True))


def test_a_visit_is_recorded_in_the_log_with_what_was_seen(case, visit):
    recorded(visit)

    contact = Contact.objects.get(pk=visit.pk)
    assert (contact.outcome_code, contact.attended, contact.notes) == (
        "ATTC",
        True,
        "We spoke of work.",
    )
    visit.refresh_from_db()
    assert visit.seen == SEEN


def test_recording_by_whoever_went_says_that_they_are_out_and_by_another_it_does_not(case, visit):
    with pytest.raises(RuleBroken, match="Ring them"):
        recorded(visit, by=colleague(case, Role.SPO))
    assert not HomeVisit.objects.get(pk=visit.pk).seen

    recorded(visit)

    visit.refresh_from_db()
    assert (visit.back_at, visit.back_said_by) == (AFTER, case.officer)


@pytest.mark.parametrize("done", [recorded, not_done])
def test_a_visit_that_somebody_set_out_for_is_recorded_before_its_minute_and_no_other(
    case, visit, done
):
    early = TOMORROW + timedelta(minutes=10)
    Contact.objects.filter(pk=visit.pk).update(started_at=early + timedelta(minutes=5))
    HomeVisit.objects.filter(pk=visit.pk).update(set_out_at=None, call_by=None)
    with pytest.raises(RuleBroken, match="still to come"):
        done(visit, now=early)
    HomeVisit.objects.filter(pk=visit.pk).update(set_out_at=TOMORROW, call_by=AFTER)

    done(visit, now=early)

    assert Contact.objects.get(pk=visit.pk).outcome_code


def test_the_clock_stops_once_somebody_was_seen_at_home_and_not_before(case, visit):
    RegistrationFactory(case=case)
    DeadlineFactory(case=case, kind="home_visit", enquiry=None, triggered_on=TODAY)
    clock = Deadline.objects.get(case=case, kind="home_visit")

    recorded(visit)

    clock.refresh_from_db()
    assert (clock.met_on, clock.void) == (TOMORROW.date(), False)


def test_a_visit_that_was_not_done_stays_owed_even_where_they_stood_at_the_door(case, visit):
    RegistrationFactory(case=case)
    DeadlineFactory(case=case, kind="home_visit", enquiry=None, triggered_on=TODAY)

    not_done(visit, NotDone.REFUSED)

    assert Contact.objects.get(pk=visit.pk).outcome_code == "AFTC"
    assert Deadline.objects.unmet().filter(case=case, kind="home_visit").exists()


def test_a_child_who_was_seen_opens_the_enquiry(case, visit):
    recorded(visit, seen=WITH_A_CHILD, follow_on=[FollowOn.CHILDREN])

    enquiry = case.enquiries.get(kind="children")
    assert enquiry.because == "home_visit"
    assert "Children were seen" in enquiry.because_note
    assert Deadline.objects.unmet().filter(enquiry=enquiry, kind="send_check").exists()


def test_somebody_new_is_kept_by_name_protected_and_the_police_are_asked_about_them(case, visit):
    somebody = {
        "name": "Jo  Lane",
        "kind": "partner",
        "relationship": "Girlfriend",
        "born_on": None,
    }

    recorded(visit, new_person=somebody, follow_on=[FollowOn.PERSON])

    person = RelatedPerson.objects.get(case=case)
    assert (person.name, person.protected, person.lives_with) == ("Jo Lane", True, True)
    assert person.source == "Met at the home visit of 2 October 2018"
    assert kinds(case, "new_person") == {"police"}
    assert Subject.objects.filter(related_person=person).exists()


def test_a_child_who_is_new_is_among_those_that_are_asked_about(case, visit):
    child = {"name": "Robin Lane", "kind": "child", "relationship": "Step-child", "born_on": None}

    recorded(visit, seen=WITH_A_CHILD, new_person=child, follow_on=[FollowOn.CHILDREN, FollowOn.PERSON])  # fmt: skip

    enquiry = case.enquiries.get(kind="children")
    assert "Robin Lane" in set(enquiry.subjects.values_list("name", flat=True))


def test_another_address_is_asked_about(case, visit):
    recorded(visit, other_address=OTHER, follow_on=[FollowOn.ADDRESS])

    assert kinds(case, "new_address") == {"police", "address"}
    assert Subject.objects.filter(kind="address", name=OTHER).count() == 2


def test_whoever_answers_where_the_other_address_lies_is_asked_and_not_where_they_live(case, visit):
    AddressFactory(case=case, postcode="RG1 1AA")
    AgencyFactory(kind="police", name="Thames Valley Police", areas=["RG1"])
    there = AgencyFactory(kind="police", name="Avon and Somerset Police", areas=["BS5"])

    recorded(visit, other_address=OTHER, follow_on=[FollowOn.ADDRESS])

    (police,) = case.enquiries.filter(kind="police", because="new_address")
    assert police.agency == there
    assert set(police.subjects.values_list("kind", flat=True)) == {"person", "address"}


def test_another_address_without_its_postcode_is_refused_and_nothing_is_recorded(case, visit):
    with pytest.raises(RuleBroken, match="Give the postcode"):
        recorded(visit, other_address="9 Other Road, Bristol", follow_on=[FollowOn.ADDRESS])

    assert kinds(case, "new_address") == set()


def test_a_risk_to_staff_stops_visits_and_tells_the_senior_at_once(case, visit):
    senior = colleague(case, Role.SPO)

    recorded(visit, seen=SEEN | {"signs": ["dogs"]}, follow_on=[FollowOn.SAFETY])

    visit.safety.refresh_from_db()
    assert visit.safety.review_on == AFTER.date()
    assert Notice.objects.filter(user=senior, text__contains="Staff were at risk").exists()
    with pytest.raises(RuleBroken, match="ran out"):
        arranged(case, safety=visit.safety, starts_at=AFTER + timedelta(days=3), now=AFTER)


def test_what_is_raised_with_the_record_is_in_force_at_once(case, visit):
    recorded(
        visit,
        follow_on=[FollowOn.RAISE],
        rise={"kind": RaiseKind.RISK, "value": Rosh.HIGH},
        rise_because="He had a machete by the door.",
    )

    assert case.registrations.filter(type_code=Rosh.HIGH, provisional=True).exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"seen": {"children": 1}}, "whom you saw"),
        ({"follow_on": [FollowOn.PERSON]}, "name of whoever"),
        ({"follow_on": [FollowOn.ADDRESS]}, "other address"),
        ({"follow_on": [FollowOn.RAISE]}, "what is to be raised"),
    ],
)
def test_what_cannot_be_followed_up_records_nothing(case, visit, given, words):
    with pytest.raises(RuleBroken, match=words):
        recorded(visit, **given)

    visit.refresh_from_db()
    assert (visit.seen, visit.back_at) == ({}, None)
    assert Contact.objects.get(pk=visit.pk).outcome_code == ""
    assert not Enquiry.objects.filter(case=case, because="new_person").exists()


def test_nothing_is_recorded_twice(case, visit):
    recorded(visit)

    with pytest.raises(RuleBroken, match="recorded already"):
        recorded(visit)
    with pytest.raises(RuleBroken, match="recorded already"):
        not_done(visit)


def test_nobody_in_is_a_missed_appointment_where_they_were_told_and_ours_where_not(case, visit):
    not_done(visit)
    assert Contact.objects.get(pk=visit.pk).outcome_code == "AFTA"
    assert Deadline.objects.unmet().filter(case=case, kind="call_same_day").exists()

    unannounced = arranged(case, told_how="not_yet")
    not_done(unannounced)
    assert Contact.objects.get(pk=unannounced.pk).outcome_code == "AASD"


def test_why_it_was_not_done_is_kept_and_said(case, visit):
    with pytest.raises(RuleBroken, match="Say in a sentence"):
        not_done(visit, because="n/a")

    not_done(visit, NotDone.MOVED)

    visit.refresh_from_db()
    assert (visit.not_done, visit.not_done_because) == ("moved", "No answer, curtains drawn.")
    assert "They do not live there" in Contact.objects.get(pk=visit.pk).notes


def test_the_next_attempt_is_booked_with_the_same_people(case, visit):
    again_at = AFTER + timedelta(days=2)

    not_done(visit, next_at=again_at)

    again = HomeVisit.objects.exclude(pk=visit.pk).get()
    assert again.appointment.contact.started_at == again_at
    assert (again.buddy, again.safety) == (visit.buddy, visit.safety)


def test_the_next_attempt_at_one_that_says_no_end_is_of_the_usual_length(visit):
    Contact.objects.filter(pk=visit.pk).update(ended_at=None)
    again_at = AFTER + timedelta(days=2)

    not_done(visit, next_at=again_at)

    again = HomeVisit.objects.exclude(pk=visit.pk).get().appointment.contact
    assert again.ended_at - again.started_at == timedelta(minutes=30)


def test_there_is_no_next_attempt_where_it_was_not_safe_until_it_is_decided_anew(case, visit):
    with pytest.raises(RuleBroken, match="Bring it up to date"):
        not_done(visit, NotDone.UNSAFE, next_at=AFTER + timedelta(days=2))
    assert not HomeVisit.objects.get(pk=visit.pk).not_done

    not_done(visit, NotDone.UNSAFE, follow_on=[FollowOn.SAFETY])
    assert HomeVisit.objects.get(pk=visit.pk).not_done == "unsafe"


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({"sent": True}, True),
        ({"analysed": True}, True),
        ({"analysed": True, "replied_on": TODAY - timedelta(days=200)}, False),
        ({"analysed": True, "reply": "refused"}, False),
    ],
)
def test_children_are_asked_about_again_unless_somebody_is_asked_or_answered_lately(
    case, given, known
):
    EnquiryFactory(case=case, kind="children", **given)

    assert bool(asked_about_children(case, TODAY)) == known
