"""Information in: to everybody it names, read the same day when somebody could be hurt, and once."""

from datetime import date, timedelta

import pytest

from cases.models import Deadline, Enquiry, Information, Message, NonAssociation, Notice, Reading
from cases.reference.checks import Because, CheckKind
from cases.reference.codes import Sharing
from cases.reference.information import InformationKind, ReadAs, ReadingState, Relation, SaidBy
from cases.services.information import (
    end_non_association,
    read_information,
    record_information,
)
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    AbsenceFactory,
    AssignmentFactory,
    CaseFactory,
    RaiseFactory,
    RelatedPersonFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


@pytest.fixture
def case():
    return CaseFactory(officer=UserFactory(email="officer@crc.example"))


def recorded(case, by, **given):
    known = {
        "kind": InformationKind.OTHER,
        "said_by": SaidBy.POLICE,
        "who": "Sgt Lane, Reading",
        "happened_on": TODAY,
        "text": "He was shouting in the street.",
        "harm": False,
        "today": TODAY,
        "now": NOW,
    }
    return record_information(crn=case.crn, by=by, **known | given)


def reading_of(case):
    return Reading.objects.get(case=case)


def read(reading, by, **given):
    known = {"read_as": ReadAs.NOTHING, "because": "Known already.", "today": TODAY, "now": NOW}
    return read_information(reading=reading, by=by, **known | given)


def test_what_is_recorded_is_kept_whole_and_not_shared_unless_said(case, hub):
    information = recorded(case, hub, text="  He was shouting. ")

    assert (information.text, information.who) == ("He was shouting.", "Sgt Lane, Reading")
    assert information.sharing == Sharing.NO
    assert (information.by, information.at) == (hub, NOW)


def test_it_is_to_be_read_by_the_officer_within_two_working_days(case, hub):
    recorded(case, hub)

    owed = Deadline.objects.unmet().get(reading=reading_of(case))
    assert (owed.kind, owed.due_on) == ("read_information", date(2018, 10, 3))
    assert owed.owner_role == Role.OFFICER


def test_it_is_to_be_read_the_same_day_when_somebody_could_be_hurt(case, hub):
    recorded(case, hub, harm=True)

    owed = Deadline.objects.unmet().get(reading=reading_of(case))
    assert (owed.kind, owed.due_on) == ("read_information_today", TODAY)


def test_each_piece_of_information_has_a_clock_of_its_own(case, hub):
    recorded(case, hub)
    recorded(case, hub, text="He was shouting again.")

    assert Deadline.objects.unmet().filter(case=case, kind="read_information").count() == 2


def test_the_same_sent_again_within_the_hour_is_not_recorded_twice(case, hub):
    recorded(case, hub)

    with pytest.raises(RuleBroken, match=f"You recorded this about {case.crn} at"):
        recorded(case, hub, now=NOW + timedelta(minutes=59))

    recorded(case, hub, now=NOW + timedelta(minutes=61))
    assert Information.objects.count() == 2


def test_the_same_words_are_recorded_again_where_what_they_call_for_differs(case, hub):
    other = CaseFactory()
    recorded(case, hub)

    recorded(case, hub, harm=True)
    recorded(case, hub, others=[(other.crn, Relation.ATTACKED)])
    recorded(case, UserFactory(role=Role.HUB))
    recorded(case, hub, attached=b"Another page of it.")
    for _ in range(2):
        recorded(case, hub, kind=InformationKind.REPLY)

    assert Information.objects.count() == 7


def test_the_officer_and_whoever_covers_are_told_at_once_where_to_read_it(case, hub):
    cover = AssignmentFactory(case=case, from_on=date(2018, 1, 1)).user

    recorded(case, hub, kind=InformationKind.HEALTH, harm=True)

    assert set(Notice.objects.values_list("user", flat=True)) == {case.officer.pk, cover.pk}
    notice = Notice.objects.get(user=case.officer)
    assert notice.href == f"/cases/{case.crn}/information/{reading_of(case).pk}/"
    assert notice.text == (
        f"Health, drugs or alcohol about {case.crn}. Somebody could be hurt. "
        "Read it by 1 October 2018."
    )


def test_quiet_hours_hold_back_what_harms_nobody_and_nothing_else(case, hub):
    late = NOW.replace(hour=22)

    recorded(case, hub, now=late)
    recorded(case, hub, now=late, harm=True)

    calm, urgent = Message.objects.order_by("pk")
    assert calm.not_before > late
    assert urgent.not_before == late


def test_cover_is_told_in_place_of_an_officer_who_is_away(case, hub):
    cover = UserFactory()
    AbsenceFactory(user=case.officer, cover=cover)

    recorded(case, hub)

    assert Notice.objects.get().user == cover


