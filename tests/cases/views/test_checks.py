import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Enquiry
from cases.reference.checks import Because, Changes, CheckKind, EnquiryState, Reply, SubjectKind
from cases.rules.enquiries import About
from cases.rules.references import reference_of
from cases.services.checks import open_enquiry
from cases.services.replies import analyse_reply, record_reply
from cases.services.sending import chase_enquiry, send_enquiry
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    AddressFactory,
    CaseFactory,
    EnquiryFactory,
    InterimPlanFactory,
    RelatedPersonFactory,
    SubjectFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def opened(case, **given):
    """An enquiry to the police about the person, due today."""
    known = {
        "kind": CheckKind.POLICE,
        "because": Because.NEW_CONCERN,
        "subjects": [About(SubjectKind.PERSON, case.name)],
        "triggered_on": localdate(),
    }
    return open_enquiry(case=case, by=case.officer, today=localdate(), **known | given)


def sent(case):
    enquiry, today = opened(case), localdate()
    return send_enquiry(
        enquiry=enquiry, asked_of="Thames Valley Police", on=today, by=case.officer, today=today
    )


def replied(case, reply=Reply.INFORMATION):
    enquiry = sent(case)
    return record_reply(
        enquiry=enquiry,
        answers={one.pk: reply for one in enquiry.subjects.all()},
        text="A call-out.",
        on=localdate(),
        by=case.officer,
        today=localdate(),
        now=now(),
    )


def answer(enquiry, reply):
    """As the form asks it of the one person the enquiry is about."""
    return {f"answer_{enquiry.subjects.get().pk}": reply}


def post(client, user, name, case, *beside, follow=True, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=follow)


def banner(page):
    return [str(message) for message in page.context["messages"]]


def links_that_reach_nothing(page):
    """The links of the error summary that go to no field of the page."""
    text = words(page)
    summary = text.split("govuk-error-summary__list")[1].split("</ul>")[0]
    asked = re.findall(r'href="#([^"]+)"', summary)
    assert asked
    return [one for one in asked if f'id="{one}"' not in text]


def test_an_enquiry_is_opened_about_those_chosen(client):
    case = CaseFactory()
    child = RelatedPersonFactory(case=case, name="Robin Marsh")
    RelatedPersonFactory(case=case, name="Nobody Chosen")
    AddressFactory(case=case)

    page = post(
        client,
        case.officer,
        "open-check",
        case,
        kind="children",
        because="new_person",
        triggered_on="today",
        subjects=["person", f"related-{child.pk}"],
        note="The child moved in.",
    )

    enquiry = Enquiry.objects.get()
    assert enquiry.kind == CheckKind.CHILDREN
    assert {s.name for s in enquiry.subjects.all()} == {case.name, "Robin Marsh"}
    assert enquiry.because_note == "The child moved in."
    assert f"{case.officer.name} sends it by" in banner(page)[0]


def test_opening_one_like_it_again_says_that_it_joined_the_first(client):
    case = CaseFactory()
    asked = {
        "kind": "prison",
        "because": "release",
        "triggered_on": "today",
        "subjects": ["person"],
    }
    post(client, case.officer, "open-check", case, **asked)

    page = post(client, case.officer, "open-check", case, note="He is at Bullingdon.", **asked)

    assert case.enquiries.count() == 1
    assert "yours is added to it" in banner(page)[0]
    assert "He is at Bullingdon." in words(page)


def test_everybody_around_them_is_chosen_to_begin_with(client):
    case = CaseFactory()
    RelatedPersonFactory(case=case)
    AddressFactory(case=case)

    page = words(see(client, case.officer, "open-check", case))

    boxes = re.findall(r"<input[^>]*name=\"subjects\"[^>]*>", page)
    assert len(boxes) == 3
    assert all("checked" in box for box in boxes)


def test_nobody_from_another_case_can_be_asked_about(client):
    case, stranger = CaseFactory(), RelatedPersonFactory()

    page = post(
        client,
        case.officer,
        "open-check",
        case,
        kind="police",
        because="start",
        triggered_on="today",
        subjects=[f"related-{stranger.pk}"],
    )

    assert not Enquiry.objects.exists()
    assert "Choose" in words(page)


def test_a_refused_opening_keeps_what_was_typed_and_says_what_to_mend(client):
    case = CaseFactory()

    page = post(
        client,
        case.officer,
        "open-check",
        case,
        because="start",
        triggered_on="32 May",
        note="Ask about 2016",
    )

    assert not Enquiry.objects.exists()
    assert "Ask about 2016" in words(page)
    assert "32 May" in words(page)
    assert links_that_reach_nothing(page) == []


