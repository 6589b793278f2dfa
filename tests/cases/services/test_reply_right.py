"""A reply that was recorded wrongly is put right, or taken off; what stood is kept, and what rested on it is brought back."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils.timezone import get_current_timezone

from cases.models import (
    Case,
    Deadline,
    Document,
    Enquiry,
    InterimPlan,
    Message,
    Notice,
    Reading,
    ReplyInHand,
)
from cases.queries.assessing import assessing_facts
from cases.queries.coverage import covered_by
from cases.queries.happened import events_since
from cases.queries.names import names_for
from cases.queries.replies import version_of
from cases.queries.visit_safety import safety_facts
from cases.reference.agencies import DocumentKind
from cases.reference.checks import Because, Changes, CheckKind, EnquiryState, Reply, SubjectKind
from cases.rules.enquiries import About
from cases.rules.references import reference_of
from cases.services import checks, replies, sending, taking_in
from cases.services.interim import write_interim_plan
from cases.services.reply_right import put_reply_right, take_reply_off
from oversight.queries.content import with_content
from oversight.queries.loop import in_loop
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases.agencies.made import pdf
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    CaseFactory,
    PlanActionFactory,
    RegistrationFactory,
    StandingFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
PERSON = About(SubjectKind.PERSON, "Alex Marsh")
PARTNER = About(SubjectKind.PARTNER, "Robin Marsh", protected=True)
LATER = TODAY + timedelta(days=21)  # a Monday
THEN = datetime.combine(LATER, time(10), get_current_timezone())
BECAUSE = "The answer about him was read as hers. Seen in the e-mail of 1 October."


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB, first_name="Pat", last_name="Lane")


@pytest.fixture
def case():
    case = CaseFactory(officer=UserFactory(email="officer@probation.example"))
    StandingFactory(case=case, concern=True)
    RegistrationFactory(case=case)
    return case


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team, email="senior@probation.example")


@pytest.fixture
def enquiry(case, hub):
    """The police said no trace of the person and a partner, as it was recorded; read the same day."""
    return analysed(recorded(sent(case, hub), hub))


def sent(case, by, on=TODAY, subjects=(PERSON, PARTNER)):
    opened = checks.open_enquiry(
        case=case, kind=CheckKind.POLICE, because=Because.START, subjects=subjects, triggered_on=on,
        by=by, today=on,
    )  # fmt: skip
    return sending.send_enquiry(
        enquiry=opened, asked_of="Thames Valley Police", on=on, by=by, today=on
    )


def recorded(enquiry, by, on=TODAY, reply=Reply.NO_TRACE, text="Nothing held.", **more):
    given = {one.pk: reply for one in enquiry.subjects.all()}
    return replies.record_reply(
        enquiry=enquiry, answers=given, text=text, on=on, by=by, today=on, now=NOW, **more
    )


def analysed(enquiry, on=TODAY, analysis="The plan assumes the worst already."):
    return replies.analyse_reply(
        enquiry=enquiry, changes=[Changes.NOTHING], analysis=analysis, by=enquiry.case.officer, today=on
    )  # fmt: skip


def right(enquiry, by, person=Reply.NO_TRACE, partner=Reply.INFORMATION, **given):
    first, second = enquiry.subjects.order_by("pk")
    said = {
        "answers": {pk: told for pk, told in ((first.pk, person), (second.pk, partner)) if told},
        "text": "Two call-outs this summer.",
        "on": TODAY,
        "because": BECAUSE,
        "version": version_of(enquiry),
        "today": LATER,
    } | given
    return put_reply_right(enquiry=enquiry, by=by, now=THEN, **said)


def off(enquiry, by, because="It is about another man of that name."):
    return take_reply_off(
        enquiry=enquiry, because=because, version=version_of(enquiry), by=by, today=LATER, now=THEN
    )


def live(enquiry):
    return Deadline.objects.unmet().get(enquiry=enquiry)


def told(user):
    return [one.text for one in Notice.objects.filter(user=user, at=THEN)]


def test_what_was_answered_about_each_is_what_it_covers_from_then_on(enquiry, hub):
    done = right(enquiry, hub, person="")

    assert [one.reply for one in done.subjects.order_by("pk")] == ["", Reply.INFORMATION]
    assert (done.reply, done.reply_text) == (Reply.PARTIAL, "Two call-outs this summer.")
    said = covered_by(Enquiry.objects.get(pk=done.pk), names_for(done.case, frozenset()))
    assert said.startswith("Information on 1 October 2018 about partner or former partner")


def test_what_stood_is_kept_with_why_and_by_whom_and_names_nobody_who_is_protected(enquiry, hub):
    right(enquiry, hub)

    step = enquiry.steps.get(did="reopened")
    assert (step.by, step.on) == (hub, LATER)
    assert step.note.startswith(BECAUSE)
    for words in ("No trace on 1 October 2018", "Nothing held.", "It changes nothing", "assumes the worst"):  # fmt: skip
        assert words in step.note
    assert "Robin" not in step.note
    entry = Entry.objects.get(action="put_reply_right")
    assert (entry.crn, entry.detail["worse"]) == (enquiry.case.crn, True)
    assert sorted(entry.detail["was"].values()) == ["no_trace", "no_trace"]
    assert sorted(entry.detail["to"].values()) == ["information", "no_trace"]


def test_the_analysis_of_a_reply_put_right_is_owed_again_from_that_day(enquiry, hub):
    done = right(enquiry, hub)

    assert done.state == EnquiryState.REPLIED
    assert (done.analysis, done.changes, done.analysed_on, done.analysed_by) == ("", "", None, None)
    clock = live(done)
    assert (clock.kind, clock.triggered_on, clock.due_on) == (
        "analyse_check",
        LATER,
        date(2018, 10, 24),
    )
    assert done.due_on == clock.due_on
    assert clock.why == "Reply of 1 October 2018, put right 22 October 2018, to be read again"
    again = analysed(done, LATER, "She is to be rung before he is told.")
    assert again.state == EnquiryState.ANALYSED
    assert not Deadline.objects.unmet().filter(enquiry=enquiry).exists()


def test_nobody_gains_time_by_putting_a_reply_right_that_nobody_has_read(case, hub):
    enquiry = recorded(sent(case, hub), hub)

    done = right(enquiry, hub)

    assert (done.state, live(done).due_on) == (EnquiryState.REPLIED, date(2018, 10, 3))
    assert list(done.steps.order_by("pk").values_list("did", flat=True))[-1] == "put_right"


def test_a_reply_that_came_on_another_day_is_to_be_read_from_that_day(case, hub):
    enquiry = recorded(sent(case, hub), hub)

    done = right(enquiry, hub, on=TODAY + timedelta(days=1))

    assert (live(done).due_on, done.due_on) == (date(2018, 10, 4), date(2018, 10, 4))


def test_where_it_makes_it_worse_the_officer_and_the_senior_hear_at_once(enquiry, hub, senior):
    right(enquiry, hub)

    for user in (enquiry.case.officer, senior):
        (text,) = told(user)
        assert "recorded wrongly and is put right. Read and analyse it by 24 October 2018." in text
        assert "See who is protected now" in text
        assert enquiry.case.surname not in text
    assert Message.objects.filter(user=senior).exists()


def test_where_it_makes_it_no_worse_the_officer_alone_hears(case, hub, senior):
    enquiry = analysed(recorded(sent(case, hub), hub, reply=Reply.INFORMATION))

    right(enquiry, hub, person=Reply.INFORMATION, text="One call-out, not two.")

    assert (len(told(case.officer)), told(senior)) == (1, [])


def test_whoever_puts_it_right_is_not_told_of_it(enquiry, senior):
    right(enquiry, enquiry.case.officer)

    assert (told(enquiry.case.officer), len(told(senior))) == ([], 1)


def test_a_concern_wants_an_interim_plan_again_from_that_day(enquiry, hub):
    case = enquiry.case
    assert not case.deadlines.unmet().filter(kind="interim_plan").exists()

    right(enquiry, hub)

    clock = case.deadlines.unmet().get(kind="interim_plan")
    assert (clock.triggered_on, clock.due_on) == (LATER, date(2018, 10, 24))


def test_an_earlier_answer_whose_place_it_took_stands_until_it_is_read_again(enquiry, hub):
    case = enquiry.case
    later = analysed(recorded(sent(case, hub, LATER), hub, LATER), LATER)
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.SUPERSEDED

    reopened = right(later, hub, on=LATER)
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.ANALYSED
    assert enquiry.steps.order_by("pk").last().did == "stands_again"

    analysed(reopened, LATER)
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.SUPERSEDED


def test_the_gate_of_an_assessment_shuts_again(enquiry, hub):
    draft = AssessmentFactory(case=enquiry.case)
    asked = {CheckKind.POLICE: EnquiryState.ANALYSED}
    assert asked.items() <= _required_before(draft).items()

    right(enquiry, hub)

    asked = {CheckKind.POLICE: EnquiryState.REPLIED}
    assert asked.items() <= _required_before(draft).items()


def test_a_review_is_told_of_it_whatever_an_earlier_one_made_of_the_reply(enquiry, hub):
    since = TODAY + timedelta(days=7)
    assert not _replies_among(events_since(enquiry.case, since, LATER))

    right(enquiry, hub)

    (event,) = _replies_among(events_since(enquiry.case, since, LATER))
    assert event.significant
    assert event.what == "Police: domestic abuse replied: information, put right 22 October 2018"


def test_whoever_decided_how_to_visit_safely_sees_it_as_new(case, hub):
    enquiry = analysed(recorded(sent(case, hub), hub, reply=Reply.INFORMATION))
    before = {one.key for one in safety_facts(case, TODAY).record}

    analysed(right(enquiry, hub, person=Reply.INFORMATION), LATER)

    new = [one for one in safety_facts(case, LATER).record if one.key not in before]
    assert [one.words for one in new] == ["The police gave information on 1 October 2018, put right 22 October 2018"]  # fmt: skip


def test_the_headline_figure_does_not_count_it_until_it_is_read_again(enquiry, hub):
    case = enquiry.case
    PlanActionFactory(case=case, enquiry=enquiry)
    assert _counted(case, TODAY) == (1, 1)

    reopened = right(enquiry, hub)
    assert _counted(case, LATER) == (0, 0)

    analysed(reopened, LATER)
    assert _counted(case, LATER) == (1, 1)


@pytest.mark.parametrize(
    "given, why",
    [
        ({"because": "  "}, "Say what was wrong"),
        ({"text": ""}, "Record what the agency said"),
        ({"person": "", "partner": ""}, "at least one of those asked about"),
        ({"on": LATER + timedelta(days=1)}, "cannot be in the future"),
        ({"on": TODAY - timedelta(days=1)}, "cannot be before the enquiry was sent"),
        (
            {"partner": Reply.NO_TRACE, "text": "Nothing held."},
            "That is what is recorded already",
        ),
    ],
)
def test_what_says_nothing_is_refused_and_changes_nothing(enquiry, hub, given, why):
    with pytest.raises(RuleBroken, match=why):
        right(enquiry, hub, **given)

    assert Enquiry.objects.get(pk=enquiry.pk).state == EnquiryState.ANALYSED
    assert not enquiry.steps.filter(did="reopened").exists()


def test_a_reply_that_a_later_one_replaced_is_not_put_right_but_kept_as_a_further_one(enquiry, hub):
    analysed(recorded(sent(enquiry.case, hub, LATER), hub, LATER), LATER)

    with pytest.raises(RuleBroken, match="A later enquiry has taken the place.*further reply"):
        right(enquiry, hub)


def test_an_enquiry_without_a_reply_has_none_to_put_right(case, hub):
    for act in (right, off):
        with pytest.raises(RuleBroken, match="no reply to put right"):
            act(sent(case, hub), hub)


def test_the_second_of_two_who_put_it_right_is_shown_what_the_first_did(enquiry, hub):
    before = version_of(enquiry)
    right(enquiry, hub)

    for act, given in ((right, {"text": "Three call-outs."}), (_off_at, {})):
        with pytest.raises(RuleBroken, match="Pat Lane took a step on this enquiry while you"):
            act(enquiry, enquiry.case.officer, version=before, **given)

    assert Enquiry.objects.get(pk=enquiry.pk).reply_text == "Two call-outs this summer."


def test_a_reply_to_another_enquiry_is_taken_off_and_its_own_is_waited_for_again(enquiry, hub):
    done, in_hand = off(enquiry, hub)

    assert (done.state, done.reply, done.reply_text, done.replied_on) == ("sent", "", "", None)
    assert set(done.subjects.values_list("reply", flat=True)) == {""}
    assert (live(done).kind, done.due_on) == ("chase_check", date(2018, 10, 8))
    assert (done.analysis, done.analysed_on) == ("", None)
    assert (in_hand.text, in_hand.settled_at, in_hand.by) == ("Nothing held.", None, hub)
    assert enquiry.case.deadlines.unmet().filter(kind="interim_plan", triggered_on=LATER).exists()
    again = recorded(Enquiry.objects.get(pk=done.pk), hub, LATER)
    assert (again.state, live(again).kind) == ("replied", "analyse_check")


def test_what_was_taken_in_lies_in_hand_again_with_its_document_and_not_with_the_case(case, hub):
    held = taking_in.take_in(
        text="For somebody else.", content=pdf("Known to us."), by=hub, today=TODAY, now=NOW
    ).in_hand
    enquiry = recorded(sent(case, hub), hub, in_hand=held)
    assert Document.objects.get(kind=DocumentKind.REPLY).case == case

    done, in_hand = off(enquiry, hub)

    assert (in_hand.pk, in_hand.settled_at, in_hand.settled_as) == (held.pk, None, "")
    assert not in_hand.enquiries.exists()
    document = Document.objects.get(kind=DocumentKind.REPLY)
    assert (document.case, document.enquiry, in_hand.document) == (None, None, document)
    assert ReplyInHand.objects.unsettled().get() == in_hand
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    "limited, text", [(True, "Nothing held."), (False, "Robin Marsh was seen there.")]
)
def test_what_was_typed_in_of_a_limited_case_or_names_somebody_protected_does_not_go_to_the_hub(
    case, hub, limited, text
):
    enquiry = recorded(sent(case, hub), case.officer, reply=Reply.INFORMATION, text=text)
    if limited:
        limit(case, restricted=True, let_in=[case.officer])

    done, in_hand = off(enquiry, case.officer)

    assert (done.state, in_hand) == ("sent", None)
    assert not ReplyInHand.objects.exists()
    kept = Reading.objects.get(case=case).information
    assert (kept.kind, text in kept.text, kept.happened_on) == ("reply", True, TODAY)
    assert "is taken off: it was no reply to it." in kept.text


def test_what_the_hub_took_in_goes_back_to_it_also_where_it_names_somebody_protected(case, hub):
    held = taken(hub, "Robin Marsh was seen there.")
    enquiry = recorded(sent(case, hub), hub, reply=Reply.INFORMATION, text=held.text, in_hand=held)

    assert off(enquiry, hub)[1] == held


def test_a_further_reply_does_not_come_back_for_the_one_that_is_taken_off(case, hub):
    enquiry = sent(case, hub)
    further = taken(
        hub, f"{reference_of(enquiry.pk)} and {reference_of(sent(case, hub).pk)}: wait."
    )
    recorded(enquiry, hub)
    replies.keep_further_reply(
        enquiry=enquiry, text=further.text, on=TODAY, by=hub, today=TODAY, now=NOW, in_hand=further
    )

    in_hand = off(enquiry, hub)[1]

    assert (in_hand.text, in_hand.pk == further.pk) == ("Nothing held.", False)
    assert list(further.enquiries.all()) == [enquiry]


def test_the_reply_from_before_the_agency_was_asked_again_does_not_come_back_for_the_later_one(
    case, hub
):
    first = taken(hub, "Only half of it.")
    enquiry = recorded(sent(case, hub), hub, reply=Reply.PARTIAL, text=first.text, in_hand=first)
    again = sending.send_enquiry(
        enquiry=enquiry, asked_of="Thames Valley Police", on=TODAY, by=hub, today=TODAY
    )
    recorded(again, hub)

    in_hand = off(again, hub)[1]

    assert (in_hand.text, in_hand.pk == first.pk) == ("Nothing held.", False)
    first.refresh_from_db()
    assert first.settled_at


def test_what_quoted_the_reference_of_the_enquiry_it_is_taken_off_is_recorded_elsewhere(case, hub):
    wrong, other = sent(case, hub), sent(CaseFactory(officer=UserFactory()), hub)
    held = taken(hub, f"{reference_of(wrong.pk)}: nothing held.")
    enquiry = recorded(wrong, hub, in_hand=held)
    _, held = off(enquiry, hub)

    done = recorded(other, hub, in_hand=held)

    held.refresh_from_db()
    assert (done.state, bool(held.settled_at)) == ("replied", True)
    assert held.settled_as == f"Recorded on {reference_of(other.pk)}"


def test_so_is_what_was_typed_in_and_put_right_before_it_was_taken_off(case, hub):
    wrong, other = sent(case, hub), sent(CaseFactory(officer=UserFactory()), hub)
    right(recorded(wrong, hub), hub, text=f"{reference_of(wrong.pk)}: two call-outs.")
    _, held = off(wrong, hub)

    assert recorded(other, hub, in_hand=held).state == "replied"


def test_what_somebody_made_of_it_is_kept_where_it_is_taken_off(enquiry, hub):
    off(enquiry, hub)

    kept = enquiry.steps.get(did="what_stood")
    for words in ("No trace on 1 October 2018", "Nothing held.", "It changes nothing", "assumes the worst"):  # fmt: skip
        assert words in kept.note
    shown = enquiry.steps.get(did="taken_off").note
    assert "What was made of it: It changes nothing." in shown
    assert "Nothing held." not in shown


def test_a_reply_that_comes_after_a_wrong_one_was_taken_off_is_news_from_then_on(case, hub):
    """Two replies were recorded on each other's enquiry, and read; an assessment was signed since, and a visit planned."""
    enquiry = analysed(
        recorded(sent(case, hub), hub, reply=Reply.INFORMATION, text="Two call-outs.")
    )
    seen = {one.key for one in safety_facts(case, TODAY).record}
    since = TODAY + timedelta(days=7)
    AssessmentFactory(case=case, signed=True, completed_on=since)
    taken_off = off(enquiry, hub)[0]
    assert not _happened(case)

    given = {one.pk: Reply.INFORMATION for one in enquiry.subjects.all()}
    replies.record_reply(
        enquiry=taken_off,
        answers=given,
        text="He hit her.",
        on=TODAY,
        by=hub,
        today=LATER,
        now=THEN,
    )

    (event,) = _replies_among(events_since(case, since, LATER))
    assert event.what == "Police: domestic abuse replied: information, recorded 22 October 2018"
    assert event.significant
    assert _happened(case)
    analysed(taken_off, LATER)
    new = [one for one in safety_facts(case, LATER).record if one.key not in seen]
    assert [one.words for one in new] == ["The police gave information on 1 October 2018, recorded 22 October 2018"]  # fmt: skip


