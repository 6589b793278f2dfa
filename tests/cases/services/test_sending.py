"""Sending a request: what goes, to whom, once; what is refused and why."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from cases.models import Deadline, Document, Enquiry, Message
from cases.reference.agencies import Channel, DocumentKind, MessageKind
from cases.reference.checks import Because, CheckKind, EnquiryState, Reply, SubjectKind
from cases.rules.enquiries import About
from cases.rules.references import reference_of
from cases.services.checks import ask_agencies
from cases.services.sending import ByHand, send_batch, send_enquiry, send_request
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases.agencies.test_letters import plain, read
from tests.factories import (
    NOW,
    TODAY,
    AddressFactory,
    AgencyFactory,
    CaseFactory,
    RelatedPersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


@pytest.fixture
def case():
    made = CaseFactory()
    AddressFactory(case=made)
    return made


def due(case, kind=CheckKind.POLICE, subjects=()):
    """An enquiry about the person and these, due today."""
    person = About(SubjectKind.PERSON, case.name, born_on=case.born_on)
    (enquiry,) = ask_agencies(
        case=case,
        kind=kind,
        because=Because.START,
        subjects=[person, *subjects],
        triggered_on=TODAY,
        by=case.officer,
        today=TODAY,
    )
    return enquiry


def related(case, **facts):
    """Somebody around the person, and how an enquiry is asked about them."""
    one = RelatedPersonFactory(case=case, **facts)
    about = About(SubjectKind(one.kind), one.name, born_on=one.born_on, related_person_id=one.pk)
    return one, about


def send(enquiry, by, told_person=True, not_told_because="", **options):
    return send_request(
        enquiry=enquiry,
        told_person=told_person,
        not_told_because=not_told_because,
        by=by,
        now=NOW,
        **options,
    )


def test_a_request_by_email_waits_in_the_outbox_with_its_letter(case, hub):
    police = AgencyFactory(name="Thames Valley Police")
    enquiry = send(due(case), hub)

    message = Message.objects.get()
    assert (message.kind, message.agency, message.address) == ("request", police, police.email)
    assert message.subject == f"{reference_of(enquiry.pk)}: request for information"
    assert case.name in message.body
    assert message.document.kind == DocumentKind.REQUEST
    assert message.document.name == f"{reference_of(enquiry.pk)}.pdf"
    assert enquiry.steps.get(did="sent").document == message.document


def test_a_request_sent_starts_the_agencys_own_clock_and_says_of_whom_and_for_where(case, hub):
    AgencyFactory(name="Family Police", areas=["RG1"], turnaround_days=9)

    enquiry = send(due(case), hub)

    assert (enquiry.state, enquiry.sent_on) == (EnquiryState.SENT, TODAY)
    assert enquiry.asked_of == "Family Police, for RG1"
    owed = Deadline.objects.unmet().get(enquiry=enquiry)
    assert (owed.kind, owed.due_on) == ("chase_check", date(2018, 10, 12))
    assert Entry.objects.filter(action="moved_enquiry", by=hub, crn=case.crn).exists()


def test_a_letter_is_kept_to_print_and_no_email_goes(case, hub):
    AgencyFactory(channel=Channel.LETTER, address="1 High Street, Reading", email="")

    enquiry = send(due(case), hub)

    assert not Message.objects.exists()
    document = enquiry.steps.get(did="sent").document
    assert document.media_type == "application/pdf"
    assert "1HighStreet" in _text(document)


def _text(document):
    return read(bytes(document.content.content))


def test_the_letter_and_the_email_name_exactly_those_the_enquiry_asks_about(case, hub):
    AgencyFactory()
    _, child = related(case, name="Robin Vale", born_on=date(2015, 5, 3))
    RelatedPersonFactory(case=case, name="Sam Pool", born_on=date(2011, 1, 1))

    enquiry = send(due(case, subjects=[child]), hub)

    letter, email = _text(Document.objects.get()), Message.objects.get().body
    for name in enquiry.subjects.values_list("name", flat=True):
        assert plain(name) in letter
        assert name in email
    assert "Sam Pool" not in email
    assert "SamPool" not in letter
    assert "2 in all" in email


def test_whether_the_person_was_told_is_kept_and_said_to_the_agency(case, hub):
    AgencyFactory()

    enquiry = send(due(case), hub, told_person=False, not_told_because="It would put her at risk.")

    assert (enquiry.told_person, enquiry.not_told_because) == (False, "It would put her at risk.")
    body = Message.objects.get().body
    assert "Please do not tell them" in body
    assert "put her at risk" not in body


@pytest.mark.parametrize("told, because", [(None, ""), (False, " ")])
def test_a_request_is_not_sent_before_it_is_said_whether_the_person_was_told(
    case, hub, told, because
):
    AgencyFactory()
    enquiry = due(case)

    with pytest.raises(RuleBroken, match="told"):
        send(enquiry, hub, told, because)

    assert not Message.objects.exists()


def test_without_an_agency_in_the_book_nothing_is_sent(case, hub):
    AgencyFactory(areas=["SL1"])

    with pytest.raises(RuleBroken, match="Nobody in the agency book"):
        send(due(case), hub)


@pytest.mark.parametrize(
    "channel, words", [(Channel.TELEPHONE, "Ring .* 0118"), (Channel.PORTAL, "web form")]
)
def test_an_agency_that_is_rung_or_has_a_form_is_left_to_a_person(case, hub, channel, words):
    AgencyFactory(
        channel=channel, email="", telephone="0118 496 0001", portal="https://mash.example"
    )
    enquiry = due(case)

    with pytest.raises(ByHand, match=words):
        send(enquiry, hub)

    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.DUE


def test_a_birth_date_missing_is_refused_unless_somebody_has_thought_about_it(case, hub):
    AgencyFactory()
    _, child = related(case, name="Robin Vale")
    enquiry = due(case, subjects=[child])

    with pytest.raises(RuleBroken, match="1 date of birth not recorded"):
        send(enquiry, hub)
    send(enquiry, hub, without_birth_dates=True)

    assert "date of birth not known" in Message.objects.get().body


def test_a_birth_date_recorded_after_the_enquiry_fell_due_goes_with_it_and_is_kept(case, hub):
    AgencyFactory()
    person, child = related(case, name="Robin Vale")
    enquiry = due(case, subjects=[child])
    person.name, person.born_on = "Robin Vail", date(2015, 5, 3)
    person.save()

    send(enquiry, hub)

    subject = enquiry.subjects.get(kind=SubjectKind.CHILD)
    assert (subject.name, subject.born_on) == ("Robin Vail", date(2015, 5, 3))
    assert "Robin Vail, born 3 May 2015" in Message.objects.get().body


def test_a_name_that_cannot_be_printed_is_refused_and_nothing_is_half_done(case, hub):
    AgencyFactory()
    _, child = related(case, name="李小龙", born_on=date(2015, 5, 3))
    enquiry = due(case, subjects=[child])

    with pytest.raises(RuleBroken, match="Latin letters"):
        send(enquiry, hub)

    assert not Document.objects.exists()


def test_the_second_to_send_it_hears_who_was_first(case, hub):
    AgencyFactory()
    enquiry = due(case)
    send(enquiry, hub)

    with pytest.raises(RuleBroken, match=f"{hub.name} sent it at"):
        send(enquiry, UserFactory(role=Role.HUB))

    assert Message.objects.count() == 1


def test_after_half_an_answer_it_may_be_sent_again_about_those_it_was_about(case, hub):
    AgencyFactory()
    person, child = related(case, name="Robin Vale", born_on=date(2015, 5, 3))
    enquiry = send(due(case, subjects=[child]), hub)
    Enquiry.objects.filter(pk=enquiry.pk).update(
        state=EnquiryState.REPLIED, reply=Reply.PARTIAL, replied_on=TODAY
    )
    person.name = "Somebody Else"
    person.save()

    send(enquiry, hub)

    assert list(Message.objects.order_by("pk").values_list("key", flat=True)) == [
        f"request-{enquiry.pk}-1",
        f"request-{enquiry.pk}-2",
    ]
    assert "Robin Vale" in Message.objects.latest("pk").body


def test_one_sent_another_way_says_of_whom_and_keeps_what_the_person_was_told(case, hub):
    enquiry = due(case)

    sent = send_enquiry(
        enquiry=enquiry,
        asked_of="Kent Police",
        on=TODAY,
        by=hub,
        today=TODAY,
        told_person=False,
        not_told_because="He rang in drunk.",
    )

    assert (sent.asked_of, sent.told_person, sent.not_told_because) == (
        "Kent Police",
        False,
        "He rang in drunk.",
    )
    assert not Message.objects.exists()


# The batch


def batch(enquiries, by):
    return send_batch(enquiries=enquiries, told_person=True, not_told_because="", by=by, now=NOW)


def cases_with_due(number):
    found = []
    for _ in range(number):
        case = CaseFactory()
        AddressFactory(case=case)
        found.append(due(case))
    return found


def test_each_of_a_batch_is_sent_or_refused_by_itself(hub):
    AgencyFactory()
    AgencyFactory(kind=CheckKind.CHILDREN, channel=Channel.LETTER, address="1 High Street")
    AgencyFactory(kind=CheckKind.ADULTS, channel=Channel.TELEPHONE, telephone="0118 496 0001")
    cases = [CaseFactory() for _ in range(4)]
    email, letter, rung = (
        due(case, kind)
        for case, kind in zip(
            cases[:3], (CheckKind.POLICE, CheckKind.CHILDREN, CheckKind.ADULTS), strict=True
        )
    )
    nobody = due(cases[3], CheckKind.PRISON)

    outcomes = batch([email, letter, rung, nobody], hub)

    assert [(one.enquiry, one.how) for one in outcomes] == [
        (email.pk, "email"),
        (letter.pk, "letter"),
        (rung.pk, "by_hand"),
        (nobody.pk, "refused"),
    ]
    states = Enquiry.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["sent", "sent", "due", "due"]
    entry = Entry.objects.get(action="sent_batch", by=hub)
    assert entry.detail["outcomes"] == {"email": 1, "letter": 1, "by_hand": 1, "refused": 1}


def test_the_outcomes_of_a_batch_name_nobody_on_probation(hub):
    AgencyFactory()
    enquiries = cases_with_due(2)
    enquiries[0].case.born_on = None
    enquiries[0].case.save()

    for outcome in batch(enquiries, hub):
        assert "Marsh" not in outcome.words
        assert "Alex" not in outcome.words


def test_an_empty_batch_is_refused(hub):
    with pytest.raises(RuleBroken, match="at least one"):
        batch([], hub)


@pytest.mark.django_db(transaction=True)
def test_two_who_send_the_same_batch_send_each_once():
    AgencyFactory()
    enquiries = cases_with_due(5)
    hubs = [UserFactory(role=Role.HUB) for _ in range(3)]

    def work(by):
        try:
            return batch(enquiries, by)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(hubs)) as pool:
        outcomes = [one for found in pool.map(work, hubs) for one in found]

    assert sorted(one.how for one in outcomes) == ["email"] * 5 + ["refused"] * 10
    assert all("sent it at" in one.words for one in outcomes if one.how == "refused")
    assert Message.objects.filter(kind=MessageKind.REQUEST).count() == 5
    assert Document.objects.count() == 5
    assert {one.steps.filter(did="sent").count() for one in Enquiry.objects.all()} == {1}


def test_a_request_cannot_go_back_before_its_enquiry_fell_due(case, hub):
    enquiry = due(case)

    with pytest.raises(RuleBroken, match="before the enquiry fell due"):
        send_enquiry(
            enquiry=enquiry,
            asked_of="Kent Police",
            on=TODAY - timedelta(days=1),
            by=hub,
            today=TODAY,
        )
