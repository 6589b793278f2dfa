"""Replies as they are recorded, one answer about each; what becomes of one that its enquiry cannot take."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import (
    Deadline,
    Document,
    Enquiry,
    Information,
    Limit,
    Message,
    Notice,
    PlanAction,
)
from cases.queries.replies import version_of
from cases.reference.agencies import DocumentKind
from cases.reference.checks import Because, Changes, CheckKind, EnquiryState, Reply, SubjectKind
from cases.reference.information import InformationKind
from cases.rules.enquiries import About
from cases.rules.references import reference_of
from cases.services import checks, in_hand, replies, sending, taking_in
from cases.services.documents import give_to_case, keep_document
from cases.services.reply_right import take_reply_off
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases.agencies.made import email, opening, pdf
from tests.factories import NOW, TODAY, CaseFactory, EnquiryFactory, SubjectFactory, UserFactory

pytestmark = pytest.mark.django_db
PERSON = About(SubjectKind.PERSON, "Alex Marsh")
CHILD = About(SubjectKind.CHILD, "Robin Marsh", date(2012, 1, 2))


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB, first_name="Pat", last_name="Lane")


@pytest.fixture
def enquiry(hub):
    """Sent to children's social care about the person and a child."""
    case = CaseFactory(officer=UserFactory(email="officer@probation.example"))
    opened = checks.open_enquiry(
        case=case,
        kind=CheckKind.CHILDREN,
        because=Because.NEW_CONCERN,
        subjects=[PERSON, CHILD],
        triggered_on=TODAY,
        by=hub,
        today=TODAY,
    )
    return sending.send_enquiry(
        enquiry=opened, asked_of="Reading social care", on=TODAY, by=hub, today=TODAY
    )


def answers(enquiry, person=Reply.NO_TRACE, child=Reply.NO_TRACE):
    """By key of the subject; an answer that is blank is left out."""
    first, second = enquiry.subjects.order_by("pk")
    return {pk: said for pk, said in ((first.pk, person), (second.pk, child)) if said}


def reply(enquiry, by, *, text="As asked.", on=TODAY, given=None, **more):
    return replies.record_reply(
        enquiry=enquiry,
        answers=answers(enquiry) if given is None else given,
        text=text,
        on=on,
        by=by,
        today=TODAY,
        now=NOW,
        **more,
    )


def further(enquiry, by, *, text="No trace.", **more):
    return replies.keep_further_reply(
        enquiry=enquiry, text=text, on=TODAY, by=by, today=TODAY, now=NOW, **more
    )


def taken(by, text="", content=None):
    return taking_in.take_in(text=text, content=content, by=by, today=TODAY, now=NOW).in_hand


def test_what_was_answered_about_each_is_kept_with_each(enquiry, hub):
    done = reply(enquiry, hub, given=answers(enquiry, child=""))

    assert done.reply == Reply.PARTIAL
    assert [one.reply for one in enquiry.subjects.order_by("pk")] == [Reply.NO_TRACE, ""]


def test_the_words_of_a_reply_stay_in_its_history_when_the_agency_is_asked_again(enquiry, hub):
    reply(enquiry, hub, text="Only the father.", given=answers(enquiry, child=""))

    sending.send_enquiry(enquiry=enquiry, asked_of="Reading", on=TODAY, by=hub, today=TODAY)

    assert enquiry.steps.get(did="replied").note == "Only the father."


def test_an_answer_about_somebody_of_another_enquiry_is_refused(enquiry, hub):
    other = SubjectFactory()

    with pytest.raises(RuleBroken, match="not among those"):
        reply(enquiry, hub, given={other.pk: Reply.NO_TRACE})

    assert type(enquiry).objects.get(pk=enquiry.pk).state == EnquiryState.SENT


def test_the_officer_is_told_at_once_where_to_read_it(enquiry, hub):
    reply(enquiry, hub)

    notice = Notice.objects.get(user=enquiry.case.officer)
    assert notice.href == f"/cases/{enquiry.case.crn}/checks/{enquiry.pk}/analyse/"
    assert "Read and analyse it by 3 October 2018" in notice.text
    assert enquiry.case.surname not in notice.text
    assert Message.objects.get(user=enquiry.case.officer).not_before <= NOW + timedelta(minutes=5)


def test_nobody_is_told_of_what_they_recorded_themselves(enquiry):
    reply(enquiry, enquiry.case.officer)

    assert not Notice.objects.exists()