def test_nobody_is_told_what_they_recorded_themselves(case):
    recorded(case, case.officer)

    assert not Notice.objects.exists()
    assert Deadline.objects.unmet().filter(reading__isnull=False).count() == 1


@pytest.mark.parametrize(
    "blank, why",
    [({"who": " "}, "who told us"), ({"text": " "}, "what was said")],
)
def test_what_nobody_could_act_on_is_refused(case, hub, blank, why):
    with pytest.raises(RuleBroken, match=why):
        recorded(case, hub, **blank)

    assert not Information.objects.exists()


def test_nothing_has_happened_that_is_still_to_come(case, hub):
    with pytest.raises(RuleBroken, match="still to come"):
        recorded(case, hub, happened_on=date(2018, 10, 2))


def test_a_case_of_limited_access_is_reached_all_the_same(case, hub):
    limit(case, restricted=True, let_in=[case.officer])

    recorded(case, hub)

    assert reading_of(case).state == ReadingState.UNREAD
    assert Notice.objects.get().user == case.officer


def test_a_case_beyond_the_reach_of_whoever_records_is_not(case):
    facilitator = UserFactory(role=Role.FACILITATOR)

    with pytest.raises(RuleBroken, match="no case"):
        recorded(case, facilitator)


def test_everybody_it_names_has_a_reading_of_their_own_and_their_officer_is_told(case, hub):
    other = CaseFactory()

    recorded(case, hub, others=[(other.crn, Relation.SEEN_WITH)])

    assert (reading_of(case).main, reading_of(other).main) == (True, False)
    assert reading_of(other).relation == Relation.SEEN_WITH
    assert Deadline.objects.unmet().filter(reading=reading_of(other)).exists()
    assert {one.user for one in Notice.objects.all()} == {case.officer, other.officer}


def test_one_who_could_harm_the_other_is_kept_apart_from_them_on_both_cases(hub):
    first, second = CaseFactory(), CaseFactory()

    information = recorded(second, hub, others=[(first.crn, Relation.ATTACKED)])

    pair = NonAssociation.objects.get()
    assert (pair.one, pair.other, pair.information) == (first, second, information)
    assert pair.why == f"{first.crn} attacked {second.crn}"
    assert list(NonAssociation.objects.of(first)) == list(NonAssociation.objects.of(second))


def test_those_merely_seen_together_are_not_kept_apart(case, hub):
    recorded(case, hub, others=[(CaseFactory().crn, Relation.SEEN_WITH)])

    assert not NonAssociation.objects.exists()


def test_two_already_kept_apart_are_kept_apart_once(case, hub):
    other = CaseFactory()

    recorded(case, hub, others=[(other.crn, Relation.ATTACKED)])
    recorded(other, hub, others=[(case.crn, Relation.THREATENED)])

    assert NonAssociation.objects.count() == 1


def test_somebody_who_is_not_there_is_named_back_and_nothing_is_kept(case, hub):
    with pytest.raises(RuleBroken, match="X999999"):
        recorded(case, hub, others=[("X999999", Relation.ATTACKED)])

    assert not Information.objects.exists()


def test_nobody_is_named_beside_themselves(case, hub):
    with pytest.raises(RuleBroken, match="only others"):
        recorded(case, hub, others=[(case.crn, Relation.ATTACKED)])


def test_a_call_out_opens_an_enquiry_with_the_police(case, hub):
    recorded(case, hub, kind=InformationKind.CALL_OUT)

    enquiry = Enquiry.objects.get(case=case)
    assert (enquiry.kind, enquiry.because) == (CheckKind.POLICE, Because.CALL_OUT)
    assert enquiry.triggered_on == TODAY


def test_a_call_out_where_there_are_children_asks_childrens_social_care_too(case, hub):
    RelatedPersonFactory(case=case)

    recorded(case, hub, kind=InformationKind.CALL_OUT)

    kinds = set(Enquiry.objects.filter(case=case).values_list("kind", flat=True))
    assert kinds == {CheckKind.POLICE, CheckKind.CHILDREN}


def test_a_call_out_between_two_asks_about_both(case, hub):
    other = CaseFactory()

    recorded(case, hub, kind=InformationKind.CALL_OUT, others=[(other.crn, Relation.ATTACKED)])

    assert {one.case for one in Enquiry.objects.all()} == {case, other}


def test_no_enquiry_is_opened_on_a_case_that_the_nps_keeps(hub):
    case = CaseFactory(retained_by="J. Bright")

    recorded(case, hub, kind=InformationKind.CALL_OUT)

    assert not Enquiry.objects.exists()
    assert reading_of(case)