def test_an_enquiry_sent_says_who_chases_it_and_by_when(client):
    case = CaseFactory()
    enquiry = opened(case)

    page = post(
        client, case.officer, "send-check", case, enquiry.pk, asked_of="Kent Police", on="today"
    )

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.asked_of) == (EnquiryState.SENT, "Kent Police")
    assert "The admin hub chases it if there is no reply by" in banner(page)[0]


def test_a_date_before_the_enquiry_fell_due_is_refused_in_the_words_of_the_rule(client):
    case = CaseFactory()
    enquiry = opened(case)
    before = (localdate() - timedelta(days=3)).isoformat()

    page = post(
        client, case.officer, "send-check", case, enquiry.pk, asked_of="Kent Police", on=before
    )

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.DUE
    assert "cannot be before the enquiry fell due" in words(page)
    assert "Kent Police" in words(page)


def test_a_chase_is_kept_with_its_note(client):
    case = CaseFactory()
    enquiry = sent(case)

    post(
        client, UserFactory(role=Role.HUB), "chase-check", case, enquiry.pk, note="Rang, no answer."
    )

    enquiry.refresh_from_db()
    assert enquiry.chases == 1
    assert "Rang, no answer." in words(see(client, case.officer, "check", case, enquiry.pk))


@pytest.mark.parametrize("reply", [Reply.INFORMATION, Reply.PARTIAL, Reply.REFUSED])
def test_a_reply_that_says_something_must_say_what(client, reply):
    case = CaseFactory()
    enquiry = sent(case)

    page = post(
        client, case.officer, "record-reply", case, enquiry.pk, on="today", **answer(enquiry, reply)
    )

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.SENT
    assert "Enter what the agency said" in words(page)
    assert links_that_reach_nothing(page) == []


def test_no_trace_may_be_recorded_without_words(client):
    case = CaseFactory()
    enquiry = sent(case)

    said = answer(enquiry, "no_trace")
    page = post(client, case.officer, "record-reply", case, enquiry.pk, on="today", **said)

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.reply) == (EnquiryState.REPLIED, Reply.NO_TRACE)
    assert f"{case.officer.name} has been told, and reads and analyses it by" in banner(page)[0]


def test_a_refused_reply_can_be_asked_again(client):
    case = CaseFactory()
    enquiry = replied(case, Reply.REFUSED)

    page = words(see(client, case.officer, "check", case, enquiry.pk))
    form = see(client, case.officer, "send-check", case, enquiry.pk)

    assert "Ask again" in page
    assert form.status_code == 200


def test_a_reply_is_analysed_in_sight_of_what_was_said(client):
    case = CaseFactory()
    enquiry = replied(case)

    form = words(see(client, case.officer, "analyse-reply", case, enquiry.pk))
    page = post(
        client,
        case.officer,
        "analyse-reply",
        case,
        enquiry.pk,
        changes="plan",
        analysis="Her sister is at risk at weekends.",
        what="Ring her sister",
        by_whom="The officer",
        by_on=localdate().isoformat(),
    )

    enquiry.refresh_from_db()
    assert "A call-out." in form
    assert enquiry.state == EnquiryState.ANALYSED
    assert enquiry.analysed_by == case.officer
    assert enquiry.actions.get().what == "Ring her sister"
    assert "The action is in the plan" in banner(page)[0]
    assert "Her sister is at risk at weekends." in words(page)


def test_an_analysis_without_words_is_refused(client):
    case = CaseFactory()
    enquiry = replied(case)

    page = post(
        client, case.officer, "analyse-reply", case, enquiry.pk, changes="nothing", analysis=" "
    )

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.REPLIED
    assert links_that_reach_nothing(page) == []


def test_the_hub_cannot_analyse(client):
    case = CaseFactory()
    enquiry = replied(case)
    hub = UserFactory(role=Role.HUB)

    assert see(client, hub, "analyse-reply", case, enquiry.pk).status_code == 403
    assert "Analyse the reply</a>" not in words(see(client, hub, "check", case, enquiry.pk))


def test_an_enquiry_not_needed_keeps_its_reason(client):
    case = CaseFactory()
    enquiry = opened(case, kind=CheckKind.CHILDREN)

    post(client, case.officer, "not-needed", case, enquiry.pk, because="Asked twice: no contact.")

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.NOT_NEEDED
    assert "Asked twice: no contact" in words(see(client, case.officer, "case-checks", case))


def test_the_first_police_check_cannot_be_waved_away(client):
    case = CaseFactory()
    enquiry = opened(case, because=Because.START)

    page = post(client, case.officer, "not-needed", case, enquiry.pk, because="He says no.")

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.DUE
    assert "A police enquiry is made at every start of supervision." in words(page)
    assert "He says no." in words(page)


