"""Pages about failures: recorded by hand, answered by what the law leaves, withdrawn, and decided again."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, now

from cases.models import (
    ComplianceDecision,
    ComplianceWarning,
    Deadline,
    Failure,
    Letter,
    LicenceCondition,
    Notice,
)
from cases.reference.holding import LeftAs
from cases.services.enforcement.answers import answer_failure
from cases.services.enforcement.breaches.answers import say_nps_answer
from cases.services.enforcement.breaches.withdrawing import withdraw_breach
from cases.services.enforcement.failures import record_failure, withdraw_failure
from cases.services.outcomes import record_outcome
from staff.permissions import Role
from tests.cases.views.a_case import full_case, see, words
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    ComplianceWarningFactory,
    DocumentFactory,
    FailureFactory,
    LetterFactory,
    RelatedPersonFactory,
    RequirementFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LONG = "Did not charge his tag, and was out until four in the morning. " * 60


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def order(case):
    return SentenceFactory(case=case, expected_end_on=localdate() + 200 * DAY)


def fail(case, order, **given):
    on = localdate() - 2 * DAY
    known = {"happened_on": on, "became_aware_on": on, "learnt": "monitoring", "what": "Broke the curfew."}  # fmt: skip
    return record_failure(case=case, order=order.pk, by=case.officer, now=now(), **known | given)


def warned(case, order, **given):
    failure = fail(case, order, **given)
    return answer_failure(
        failure=failure, answer="warn", because="No reason.", by=case.officer, now=now()
    )


def miss(case, **given):
    at = datetime.combine(localdate() - 12 * DAY, time(10), get_current_timezone())
    booked = AppointmentFactory(case=case, at=at, told_how="in_person", **given)
    known = {"outcome": "AFTA", "notes": "", "sensitive": False, "by": case.officer, "now": now()}
    return record_outcome(appointment=booked, **known)


def post(client, user, name, case, *beside, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside]), data, follow=True)


def recorded(client, user, case, order, **given):
    data = {
        "part": f"order-{order.pk}", "happened_on": "yesterday", "became_aware_on": "today", "learnt": "police",
        "what": "Went to the street that the order keeps him from.", "excuse": "He says that he was lost.",
    }  # fmt: skip
    return post(client, user, "record-failure", case, **data | given)


# Recording by hand


def test_a_failure_is_recorded_by_hand_and_answered_at_once(client, case, order):
    page = words(recorded(client, case.officer, case, order))

    failure = Failure.objects.get()
    assert (failure.learnt, failure.excuse) == ("police", "He says that he was lost.")
    assert failure.happened_on == localdate() - DAY
    assert "Answer the failure" in page
    assert "Went to the street that the order keeps him from." in page


def test_one_press_too_many_records_one(client, case, order):
    recorded(client, case.officer, case, order)
    recorded(client, case.officer, case, order)

    assert Failure.objects.count() == 1
    assert Deadline.objects.filter(kind="answer_failure").count() == 1


def test_a_requirement_is_named_with_its_order(client, case, order):
    requirement = RequirementFactory(sentence=order)
    recorded(client, case.officer, case, order, part=f"requirement-{requirement.pk}")

    failure = Failure.objects.get()
    assert (failure.sentence, failure.requirement) == (order, requirement)


def test_the_hub_records_one_and_the_officer_hears_of_it_and_answers(client, case, order):
    hub = UserFactory(role=Role.HUB)

    page = words(recorded(client, hub, case, order))

    assert f"{case.officer.name} answers it within two working days" in page
    assert "Answer it" not in page
    assert "It is yours to answer" in Notice.objects.get(user=case.officer).text


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"part": ""}, "part"),
        ({"part": "order-999999"}, "part"),
        ({"what": ""}, "what"),
        ({"happened_on": "in 3 days"}, "happened_on"),
        ({"happened_on": "today", "became_aware_on": "yesterday"}, "became_aware_on"),
        ({"learnt": ""}, "learnt"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said_at_its_question(client, case, order, given, where):
    page = words(recorded(client, case.officer, case, order, **given))

    assert f'href="#id_{where}"' in page
    assert "There is a problem" in page
    assert not Failure.objects.exists()


def test_an_order_that_was_not_in_force_that_day_is_refused_in_words(client, case, order):
    page = words(
        recorded(client, case.officer, case, order, happened_on="3/5/2016", became_aware_on="today")
    )

    assert "was not enforced on the day it happened" in page
    assert not Failure.objects.exists()


def test_without_a_sentence_there_is_nothing_to_fail(client, case):
    page = words(post(client, case.officer, "record-failure", case))

    assert "No sentence in force is recorded" in page


# The decision about an absence


def decide(client, case, booking, **given):
    data = {"to": "failure", "because": "He said that he had forgotten."}
    return post(client, case.officer, "decide-absence", case, booking.pk, **data | given)


def test_orders_that_run_together_are_ticked_and_each_is_answered(client, case, order):
    other = SentenceFactory(case=case, order="suspended", description="Suspended sentence", event="2")  # fmt: skip
    booking = miss(case, contact__sentence=order)
    page = words(see(client, case.officer, "decide-absence", case, booking.pk))
    assert "Which other orders does it fail as well?" in page
    assert "Suspended sentence, event 2" in page

    page = words(decide(client, case, booking, orders=[other.pk]))

    assert "It fails 2 orders" in page
    first, second = Failure.objects.order_by("pk")
    assert (first.sentence, second.sentence) == (order, other)
    answered = words(
        post(client, case.officer, "answer-failure", case, first.pk, answer="warn", because="No reason.")
    )  # fmt: skip
    assert "fails another order: answer that now" in answered
    assert "Suspended sentence, event 2" in answered
    assert "The same absence." in answered


def test_where_no_order_was_enforced_that_day_the_page_says_so_and_offers_no_failure(client, case):
    SentenceFactory(case=case, started_on=localdate())
    booking = miss(case)

    page = see(client, case.officer, "decide-absence", case, booking.pk)

    assert "No order or licence of theirs was enforced on" in words(page)
    assert [code for code, _ in page.context["form"].fields["to"].choices] == ["acceptable"]


def test_where_what_it_was_under_had_not_begun_another_order_is_ticked(client, case, order):
    late = SentenceFactory(case=case, started_on=localdate(), event="2")
    booking = miss(case, contact__sentence=late)

    refused = words(decide(client, case, booking))
    assert "Tick the order that the absence does fail" in refused
    assert not Failure.objects.exists()
    assert ComplianceDecision.objects.get().state == "awaiting"

    decide(client, case, booking, orders=[order.pk])
    assert Failure.objects.get().sentence == order


# Answering


def test_the_law_and_why_stand_beside_the_answer(client, case, order):
    failure = fail(case, order)
    ComplianceWarningFactory(sentence=order, given_on=localdate() - 40 * DAY)

    page = see(client, case.officer, "answer-failure", case, failure.pk)

    said = words(page)
    for expected in (
        "The law asks for it to be referred",
        "Counts until",
        "Last safe day to lay a breach",
        "They may give a reason until",
        "In their life",
        "In touch with us since",
        "The last six months",
        "Orders they are on",
    ):
        assert expected in said
    assert [code for code, _ in page.context["form"].fields["answer"].choices] == ["refer"]


def test_an_answer_without_a_reason_is_asked_for_one(client, case, order):
    failure = fail(case, order)

    page = words(post(client, case.officer, "answer-failure", case, failure.pk, answer="warn"))

    assert 'href="#id_because"' in page
    assert not ComplianceWarning.objects.exists()


def test_a_warning_is_answered_once_however_often_it_is_sent(client, case, order):
    failure = fail(case, order)
    data = {"answer": "warn", "because": "He gave no reason."}

    page = words(post(client, case.officer, "answer-failure", case, failure.pk, **data))
    again = words(post(client, case.officer, "answer-failure", case, failure.pk, **data))

    assert "The admin hub is asked to send the letter" in page
    assert "There is nothing to answer any more" in again
    assert (ComplianceWarning.objects.count(), Letter.objects.count()) == (1, 1)


# Withdrawing


def test_whoever_withdraws_reads_first_what_falls_with_it(client, case, order):
    failure = warned(case, order)
    page = words(see(client, case.officer, "withdraw-failure", case, failure.pk))
    assert "the letter is not sent" in page

    page = words(
        post(client, case.officer, "withdraw-failure", case, failure.pk, because="The company was wrong.")
    )  # fmt: skip

    assert "The failure is withdrawn" in page
    assert Letter.objects.get().state == "cancelled"
    assert "Withdraw it" not in page
    again = words(see(client, case.officer, "withdraw-failure", case, failure.pk, follow=True))
    assert not again  # sent on: there is nothing to withdraw


def test_a_letter_that_has_gone_is_said_to_be_answered_by_another(client, case, order):
    failure = warned(case, order)
    ComplianceWarning.objects.update(given_on=localdate())

    page = words(see(client, case.officer, "withdraw-failure", case, failure.pk))

    assert "asked to send another" in page


def test_what_came_of_an_absence_leads_to_its_decision(client, case, order):
    booking = miss(case)
    decide(client, case, booking)
    failure = Failure.objects.get()

    page = words(see(client, case.officer, "failure", case, failure.pk))
    assert "There is proof of a good reason" in page
    assert reverse("decide-absence", args=[case.crn, booking.pk]) in page
    page = words(post(client, case.officer, "withdraw-failure", case, failure.pk, because="Proof."))

    assert "Change the decision about the appointment" in page
    assert Failure.objects.standing().exists()


# Deciding again


@pytest.fixture
def again(case, order):
    """Two failures were referred, and one of them was withdrawn."""
    one, two = fail(case, order), fail(case, order, what="Was out for two hours.")
    known = {"by": case.officer, "now": now()}
    for failure in (one, two):
        answer_failure(failure=failure, answer="refer", because="He stays away.", **known)
    withdraw_failure(failure=one, because="The company was wrong.", **known)
    return Deadline.objects.unmet().get(kind="decide_again")


def test_what_is_left_may_stand_for_a_reason(client, case, again):
    page = words(see(client, case.officer, "decide-again", case, again.pk))
    assert "Was out for two hours." in page
    assert "The company was wrong" in page

    page = words(
        post(client, case.officer, "decide-again", case, again.pk, because="The second is proven.")
    )

    assert "Recorded: it stands" in page
    assert not Deadline.objects.unmet().filter(kind="decide_again").exists()
    once_more = words(post(client, case.officer, "decide-again", case, again.pk, because="Again."))
    assert "decided already" in once_more
    kept = words(see(client, case.officer, "failure", case, Failure.objects.standing().get().pk))
    assert "The second is proven." in kept


def test_where_nothing_is_left_it_can_only_be_withdrawn(client, case, again):
    last = Failure.objects.standing().get()
    withdraw_failure(failure=last, because="Wrong too.", by=case.officer, now=now())

    page = words(see(client, case.officer, "decide-again", case, again.pk))
    assert "No failure stands on it any more" in page
    assert "<button" not in page.split("<main")[1].split("</main")[0]
    assert "No failure stands" in words(
        post(client, case.officer, "decide-again", case, again.pk, because="It goes on.")
    )
    assert Deadline.objects.unmet().filter(kind="decide_again").exists()


def test_what_has_ended_meanwhile_leaves_the_list(client, case, again):
    last = Failure.objects.standing().get()
    withdraw_failure(failure=last, because="Wrong too.", by=case.officer, now=now())
    type(again.breach).objects.update(state="declined")

    page = words(see(client, case.officer, "decide-again", case, again.pk))
    assert "come to its end meanwhile" in page
    post(client, case.officer, "decide-again", case, again.pk, because="The NPS declined it.")

    met = Deadline.objects.get(pk=again.pk)
    assert (met.met_on, met.void) == (localdate(), True)


# Who sees what, and how much of it


@pytest.mark.parametrize("role", [Role.HUB, Role.QUALITY])
def test_those_who_only_read_are_offered_nothing_that_decides(client, case, order, role):
    failure, user = warned(case, order), UserFactory(role=role)

    page = words(see(client, user, "failure", case, failure.pk))

    assert "Broke the curfew." in page
    assert "Withdraw it" not in page
    assert see(client, user, "withdraw-failure", case, failure.pk).status_code == 403


def test_a_failure_of_another_case_is_not_there(client, case):
    other = FailureFactory()

    for name in ("failure", "answer-failure", "withdraw-failure"):
        assert see(client, case.officer, name, case, other.pk).status_code == 404
    assert see(client, case.officer, "decide-again", case, 999999).status_code == 404


def test_protected_names_are_taken_out_for_a_colleague(client, case, order):
    RelatedPersonFactory(case=case, name="Beryl Quick", protected=True)
    failure = fail(case, order, what="Rang Beryl Quick.", excuse="Beryl Quick rang him.")
    colleague = UserFactory(team=case.team)

    for name, beside in (("failure", [failure.pk]), ("case-enforcement", [])):
        assert "Beryl Quick" in words(see(client, case.officer, name, case, *beside))
        assert "Beryl Quick" not in words(see(client, colleague, name, case, *beside))


def test_a_case_that_has_left_us_shows_its_failures_and_takes_no_more(client, case, order):
    failure = fail(case, order)
    type(case).objects.update(left_as=LeftAs.DIED)

    assert "Record a failure" not in words(see(client, case.officer, "case-enforcement", case))
    assert "Answer it" not in words(see(client, case.officer, "failure", case, failure.pk))
    page = words(
        post(client, case.officer, "answer-failure", case, failure.pk, answer="warn", because="No.")
    )
    assert "They have died" in page
    assert not Letter.objects.exists()


def test_an_empty_case_says_what_would_be_there(client, case):
    page = words(see(client, case.officer, "case-enforcement", case))

    assert "None is recorded" in page
    assert "Record a failure that no appointment says" in page


def test_long_words_and_an_awkward_name_are_drawn_whole(client, order, case):
    type(case).objects.update(surname="O’Brien-Llŷr <b>", forename="Ffion ‘Fi’")
    failure = fail(case, order, what=LONG, excuse=LONG)

    for name in ("failure", "answer-failure", "withdraw-failure"):
        page = words(see(client, case.officer, name, case, failure.pk))
        assert page.count("four in the morning") >= 60
        title = page.split("<title>")[1].split("</title>")[0]
        assert case.crn in title
        assert "Brien" not in title
        assert "<b>" not in page
        assert page.count("<h1") == 1


@pytest.mark.parametrize(
    "name", ["case-enforcement", "failure", "answer-failure", "withdraw-failure"]
)
def test_the_pages_take_as_many_statements_for_much_as_for_little(client, name):
    counts = []
    for rows in (5, 25):
        case = full_case(rows)
        order = case.sentences.first()
        for _ in range(rows):
            warning = ComplianceWarningFactory(sentence=order)
            answered = {"answer": "warn", "answered_at": now(), "answered_by": case.officer}
            FailureFactory(sentence=order, warning=warning, because="No.", **answered)
            LetterFactory(case=case, kind="appointment")
        failure = fail(case, order, happened_on=localdate(), became_aware_on=localdate())
        client.force_login(case.officer)
        page = reverse(name, args=[case.crn, *([] if name == "case-enforcement" else [failure.pk])])
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_what_a_withdrawn_breach_left_behind_stands_for_a_reason_or_is_seen_to_be_withdrawn(
    client, case, order
):
    failed, known = fail(case, order), {"by": case.officer, "now": now()}
    answer_failure(failure=failed, answer="refer", because="He stays away.", **known)
    withdraw_breach(
        breach=Failure.objects.get().breach, because="error", words="The day was wrong.", authority="The SPO", **known
    )  # fmt: skip
    again = Deadline.objects.unmet().get(kind="decide_again")
    listed = words(see(client, case.officer, "case-enforcement", case))
    assert "Its breach was withdrawn: an error of ours in the record" in listed

    page = words(see(client, case.officer, "decide-again", case, again.pk))
    assert "its breach came to nothing" in page
    assert reverse("failure", args=[case.crn, failed.pk]) in page
    done = post(client, case.officer, "decide-again", case, again.pk, because="It is long ago.")

    assert "Recorded: it stands" in words(done)
    assert not Deadline.objects.unmet().filter(kind="decide_again").exists()


def test_what_a_declined_breach_left_behind_is_answered_in_another_way(client, case, order):
    failed, known = fail(case, order), {"by": case.officer, "now": now()}
    answer_failure(failure=failed, answer="refer", because="He stays away.", **known)
    breach = Failure.objects.get().breach
    type(breach).objects.update(state="submitted", submitted_at=now(), times_submitted=1)
    breach.refresh_from_db()
    say_nps_answer(breach=breach, to="declined", on=localdate(), outside="J. Hall, NPS", words="Too old.", **known)  # fmt: skip
    again = Deadline.objects.unmet().get(kind="decide_again")
    answer = reverse("answer-failure", args=[case.crn, failed.pk])
    page = words(see(client, case.officer, "decide-again", case, again.pk))
    assert "warn them, or refer the breach at once" in page
    assert answer in page
    assert answer in words(see(client, case.officer, "failure", case, failed.pk))

    done = words(post(client, case.officer, "answer-failure", case, failed.pk, answer="warn", because="It is the first."))  # fmt: skip

    assert "The warning is decided" in done
    assert "Answered before: refer the breach for court" in done
    assert "He stays away." in done
    assert answer not in done
    assert not Deadline.objects.unmet().filter(kind="decide_again").exists()
    old = words(see(client, case.officer, "breach", case, breach.pk))
    assert "Answered in another way since" in old


# Each condition in its own words


def test_conditions_of_one_category_are_told_apart_in_the_list_and_on_the_page(client, case):
    licence = SentenceFactory(
        case=case, order="custody", custody_status="B", released_on=localdate() - 60 * DAY
    )
    since = localdate() - 60 * DAY
    good, touch = (
        LicenceCondition.objects.create(
            sentence=licence, category="Standard", text=text, from_on=since
        )
        for text in ("Be of good behaviour.", "Not commit any offence.")
    )

    page = words(see(client, case.officer, "record-failure", case))
    assert "Condition: Be of good behaviour" in page
    assert "Condition: Not commit any offence" in page
    assert "Condition: Standard" not in page
    recorded(client, case.officer, case, licence, part=f"condition-{touch.pk}")

    failure = Failure.objects.get()
    assert failure.condition == touch != good
    shown = words(see(client, case.officer, "failure", case, failure.pk))
    assert "Not commit any offence." in shown


def test_the_page_says_that_the_letter_came_back_so_that_the_warning_was_not_given(
    client, case, order
):
    failure = warned(case, order)
    letter = Letter.objects.get()
    Letter.objects.update(
        state="returned", sent_at=now(), sent_how="post", proof="Certificate 1", served_on=localdate(),
        document=DocumentFactory(case=case), returned_on=localdate(), returned_because="Gone away",
    )  # fmt: skip

    page = words(see(client, case.officer, "failure", case, failure.pk))

    assert "Its letter came back, so it was not given" in page
    assert reverse("letter", args=[case.crn, letter.pk]) in see(client, case.officer, "failure", case, failure.pk).content.decode()  # fmt: skip
    assert "came back, so it was not given" in words(
        see(client, case.officer, "case-enforcement", case)
    )
