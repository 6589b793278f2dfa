"""The hub's pages: what waits and whose it is, claiming, asking, returning, giving, answering; and how old it all is."""

from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localdate, localtime, now

from cases.models import Claim, HubQuestion, Limit, RelatedPerson
from cases.queries.next_steps import NEXT
from cases.reference.codes import Rosh
from cases.reference.enforcement import BreachState, LetterKind, Step
from cases.rules.calendar import add_working_days
from cases.services.deadlines import meet_deadline
from staff.permissions import Role
from staff.rules.dates import say_date
from staff.rules.keeping import say_moment
from tests.cases.a_breach import brought_to
from tests.cases.a_queue import (
    DUE,
    a_day_in_court,
    a_pack,
    an_item,
    asked,
    claimed,
    of_the_hub,
    returned,
)
from tests.cases.views.a_case import see, words
from tests.clock import frozen
from tests.factories import (
    CaseFactory,
    ComplianceWarningFactory,
    RelatedPersonFactory,
    SentenceFactory,
    StandingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAST_POST = time(16, 30)  # of the policy
LONG = "Wolfeschlegelsteinhausenbergerdorff-" * 2 + "Ní Dhomhnaill"


@pytest.fixture
def hub():
    return of_the_hub()


def post(client, user, name, item, **data):
    client.force_login(user)
    return client.post(reverse(name, args=[item.case.crn, item.pk]), data, follow=True)


def claim_next(client, user, **data):
    client.force_login(user)
    return client.post(reverse("claim-from-queue"), data, follow=True)


def queue(client, user, **codes):
    client.force_login(user)
    return words(client.get(reverse("hub-queue"), codes))


def crns(page, items):
    """The CRNs of these on the page, in its order."""
    found = sorted((page.find(f'id="{one.case.crn}"'), one.case.crn) for one in items)
    return [crn for place, crn in found if place >= 0]


def today_item(days=0, **columns):
    return an_item(due_on=localdate() + days * DAY, **columns)


# The list


def test_an_empty_queue_says_what_would_be_there(client, hub):
    page = queue(client, hub)

    assert "would be listed here" in page
    assert "0 items" in page


def test_what_is_due_first_stands_first_and_each_row_says_when_and_whose(client, hub):
    later, first = today_item(2), today_item(0)
    worst = today_item(0, case=StandingFactory(harm=Rosh.VERY_HIGH).case)

    page = queue(client, hub)

    assert crns(page, [later, first, worst]) == [worst.case.crn, first.case.crn, later.case.crn]
    assert ", 4:30pm" in page
    assert page.count(">Claim it<") == 3
    assert "Everything (3)" in page


def test_each_row_says_who_has_it_and_what_it_waits_for(client, hub):
    mine, other = today_item(), of_the_hub(first_name="Asha", last_name="Rowe")
    theirs, waits, back = today_item(), today_item(), today_item()
    claimed(hub, mine, now())
    claimed(other, theirs, now())
    asked(other, waits, now=now())
    returned(other, back, now=now())

    page = queue(client, hub)

    assert "You, since" in page
    assert "Asha Rowe, since" in page
    assert f"{waits.case.officer.name}, asked, until" in page
    assert f"{back.case.officer.name}, returned to them, until" in page
    assert "Waits for an answer" in page
    assert ">Work on it<" in page
    assert ">Claim it<" not in page
    for show, item in (("mine", mine), ("asked", waits), ("worked", theirs)):
        assert item.case.crn in queue(client, hub, show=show)
        assert ("Remove this filter" in queue(client, hub, show=show)) is True
    assert theirs.case.crn not in queue(client, hub, show="mine")
    assert mine.case.crn not in queue(client, hub, show="worked")
    assert "With you (1)" in page
    assert "With others (1)" in page
    assert crns(queue(client, hub, show="free"), [mine, theirs, waits, back]) == []


def test_a_day_in_court_that_has_not_come_is_listed_with_its_hour_and_offered_to_nobody(client, hub):  # fmt: skip
    at = now() + 4 * DAY
    court, letter = a_day_in_court(at, due_on=localdate() + 5 * DAY), today_item(9)
    hour = say_moment(localtime(at), localdate())

    page = queue(client, hub)

    assert crns(page, [court, letter]) == [court.case.crn, letter.case.crn]
    assert f"Nobody: can be done from {hour}" in page
    assert page.count(">Claim it<") == 1
    assert "Free to be claimed (1)" in page
    assert "Waits for a day to come (1)" in page
    assert crns(queue(client, hub, show="free"), [court, letter]) == [letter.case.crn]
    assert crns(queue(client, hub, show="later"), [court, letter]) == [court.case.crn]
    item = words(see(client, hub, "hub-item", court.case, court.pk))
    assert f"Nobody: can be done from {hour}" in item
    assert reverse("breach", args=[court.case.crn, court.breach_id]) in item
    assert ">Claim it<" not in item
    claimed(hub, court, now())
    assert "Waits for a day to come (0)" in queue(client, hub)
    mine = words(see(client, hub, "hub-item", court.case, court.pk))
    assert hour in mine
    assert "Say what came of it" not in mine


def test_an_answer_the_nps_was_asked_for_rests_in_sight_and_comes_back_by_itself(client, hub):
    breach = brought_to(BreachState.SUBMITTED)
    item = breach.deadlines.get(kind="get_breach_answer")
    claimed(hub, item, now())
    mine = see(client, hub, "hub-item", item.case, item.pk).content.decode()
    here = reverse("chase-nps", args=[item.case.crn, breach.pk])
    assert f'href="{here}"' in mine
    page = words(client.get(here))
    again_on = add_working_days(localdate(), 2)
    day = f"{again_on.day} {again_on.month} {again_on.year}"
    given = {
        "outside": "Jo Hall, NPS",
        "on": localdate().isoformat(),
        "again_on": day,
        "words": "Nobody rang back.",
    }
    assert "When do you look again?" in page
    assert "at the latest" in page

    said = words(client.post(here, given, follow=True))

    assert "It is recorded. The item rests until you look again, and is as late as it was." in said
    assert (
        f"The NPS was asked and has not answered, looked at again on {say_date(again_on)}" in said
    )
    assert "Nobody rang back." in said
    rests = f"Nobody: the NPS was asked, and is asked again on {say_date(again_on)}"
    assert rests in queue(client, hub)
    assert crns(queue(client, hub, show="later"), [item]) == [item.case.crn]
    assert crns(queue(client, hub, show="free"), [item]) == []
    alone = see(client, hub, "hub-item", item.case, item.pk).content.decode()
    assert reverse("say-nps-answer", args=[item.case.crn, breach.pk]) in alone
    assert "The NPS was asked and has not answered, looked at again on" in alone
    assert "Nobody rang back." in alone
    assert 'value="Jo Hall, NPS"' in client.get(here).content.decode()
    claimed(hub, item, now())
    assert f"the NPS was asked, and is asked again on {say_date(again_on)}" in words(see(client, hub, "hub-item", item.case, item.pk))  # fmt: skip


def test_the_list_narrows_by_kind_by_team_and_to_what_is_late(client, hub):
    letter, pack = today_item(3), a_pack(due_on=localdate() + 4 * DAY)
    late = today_item(-1, triggered_on=localdate() - 9 * DAY)

    assert crns(queue(client, hub, kind="submit_breach"), [letter, pack, late]) == [pack.case.crn]
    assert crns(queue(client, hub, team=letter.case.team.code), [letter, pack, late]) == [letter.case.crn]  # fmt: skip
    assert crns(queue(client, hub, show="late"), [letter, pack, late]) == [late.case.crn]
    assert "3 items" in queue(client, hub, kind="no-such", show="no-such", team="no-such", after="x")  # fmt: skip


def test_list_and_page_say_late_from_the_minute_of_the_last_post(client, hub):
    item = an_item(due_on=DUE)
    hour = datetime.combine(DUE, LAST_POST, get_current_timezone())

    for moment, late in ((hour - timedelta(seconds=1), False), (hour, True)):
        with frozen(moment):
            pages = queue(client, hub), words(see(client, hub, "hub-item", item.case, item.pk))
        assert ["late since 4:30pm" in page for page in pages] == [late] * 2
        assert ("Overdue" in pages[1]) == late


def test_a_long_queue_goes_on_over_the_page(client, hub, monkeypatch):
    monkeypatch.setattr("cases.views.enforcement.hub.SIZE", 2)
    items = [today_item(n) for n in range(5)]
    seen = []
    address = reverse("hub-queue")
    client.force_login(hub)
    while address:
        answer = client.get(address)
        seen += crns(words(answer), items)
        address = answer.context["next"]

    assert seen == [one.case.crn for one in items]


def test_what_is_of_a_case_that_shuts_them_out_is_a_masked_row_and_in_no_count(client, hub):
    item = today_item()
    Limit.objects.create(case=item.case, restricted=True, message="This case is kept.", ask="Pat Lane")  # fmt: skip

    page = queue(client, hub)

    assert "This case is kept." in page
    assert "Everything (0)" in page
    assert item.case.surname not in page
    for name in ("hub-item", "ask-officer", "return-item", "give-item"):
        assert see(client, hub, name, item.case, item.pk).status_code == 403
    assert post(client, hub, "claim-item", item).status_code == 403
    assert not Claim.objects.exists()


def test_who_does_not_work_the_queue_sees_it_and_claims_nothing(client):
    item = today_item()
    senior = UserFactory(role=Role.SPO)

    page = queue(client, senior)

    assert "Claim" not in page
    assert "With you" not in page
    assert ">See it<" in page
    assert post(client, senior, "claim-item", item).status_code == 403
    assert claim_next(client, senior).status_code == 403


def test_the_queue_takes_as_many_statements_for_sixty_items_as_for_five(client, hub):
    counts = []
    for more in (5, 55):
        for n in range(more):
            item = today_item(n % 4)
            if n % 5 == 1:
                claimed(of_the_hub(), item, now())
            if n % 5 == 2:
                asked(of_the_hub(), item, now=now())
        queue(client, hub)
        with CaptureQueriesContext(connection) as said:
            queue(client, hub)
        counts.append(len(said))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(("surname", "forename"), [(LONG[:100], "Ffion Élise"), ("O’Brien<b>", ""), ("李", "小龍")])  # fmt: skip
def test_awkward_and_long_names_are_drawn_whole_and_harmless(client, hub, surname, forename):
    item = today_item(case=CaseFactory(surname=surname, forename=forename, sort_name=surname[:100]))

    page = queue(client, hub)
    assert surname.replace("<b>", "&lt;b&gt;") in page
    page = words(see(client, hub, "hub-item", item.case, item.pk))
    assert f"<title>Item of the queue, {item.case.crn}" in " ".join(page.split())


# Claiming


def test_the_next_one_is_claimed_and_leads_to_its_page(client, hub):
    first, later = today_item(0), today_item(1)

    page = words(claim_next(client, hub, many="1", held="0", kind=""))

    assert "It is yours." in page
    assert Claim.objects.get().deadline == first
    assert "Put it back" in page
    page = words(claim_next(client, hub, many="1", held="0", kind=""))
    assert "claimed since this page was drawn" in page
    assert not Claim.objects.filter(deadline=later).exists()


def test_ten_letters_are_claimed_with_one_press_and_listed(client, hub):
    items = [today_item(n % 3) for n in range(12)]
    a_pack(due_on=localdate())

    page = words(claim_next(client, hub, many="10", held="0", kind="send_letter"))

    assert "10 items are yours" in page
    assert Claim.objects.live().filter(by=hub, deadline__in=items).count() == 10
    assert queue(client, hub, show="mine").count(">Work on it<") == 10


def test_whoever_has_one_already_gets_nine_and_is_told_why(client, hub):
    claimed(hub, a_pack(due_on=localdate()), now())
    for n in range(12):
        today_item(n % 3)

    page = words(claim_next(client, hub, many="10", held="1", kind="send_letter"))

    assert "9 of the 10 are yours, because 10 is the most at once, and you had 1 already." in page
    assert "Nobody else can take them" in page


def test_where_fewer_are_free_that_is_why(client, hub):
    today_item()

    page = words(claim_next(client, hub, many="10", held="0", kind="send_letter"))

    assert "1 of the 10 is yours, because no more are free." in page


@pytest.mark.parametrize("data", [{"many": "x"}, {"kind": "no-such"}, {"held": "-1"}, {"held": "9" * 50}, {"many": "-3"}])  # fmt: skip
def test_what_nobody_could_have_pressed_claims_one_and_breaks_nothing(client, hub, data):
    today_item(), today_item()

    assert claim_next(client, hub, **data).status_code == 200
    assert Claim.objects.count() == 1


def test_where_nothing_is_free_that_is_said(client, hub):
    assert "Nothing is free to be claimed" in words(claim_next(client, hub, many="1"))


def test_one_is_claimed_kept_and_put_back(client, hub):
    item = today_item()
    assert "It is yours" in words(post(client, hub, "claim-item", item))
    assert "It stays yours" in words(post(client, hub, "keep-item", item))
    assert "back in the queue" in words(post(client, hub, "let-go-item", item))
    page = words(post(client, hub, "let-go-item", item))

    assert "not working on this any more" in page
    assert Claim.objects.get().ended == "let_go"


def test_a_get_of_what_decides_does_nothing(client, hub):
    item = today_item()
    for name in ("claim-item", "keep-item", "let-go-item"):
        assert see(client, hub, name, item.case, item.pk).status_code == 405
    assert not Claim.objects.exists()


# One item


def test_an_item_of_another_case_or_that_is_no_item_is_not_there(client, hub):
    item, other = today_item(), today_item()

    assert see(client, hub, "hub-item", other.case, item.pk).status_code == 404
    assert see(client, hub, "ask-officer", other.case, item.pk).status_code == 404


@pytest.mark.parametrize(
    "facts, says",
    [
        ({"kind": LetterKind.WARNING, "step": Step.FIRST}, "Send the letter: first warning"),
        ({"kind": LetterKind.WARNING, "step": Step.FINAL}, "Send the letter: final warning"),
        (
            {"kind": LetterKind.WITHDRAWAL, "step": Step.FIRST},
            "Send the letter: a warning is withdrawn",
        ),
        ({"kind": LetterKind.REASON}, "Send the letter: asking for a reason"),
        ({"kind": LetterKind.BREACH}, "Send the letter: the breach goes to court"),
    ],
)
def test_an_item_says_which_letter_it_is_wherever_it_stands(client, hub, facts, says):
    item, step = today_item(), facts.get("step")
    sentence = SentenceFactory(case=item.case)
    item.letter.kind = facts["kind"]
    item.letter.warning = step and ComplianceWarningFactory(sentence=sentence, step=step)
    item.letter.save()
    client.force_login(hub)

    (row,) = client.get(reverse("hub-queue")).context["rows"]
    page = see(client, hub, "hub-item", item.case, item.pk)
    asked(hub, item, now=now())
    client.force_login(item.case.officer)
    question = client.get(reverse("hub-asked", args=[item.case.crn])).content.decode()

    assert row.what == says
    assert row.next.hidden.endswith(f": {says}")
    assert page.context["page"].title == says
    assert says in question


def test_an_item_leads_to_where_it_is_done_once_it_is_theirs(client, hub):
    item = today_item()
    claimed(hub, item, now())

    page = words(see(client, hub, "hub-item", item.case, item.pk))

    assert "Ask the officer" in page
    if "send_letter" in NEXT:
        assert NEXT["send_letter"][0] in page


def test_what_is_done_says_so_and_offers_nothing(client, hub):
    item = today_item()
    claimed(hub, item, now())
    meet_deadline(case=item.case, kind=item.kind, letter=item.letter, by=hub, today=localdate())

    page = words(see(client, hub, "hub-item", item.case, item.pk))

    assert "Done" in page
    assert "Put it back" not in page
    answer = post(client, hub, "ask-officer", item, asks="Which address?")
    assert "It is done" in words(answer)
    assert not HubQuestion.objects.exists()


def test_asked_answered_returned_and_put_right_one_page_says_it_all(client, hub):
    item = today_item(2)
    officer = item.case.officer
    post(client, hub, "claim-item", item)
    given = {"asks": "Which address does he live at?", "until_on": add_working_days(localdate(), 1).isoformat(), "until_time": "3pm"}  # fmt: skip
    page = words(post(client, hub, "ask-officer", item, **given))
    assert "The officer is asked" in page

    asked_page = see(client, officer, "hub-asked", item.case)
    assert "Which address does he live at?" in words(asked_page)
    letter = f'href="{reverse("letter", args=[item.case.crn, item.letter_id])}"'
    assert letter in asked_page.content.decode()
    question = HubQuestion.objects.get()
    client.force_login(officer)
    here = reverse("answer-hub", args=[item.case.crn, question.pk])
    page = words(client.post(here, {"answer": "12 Fern Road, since May."}, follow=True))
    assert "Thank you" in page
    assert "Nothing waits" in page

    post(client, hub, "claim-item", item)
    page = words(post(client, hub, "return-item", item, words="The dates are wrong."))
    assert "It is returned" in page
    back = HubQuestion.objects.open().get()
    client.force_login(officer)
    here = reverse("answer-hub", args=[item.case.crn, back.pk])
    assert "Say that it is put right" in words(client.get(here))
    assert letter in client.get(here).content.decode()
    client.post(here, {"answer": "They are those of the log now."})

    page = words(see(client, hub, "hub-item", item.case, item.pk))
    for said in ("Which address does he live at?", "12 Fern Road", "The dates are wrong.", "those of the log now", "Put right"):  # fmt: skip
        assert said in page


def test_a_question_sent_twice_is_answered_once_and_the_second_hand_is_told_by_whom(client, hub):
    question = asked(hub, today_item(), now=now())
    case, officer = question.deadline.case, question.deadline.case.officer
    here = reverse("answer-hub", args=[case.crn, question.pk])
    client.force_login(officer)
    client.post(here, {"answer": "12 Fern Road."})

    page = words(client.post(here, {"answer": "Another."}, follow=True))

    assert f"{officer.name} has answered this already" in page
    question.refresh_from_db()
    assert question.answer == "12 Fern Road."


def test_empty_forms_say_what_is_missing(client, hub):
    item = today_item()
    claimed(hub, item, now())
    for name in ("ask-officer", "return-item", "give-item"):
        page = words(post(client, hub, name, item))
        assert "There is a problem" in page
        assert "<title>Error: " in page
    question = asked(of_the_hub(), today_item(), now=now())
    client.force_login(question.deadline.case.officer)
    here = reverse("answer-hub", args=[question.deadline.case.crn, question.pk])
    assert "There is a problem" in words(client.post(here, {"answer": ""}))
    assert "Answer in words" in words(client.post(here, {"answer": "-"}))


def test_what_the_service_refuses_is_said_on_the_form_and_the_words_stay(client, hub):
    item = today_item()
    claimed(hub, item, now())
    given = {"asks": "Which address is right?", "until_on": (localdate() + 9 * DAY).isoformat(), "until_time": "3pm"}  # fmt: skip

    page = words(post(client, hub, "ask-officer", item, **given))

    assert "within two working days" in page
    assert "Which address is right?" in page


def test_on_a_friday_what_is_filled_in_is_taken_and_the_limit_is_in_the_hint(client, hub):
    friday = datetime(2018, 10, 5, 16, 40, tzinfo=get_current_timezone())
    with frozen(friday):
        item = today_item(2)
        claimed(hub, item, now())
        page = see(client, hub, "ask-officer", item.case, item.pk)
        day, hour = (page.context["form"].initial[name] for name in ("until_on", "until_time"))
        given = {"asks": "Which address is right?", "until_on": day, "until_time": f"{hour:%H:%M}"}
        said = words(post(client, hub, "ask-officer", item, **given))

    assert "within two working days: by 4:40pm on Tuesday 9 October 2018" in words(page)
    assert "The officer is asked" in said
    assert HubQuestion.objects.get().until == friday.replace(day=8, hour=10, minute=0)


def test_it_is_given_to_somebody_of_the_hub_who_may_work_on_it(client, hub):
    item, other = today_item(), of_the_hub(first_name="Asha", last_name="Rowe")
    claimed(hub, item, now())
    page = words(see(client, hub, "give-item", item.case, item.pk))
    assert "Asha Rowe" in page
    assert hub.name not in page.split("<select")[1].split("</select>")[0]

    post(client, hub, "give-item", item, to=str(other.pk))

    assert Claim.objects.live().get().by == other


def test_the_hub_takes_its_question_back(client, hub):
    question = asked(hub, today_item(), now=now())
    client.force_login(hub)

    here = reverse("take-back-question", args=[question.deadline.case.crn, question.pk])
    assert "taken back" in words(client.post(here, follow=True))
    assert "needs no answer" in words(client.post(here, follow=True))


def test_my_work_of_the_officer_leads_to_the_question(client, hub):
    question = asked(hub, today_item(), now=now())
    case = question.deadline.case
    client.force_login(case.officer)

    page = words(client.get(reverse("my-work")))

    assert "Answer what the hub asks" in page
    assert reverse("hub-asked", args=[case.crn]) in page


def test_a_protected_name_in_a_question_or_an_answer_is_kept_from_the_hub(client, hub):
    item = today_item()
    RelatedPersonFactory(case=item.case, name="Rosalind Quayle", protected=True)
    question = asked(hub, item, asks="Is Rosalind Quayle at that address?", now=now())
    client.force_login(item.case.officer)
    here = reverse("answer-hub", args=[item.case.crn, question.pk])
    assert "Rosalind Quayle" in words(client.get(here))
    client.post(here, {"answer": "No, Rosalind Quayle has moved."})

    page = words(see(client, hub, "hub-item", item.case, item.pk))

    assert RelatedPerson.objects.count() == 1
    assert "has moved" in page
    assert "Quayle" not in page
    assert "Quayle" not in queue(client, hub)


def test_the_pages_of_an_item_take_as_many_statements_for_much_history_as_for_little(client, hub):
    item = today_item()
    counts = []
    for more in (1, 12):
        for _ in range(more):
            question = asked(hub, item, now=now())
            client.force_login(item.case.officer)
            here = reverse("answer-hub", args=[item.case.crn, question.pk])
            client.post(here, {"answer": "12 Fern Road."})
        for user, name, beside in ((hub, "hub-item", [item.pk]), (item.case.officer, "hub-asked", [])):  # fmt: skip
            see(client, user, name, item.case, *beside)
            with CaptureQueriesContext(connection) as said:
                see(client, user, name, item.case, *beside)
            counts.append(len(said))

    assert counts[:2] == counts[2:]


# How old it is


def test_ages_are_by_kind_and_by_team_and_each_number_opens_its_list(client, hub):
    old, new = localdate() - 9 * DAY, localdate() - 1 * DAY
    letter = today_item(-2, triggered_on=old)
    another = today_item(3, triggered_on=new, case=CaseFactory(team=letter.case.team))
    pack = a_pack(due_on=localdate() + 5 * DAY, triggered_on=localdate())
    client.force_login(UserFactory(role=Role.HEAD))

    answer = client.get(reverse("hub-ages"))

    whole, tables = answer.context["whole"]["row"], answer.context["tables"]
    assert (whole.count, whole.median, whole.oldest, whole.late) == (3, 1, 9, 1)
    kinds, teams = ([one["row"] for one in aged] for _, _, aged in tables)
    assert [(one.code, one.count, one.late) for one in kinds] == [("send_letter", 2, 1), ("submit_breach", 1, 0)]  # fmt: skip
    assert {one.code for one in teams} == {letter.case.team.code, pack.case.team.code}
    for _, _, aged in tables:
        for one in aged:
            assert f"{one['row'].count} item" in words(client.get(one["all"]))
    assert another.case.crn in words(client.get(tables[1][2][0]["all"]) if teams[0].code == letter.case.team.code else client.get(tables[1][2][1]["all"]))  # fmt: skip


def test_ages_of_nothing_say_so_and_of_no_team_lead_nowhere(client):
    client.force_login(UserFactory(role=Role.AUDITOR))
    assert "Nothing waits" in words(client.get(reverse("hub-ages")))
    today_item(case=CaseFactory(team=None, officer=None))

    page = words(client.get(reverse("hub-ages")))

    assert "No team" in page


def test_ages_take_as_many_statements_for_many_as_for_few(client):
    client.force_login(UserFactory(role=Role.HEAD))
    counts = []
    for more in (2, 20):
        for n in range(more):
            today_item(n % 5)
        client.get(reverse("hub-ages"))
        with CaptureQueriesContext(connection) as said:
            client.get(reverse("hub-ages"))
        counts.append(len(said))

    assert counts[0] == counts[1]


def test_on_paper_there_are_no_buttons(client, hub):
    item = today_item()
    claimed(hub, item, now())
    shown = {
        "hub-queue": queue(client, hub),
        "hub-item": words(see(client, hub, "hub-item", item.case, item.pk)),
    }

    for page in shown.values():
        main = page.split("<main")[1].split("</main>")[0]
        off_paper = [part.split("</div>")[0] for part in main.split('app-no-print">')[1:]]
        assert main.count('method="post"') == sum(one.count('method="post"') for one in off_paper)
