from datetime import timedelta

import pytest

from cases.models import Deadline, EnquiryStep, Registration
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    EnquiryFactory,
    InstructionFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    UserFactory,
    WorkFactory,
)
from unpaidwork.models import Instruction
from unpaidwork.queries.instructions import flags_of_each, missing_instructions
from unpaidwork.services.instructions import (
    NotSaid,
    end_instruction,
    end_those_over,
    owe_instructions,
    owe_instructions_chunk,
    owe_new_instructions,
    write_instruction,
)
from unpaidwork.services.restrictions import end_restriction, record_restriction

pytestmark = pytest.mark.django_db
REVIEW = TODAY + timedelta(days=60)
SAID = {
    "must_not": "Do not let them leave the site alone.",
    "watch_for": "Somebody waiting for them.",
    "do": "Keep them in sight, and ring if they go.",
    "ring": "The duty officer, 01865 000000",
}


def flagged(code="ADVP", **given):
    """Somebody with unpaid work who is on a register of which nothing is said."""
    work = WorkFactory()
    return RegistrationFactory(case=work.case, type_code=code, **given)


def write(flag, **given):
    case = flag.case
    kind = "register" if isinstance(flag, Registration) else "order"
    usual = {"owner": case.officer, "review_on": REVIEW, "by": case.officer, "now": NOW}
    return write_instruction(case=case, flag=f"{kind}-{flag.pk}", **usual | SAID | given)


def owed(case):
    return Deadline.objects.unmet().filter(case=case, kind="write_instruction").first()


def test_a_register_that_appears_is_owed_an_instruction_within_a_minute_and_nobody_types_anything():
    flag = flagged("ARSO")

    assert owe_new_instructions(today=TODAY) == 1
    assert owe_new_instructions(today=TODAY) == 0

    assert owed(flag.case).owner_role == Role.OFFICER
    assert "Registered sex offender" in owed(flag.case).why


def test_an_order_that_is_recorded_is_owed_one_too():
    work = WorkFactory()
    RestrictionFactory(case=work.case)

    owe_new_instructions(today=TODAY)

    assert "Restraining order" in owed(work.case).why


def test_recording_an_order_starts_the_clock_and_ending_it_stops_it_in_the_same_act():
    case = WorkFactory().case
    act = {"by": case.officer, "now": NOW}

    order = record_restriction(
        case=case, kind="restraining", terms="contact", prohibits="Must not contact a former partner.",
        from_on=TODAY, copy_seen_on=TODAY, source="Copy of the order, from the court", **act,
    )  # fmt: skip

    assert "Restraining order" in owed(case).why
    end_restriction(restriction=order, because="The court ended it today.", **act)
    assert not owed(case)


@pytest.mark.parametrize("code", ["INVI", "RHRH", "RRR"])
def test_what_is_never_shown_on_site_is_owed_none(code):
    flag = flagged(code, warn_staff=True)

    owe_new_instructions(today=TODAY)
    owe_instructions_chunk(after=0, today=TODAY)

    assert not owed(flag.case)


def test_nobody_without_unpaid_work_is_owed_one():
    flag = RegistrationFactory()

    owe_new_instructions(today=TODAY)
    owe_instructions_chunk(after=0, today=TODAY)

    assert not owed(flag.case)


def test_writing_meets_the_clock_and_is_in_the_trail_without_its_words():
    flag = flagged()
    owe_new_instructions(today=TODAY)

    written = write(flag)

    assert missing_instructions([flag.case], TODAY) == {}
    assert not owed(flag.case)
    entry = Entry.objects.get(action="wrote_instruction")
    assert (entry.crn, entry.detail["instruction"]) == (flag.case.crn, written.pk)
    assert SAID["do"] not in str(entry.detail)


def test_a_later_wording_takes_the_place_of_what_stood_which_is_kept():
    flag = flagged()
    first = write(flag)

    second = write(flag, do="Ring at once.")

    first.refresh_from_db()
    assert first.ended_because == "Replaced by a later wording"
    assert Instruction.objects.standing().get() == second


@pytest.mark.parametrize("part", sorted(SAID))
def test_a_blank_is_refused_beside_its_box(part):
    flag = flagged()

    with pytest.raises(NotSaid) as refusal:
        write(flag, **{part: "  "})

    assert list(refusal.value.wrong) == [part]
    assert not Instruction.objects.exists()


@pytest.mark.parametrize("part", sorted(SAID))
def test_a_protected_name_is_refused_in_every_box(part):
    flag = flagged()
    RelatedPersonFactory(case=flag.case, name="Robin Lane", protected=True, victim=True)

    with pytest.raises(NotSaid) as refusal:
        write(flag, **{part: f"{SAID[part]} Robin, 01865 000000."})

    assert "names somebody" in refusal.value.wrong[part]


