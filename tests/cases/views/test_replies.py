"""Taking in a reply and finding whose it is, whatever is pasted or attached and by whom."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Enquiry, Information, Limit, ReplyInHand
from cases.reference.checks import CheckKind, EnquiryState, Reply, SubjectKind
from cases.reference.codes import ContactLevel, Rosh
from cases.rules.references import reference_of
from cases.services.replies import record_reply
from staff.permissions import Role
from tests.cases.agencies.made import opening, pdf
from tests.cases.views.a_case import see, words
from tests.factories import (
    CaseFactory,
    EnquiryFactory,
    RelatedPersonFactory,
    ReplyInHandFactory,
    SubjectFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("take-in-reply")


@pytest.fixture
def hub(client):
    user = UserFactory(role=Role.HUB, first_name="Pat", last_name="Lane")
    client.force_login(user)
    return user


@pytest.fixture
def enquiry():
    """Sent to children's social care about the person and one of two children."""
    case = CaseFactory()
    child = RelatedPersonFactory(case=case, name="Robin Marsh", born_on=date(2012, 1, 2))
    RelatedPersonFactory(case=case, name="Jo Marsh", born_on=date(2014, 1, 2))
    enquiry = EnquiryFactory(
        case=case, kind=CheckKind.CHILDREN, sent=True, asked_of="Reading social care"
    )
    SubjectFactory(enquiry=enquiry, name=case.name, born_on=case.born_on)
    SubjectFactory(
        enquiry=enquiry,
        kind=SubjectKind.CHILD,
        name="Robin Marsh",
        born_on=child.born_on,
        related_person=child,
    )
    return enquiry


def take_in(client, **data):
    return client.post(PAGE, data, follow=True)


def at(enquiry, held=None):
    page = reverse("record-reply", args=[enquiry.case.crn, enquiry.pk])
    return f"{page}?reply={held.key}" if held else page


def banner(page):
    return " ".join(str(message) for message in page.context["messages"])


def test_a_pasted_reply_leads_to_its_enquiry_with_its_words_filled_in(client, hub, enquiry):
    page = words(take_in(client, text=f"Our answer to {reference_of(enquiry.pk)}: no trace."))

    held = ReplyInHand.objects.get()
    assert at(enquiry, held) in page
    assert "Our answer to" in words(client.get(at(enquiry, held)))


