"""Pages that send: one request seen before it goes, and many at once with the outcome of each."""

import io

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from pypdf import PdfReader

from cases.models import Document, Enquiry, Message
from cases.reference.agencies import Channel
from cases.reference.checks import Because, CheckKind, EnquiryState, SubjectKind
from cases.rules.enquiries import About
from cases.rules.references import reference_of
from cases.services.checks import ask_agencies
from cases.services.sending import send_request
from staff.models import Entry
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    AddressFactory,
    AgencyFactory,
    CaseFactory,
    EnquiryFactory,
    RelatedPersonFactory,
    StandingFactory,
    SubjectFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
TOLD = {"told_person": "yes"}


@pytest.fixture
def hub(client):
    user = UserFactory(role=Role.HUB)
    client.force_login(user)
    return user


def due(case=None, kind=CheckKind.POLICE, **person):
    """An enquiry about the person and somebody around them, due today."""
    case = case or CaseFactory()
    AddressFactory(case=case)
    subjects = [About(SubjectKind.PERSON, case.name, born_on=case.born_on)]
    if person:
        one = RelatedPersonFactory(case=case, **person)
        subjects.append(
            About(
                SubjectKind(one.kind),
                one.name,
                born_on=one.born_on,
                related_person_id=one.pk,
                protected=one.protected,
            )
        )
    (enquiry,) = ask_agencies(
        case=case,
        kind=kind,
        because=Because.NEW_CONCERN,
        subjects=subjects,
        triggered_on=localdate(),
        by=case.officer,
        today=localdate(),
    )
    return enquiry


def send(client, enquiry, **said):
    address = reverse("send-request", args=[enquiry.case.crn, enquiry.pk])
    return client.post(address, TOLD | said, follow=True)


def banner(page):
    return " ".join(str(message) for message in page.context["messages"])


# One


def test_a_request_is_read_as_the_agency_will_before_it_goes(client, hub):
    AgencyFactory(name="Thames Valley Police")
    enquiry = due()

    page = words(see(client, hub, "send-request", enquiry.case, enquiry.pk))

    assert "Thames Valley Police" in page
    assert reference_of(enquiry.pk) in page
    assert "says nothing of anybody else" in page


def test_sent_by_email_it_says_what_happens_next(client, hub):
    AgencyFactory()
    enquiry = due()

    page = send(client, enquiry)

    assert Message.objects.count() == 1
    assert "within a few minutes" in banner(page)
    assert "The admin hub chases it" in banner(page)


def test_a_letter_is_to_be_printed_and_posted(client, hub):
    AgencyFactory(channel=Channel.LETTER, address="1 High Street")

    page = send(client, due())

    assert "Print it and post it today" in banner(page)
    assert f"{reference_of(Enquiry.objects.get().pk)}.pdf" in words(page)


def test_the_hub_sees_the_names_it_must_ask_about_here_and_not_elsewhere(client, hub):
    AgencyFactory()
    enquiry = due(name="Robin Vale", protected=True, born_on="2015-05-03")
    other = RelatedPersonFactory(case=enquiry.case, name="Sam Pool", protected=True)

    request = words(see(client, hub, "send-request", enquiry.case, enquiry.pk))
    shown = words(see(client, hub, "check", enquiry.case, enquiry.pk))
    elsewhere = words(see(client, hub, "case-person", enquiry.case))

    assert "Robin Vale" in request
    assert "Robin Vale" in shown
    assert "Robin Vale" not in elsewhere
    assert other.name not in request + shown + elsewhere


def test_whether_the_person_was_told_must_be_answered_and_what_was_typed_stays(client, hub):
    AgencyFactory()
    enquiry = due()

    page = send(client, enquiry, told_person="no", not_told_because="")
    again = send(client, enquiry, told_person="no", not_told_because="It would put her at risk.")

    assert "Answer “Why not?”" in words(page)
    assert Enquiry.objects.get().not_told_because == "It would put her at risk."
    assert "Sent" in words(again)


def test_without_a_birth_date_it_goes_only_when_somebody_says_so(client, hub):
    AgencyFactory()
    enquiry = due(name="Robin Vale")

    refused = words(send(client, enquiry))
    send(client, enquiry, without_birth_dates="on")

    assert "date of birth not recorded" in refused
    assert Enquiry.objects.get().state == EnquiryState.SENT


def test_without_an_agency_it_says_what_to_mend_and_offers_another_way(client, hub):
    page = words(see(client, hub, "send-request", (one := due()).case, one.pk))

    assert "Nobody in the agency book answers for this area" in page
    assert reverse("send-check", args=[one.case.crn, one.pk]) in page


def test_one_asked_by_telephone_gives_the_words_to_say(client, hub):
    AgencyFactory(channel=Channel.TELEPHONE, telephone="0118 496 0001")
    enquiry = due()

    page = words(see(client, hub, "send-request", enquiry.case, enquiry.pk))

    assert "0118 496 0001" in page
    assert "What we ask" in page
    assert "Record it sent another way" in page