def test_where_an_order_bans_and_where_a_victim_lives_are_refused():
    flag = flagged()
    RelatedPersonFactory(case=flag.case, address="12 Acacia Road, Reading", postcode="RG1 2AB")
    RestrictedAreaFactory(restriction__case=flag.case, label="Willow Court, near her sister")

    for words in ("Not on Acacia Road.", "Not near RG1 2AB.", "Keep out of Willow Court."):
        with pytest.raises(NotSaid):
            write(flag, must_not=words)


def test_what_an_agency_told_us_is_not_repeated():
    flag = flagged()
    told = "Officers attended after a neighbour heard shouting and found the door broken"
    EnquiryFactory(case=flag.case, analysed=True, reply_text=told)

    with pytest.raises(NotSaid, match="repeats"):
        write(flag, watch_for=told)


@pytest.mark.parametrize("did", ["replied", "put_right", "reopened", "what_stood"])
def test_nor_is_what_they_told_us_and_what_was_put_right_or_taken_off_since(did):
    flag = flagged()
    told = "Officers attended after a neighbour heard shouting and found the door broken"
    enquiry = EnquiryFactory(case=flag.case, sent=True)
    EnquiryStep.objects.create(enquiry=enquiry, on=TODAY, did=did, note=told)

    with pytest.raises(NotSaid, match="repeats"):
        write(flag, watch_for=told)


def test_a_name_that_is_protected_later_makes_the_instruction_count_as_none():
    flag = flagged()
    InstructionFactory(registration=flag, do="Ring if Robin comes to the site.")
    owe_new_instructions(today=TODAY)
    assert not owed(flag.case)

    RelatedPersonFactory(case=flag.case, name="Robin Lane", protected=True)
    owe_instructions(case_ids=[flag.case_id], today=TODAY)

    assert owed(flag.case)


def test_somebody_who_works_on_the_case_looks_after_it():
    flag = flagged()

    for owner in (None, UserFactory(), UserFactory(role=Role.HUB, team=flag.case.team)):
        with pytest.raises(RuleBroken, match="works on this case"):
            write(flag, owner=owner)


def test_what_does_not_stand_any_more_is_not_written_about():
    flag = flagged(active=False)

    with pytest.raises(RuleBroken, match="does not stand"):
        write(flag)


def test_nobody_writes_about_the_flag_of_another_case():
    flag, other = flagged(), CaseFactory()

    with pytest.raises(RuleBroken):
        write_instruction(
            case=other, flag=f"register-{flag.pk}", owner=other.officer, review_on=REVIEW,
            by=other.officer, now=NOW, **SAID,
        )  # fmt: skip


def test_it_is_ended_only_once_what_it_is_about_has_ended():
    flag = flagged()
    written = write(flag)
    ending = {
        "instruction": written,
        "because": "The register was closed.",
        "by": flag.case.officer,
    }

    with pytest.raises(RuleBroken, match="still stands"):
        end_instruction(**ending, now=NOW)
    Registration.objects.update(active=False)

    assert end_instruction(**ending, now=NOW).ended_on == TODAY


def test_the_night_ends_what_is_over_and_owes_what_was_to_be_looked_at_again():
    over = InstructionFactory(registration=flagged(active=False))
    late = InstructionFactory(registration=flagged(), review_on=TODAY)

    owe_instructions_chunk(after=0, today=TODAY)

    over.refresh_from_db()
    assert over.ended_on == TODAY
    assert "to be looked at" in owed(late.case).why
    assert missing_instructions([late.case], TODAY) == {}


def test_an_order_that_has_run_out_is_over():
    work = WorkFactory()
    order = RestrictionFactory(case=work.case, to_on=TODAY)
    written = InstructionFactory(registration=None, restriction=order, case=work.case)

    assert end_those_over(case_ids=[work.case_id], today=TODAY) == 0
    assert end_those_over(case_ids=[work.case_id], today=TODAY + timedelta(days=1)) == 1

    written.refresh_from_db()
    assert written.ended_because


def test_the_clock_stops_when_no_work_is_left():
    flag = flagged()
    owe_new_instructions(today=TODAY)
    flag.case.works.update(state="completed")

    owe_instructions_chunk(after=0, today=TODAY)

    assert not owed(flag.case)
    assert Deadline.objects.get(kind="write_instruction").void


def many(number):
    for _ in range(number):
        flag = flagged()
        InstructionFactory(registration=flag)
        RestrictionFactory(case=flag.case)
        RelatedPersonFactory(case=flag.case)
    return list(Registration.objects.values_list("case", flat=True))


@pytest.mark.parametrize("number", [5, 60])
def test_flags_are_found_in_a_fixed_number_of_statements(number, django_assert_num_queries):
    keys = many(number)

    with django_assert_num_queries(8):
        flags_of_each(keys, TODAY)


@pytest.mark.parametrize("number", [5, 60])
def test_a_minute_in_which_nothing_appeared_costs_one_statement(number, django_assert_num_queries):
    many(number)
    owe_new_instructions(today=TODAY)

    with django_assert_num_queries(1):
        owe_new_instructions(today=TODAY)
