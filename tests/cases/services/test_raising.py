from datetime import date, timedelta

import pytest

from cases.models import Case, Deadline, Message, Notice, Raise, Registration, Standing
from cases.reference.checks import Because, CheckKind
from cases.reference.codes import ContactLevel, Part, Place, Register, Rosh
from cases.reference.information import RaiseKind
from cases.services.raising import raise_now, resolve_raises
from grid.models import Escalation, Placement
from grid.services.placement import place_many, place_person
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    AssignmentFactory,
    CaseFactory,
    EnquiryFactory,
    ImportedAssessmentFactory,
    RegistrationFactory,
    UserFactory,
    placeable,
)

pytestmark = pytest.mark.django_db
LATER, DAYS_LATER = NOW + timedelta(days=3), TODAY + timedelta(days=3)
WHY = "She told the duty officer that he hit her on Sunday."


@pytest.fixture
def case():
    """Medium, seen fortnightly, placed."""
    case = placeable()
    place_person(case=case, by=None, today=TODAY)
    return case


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team, email="senior@example.org")


def raised(case, kind, value, *, by=None, because=WHY, now=NOW, **more):
    return raise_now(
        case=case, kind=kind, value=value, because=because, by=by or case.officer, now=now, **more
    )


def risk(case, level=Rosh.HIGH, **more):
    return raised(case, RaiseKind.RISK, level, **more)


def flag(case, register=Register.DOMESTIC_ABUSE_PERPETRATOR, **more):
    return raised(case, RaiseKind.FLAG, register, **more)


def contact(case, level=ContactLevel.WEEKLY, **more):
    return raised(case, RaiseKind.CONTACT, level, **more)


def standing(case):
    return Standing.objects.get(case=case)


def owed(case):
    return Deadline.objects.unmet().filter(case=case, kind="assess_after_raise").first()


# What it sets


def test_a_risk_raised_is_a_provisional_level_at_once(case):
    made = risk(case)

    entry = made.registration
    assert (entry.type_code, entry.active, entry.provisional) == (Rosh.HIGH, True, True)
    assert (entry.source_id, entry.started_on) == ("raised-1", TODAY)
    assert entry.evidence == f"Raised by {case.officer.name} on 1 October 2018"
    assert standing(case).harm == Rosh.HIGH


def test_a_flag_raised_is_a_provisional_entry_with_the_part_the_person_plays(case):
    made = flag(case, Register.CHILD_CONCERNS, part=Part.PARENT)

    entry = made.registration
    assert (entry.type_code, entry.part) == (Register.CHILD_CONCERNS, Part.PARENT)
    assert entry.provisional
    assert standing(case).concern


def test_a_flag_that_is_no_concern_raises_none(case):
    flag(case, Register.WEAPONS)

    assert not standing(case).concern


def test_a_contact_level_raised_holds_at_once(case):
    made = contact(case)

    assert (made.contact_level, made.registration) == (ContactLevel.WEEKLY, None)
    assert standing(case).contact_level == ContactLevel.WEEKLY


def test_somebody_not_yet_placed_may_be_raised(case):
    unplaced = CaseFactory()

    contact(unplaced)
    risk(unplaced)

    assert unplaced.raises.count() == 2


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        (RaiseKind.RISK, Rosh.MEDIUM, "only goes up"),
        (RaiseKind.CONTACT, ContactLevel.FORTNIGHTLY, "more frequent"),
    ],
)
def test_it_only_goes_upwards_of_what_is_in_force(case, kind, value, why):
    with pytest.raises(RuleBroken, match=why):
        raised(case, kind, value)

    assert not Raise.objects.exists()


def test_a_flag_that_is_there_already_is_not_raised_again(case):
    RegistrationFactory(case=case)

    with pytest.raises(RuleBroken, match="on the register already"):
        flag(case)


def test_a_sentence_is_asked_for(case):
    with pytest.raises(RuleBroken, match="in a sentence"):
        risk(case, because=" ")

    assert not Registration.objects.filter(provisional=True).exists()


def test_what_was_raised_is_in_the_audit_trail_without_why(case):
    made = risk(case)

    entry = Entry.objects.get(action="raised")
    assert entry.detail == {"raised": made.pk, "kind": "risk", "to": Rosh.HIGH}


# What follows


def test_the_enquiries_a_new_concern_calls_for_are_opened(case):
    flag(case)

    opened = case.enquiries.order_by("kind")
    assert {(one.kind, one.because, one.triggered_on) for one in opened} == {
        (CheckKind.POLICE, Because.NEW_CONCERN, TODAY),
        (CheckKind.CHILDREN, Because.NEW_CONCERN, TODAY),
    }
    assert Deadline.objects.unmet().get(case=case, kind="interim_plan").due_on == date(2018, 10, 3)


def test_an_agency_that_is_being_asked_is_not_asked_twice(case):
    EnquiryFactory(case=case, sent=True)

    flag(case)

    assert set(case.enquiries.values_list("kind", flat=True)) == {"police", "children"}
    assert case.enquiries.count() == 2


