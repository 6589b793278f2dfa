from datetime import date, timedelta

import pytest

from cases.models import Deadline, Enquiry
from cases.reference.checks import Because, Changes, CheckKind, EnquiryState, Reply, SubjectKind
from cases.rules.enquiries import About
from cases.services import checks, replies, sending
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    AddressFactory,
    AgencyFactory,
    CaseFactory,
    EnquiryFactory,
    FlagFactory,
    RelatedPersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PERSON = About(SubjectKind.PERSON, "Alex Marsh")
ADDRESS = About(SubjectKind.ADDRESS, "4 Example Street, Reading")
PARTNER = About(SubjectKind.PARTNER, "Robin Field")


@pytest.fixture
def officer():
    return UserFactory()


@pytest.fixture
def case():
    return CaseFactory()


def opened(case, by, kind=CheckKind.POLICE, because=Because.START, subjects=(PERSON,), note=""):
    return checks.open_enquiry(
        case=case,
        kind=kind,
        because=because,
        subjects=subjects,
        triggered_on=TODAY,
        by=by,
        today=TODAY,
        note=note,
    )


def ask(case, by, *, subjects, note=""):
    return checks.ask_agencies(
        case=case,
        kind=CheckKind.CHILDREN,
        because=Because.START,
        subjects=subjects,
        triggered_on=TODAY,
        by=by,
        today=TODAY,
        note=note,
    )


def sent(case, by, on=TODAY, **facts):
    enquiry = opened(case, by, **facts)
    return sending.send_enquiry(
        enquiry=enquiry, asked_of="Thames Valley Police", on=on, by=by, today=on
    )


def replied(case, by, reply=Reply.NO_TRACE, text="", on=TODAY, **facts):
    enquiry = sent(case, by, **facts)
    return answered(enquiry, by, reply, text, on)


def answered(enquiry, by, reply=Reply.NO_TRACE, text="", on=TODAY):
    """The same answer about everybody asked about."""
    return replies.record_reply(
        enquiry=enquiry,
        answers={one.pk: reply for one in enquiry.subjects.all()},
        text=text,
        on=on,
        by=by,
        today=on,
        now=NOW,
    )


def analysed(case, by, **facts):
    return replies.analyse_reply(
        enquiry=replied(case, by, **facts),
        changes=[Changes.NOTHING],
        analysis="No trace of those asked about. The plan assumes the worst already.",
        by=by,
        today=TODAY,
    )


def live(enquiry):
    return Deadline.objects.unmet().get(enquiry=enquiry)


def steps(enquiry):
    return list(enquiry.steps.order_by("pk").values_list("did", flat=True))


def test_an_enquiry_opened_is_to_be_sent_within_two_working_days(case, officer):
    enquiry = opened(case, officer, subjects=[PERSON, ADDRESS])

    assert enquiry.state == EnquiryState.DUE
    assert enquiry.due_on == date(2018, 10, 3)
    assert [(s.kind, s.name) for s in enquiry.subjects.order_by("pk")] == [
        ("person", "Alex Marsh"),
        ("address", "4 Example Street, Reading"),
    ]
    owed = live(enquiry)
    assert (owed.kind, owed.due_on, owed.owner_role) == ("send_check", enquiry.due_on, Role.OFFICER)
    assert owed.why == "Start of supervision, 1 October 2018"


def test_an_enquiry_is_about_somebody(case, officer):
    with pytest.raises(RuleBroken, match="whom or which address"):
        opened(case, officer, subjects=[])

    assert not Enquiry.objects.exists()


def test_each_agency_is_asked_about_those_who_live_in_its_area(case, officer):
    AddressFactory(case=case, authority="Reading Borough Council", postcode="")
    child = RelatedPersonFactory(case=case, authority="Slough Borough Council")
    reading = AgencyFactory(kind=CheckKind.CHILDREN, areas=["Reading Borough Council"])
    slough = AgencyFactory(kind=CheckKind.CHILDREN, areas=["Slough Borough Council"])
    about = About(SubjectKind.CHILD, child.name, related_person_id=child.pk)

    opened = ask(case, officer, subjects=[PERSON, ADDRESS, about], note="They have moved.")

    assert [one.agency for one in opened] == [reading, slough]
    assert [sorted(one.subjects.values_list("kind", flat=True)) for one in opened] == [
        ["address", "person"],
        ["child", "person"],
    ]
    assert {one.because_note for one in opened} == {"They have moved."}


def test_asking_again_joins_what_each_agency_has_not_been_sent(case, officer):
    AgencyFactory(kind=CheckKind.CHILDREN)
    first = ask(case, officer, subjects=[PERSON])

    again = ask(case, officer, subjects=[PERSON, PARTNER])

    assert again == first
    assert first[0].subjects.count() == 2


def test_where_nobody_in_the_book_answers_the_enquiry_is_opened_all_the_same(case, officer):
    AgencyFactory(kind=CheckKind.CHILDREN, areas=["Slough Borough Council"])

    (enquiry,) = ask(case, officer, subjects=[PERSON])

    assert enquiry.agency is None
    assert live(enquiry).kind == "send_check"