def test_the_second_of_two_who_record_one_reply_hears_who_was_first_and_when(enquiry, hub):
    reply(enquiry, hub)

    with pytest.raises(RuleBroken, match="Pat Lane recorded a reply to this enquiry on"):
        reply(enquiry, UserFactory(role=Role.HUB), text="Another version.")

    enquiry.refresh_from_db()
    assert enquiry.reply_text == "As asked."


@pytest.mark.parametrize("state", ["replied", "analysed", "superseded"])
def test_a_reply_its_enquiry_cannot_take_is_read_as_information(hub, state):
    traits = {"analysed": True} if state == "superseded" else {state: True}
    enquiry = EnquiryFactory(**traits)
    if state == "superseded":
        enquiry.state = EnquiryState.SUPERSEDED
        enquiry.save()
    held = taken(hub, f"{reference_of(enquiry.pk)}: and one more thing.")

    replies.keep_further_reply(
        enquiry=enquiry, text=held.text, on=TODAY, by=hub, today=TODAY, now=NOW, in_hand=held
    )

    kept = Information.objects.get()
    assert kept.kind == InformationKind.REPLY
    assert "and one more thing" in kept.text
    assert Deadline.objects.unmet().filter(case=enquiry.case, kind="read_information").exists()
    held.refresh_from_db()
    assert held.settled_as == f"Passed on to whoever holds {enquiry.case.crn}"


def test_a_reply_in_hand_is_settled_once_every_enquiry_it_names_has_it(enquiry, hub):
    other = EnquiryFactory(sent=True)
    SubjectFactory(enquiry=other)
    held = taken(hub, f"{reference_of(enquiry.pk)} and {reference_of(other.pk)}: no trace.")

    reply(enquiry, hub, in_hand=held)
    held.refresh_from_db()
    after_one = held.settled_at
    replies.record_reply(
        enquiry=other,
        answers={other.subjects.get().pk: Reply.NO_TRACE},
        text="No trace.",
        on=TODAY,
        by=hub,
        today=TODAY,
        now=NOW,
        in_hand=held,
    )

    held.refresh_from_db()
    assert after_one is None
    assert held.settled_at == NOW
    assert set(held.enquiries.all()) == {enquiry, other}


def test_the_document_of_a_reply_goes_with_each_case_it_is_about(enquiry, hub):
    other = EnquiryFactory(sent=True)
    words = f"{reference_of(enquiry.pk)} {reference_of(other.pk)}"
    held = taken(hub, content=pdf(words))

    reply(enquiry, hub, in_hand=held)
    give_to_case(document=held.document, case=other.case, enquiry=other, by=hub, now=NOW)

    first, second = Document.objects.order_by("pk")
    assert (first.enquiry, second.enquiry) == (enquiry, other)
    assert first.sha256 == second.sha256
    assert bytes(second.content.content) == pdf(words)
    assert enquiry.steps.get(did="replied").document == first


def test_what_is_taken_in_is_kept_word_for_word(hub):
    held = taken(hub, "  No trace.\nPC 123  ")

    assert held.text == "No trace.\nPC 123"
    assert held.settled_at is None


def test_the_words_of_a_file_are_kept_beside_it_so_that_its_enquiry_is_found(enquiry, hub):
    held = taken(hub, content=pdf(f"Ref {reference_of(enquiry.pk)}"))

    assert list(in_hand.still_named(held)) == [enquiry]
    assert held.document.media_type == "application/pdf"


def test_a_file_that_would_act_is_refused_and_the_words_are_kept(hub):
    content = opening(S="/Launch", F="cmd.exe")

    done = taking_in.take_in(text="No trace.", content=content, by=hub, today=TODAY, now=NOW)

    assert "opens other programs" in done.refused
    assert done.in_hand.text == "No trace."
    assert not Document.objects.exists()


def test_the_words_of_an_e_mail_are_kept_though_what_it_carries_is_refused(hub):
    content = email("No trace.", attached=[(b"MZ\x90\x00" + bytes(9), "application/pdf", "a.pdf")])

    done = taking_in.take_in(text="", content=content, by=hub, today=TODAY, now=NOW)

    assert done.refused
    assert "No trace." in done.in_hand.text
    assert not Document.objects.exists()