def test_a_step_somebody_else_has_taken_leads_back_to_the_enquiry(client):
    case = CaseFactory()
    enquiry = sent(case)
    client.force_login(case.officer)

    page = client.get(reverse("send-check", args=[case.crn, enquiry.pk]), follow=True)

    assert page.redirect_chain[0][0] == reverse("check", args=[case.crn, enquiry.pk])
    assert "Sent, awaiting reply" in banner(page)[0]


def test_a_step_taken_twice_is_refused_and_keeps_what_was_typed(client):
    case = CaseFactory()
    enquiry = replied(case)
    analyse_reply(
        enquiry=enquiry,
        changes=[Changes.NOTHING],
        analysis="Known before.",
        by=case.officer,
        today=localdate(),
    )

    page = post(
        client, case.officer, "analyse-reply", case, enquiry.pk, changes="risk", analysis="Second."
    )

    enquiry.refresh_from_db()
    assert enquiry.analysis == "Known before."
    assert "Second." in words(page)
    assert "This enquiry is at “Analysed” already" in words(page)


def test_an_enquiry_of_another_case_is_not_found(client):
    case, other = CaseFactory(), EnquiryFactory()

    for name in ("check", "send-check", "analyse-reply"):
        assert see(client, case.officer, name, case, other.pk).status_code == 404
    page = post(
        client, case.officer, "send-check", case, other.pk, asked_of="Kent Police", on="today"
    )
    assert page.status_code == 404


def test_an_enquiry_that_waits_says_what_holds_meanwhile_and_leads_to_it(client):
    case = CaseFactory()
    enquiry = sent(case)
    write = reverse("write-interim-plan", args=[case.crn])
    client.force_login(case.officer)
    page = reverse("check", args=[case.crn, enquiry.pk])

    owed = client.get(page).content.decode()
    plan = InterimPlanFactory(case=case, expires_on=localdate() + timedelta(days=14))
    plan.enquiries.add(enquiry)
    held = client.get(page).content.decode()

    assert "There is no interim plan. One is to be written by" in owed
    assert f'href="{write}">Write the interim plan' in owed
    assert "There is no interim plan" not in held
    assert "Until they answer" in held


def test_an_enquiry_that_was_answered_speaks_of_no_interim_plan(client):
    enquiry = replied(CaseFactory())

    assert "Until they answer" not in words(
        see(client, enquiry.case.officer, "check", enquiry.case, enquiry.pk)
    )


def test_the_history_of_an_enquiry_names_each_step_and_who_took_it(client):
    case = CaseFactory()
    enquiry = sent(case)
    chase_enquiry(enquiry=enquiry, note="Rang", by=case.officer, today=localdate())

    page = words(see(client, case.officer, "check", case, enquiry.pk))

    history = page.split("What has been done")[1]
    assert history.index("Chased") < history.index("Sent") < history.index("Fell due")
    assert case.officer.name in history


def test_an_imported_enquiry_without_steps_has_its_page(client):
    case = CaseFactory()
    enquiry = EnquiryFactory(case=case, analysed=True)
    SubjectFactory(enquiry=enquiry, name=case.name)

    page = words(see(client, case.officer, "check", case, enquiry.pk))

    assert "came with the extract" in page
    assert f"No trace on 1 October 2018 for {case.name}" in page


def test_the_checks_page_of_a_case_without_any_says_that_none_is_on_record(client):
    case = CaseFactory(imported=False)

    page = words(see(client, case.officer, "case-checks", case))

    assert page.count("Nothing on record") == 3  # police, children, and all other kinds
    assert "Other enquiries" not in page
    assert reverse("open-check", args=[case.crn]) in page


def test_each_enquiry_stands_once_on_the_checks_page_with_its_reference(client):
    case = CaseFactory()
    earlier = EnquiryFactory(case=case, analysed=True)
    now = EnquiryFactory(case=case)

    page = see(client, case.officer, "case-checks", case)

    assert [one.key for one in page.context["others"]] == [earlier.pk]
    for one in (earlier, now):
        assert words(page).count(reference_of(one.pk)) == 1


def test_a_reader_who_may_not_record_is_offered_no_form(client):
    case = CaseFactory()
    enquiry = opened(case)
    auditor = UserFactory(role=Role.AUDITOR)

    page = words(see(client, auditor, "check", case, enquiry.pk))

    assert "Send the enquiry" not in page
    assert "Record it sent" not in page
    assert reverse("open-check", args=[case.crn]) not in words(
        see(client, auditor, "case-checks", case)
    )
