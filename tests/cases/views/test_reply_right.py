"""The pages of a reply that was recorded wrongly: what they begin with, keep, refuse and show, and to whom."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import DocumentContent, Enquiry, ReplyInHand
from cases.queries.replies import version_of
from cases.reference.checks import Changes, EnquiryState, Reply
from cases.services.replies import analyse_reply, record_reply
from cases.services.reply_right import put_reply_right
from cases.services.taking_in import take_in
from staff.permissions import Role
from tests.cases.agencies.made import pdf
from tests.cases.views.a_case import see, words
from tests.factories import (
    CaseFactory,
    EnquiryFactory,
    RelatedPersonFactory,
    SubjectFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
RIGHT, OFF = "put-reply-right", "take-reply-off"
BECAUSE = "Read in the wrong line of their list."


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB, first_name="Pat", last_name="Lane")


@pytest.fixture
def enquiry(hub):
    return made(hub)


def made(by, in_hand=None, text="Nothing held."):
    """Answered with no trace of the person and a partner, and read."""
    sent = EnquiryFactory(
        case=CaseFactory(), sent=True, sent_on=localdate(), triggered_on=localdate()
    )
    subjects = [SubjectFactory(enquiry=sent, name=name) for name in ("Alex Marsh", "Robin Marsh")]
    record_reply(
        enquiry=sent, answers={one.pk: Reply.NO_TRACE for one in subjects}, text=text,
        on=localdate(), by=by, today=localdate(), now=now(), in_hand=in_hand,
    )  # fmt: skip
    return analyse_reply(
        enquiry=sent, changes=[Changes.NOTHING], analysis="Nobody is known.", by=sent.case.officer,
        today=localdate(),
    )  # fmt: skip


def filled(enquiry, second="information", **given):
    """As the form is sent by whoever changes what is said of the second of them."""
    one, two = enquiry.subjects.order_by("pk")
    said = {f"answer_{one.pk}": "no_trace", f"answer_{two.pk}": second}
    known = {"text": "Two call-outs.", "on": "today", "because": BECAUSE}
    return said | known | {"version": version_of(enquiry)} | given


def send(client, user, name, enquiry, data):
    client.force_login(user)
    return client.post(reverse(name, args=[enquiry.case.crn, enquiry.pk]), data, follow=True)


def banner(page):
    return " ".join(str(message) for message in page.context["messages"])


def stands(enquiry):
    return Enquiry.objects.get(pk=enquiry.pk)


def test_the_page_begins_with_what_is_recorded(client, hub, enquiry):
    page = see(client, hub, RIGHT, enquiry.case, enquiry.pk)

    form = page.context["form"]
    assert {form[f"answer_{one.pk}"].value() for one in enquiry.subjects.all()} == {"no_trace"}
    assert form["text"].value() == "Nothing held."
    assert form["because"].value() is None
    assert "alike" not in form.fields
    assert "Recorded wrongly?" in words(see(client, hub, "check", enquiry.case, enquiry.pk))
    assert "Recorded wrongly?" not in words(page)  # it leads here


def test_a_name_kept_from_whoever_puts_it_right_is_neither_shown_in_the_form_nor_lost(client, hub):
    enquiry = made(hub, text="Nothing held. Jo Finch called us.")
    RelatedPersonFactory(case=enquiry.case, name="Jo Finch", protected=True)

    page = see(client, hub, RIGHT, enquiry.case, enquiry.pk)

    assert "Finch" not in words(page)
    begun = page.context["form"]["text"].value()
    assert begun == "Nothing held. [name protected] called us."
    send(client, hub, RIGHT, enquiry, filled(enquiry, text=f"{begun} Twice."))
    assert stands(enquiry).reply_text == "Nothing held. Jo Finch called us. Twice."


def test_words_sent_as_they_were_shown_are_no_change(client, hub):
    enquiry = made(hub, text="Nothing held. Jo Finch called us.")
    RelatedPersonFactory(case=enquiry.case, name="Jo Finch", protected=True)

    shown = filled(enquiry, "no_trace", text="Nothing held. [name protected] called us.")
    page = send(client, hub, RIGHT, enquiry, shown)

    assert "That is what is recorded already" in words(page)
    assert stands(enquiry).state == EnquiryState.ANALYSED


@pytest.mark.parametrize("who", ["hub", "officer"])
def test_it_is_put_right_and_the_enquiry_shows_what_stood_and_why(client, hub, enquiry, who):
    user = hub if who == "hub" else enquiry.case.officer

    page = send(client, user, RIGHT, enquiry, filled(enquiry))

    assert stands(enquiry).state == EnquiryState.REPLIED
    assert f"It is put right. {enquiry.case.officer.name} reads and analyses it by" in banner(page)
    shown = words(page)
    assert "Reply put right, to be analysed again" in shown
    assert BECAUSE in shown
    assert "Recorded until now: No trace on" in shown
    assert "What was made of it: It changes nothing." in shown
    assert "Nobody is known." in shown


@pytest.mark.parametrize("given", [{"because": ""}, {"text": ""}, {"on": "31 February"}])
def test_what_was_typed_is_shown_again_where_something_is_missing(client, hub, enquiry, given):
    page = send(client, hub, RIGHT, enquiry, filled(enquiry, **given))

    form = page.context["form"]
    assert form.errors
    assert form[f"answer_{enquiry.subjects.latest('pk').pk}"].value() == "information"
    assert form["text"].value() == given.get("text", "Two call-outs.")
    assert stands(enquiry).state == EnquiryState.ANALYSED


def test_the_second_of_two_sees_what_the_first_did_and_may_send_theirs_again(client, hub, enquiry):
    mine = filled(enquiry, text="Three call-outs.")
    put_reply_right(
        enquiry=enquiry, answers={enquiry.subjects.latest("pk").pk: Reply.INFORMATION}, text="Two call-outs.",
        on=localdate(), because=BECAUSE, version=version_of(enquiry), by=hub, today=localdate(), now=now(),
    )  # fmt: skip

    page = send(client, enquiry.case.officer, RIGHT, enquiry, mine)

    shown, form = words(page), page.context["form"]
    assert "Pat Lane took a step on this enquiry while you were writing" in shown
    assert "Two call-outs." in shown
    assert form["text"].value() == "Three call-outs."
    send(client, enquiry.case.officer, RIGHT, enquiry, mine | {"version": form["version"].value()})
    assert stands(enquiry).reply_text == "Three call-outs."


def test_a_reply_taken_off_leads_to_where_it_is_recorded_and_shows_its_words_no_more(client, hub):
    held = take_in(
        text="Nothing held.", content=pdf("On the other man."), by=hub, today=localdate(), now=now()
    ).in_hand
    enquiry = made(hub, held)
    document = DocumentContent.objects.get(document=held.document).document
    assert str(document.pk) in words(see(client, hub, "check", enquiry.case, enquiry.pk))

    sent = {"because": "It is another man.", "version": version_of(enquiry)}
    page = send(client, hub, OFF, enquiry, sent)

    assert page.resolver_match.url_name == "reply-in-hand"
    assert "This enquiry waits for its reply" in banner(page)
    shown = words(see(client, hub, "check", enquiry.case, enquiry.pk))
    assert "Reply taken off: it was no reply to this enquiry" in shown
    assert "It is another man." in shown
    assert "Taken off since. Its words are kept, and are not shown here." in shown
    assert "Nothing held." not in shown
    at = reverse("document", args=[enquiry.case.crn, document.pk])
    assert client.get(at).status_code == 404


def test_whoever_may_not_see_what_the_hub_holds_is_told_where_it_is(client, hub):
    held = take_in(text="Nothing held.", by=hub, today=localdate(), now=now()).in_hand
    enquiry = made(hub, held)

    sent = {"because": "It is another man.", "version": version_of(enquiry)}
    page = send(client, enquiry.case.officer, OFF, enquiry, sent)

    assert page.resolver_match.url_name == "check"
    assert "among the replies in hand at the admin hub" in banner(page)
    assert ReplyInHand.objects.unsettled().get() == held


def test_what_others_may_not_read_stays_with_the_case_and_the_page_says_so(client, hub):
    enquiry = made(hub, text="Jo Finch called us.")
    RelatedPersonFactory(case=enquiry.case, name="Jo Finch", protected=True)

    page = send(client, hub, OFF, enquiry, {"because": "Not him.", "version": version_of(enquiry)})

    assert page.resolver_match.url_name == "check"
    assert f"kept with this case as a further reply, which {enquiry.case.officer.name} reads" in banner(page)  # fmt: skip
    assert "What was made of it: It changes nothing." in words(page)
    assert "Nobody is known." not in words(page)
    assert "called us" not in words(page)
    assert not ReplyInHand.objects.exists()


@pytest.mark.parametrize("name", [RIGHT, OFF])
def test_where_there_is_no_reply_the_page_leads_back_and_says_so(client, hub, name):
    enquiry = EnquiryFactory(sent=True)

    client.force_login(hub)
    page = client.get(reverse(name, args=[enquiry.case.crn, enquiry.pk]), follow=True)

    assert page.resolver_match.url_name == "check"
    assert "no reply on this enquiry to put right" in banner(page)


@pytest.mark.parametrize("name", [RIGHT, OFF])
def test_whoever_only_reads_checks_is_neither_offered_it_nor_let_in(client, enquiry, name):
    quality = UserFactory(role=Role.QUALITY)

    page = see(client, quality, "check", enquiry.case, enquiry.pk)

    assert page.status_code == 200
    assert reverse(name, args=[enquiry.case.crn, enquiry.pk]) not in page.content.decode()
    assert see(client, quality, name, enquiry.case, enquiry.pk).status_code == 403


def test_both_are_offered_beside_the_reply_also_to_whoever_analyses_it(client, hub, enquiry):
    send(client, hub, RIGHT, enquiry, filled(enquiry))

    page = words(see(client, enquiry.case.officer, "analyse-reply", enquiry.case, enquiry.pk))
    assert "What was wrong before" in page
    assert BECAUSE in page
    for name in ("check", "analyse-reply", "record-reply"):
        page = see(client, enquiry.case.officer, name, enquiry.case, enquiry.pk).content.decode()
        for offered in (RIGHT, OFF):
            assert reverse(offered, args=[enquiry.case.crn, enquiry.pk]) in page