@pytest.mark.parametrize("content", [None, b"", opening(S="/Launch", F="cmd.exe")])
def test_what_has_no_words_to_keep_is_refused_with_the_reason(hub, content):
    with pytest.raises(RuleBroken):
        taking_in.take_in(text=" ", content=content, by=hub, today=TODAY, now=NOW)


def test_a_reply_set_aside_says_why_and_is_kept(hub):
    held = taken(hub, "A newsletter.")

    with pytest.raises(RuleBroken, match="Say why"):
        in_hand.set_aside(in_hand=held, because=" ", by=hub, now=NOW)
    done = in_hand.set_aside(in_hand=held, because="Not a reply.", by=hub, now=NOW)

    assert done.settled_as == "Set aside: Not a reply."
    assert done.text == "A newsletter."


def test_what_comes_from_outside_is_named_by_us_and_typed_by_its_content(hub):
    document = keep_document(
        case=CaseFactory(),
        enquiry=None,
        kind=DocumentKind.INFORMATION,
        name="../../Smith John.html",
        media_type="text/html",
        content=b"Seen in town.",
        by=hub,
        now=NOW,
    )

    assert document.name == "information-2018-10-01.txt"
    assert document.media_type == "text/plain"
    assert document.size == 13


def test_what_we_made_keeps_the_name_we_gave_it(hub):
    document = keep_document(
        case=CaseFactory(),
        enquiry=None,
        kind=DocumentKind.REQUEST,
        name="request.pdf",
        media_type="application/pdf",
        content=b"%PDF-",
        by=None,
        now=NOW,
    )

    assert (document.name, document.media_type) == ("request.pdf", "application/pdf")


def test_an_analysis_that_changes_the_plan_puts_an_action_in_it(enquiry, hub):
    officer = enquiry.case.officer
    reply(enquiry, hub)
    known = {"enquiry": enquiry, "changes": [Changes.PLAN], "by": officer, "today": TODAY}

    with pytest.raises(RuleBroken, match="by whom and by when"):
        replies.analyse_reply(analysis="See the school.", **known)
    replies.analyse_reply(
        analysis="See the school.",
        actions=[("Meet the school", "Sam Field", date(2018, 10, 12))],
        **known,
    )

    action = PlanAction.objects.get(enquiry=enquiry)
    owed = Deadline.objects.unmet().get(action=action)
    assert (owed.kind, owed.due_on) == ("plan_action", date(2018, 10, 12))


def test_a_reply_that_changes_several_things_keeps_each_and_what_follows_from_each(enquiry, hub):
    officer = enquiry.case.officer
    reply(enquiry, hub)
    known = {"enquiry": enquiry, "by": officer, "today": TODAY, "analysis": "See the school."}
    said = [Changes.CONTACT, Changes.PLAN, Changes.RISK, Changes.PLAN]

    with pytest.raises(RuleBroken, match="by whom and by when"):
        replies.analyse_reply(changes=said, **known)
    step = ("Meet the school", "Sam Field", date(2018, 10, 12))
    replies.analyse_reply(changes=said, actions=[step], **known)

    kept = Enquiry.objects.get(pk=enquiry.pk)
    assert kept.all_changes == [Changes.RISK, Changes.PLAN, Changes.CONTACT]
    assert (kept.changes, kept.also_changes) == ("risk", "plan,contact")
    assert Deadline.objects.unmet().get().action == PlanAction.objects.get(enquiry=enquiry)


def test_something_and_nothing_is_no_analysis(enquiry, hub):
    reply(enquiry, hub)
    known = {"enquiry": enquiry, "by": enquiry.case.officer, "today": TODAY}

    with pytest.raises(
        RuleBroken, match="either what the reply changes, or that it changes nothing"
    ):
        replies.analyse_reply(changes=[Changes.RISK, Changes.NOTHING], analysis="Worse.", **known)

    assert Enquiry.objects.get(pk=enquiry.pk).all_changes == []


def test_a_reply_passed_on_reaches_a_case_of_limited_access_unseen(hub):
    enquiry = EnquiryFactory(sent=True)
    Limit.objects.create(case=enquiry.case, restricted=True, message="Kept.", ask="Pat")

    replies.keep_further_reply(
        enquiry=enquiry, text="No trace.", on=TODAY, by=hub, today=TODAY, now=NOW
    )

    assert Information.objects.get().readings.get().case == enquiry.case