def test_reading_it_says_what_it_comes_to_and_ends_what_is_owed(case, hub):
    recorded(case, hub, harm=True)

    reading = read(reading_of(case), case.officer)

    assert (reading.state, reading.read_as) == (ReadingState.READ, ReadAs.NOTHING)
    assert (reading.read_by, reading.read_on) == (case.officer, TODAY)
    assert not Deadline.objects.unmet().filter(reading=reading).exists()


def test_nothing_is_waved_away_without_a_reason(case, hub):
    recorded(case, hub)

    with pytest.raises(RuleBroken, match="why it changes nothing"):
        read(reading_of(case), case.officer, because=" ")

    assert Deadline.objects.unmet().filter(reading=reading_of(case)).exists()


def test_the_second_to_read_it_is_told_who_did_and_how(case, hub):
    recorded(case, hub)
    as_seen_before = reading_of(case)
    read(reading_of(case), case.officer)

    with pytest.raises(RuleBroken) as refusal:
        read(as_seen_before, UserFactory())

    assert str(refusal.value) == (
        f"{case.officer.name} has read this already, on 1 October 2018: it changes nothing."
    )


def test_a_rise_is_linked_to_what_it_was_raised_for(case, hub):
    recorded(case, hub)
    raised = RaiseFactory(case=case)

    reading = read(reading_of(case), case.officer, read_as=ReadAs.RAISED, raised=raised)

    assert reading.raised == raised


@pytest.mark.parametrize("raised", [None, "of another case"])
def test_saying_that_it_was_raised_takes_a_rise_of_this_case(case, hub, raised):
    recorded(case, hub)

    with pytest.raises(RuleBroken):
        read(
            reading_of(case),
            case.officer,
            read_as=ReadAs.RAISED,
            raised=RaiseFactory() if raised else None,
        )


def test_one_case_is_read_apart_from_the_other(case, hub):
    other = CaseFactory()
    recorded(case, hub, others=[(other.crn, Relation.SEEN_WITH)])

    read(reading_of(case), case.officer)

    assert reading_of(other).state == ReadingState.UNREAD


def test_two_are_no_longer_kept_apart_once_somebody_says_why(case, hub):
    other = CaseFactory()
    recorded(case, hub, others=[(other.crn, Relation.ATTACKED)])

    end_non_association(
        non_association=NonAssociation.objects.get(),
        because="The other has moved to Leeds.",
        by=case.officer,
        today=TODAY,
    )

    assert not NonAssociation.objects.in_force(TODAY).exists()
    assert NonAssociation.objects.get().ended_because == "The other has moved to Leeds."
    ended = Entry.objects.filter(action="ended_non_association").values_list("crn", flat=True)
    assert set(ended) == {case.crn, other.crn}


def test_two_stay_apart_until_a_reason_is_given(case, hub):
    recorded(case, hub, others=[(CaseFactory().crn, Relation.ATTACKED)])

    with pytest.raises(RuleBroken, match="Say why"):
        end_non_association(
            non_association=NonAssociation.objects.get(), because=" ", by=hub, today=TODAY
        )


def test_the_trail_says_who_recorded_and_who_read_and_nothing_of_what_was_said(case, hub):
    recorded(case, hub)
    read(reading_of(case), case.officer)

    entries = Entry.objects.filter(crn=case.crn)
    assert entries.filter(action="recorded_information", by=hub).exists()
    assert entries.filter(action="read_information", by=case.officer).exists()
    assert not any("shouting" in str(entry.detail) for entry in entries)


def test_an_action_is_put_in_the_plan_with_what_it_rests_on(case, hub):
    recorded(case, hub)

    reading = read(
        reading_of(case),
        case.officer,
        read_as=ReadAs.PLAN,
        because="",
        action=("Visit at home.", "The officer", date(2018, 10, 8)),
    )

    action = reading.actions.get()
    assert (action.what, action.by_on) == ("Visit at home.", date(2018, 10, 8))


def test_an_action_that_is_refused_leaves_the_information_unread(case, hub):
    recorded(case, hub)

    with pytest.raises(RuleBroken):
        read(
            reading_of(case),
            case.officer,
            read_as=ReadAs.PLAN,
            action=(" ", "The officer", date(2018, 10, 8)),
        )

    assert reading_of(case).state == ReadingState.UNREAD


def test_what_came_with_it_is_kept_with_the_case_it_is_about(case, hub):
    information = recorded(case, hub, attached=b"Called to an argument.")

    assert information.document.case == case
    assert information.document.kind == "information"
