"""The end of one case as its officer, a senior and the hub see it, and what is shut once it has ended."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate

from cases.models import Deadline
from cases.reference.codes import Register, Rosh
from cases.reference.endings import EndedBy
from cases.reference.holding import LeftAs
from cases.services.assessments import begin_assessment
from cases.services.checks import open_enquiry
from cases.services.reopening import reopen_case
from cases.services.reviews import begin_review
from staff.errors import RuleBroken
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases import an_ending
from tests.cases.an_ending import WORDS, at_its_end, senior_of
from tests.cases.views.a_case import see, words
from tests.factories import (
    RegistrationFactory,
    RelatedPersonFactory,
    RequirementFactory,
    UserFactory,
)
from unpaidwork.services.endings import decide_early_end, end_case, owe_endings_chunk

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def at():
    """This moment, so that pages and services are of one day."""
    return datetime.combine(localdate(), time(9), get_current_timezone())


@pytest.fixture
def case(at):
    case = at_its_end(ends_on=localdate(), now=at)
    owe_endings_chunk(after=0, today=localdate(), now=at)
    return case


def ended(case, at):
    an_ending.ended(case, now=at)
    case.refresh_from_db()
    return case


def send(client, user, name, case, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn]), data, follow=True)


def answers(case):
    (register,) = case.registrations.values_list("pk", flat=True)
    return {
        "way": "expired",
        f"flag-{register}": "close",
        f"flag-{register}-over": "Nothing was seen for a year.",
        "person": "said",
        **WORDS,
    }


def test_the_page_says_when_it_ends_and_what_is_still_to_do(client, case):
    page = words(see(client, case.officer, "case-ending", case))

    assert f"Supervision ends on {say_date(localdate())}" in page
    assert "Say how it ends" in page
    assert reverse("prepare-ending", args=[case.crn]) + "#id_help" in page


def test_an_officer_says_everything_on_one_page_and_is_led_on_to_check_it(client, case):
    page = send(client, case.officer, "prepare-ending", case, **answers(case))

    assert page.redirect_chain[-1][0] == reverse("end-case", args=[case.crn])
    assert "Nothing stands in the way" in words(page)
    assert WORDS["helped"] in words(page)


def test_what_is_half_said_is_saved_and_there_when_it_is_opened_anew(client, case):
    page = send(client, case.officer, "prepare-ending", case, way="expired", help=WORDS["help"])

    assert "Saved." in words(page)
    form = see(client, case.officer, "prepare-ending", case).context["form"]
    assert (form["way"].value(), form["help"].value()) == ("expired", WORDS["help"])
    assert case.endings.get().version == 1


def test_whoever_the_record_calls_for_is_asked_about_with_why_and_anybody_else_apart(client, case):
    RegistrationFactory(case=case, type_code=Register.CHILD_CONCERNS)

    page = see(client, case.officer, "prepare-ending", case)

    (called,) = [one for one in page.context["sections"] if one.title == "Who is told"]
    assert [field.name for field in called.fields] == ["tell-children"]
    assert "Called for by the register “Child concerns”" in words(page)
    assert len(called.others) == 6


def test_what_is_said_of_anybody_else_or_is_to_be_put_right_there_is_not_folded_away(client, case):
    def is_open(page):
        (told,) = [one for one in page.context["sections"] if one.title == "Who is told"]
        opened = '<details class="govuk-details" open>' in page.content.decode()
        assert told.is_open == opened
        return opened

    assert not is_open(see(client, case.officer, "prepare-ending", case))
    tomorrow = say_date(localdate() + timedelta(days=1))
    said = {"tell-health": "told", "tell-health-words": "The surgery."}
    wrong = send(client, case.officer, "prepare-ending", case, **said | {"tell-health-on": tomorrow})  # fmt: skip
    assert "is still to come" in words(wrong)
    assert is_open(wrong)

    send(client, case.officer, "prepare-ending", case, **said | {"tell-health-on": "today"})
    assert is_open(see(client, case.officer, "prepare-ending", case))


def test_what_two_people_wrote_is_shown_with_both_and_nothing_is_lost(client, case):
    first = see(client, case.officer, "prepare-ending", case).context["form"]["seen"].value()
    send(client, case.officer, "prepare-ending", case, help="The chapel.", seen=first)

    page = send(
        client, senior_of(case), "prepare-ending", case, help="The library.", helped="Time.",
        person="said", seen=first,
    )  # fmt: skip

    assert "The chapel." in words(page)
    assert page.context["form"]["help"].value() == "The library."
    ending = case.endings.get()
    assert (ending.answers["help"], ending.answers["helped"]) == ("The chapel.", "Time.")


def test_the_officer_ends_it_and_the_hub_reads_what_to_copy_into_ndelius(client, case):
    send(client, case.officer, "prepare-ending", case, **answers(case))

    page = send(client, case.officer, "end-case", case)

    case.refresh_from_db()
    assert case.left_as == LeftAs.ENDED
    assert "The case has been brought to its end" in words(page)
    hub = words(see(client, UserFactory(role=Role.HUB), "case-ending", case))
    assert "Terminate event 1: the sentence ran out" in hub
    assert "Close the register “Low risk of serious harm”" in hub
    assert "Open the case again" not in hub


@pytest.mark.parametrize(("way", "days_ago"), [("expired", 9), ("completed", 0)])
def test_the_hub_terminates_a_sentence_that_ran_out_on_the_day_on_which_it_ran_out(
    client, at, way, days_ago
):
    last_day = localdate() - 9 * DAY
    case = at_its_end(ends_on=last_day, now=at)
    owe_endings_chunk(after=0, today=localdate(), now=at)
    ending = an_ending.prepared(case, today=localdate(), way=way)
    end_case(ending=ending, by=case.officer, now=at)

    hub = words(see(client, UserFactory(role=Role.HUB), "case-ending", case))

    over = say_date(localdate() - days_ago * DAY)
    assert f"Terminate event 1: {EndedBy(way).title.lower()}, {over}." in hub


@pytest.mark.parametrize("because", ["no last day is recorded", "unpaid work kept it in force"])
def test_the_hub_is_told_no_day_on_which_a_sentence_may_still_have_run(client, at, because):
    case = at_its_end(ends_on=localdate() - 9 * DAY, now=at)
    owe_endings_chunk(after=0, today=localdate(), now=at)
    ending = an_ending.prepared(case, today=localdate(), way="expired")
    if because == "no last day is recorded":
        case.sentences.update(expected_end_on=None)
    else:
        RequirementFactory(sentence=case.sentences.get(), main_code="W", active=False)
    end_case(ending=ending, by=case.officer, now=at)

    hub = words(see(client, UserFactory(role=Role.HUB), "case-ending", case))

    assert f"Terminate event 1: the sentence ran out, {say_date(localdate())}." in hub


def test_an_officer_tells_the_seniors_where_one_of_them_ends_it(client, case):
    case.registrations.update(type_code=Rosh.HIGH)
    senior = senior_of(case)
    send(client, case.officer, "prepare-ending", case, **answers(case))
    page = words(see(client, case.officer, "end-case", case))
    assert "The risk of serious harm is high, so a senior" in page
    assert "Bring the case to its end</button>" not in page

    theirs = words(see(client, case.officer, "case-ending", case))
    seniors = words(see(client, senior, "case-ending", case))
    assert "you can have a senior bring the case to its end" in theirs
    assert "check what was said and tell the seniors that it is ready" in theirs
    assert "you can bring the case to its end" in seniors
    assert "check what was said and end the case" in seniors

    send(client, case.officer, "end-case", case)
    told = words(see(client, case.officer, "case-ending", case))
    assert "tell the seniors" not in told
    send(client, senior, "end-case", case)

    case.refresh_from_db()
    assert case.left_as == LeftAs.ENDED
    assert case.endings.get().ended_by == senior


def test_what_is_still_to_do_refuses_the_end_on_its_page(client, case):
    page = send(client, case.officer, "end-case", case)

    assert "Say where they go for help" in words(page)
    case.refresh_from_db()
    assert case.left_as == ""


def test_it_may_be_begun_before_its_time_and_not_twice(client, at):
    case = at_its_end(ends_on=localdate() + 200 * DAY, now=at)
    assert "Begin to prepare the end" in words(see(client, case.officer, "case-ending", case))

    send(client, case.officer, "begin-ending", case)
    page = send(client, case.officer, "begin-ending", case)

    assert page.redirect_chain[-1][0] == reverse("prepare-ending", args=[case.crn])
    assert case.endings.count() == 1


def test_a_page_that_takes_nothing_any_more_keeps_what_was_typed_and_says_so(client, case, at):
    ended(case, at)

    page = send(client, case.officer, "prepare-ending", case, help="Too late", _pass="x")

    assert "The end of this case is not being prepared" in words(page)


def test_every_page_of_a_case_that_ended_says_so(client, case, at):
    ended(case, at)

    page = words(see(client, case.officer, "case", case))

    until = localdate().replace(year=localdate().year + 6)
    assert "Ended here" in page
    assert f"{say_date(localdate())}, kept until {say_date(until)}" in page
    assert "Record a contact" not in page
    assert "How it ended, and opening it again" in page
    assert "Bring it to its end" not in page


@pytest.mark.parametrize("name", ["record-contact", "write-plan", "book-appointment", "raise-now"])
def test_nothing_is_written_on_a_case_that_ended_and_the_page_says_who_opens_it(
    client, case, at, name
):
    ended(case, at)

    page = see(client, case.officer, name, case)

    assert page.status_code == 403
    assert "This case has ended" in words(page)
    assert "A senior probation officer opens it again" in re.sub(r"\s+", " ", words(page))


def test_information_still_comes_in_on_a_case_that_ended(client, case, at):
    ended(case, at)

    assert see(client, case.officer, "case-information", case).status_code == 200


def test_services_refuse_to_write_on_a_case_that_ended(case, at):
    ended(case, at)
    known = {"case": case, "by": case.officer, "today": localdate()}

    for act in (
        lambda: begin_assessment(**known, now=at),
        lambda: begin_review(**known, because="interval"),
        lambda: open_enquiry(
            **known, kind="police", because="start", subjects=[RelatedPersonFactory()], triggered_on=localdate()
        ),
    ):  # fmt: skip
        with pytest.raises(RuleBroken):
            act()


def test_a_senior_opens_it_again_and_the_page_keeps_both(client, case, at):
    ended(case, at)
    senior = senior_of(case)

    page = send(client, senior, "reopen-case", case, because="The court found hours not worked.")

    assert "The case is open again" in words(page)
    shown = words(see(client, senior, "case-ending", case))
    assert "Brought to its end" in shown
    assert "The court found hours not worked." in shown
    assert "Begin to prepare the end" in shown


def test_an_early_end_that_is_proposed_lists_what_the_court_is_sent(client, at):
    case = at_its_end(ends_on=localdate() + 100 * DAY, now=at)
    an_ending.SentenceFactory._meta.model.objects.update(started_on=localdate() - 265 * DAY)
    from_the_night(case, at)

    page = send(
        client, case.officer, "decide-early-end", case, propose="yes", because="Every session kept."
    )  # fmt: skip

    assert "Every session kept." in words(page)
    assert "through the NPS court team" in words(page)
    assert not Deadline.objects.unmet().filter(kind="propose_early_end").exists()


def from_the_night(case, at):
    """It was put to the officer."""
    Deadline.objects.create(
        case=case, kind="propose_early_end", owner_role=Role.OFFICER, triggered_on=localdate(),
        due_on=localdate(), why="Half of the order has passed",
    )  # fmt: skip


def test_a_decision_without_reasons_is_refused_where_it_is_asked(client, case, at):
    from_the_night(case, at)

    page = send(client, case.officer, "decide-early-end", case, propose="no", because="-")

    assert "Say why not" in words(page)
    with pytest.raises(RuleBroken):
        decide_early_end(case=case, propose=True, because=" ", by=case.officer, now=at)


def test_the_pages_take_as_many_statements_however_often_it_ended(
    client, case, at, django_assert_max_num_queries
):
    for _ in range(3):
        ended(case, at)
        reopen_case(case=case, because="A court decided so", by=senior_of(case), now=at)
    client.force_login(case.officer)
    for name in ("case-ending",):
        with django_assert_max_num_queries(30):
            client.get(reverse(name, args=[case.crn]))