def test_a_reply_that_names_a_kept_case_is_passed_on_as_it_is_taken_in(hub):
    enquiry = EnquiryFactory(sent=True)
    Limit.objects.create(case=enquiry.case, restricted=True, message="Kept.", ask="Pat")

    held = taken(hub, f"{reference_of(enquiry.pk)}: no trace.")

    assert Information.objects.get().readings.get().case == enquiry.case
    held.refresh_from_db()
    assert held.settled_as == f"Passed on to whoever holds {enquiry.case.crn}"
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.SENT


def test_a_reply_about_a_kept_case_by_its_crn_is_passed_on(hub):
    case = CaseFactory()
    Limit.objects.create(case=case, restricted=True, message="Kept.", ask="Pat")
    held = taken(hub, "No trace.")

    done = taking_in.pass_on(in_hand=held, crn=case.crn, by=hub, today=TODAY, now=NOW)

    assert done.settled_as == f"Passed on to whoever holds {case.crn}"
    assert Information.objects.get().text == "No trace."


@pytest.mark.parametrize("service", [reply, further], ids=["reply", "further"])
def test_a_reply_that_names_somebody_elses_enquiry_is_not_kept_with_this(enquiry, hub, service):
    other = EnquiryFactory()
    held = taken(hub, f"{reference_of(other.pk)}: no trace.")

    with pytest.raises(RuleBroken, match=f"names {reference_of(other.pk)}, and this"):
        service(enquiry, hub, text="No trace.", in_hand=held)

    assert not held.enquiries.exists()


def test_a_reply_that_names_another_enquiry_of_the_case_that_waits_is_not_kept_with_this(
    enquiry, hub
):
    other = EnquiryFactory(case=enquiry.case, sent=True)
    held = taken(hub, f"{reference_of(other.pk)}: no trace.")

    with pytest.raises(RuleBroken, match="Record it on the one that it names"):
        reply(enquiry, hub, in_hand=held)


def test_an_agency_may_quote_an_enquiry_of_the_case_that_waits_no_longer(enquiry, hub):
    former = EnquiryFactory(case=enquiry.case, state=EnquiryState.SUPERSEDED, due_on=None)
    held = taken(hub, f"{reference_of(former.pk)}: no trace.")

    done = reply(enquiry, hub, in_hand=held)

    assert done.state == EnquiryState.REPLIED


def test_the_same_further_reply_is_kept_once(enquiry, hub):
    held = taken(hub, f"{reference_of(enquiry.pk)}: no trace.")
    further(enquiry, hub, in_hand=held)

    with pytest.raises(RuleBroken, match="already"):
        further(enquiry, hub, in_hand=held)

    assert Information.objects.count() == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda enquiry, held, hub: reply(enquiry, hub, in_hand=held),
        lambda enquiry, held, hub: further(enquiry, hub, in_hand=held),
        lambda enquiry, held, hub: taking_in.pass_on(
            in_hand=held, crn=enquiry.case.crn, by=hub, today=TODAY, now=NOW
        ),
    ],
    ids=["recorded", "further", "passed on"],
)
def test_two_on_one_reply_hold_case_reply_and_document_in_one_order(enquiry, hub, act):
    held = taken(hub, content=pdf("No trace."))

    assert _locked_by(act, enquiry, held, hub) == ["case", "replyinhand", "document"]


def test_taking_a_reply_off_holds_them_in_the_same_order(enquiry, hub):
    held = taken(hub, content=pdf("No trace."))
    reply(enquiry, hub, in_hand=held)

    locked = _locked_by(
        lambda enquiry, held, hub: take_reply_off(
            enquiry=enquiry, because="Not ours.", version=version_of(enquiry), by=hub, today=TODAY, now=NOW
        ),
        enquiry, held, hub,
    )  # fmt: skip

    assert locked == ["case", "replyinhand", "document"]


def _locked_by(act, enquiry, held, hub):
    """The tables whose rows it holds, in the order in which it comes to each."""
    with CaptureQueriesContext(connection) as statements:
        act(enquiry, held, hub)
    locked = [
        match[1]
        for one in statements
        if (match := re.search(r'FROM "cases_(\w+)".* FOR (NO KEY )?UPDATE', one["sql"]))
    ]
    return list(dict.fromkeys(locked))


def test_nothing_that_was_said_is_in_the_audit_trail(enquiry, hub):
    held = taken(hub, f"{reference_of(enquiry.pk)} Robin is on a plan.")

    reply(enquiry, hub, text=held.text, in_hand=held)

    assert not any("Robin" in str(entry.detail) for entry in Entry.objects.all())