def test_a_later_reply_that_came_on_another_day_is_to_be_read_from_that_day(enquiry, hub):
    """However often the reply before it, which is gone, was put right."""
    right(enquiry, hub, partner=Reply.REFUSED)
    sending.send_enquiry(enquiry=enquiry, asked_of="Police", on=LATER, by=hub, today=LATER)
    again = recorded(Enquiry.objects.get(pk=enquiry.pk), hub, LATER)
    assert live(again).due_on == date(2018, 10, 24)

    done = right(again, hub, on=LATER + timedelta(days=1), today=LATER + timedelta(days=1))

    assert (live(done).due_on, done.due_on) == (date(2018, 10, 25), date(2018, 10, 25))


def test_what_was_put_right_of_a_reply_that_is_gone_dates_no_later_one(enquiry, hub):
    right(enquiry, hub, partner=Reply.REFUSED)
    sending.send_enquiry(enquiry=enquiry, asked_of="Police", on=LATER, by=hub, today=LATER)

    found = Enquiry.objects.dated_anew().get(pk=enquiry.pk)

    assert (found.heard_by, found.heard_on) == (None, None)


def test_taking_off_what_was_taken_for_no_trace_is_told_to_the_senior(enquiry, hub, senior):
    off(enquiry, hub)

    for user in (enquiry.case.officer, senior):
        (text,) = told(user)
        assert "is taken off: it was no reply to this enquiry, which waits for one again." in text
        assert "Look again at what rested on it. See who is protected now." in text
    assert Entry.objects.get(action="took_reply_off").detail["worse"]