def test_the_seniors_are_told_at_once_and_the_officer_who_raised_it_is_not(case, senior):
    risk(case)

    notice = Notice.objects.get()
    assert notice.user == senior
    assert "High risk of serious harm" in notice.text
    assert WHY not in notice.text
    assert Message.objects.get(user=senior).not_before == NOW


def test_raised_by_somebody_else_the_officer_and_cover_are_told_too(case, senior):
    cover = AssignmentFactory(case=case).user

    flag(case, by=UserFactory(team=case.team))

    assert set(Notice.objects.values_list("user", flat=True)) == {
        senior.pk,
        case.officer.pk,
        cover.pk,
    }


def test_it_is_to_be_assessed_in_full_within_ten_working_days(case):
    risk(case)
    contact(case)

    assert owed(case).due_on == date(2018, 10, 15)
    assert owed(case).why == "Raised 1 October 2018: High risk of serious harm"
    assert Deadline.objects.filter(kind="assess_after_raise").count() == 1


# The GRID


def test_a_risk_raised_to_high_is_escalated_by_the_next_sweep(case):
    risk(case, now=LATER)

    place_many(
        case_ids=list(Case.objects.facts_changed().values_list("pk", flat=True)), today=TODAY
    )

    assert standing(case).place == Place.ESCALATE
    assert Escalation.objects.unsettled().filter(case=case).exists()
    assert {"level": Rosh.HIGH, "provisional": True}.items() <= Placement.objects.current().get(
        case=case
    ).facts["harm"][-1].items()


def test_a_lower_register_that_comes_later_does_not_undo_it(case):
    risk(case)
    RegistrationFactory(case=case, type_code=Rosh.LOW, started_on=DAYS_LATER)

    place_person(case=case, by=None, today=DAYS_LATER)

    assert standing(case).harm == Rosh.HIGH


def test_the_contact_level_raised_outlives_being_placed_again(case):
    contact(case)

    placement = place_person(case=case, by=None, today=DAYS_LATER)

    assert standing(case).contact_level == ContactLevel.WEEKLY
    assert placement.facts["raised"] == {"level": "weekly", "on": "2018-10-01", "counts": True}


def test_placing_again_what_was_not_raised_writes_nothing(case):
    place_person(case=case, by=None, today=DAYS_LATER)

    assert Placement.objects.filter(case=case).count() == 1


# Its end


def resolved(case, day=DAYS_LATER):
    return resolve_raises(case_ids=[case.pk], today=day, now=LATER)


def test_an_assessment_ends_a_level_and_a_contact_and_keeps_a_flag(case):
    level, weekly = risk(case), contact(case)
    on_register = flag(case, Register.WEAPONS)
    assessed = ImportedAssessmentFactory(case=case, completed_on=DAYS_LATER, harm=Rosh.MEDIUM)

    assert resolved(case) == 3

    for one in (level, weekly, on_register):
        one.refresh_from_db()
        assert (one.assessed_on, one.assessment) == (DAYS_LATER, assessed)
    ended = Registration.objects.get(pk=level.registration_id)
    kept = Registration.objects.get(pk=on_register.registration_id)
    assert (ended.active, ended.ended_on) == (False, DAYS_LATER)
    assert (kept.active, kept.provisional) == (True, False)
    assert owed(case) is None
    assert not Deadline.objects.get(kind="assess_after_raise").void
    place_person(case=case, by=None, today=DAYS_LATER)
    assert (standing(case).harm, standing(case).contact_level) == (
        Rosh.MEDIUM,
        ContactLevel.FORTNIGHTLY,
    )


@pytest.mark.parametrize(
    "assessment",
    [
        {"completed_on": TODAY - timedelta(days=1)},
        {"completed_on": TODAY},
        {"completed_on": DAYS_LATER, "harm": ""},
    ],
    ids=["from before", "of the same day", "without a level"],
)
def test_nothing_less_ends_it(case, assessment):
    risk(case)
    ImportedAssessmentFactory(case=case, **assessment)

    assert resolved(case) == 0
    assert owed(case)


def test_what_was_raised_after_the_assessment_waits_for_the_next(case):
    first, assessed_on = risk(case), TODAY + timedelta(days=1)
    ImportedAssessmentFactory(case=case, completed_on=assessed_on)
    second = contact(case, now=LATER)

    assert resolved(case) == 1

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.assessed_on, second.assessed_on) == (assessed_on, None)
    assert owed(case)


def test_a_rise_rests_on_no_reply_about_somebody_else(case):
    other = EnquiryFactory()

    with pytest.raises(RuleBroken, match="its own case"):
        risk(case, enquiry=other)

    assert not Raise.objects.exists()


def test_a_second_rise_has_a_key_of_its_own(case):
    risk(case)
    second = risk(case, Rosh.VERY_HIGH)

    assert second.registration.source_id == "raised-2"


def test_a_rise_is_never_kept_back_by_the_keys_of_what_was_raised_before(case):
    """However what was raised before came to its number, the next is written."""
    RegistrationFactory(case=case, source_id="raised-2", type_code=Register.WEAPONS)

    numbers = [
        risk(case).registration.source_id,
        flag(case).registration.source_id,
        risk(case, Rosh.VERY_HIGH).registration.source_id,
    ]

    assert numbers == ["raised-1", "raised-3", "raised-4"]