def test_one_asked_of_another_agency_is_not_joined(case, officer):
    enquiry = opened(case, officer)

    other = checks.open_enquiry(
        case=case,
        kind=CheckKind.POLICE,
        because=Because.START,
        subjects=[PARTNER],
        triggered_on=TODAY,
        by=officer,
        today=TODAY,
        agency=AgencyFactory(),
    )

    assert other != enquiry


def test_asking_of_nobody_asks_nobody(case, officer):
    with pytest.raises(RuleBroken, match="whom or which address"):
        ask(case, officer, subjects=[])


def test_a_new_name_joins_an_enquiry_not_yet_sent(case, officer):
    enquiry = opened(case, officer)

    again = opened(case, officer, because=Because.NEW_PERSON, subjects=[PERSON, PARTNER])

    assert again == enquiry
    assert enquiry.subjects.count() == 2
    assert steps(enquiry) == ["due", "widened"]


def test_what_is_said_on_joining_an_enquiry_not_yet_sent_is_kept(case, officer):
    enquiry = opened(case, officer)

    opened(case, officer, note="They have moved in with his mother.")

    assert enquiry.steps.get(did="widened").note == "They have moved in with his mother."


def test_a_new_name_after_sending_is_a_new_question(case, officer):
    enquiry = sent(case, officer)

    again = opened(case, officer, because=Because.NEW_PERSON, subjects=[PARTNER])

    assert again != enquiry
    assert case.enquiries.count() == 2


def test_opening_the_same_enquiry_again_changes_nothing(case, officer):
    enquiry = opened(case, officer)

    opened(case, officer)

    assert steps(enquiry) == ["due"]
    assert case.deadlines.of_checks().count() == 1


def test_sending_moves_the_deadline_to_the_agencys_turnaround(case, officer):
    enquiry = sent(case, officer, on=date(2018, 10, 2))

    assert enquiry.state == EnquiryState.SENT
    assert live(enquiry).kind == "chase_check"
    assert live(enquiry).owner_role == Role.HUB
    assert live(enquiry).due_on == enquiry.due_on == date(2018, 10, 9)
    assert case.deadlines.get(kind="send_check").met_on == date(2018, 10, 2)


def test_sending_closes_the_flag_of_what_was_late_at_once(case, officer):
    enquiry = opened(case, officer)
    flag = FlagFactory(deadline=live(enquiry), raised_on=date(2018, 10, 4))

    sending.send_enquiry(
        enquiry=enquiry,
        asked_of="Thames Valley Police",
        on=date(2018, 10, 3),
        by=officer,
        today=date(2018, 10, 5),
    )

    flag.refresh_from_db()
    assert flag.closed_on == date(2018, 10, 5)


@pytest.mark.parametrize(
    "on, why",
    [(TODAY + timedelta(days=1), "in the future"), (TODAY - timedelta(days=1), "fell due")],
)
def test_a_day_sent_lies_between_the_trigger_and_today(case, officer, on, why):
    enquiry = opened(case, officer)

    with pytest.raises(RuleBroken, match=why):
        sending.send_enquiry(
            enquiry=enquiry, asked_of="Thames Valley Police", on=on, by=officer, today=TODAY
        )

    assert Enquiry.objects.get().state == EnquiryState.DUE


def test_sending_names_the_agency(case, officer):
    with pytest.raises(RuleBroken, match="which agency"):
        sending.send_enquiry(
            enquiry=opened(case, officer), asked_of=" ", on=TODAY, by=officer, today=TODAY
        )


def test_a_chase_starts_the_turnaround_again(case, officer):
    enquiry = sent(case, officer)

    chased = sending.chase_enquiry(
        enquiry=enquiry, note="Rang the unit", by=officer, today=date(2018, 10, 8)
    )

    assert (chased.chases, chased.chased_on) == (1, date(2018, 10, 8))
    assert live(enquiry).due_on == chased.due_on == date(2018, 10, 15)
    assert steps(enquiry) == ["due", "sent", "chased"]


def test_what_was_never_sent_cannot_be_chased(case, officer):
    with pytest.raises(RuleBroken, match="Only an enquiry that was sent"):
        sending.chase_enquiry(enquiry=opened(case, officer), note="", by=officer, today=TODAY)


def test_a_reply_is_to_be_analysed_within_two_working_days(case, officer):
    enquiry = replied(case, officer, on=date(2018, 10, 4))

    assert enquiry.state == EnquiryState.REPLIED
    assert live(enquiry).kind == "analyse_check"
    assert live(enquiry).due_on == enquiry.due_on == date(2018, 10, 8)


def test_information_is_not_a_reply_without_its_words(case, officer):
    with pytest.raises(RuleBroken, match="what the agency said"):
        replied(case, officer, reply=Reply.INFORMATION)


def test_an_answer_to_a_question_never_put_is_refused(case, officer):
    with pytest.raises(RuleBroken, match="“To be sent”"):
        answered(opened(case, officer), officer)