def test_an_earlier_answer_stands_again_where_the_later_reply_is_taken_off(enquiry, hub):
    later = analysed(recorded(sent(enquiry.case, hub, LATER), hub, LATER), LATER)

    off(later, hub)

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.ANALYSED


def test_a_plan_that_waited_for_a_reply_goes_on_where_it_is_taken_off(case, hub):
    enquiry = sent(case, hub)
    write_interim_plan(
        case=case, worst_case="There have been call-outs to her.", who_is_protected="Robin, at home.",
        what_we_do="Seen weekly; duty rings her on Mondays.", expires_on=LATER + timedelta(days=5),
        by=case.officer, today=LATER, now=THEN,
    )  # fmt: skip
    recorded(enquiry, hub, LATER)

    off(enquiry, hub)

    assert InterimPlan.objects.live(LATER).filter(enquiries=enquiry).exists()


def _off_at(enquiry, by, version):
    return take_reply_off(
        enquiry=enquiry, because="Not ours.", version=version, by=by, today=LATER, now=THEN
    )


def taken(by, text):
    return taking_in.take_in(text=text, by=by, today=TODAY, now=NOW).in_hand


def _happened(case):
    """Whether something is known to have happened since the assessment that stands was signed."""
    return with_content(Case.objects.filter(pk=case.pk)).get().happened_since


def _replies_among(events):
    return [one for one in events if one.key.startswith("reply-")]


def _required_before(draft):
    """{agency: where its enquiry stands} of those that must be made before it is signed."""
    return {one.kind: one.state for one in assessing_facts([draft], LATER)[draft.pk].required}


def _counted(case, today):
    """Whether it counts as analysed, and as cited by an action."""
    cases = Case.objects.filter(pk=case.pk)
    return tuple(in_loop(cases, code, today).count() for code in ("analysed", "cited"))