def test_what_has_been_sent_is_not_sent_from_an_old_page(client, hub):
    AgencyFactory()
    enquiry = due()
    send(client, enquiry)

    page = send(client, enquiry)

    assert Message.objects.count() == 1
    assert "That step is not open" in banner(page)


# Many


def choose(client, *enquiries, **said):
    chosen = {"enquiries": [one.pk for one in enquiries]}
    return client.post(reverse("send-batch"), TOLD | chosen | said, follow=True)


def test_an_empty_batch_says_that_nothing_is_owed(client, hub):
    assert "Nothing is owed" in words(client.get(reverse("send-batch")))


def test_concern_comes_first_and_what_must_be_mended_stands_apart(client, hub):
    AgencyFactory()
    plain, concern = due(), due()
    StandingFactory(case=concern.case, concern=True)
    unborn, lost = due(name="Robin Vale"), due(kind=CheckKind.PRISON)

    page = client.get(reverse("send-batch"))

    assert [row.key for row in page.context["rows"]] == [concern.pk, plain.pk]
    assert {row.key: row.mend for row in page.context["apart"]} == {
        unborn.pk: ["Child: date of birth not recorded"],
        lost.pk: ["Nobody in the agency book answers for this area"],
    }


def test_a_batch_is_chosen_checked_and_sent_and_each_says_what_became_of_it(client, hub):
    AgencyFactory()
    AgencyFactory(kind=CheckKind.CHILDREN, channel=Channel.LETTER, address="1 High Street")
    AgencyFactory(kind=CheckKind.ADULTS, channel=Channel.TELEPHONE, telephone="0118 496 0001")
    enquiries = [due(), due(kind=CheckKind.CHILDREN), due(kind=CheckKind.ADULTS)]

    checked = choose(client, *enquiries)
    nothing_yet = Message.objects.count()
    sent = client.post(reverse("check-batch"), follow=True)

    assert "Send 3 enquiries" in words(checked)
    assert nothing_yet == 0
    assert "2 enquiries of 3 sent" in words(sent)
    assert [title for title, _ in sent.context["groups"]] == [
        "To print and post",
        "To be rung or typed into a web form",
        "Sent by e-mail",
    ]
    assert "Ring " in words(sent)
    assert "What we ask" in words(sent)
    letters = client.get(reverse("batch-letters"))
    assert letters["Content-Type"] == "application/pdf"
    text = PdfReader(io.BytesIO(letters.content)).pages[0].extract_text()
    assert reference_of(enquiries[1].pk) in text
    opened = Entry.objects.filter(by=hub, action="opened_document")
    assert [entry.crn for entry in opened] == [enquiries[1].case.crn]


def test_nothing_is_sent_where_nobody_was_chosen_and_the_answer_is_kept(client, hub):
    AgencyFactory()
    due()

    page = choose(client, told_person="no", not_told_because="It would put her at risk.")

    assert "Choose at least one enquiry" in words(page)
    assert "It would put her at risk." in words(page)


def test_two_who_send_the_same_batch_send_each_once_and_the_second_hears_who(client, hub):
    AgencyFactory()
    enquiries = [due(), due()]
    choose(client, *enquiries)
    other = UserFactory(role=Role.HUB, first_name="Jo", last_name="Lane")
    send_request(enquiry=enquiries[0], told_person=True, not_told_because="", by=other, now=now())

    page = words(client.post(reverse("check-batch"), follow=True))

    assert "1 enquiry of 2 sent" in page
    assert "Jo Lane sent it at" in page
    assert Message.objects.count() == Document.objects.count() == 2


def test_what_is_not_open_to_the_reader_can_be_neither_seen_nor_sent(client, hub):
    AgencyFactory()
    kept = due()
    limit(kept.case, restricted=True)

    page = client.get(reverse("send-batch"))
    choose(client, kept)
    client.post(reverse("check-batch"))

    assert page.context["rows"] == []
    assert kept.case.crn in words(page)
    assert Enquiry.objects.get(pk=kept.pk).state == EnquiryState.DUE


@pytest.mark.parametrize("name", ["check-batch", "sent-batch", "batch-letters"])
def test_without_a_batch_each_page_leads_back_to_choosing(client, hub, name):
    assert client.get(reverse(name))["Location"] == reverse("send-batch")


@pytest.mark.parametrize("rows", [5, 60])
def test_the_list_takes_the_same_queries_however_long(
    client, hub, django_assert_max_num_queries, rows
):
    agency = AgencyFactory()
    for _ in range(rows):
        SubjectFactory(enquiry=EnquiryFactory(agency=agency), born_on="1990-05-04")

    with django_assert_max_num_queries(16):
        page = client.get(reverse("send-batch"))

    assert bool(page.context["next"]) == (rows > 50)