def test_analysing_ends_what_is_owed(case, officer):
    enquiry = analysed(case, officer)

    assert enquiry.state == EnquiryState.ANALYSED
    assert (enquiry.analysed_by, enquiry.analysed_on, enquiry.due_on) == (officer, TODAY, None)
    assert not Deadline.objects.unmet().exists()
    assert steps(enquiry) == ["due", "sent", "replied", "analysed"]


@pytest.mark.parametrize(
    "changes, analysis", [([], "Read."), (["", Changes.RISK], "Read."), ([Changes.RISK], "  ")]
)
def test_an_analysis_says_what_changes(case, officer, changes, analysis):
    enquiry = replied(case, officer)

    with pytest.raises(RuleBroken, match="what the reply changes"):
        replies.analyse_reply(
            enquiry=enquiry, changes=changes, analysis=analysis, by=officer, today=TODAY
        )

    assert live(enquiry).kind == "analyse_check"


def test_a_wider_answer_supersedes_an_earlier_one(case, officer):
    first = analysed(case, officer)

    second = analysed(case, officer, subjects=[PERSON, PARTNER])

    first.refresh_from_db()
    assert first.state == EnquiryState.SUPERSEDED
    assert second.state == EnquiryState.ANALYSED
    assert steps(first)[-1] == "superseded"


@pytest.mark.parametrize(
    "later",
    [
        {"subjects": [PERSON]},
        {"subjects": [PERSON, PARTNER], "reply": Reply.REFUSED, "text": "Not without consent."},
        {"subjects": [PERSON, PARTNER], "kind": CheckKind.ADULTS},
    ],
    ids=["about fewer people", "refused", "of another kind"],
)
def test_an_earlier_answer_stands_beside_one_that_does_not_cover_it(case, officer, later):
    first = analysed(case, officer, subjects=[PERSON, PARTNER])

    analysed(case, officer, **later)

    first.refresh_from_db()
    assert first.state == EnquiryState.ANALYSED


def test_after_half_an_answer_one_may_ask_again(case, officer):
    enquiry = replied(case, officer, reply=Reply.PARTIAL, text="Only the person was searched.")

    again = sending.send_enquiry(
        enquiry=enquiry,
        asked_of="Thames Valley Police",
        on=date(2018, 10, 3),
        by=officer,
        today=date(2018, 10, 3),
    )

    assert (again.state, again.reply, again.replied_on) == (EnquiryState.SENT, "", None)
    assert live(enquiry).due_on == again.due_on == date(2018, 10, 10)


def test_after_a_whole_answer_one_may_not(case, officer):
    with pytest.raises(RuleBroken, match="Analyse its reply"):
        sending.send_enquiry(
            enquiry=replied(case, officer), asked_of="Police", on=TODAY, by=officer, today=TODAY
        )


def test_an_enquiry_not_needed_says_why_and_owes_nothing(case, officer):
    enquiry = opened(case, officer, kind=CheckKind.CHILDREN)

    checks.mark_not_needed(
        enquiry=enquiry, because="No children, asked on 1 October.", by=officer, today=TODAY
    )

    enquiry.refresh_from_db()
    owed = case.deadlines.of_checks().get()
    assert (enquiry.state, enquiry.due_on) == (EnquiryState.NOT_NEEDED, None)
    assert (owed.met_on, owed.void) == (TODAY, True)


def test_an_enquiry_is_not_waved_away_without_a_reason(case, officer):
    enquiry = opened(case, officer, kind=CheckKind.CHILDREN)

    with pytest.raises(RuleBroken, match="Say why"):
        checks.mark_not_needed(enquiry=enquiry, because=" ", by=officer, today=TODAY)


def test_the_police_are_asked_at_every_start(case, officer):
    with pytest.raises(RuleBroken, match="every start"):
        checks.mark_not_needed(
            enquiry=opened(case, officer), because="Known to me.", by=officer, today=TODAY
        )


def test_every_step_is_in_the_audit_trail_without_what_was_said(case, officer):
    analysed(case, officer, reply=Reply.INFORMATION, text="Three call-outs in May")

    entries = Entry.objects.filter(crn=case.crn, by=officer)
    did = [e.detail["did"] for e in entries.filter(action="moved_enquiry").order_by("pk")]
    assert did == ["sent", "replied", "analysed"]
    assert entries.filter(action="opened_enquiry").count() == 1
    assert not any("call-outs" in str(entry.detail) for entry in entries)


def test_a_step_is_decided_on_the_enquiry_as_it_stands_now(case, officer):
    as_read_before = opened(case, officer)
    sending.send_enquiry(
        enquiry=as_read_before, asked_of="Police", on=TODAY, by=officer, today=TODAY
    )

    with pytest.raises(RuleBroken, match="is at “Sent, awaiting reply” already"):
        sending.send_enquiry(
            enquiry=as_read_before, asked_of="Police", on=TODAY, by=officer, today=TODAY
        )


@pytest.mark.parametrize("state", ["sent", "replied", "analysed"])
def test_a_finished_or_sent_enquiry_is_not_called_unneeded(officer, state):
    with pytest.raises(RuleBroken, match="“not needed”"):
        checks.mark_not_needed(
            enquiry=EnquiryFactory(**{state: True}), because="No need.", by=officer, today=TODAY
        )