def test_an_attached_reply_leads_to_its_enquiry_and_goes_with_its_case(client, hub, enquiry):
    content = pdf(f"Ref {reference_of(enquiry.pk)}: no trace.")
    take_in(client, file=SimpleUploadedFile("Smith, John.docx", content))
    held = ReplyInHand.objects.get()

    client.post(at(enquiry, held), {"alike": "no_trace", "on": "today"})

    document = enquiry.documents.get()
    opened = client.get(reverse("document", args=[enquiry.case.crn, document.pk]))
    assert document.case == enquiry.case
    assert opened.content == content
    assert opened["Content-Disposition"].startswith("attachment")
    assert "Smith" not in opened["Content-Disposition"]
    assert opened["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in opened["Content-Security-Policy"]


def test_a_document_of_another_case_is_not_found(client, hub, enquiry):
    take_in(client, file=SimpleUploadedFile("a.pdf", pdf(reference_of(enquiry.pk))))
    client.post(at(enquiry, ReplyInHand.objects.get()), {"alike": "no_trace", "on": "today"})
    other = CaseFactory()

    address = reverse("document", args=[other.crn, enquiry.documents.get().pk])

    assert client.get(address).status_code == 404


def test_a_hostile_attachment_is_refused_and_says_why_and_the_words_are_kept(client, hub):
    hostile = SimpleUploadedFile("reply.pdf", opening(S="/Launch", F="cmd.exe"))

    page = take_in(client, text="No trace.", file=hostile)

    assert "The words are kept. The PDF opens other programs" in banner(page)
    assert ReplyInHand.objects.get().text == "No trace."
    assert ReplyInHand.objects.get().document is None


def test_a_hostile_attachment_without_words_is_refused_on_the_form(client, hub):
    page = take_in(client, file=SimpleUploadedFile("reply.pdf", b"PK\x03\x04word/document.xml"))

    assert "This is a Word document. Save it as PDF and attach that." in words(page)
    assert not ReplyInHand.objects.exists()


def test_a_reply_is_found_by_its_crn_where_it_has_no_reference(client, hub, enquiry):
    take_in(client, text="No trace of them.")
    held = ReplyInHand.objects.get()
    here = reverse("reply-in-hand", args=[held.key])

    page = client.post(here, {"asked": enquiry.case.crn}, follow=True)

    assert at(enquiry, held) in words(page)
    assert "No reference of ours was found" in words(page)


def test_a_crn_that_leads_nowhere_keeps_the_reply_in_hand(client, hub):
    held = ReplyInHandFactory(by=hub)

    page = client.post(reverse("reply-in-hand", args=[held.key]), {"asked": "X999999"})

    assert "There is no enquiry of yours under that reference or CRN" in words(page)
    assert "No trace." in words(page)


@pytest.mark.parametrize("asked", ["reference", "crn"])
def test_a_reply_about_a_kept_case_is_passed_on_and_only_says_whom_to_ask(
    client, hub, enquiry, asked
):
    Limit.objects.create(case=enquiry.case, restricted=True, message="Kept.", ask="Kim Bell")
    held = ReplyInHandFactory(by=hub, text="No trace of them.")
    code = reference_of(enquiry.pk) if asked == "reference" else enquiry.case.crn

    page = client.post(reverse("reply-in-hand", args=[held.key]), {"asked": code}, follow=True)

    said = banner(page)
    assert f"{enquiry.case.crn}: Kept. Ask Kim Bell." in said
    assert "passed on" in said
    assert enquiry.case.surname not in words(page)
    assert Information.objects.get().readings.get().case == enquiry.case


def test_a_reference_of_a_kept_case_is_passed_on_as_the_reply_is_taken_in(client, hub, enquiry):
    Limit.objects.create(case=enquiry.case, restricted=True, message="Kept.", ask="Kim Bell")

    page = words(take_in(client, text=f"{reference_of(enquiry.pk)}: no trace."))

    assert "It has been passed on to whoever holds the case" in page
    assert "Kim Bell" in page
    assert enquiry.case.surname not in page
    assert Information.objects.exists()


def test_two_references_are_recorded_each_in_turn(client, hub, enquiry):
    other = EnquiryFactory(sent=True)
    SubjectFactory(enquiry=other)
    take_in(client, text=f"{reference_of(enquiry.pk)}, {reference_of(other.pk)}: no trace.")
    held = ReplyInHand.objects.get()

    page = client.post(at(enquiry, held), {"alike": "no_trace", "on": "today"}, follow=True)

    assert page.redirect_chain[-1][0] == reverse("reply-in-hand", args=[held.key])
    assert "This reply is with it." in words(page)
    assert at(other, held) in words(page)


def test_nothing_is_chosen_beforehand_and_everybody_must_be_answered_for(client, hub, enquiry):
    first, second = enquiry.subjects.order_by("pk")

    form = words(client.get(at(enquiry)))
    page = client.post(at(enquiry), {f"answer_{first.pk}": "no_trace", "on": "today"})

    enquiry.refresh_from_db()
    assert "checked" not in form.split("<form method")[-1]
    assert f"Choose what they said about {second.name}" in words(page)
    assert enquiry.state == EnquiryState.SENT


def test_one_answer_for_all_gives_way_to_one_about_one_of_them(client, hub, enquiry):
    first, second = enquiry.subjects.order_by("pk")

    client.post(at(enquiry), {"alike": "no_trace", f"answer_{second.pk}": "none", "on": "today"})

    enquiry.refresh_from_db()
    assert enquiry.reply == Reply.PARTIAL
    assert [one.reply for one in enquiry.subjects.order_by("pk")] == [Reply.NO_TRACE, ""]


def test_the_second_of_two_hub_users_hears_who_was_first_and_keeps_theirs(client, hub, enquiry):
    subjects = enquiry.subjects.all()
    first = UserFactory(role=Role.HUB, first_name="Kit", last_name="Moss")
    record_reply(
        enquiry=enquiry,
        answers={one.pk: Reply.NO_TRACE for one in subjects},
        text="First.",
        on=localdate(),
        by=first,
        today=localdate(),
        now=now(),
    )

    page = words(client.get(at(enquiry)))
    client.post(at(enquiry), {"text": "Mine says more.", "on": "today"})

    assert "Kit Moss recorded a reply to this enquiry on" in page
    assert "Mine says more." in Information.objects.get().text
    assert Enquiry.objects.get(pk=enquiry.pk).reply_text == "First."


def test_a_reply_in_hand_is_listed_by_whose_it_is_and_opened_by_any_hub_colleague(client, hub):
    held = ReplyInHandFactory(by=UserFactory(role=Role.HUB, first_name="Kit", last_name="Moss"))

    page = words(client.get(PAGE))

    assert "Kit Moss" in page
    assert "No trace." not in page
    assert client.get(reverse("reply-in-hand", args=[held.key])).status_code == 200


def test_an_officer_sees_only_the_replies_they_took_in(client):
    held = ReplyInHandFactory()
    client.force_login(UserFactory())

    assert str(held.key) not in words(client.get(PAGE))
    assert client.get(reverse("reply-in-hand", args=[held.key])).status_code == 404


def test_a_reply_set_aside_is_in_hand_no_more(client, hub):
    held = ReplyInHandFactory(by=hub)

    client.post(reverse("set-reply-aside", args=[held.key]), {"because": "A newsletter."})

    held.refresh_from_db()
    assert held.settled_as == "Set aside: A newsletter."
    assert str(held.key) not in words(client.get(PAGE))


def test_no_trace_of_one_child_is_said_not_to_cover_the_other(client, enquiry):
    client.force_login(enquiry.case.officer)
    client.post(at(enquiry), {"alike": "no_trace", "on": "today"})

    jo = "Jo Marsh (child, born 2 January 2014)"
    pages = {
        name: words(see(client, enquiry.case.officer, name, enquiry.case, *beside))
        for name, beside in (("check", [enquiry.pk]), ("case-checks", []), ("case", []))
    }
    assert f"Does not cover: {jo}" in pages["check"]
    assert f"Not covered by any reply: {jo}" in pages["case-checks"]
    assert f"Not covered by any reply: {jo}" in pages["case"]
    for name, page in pages.items():
        strip = page.replace("&#x27;", "'")
        assert "Children's social care not asked about 1 child" in strip, name


def test_a_child_whose_name_was_put_right_is_covered_no_more(client, enquiry):
    client.force_login(enquiry.case.officer)
    client.post(at(enquiry), {"alike": "no_trace", "on": "today"})
    enquiry.case.related_people.filter(name="Robin Marsh").update(name="Robin Field")

    page = words(see(client, enquiry.case.officer, "check", enquiry.case, enquiry.pk))

    assert "Does not cover: Robin Field (child, born 2 January 2012); Jo Marsh" in page


def test_a_protected_name_left_out_is_said_by_what_they_are(client, hub, enquiry):
    enquiry.case.related_people.update(protected=True)
    enquiry.subjects.filter(kind=SubjectKind.CHILD).update(protected=True)
    client.post(at(enquiry), {"alike": "no_trace", "on": "today"})

    page = words(see(client, hub, "check", enquiry.case, enquiry.pk))

    assert "Does not cover: child (name protected)" in page
    assert "Jo Marsh" not in page
    assert "2 January 2014" not in page


def test_a_reply_is_read_beside_what_was_known_before(client, enquiry):
    officer = enquiry.case.officer
    EnquiryFactory(case=enquiry.case, kind=CheckKind.CHILDREN, analysed=True, analysis="As before.")
    client.force_login(officer)
    client.post(at(enquiry), {"alike": "information", "text": "On a plan.", "on": "today"})

    page = words(see(client, officer, "analyse-reply", enquiry.case, enquiry.pk))

    assert "On a plan." in page
    assert "As before." in page
    assert "Registers the person is on" in page


@pytest.mark.parametrize("changes", ["risk", "flag", "contact"])
def test_a_reply_that_changes_the_risk_leads_straight_to_raising_it(client, enquiry, changes):
    client.force_login(enquiry.case.officer)
    client.post(at(enquiry), {"alike": "information", "text": "On a plan.", "on": "today"})

    answer = client.post(
        reverse("analyse-reply", args=[enquiry.case.crn, enquiry.pk]),
        {"changes": changes, "analysis": "Worse than we thought."},
    )

    raising = reverse("raise-now", args=[enquiry.case.crn])
    assert answer["Location"] == f"{raising}?enquiry={enquiry.pk}&kind={changes}"
    assert client.get(answer["Location"]).status_code == 200


def test_a_reply_that_changes_several_things_leads_through_raising_each_and_keeps_the_action(
    client, enquiry
):
    case = enquiry.case
    client.force_login(case.officer)
    client.post(at(enquiry), {"alike": "information", "text": "On a plan.", "on": "today"})
    step = {
        "what": "Meet the school",
        "by_whom": "Sam Field",
        "by_on": f"{localdate() + timedelta(days=5):%d/%m/%Y}",
    }

    answer = client.post(
        reverse("analyse-reply", args=[case.crn, enquiry.pk]),
        {"changes": ["risk", "plan", "contact"], "analysis": "Worse than we thought.", **step},
    )

    raising = reverse("raise-now", args=[case.crn])
    assert answer["Location"] == f"{raising}?enquiry={enquiry.pk}&kind=risk&then=contact"
    assert case.plan_actions.get().what == "Meet the school"
    why = {"because": "They were outside the school on Monday."}
    answer = client.post(answer["Location"], {"kind": "risk", "level": Rosh.VERY_HIGH, **why})
    assert answer["Location"] == f"{raising}?enquiry={enquiry.pk}&kind=contact"
    page = words(client.get(answer["Location"]))
    assert "Raise now what else the reply changes." in page
    answer = client.post(answer["Location"], {"kind": "contact", "contact_level": ContactLevel.WEEKLY_FRONT_LOADED, **why})  # fmt: skip
    assert answer["Location"].startswith(reverse("raises", args=[case.crn]))
    assert [one.enquiry for one in case.raises.all()] == [enquiry, enquiry]
    page = words(client.get(reverse("check", args=[case.crn, enquiry.pk])))
    assert "It changes the risk of harm, the plan and the contact level" in page


def test_what_changes_the_plan_says_what_is_to_be_done_by_whom_and_by_when(client, enquiry):
    client.force_login(enquiry.case.officer)
    client.post(at(enquiry), {"alike": "information", "text": "On a plan.", "on": "today"})

    page = client.post(
        reverse("analyse-reply", args=[enquiry.case.crn, enquiry.pk]),
        {"changes": "plan", "analysis": "See the school."},
    )

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.REPLIED
    assert "See the school." in words(page)
    assert 'href="#id_by_on"' in words(page)
