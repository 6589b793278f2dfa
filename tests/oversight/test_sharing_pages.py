"""The pages and the API of sharing out: whom they let in, what they show, and that nothing is lost on the way."""

import html
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from cases.models import Case, Notice, Transfer
from oversight.models import SharingOut
from oversight.reference.sharing import SharingState, Which
from oversight.services import sharing as services
from staff.models import Entry, User
from staff.permissions import Role
from tests.factories import (
    AbsenceFactory,
    DepartureFactory,
    RegistrationFactory,
    SharingMoveFactory,
    SharingOutFactory,
    TeamFactory,
    UserFactory,
    limit,
)
from tests.oversight.a_sharing import WHY, ask, carried_out, officer, proposed, unowned, worked_out
from tests.oversight.an_officer import a_case, training

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 26  # of one proposal, however many cases and officers it has


def see(client, user, name, *args, **asked):
    client.force_login(user)
    return html.unescape(client.get(reverse(name, args=args), asked, follow=True).content.decode())


def post(client, user, name, *args, **data):
    client.force_login(user)
    return html.unescape(client.post(reverse(name, args=args), data, follow=True).content.decode())


def test_the_list_says_what_is_shared_out_and_leads_to_asking(client, team, senior, ann):
    assert "Nobody has asked for one" in see(client, senior, "sharings")
    unowned(team)
    ask(team, senior, [ann])

    page = see(client, senior, "sharings")

    assert "the cases that nobody holds" in page
    assert "Being worked out" in page
    assert reverse("ask-for-sharing") in page
    assert reverse("sharings") in see(client, senior, "hand-overs")


def test_a_proposal_is_asked_for_worked_out_read_and_published(client, team, senior, ann, bob):
    cases = unowned(team)
    page = see(client, senior, "ask-for-sharing")
    assert "The cases that nobody holds (4)" in page

    page = post(
        client, senior, "ask-for-sharing", which="unowned", officers=[ann.username, bob.username]
    )
    assert "It is being worked out" in page
    assert Case.objects.filter(officer=None).count() == 4
    one = worked_out(SharingOut.objects.get())

    page = see(client, senior, "sharing", one.pk)
    for words in (
        "Nothing has moved",
        "Nothing better is possible",
        "Gets 2 cases",
        cases[0].list_name,
    ):
        assert words in page
    assert Entry.objects.filter(action="opened_sharing").exists()

    assert "4 cases that nobody holds get an officer within minutes" in see(
        client, senior, "publish-sharing", one.pk
    )
    page = post(client, senior, "publish-sharing", one.pk)
    assert "Published, to be carried out within minutes: 4 cases given an officer." in page
    assert "0 of 4 cases that move have been seen to." in page
    assert "Not yet done" in page
    assert reverse("drop-sharing", args=[one.pk]) not in page
    assert carried_out() == 4
    page = see(client, senior, "sharing", one.pk)
    assert "Published by" in page
    assert page.count("<strong>Given</strong>") == 4
    assert "It is carried out: 4 cases given an officer or offered." in see(
        client, senior, "my-work"
    )
    assert not Case.objects.filter(pk__in=[case.pk for case in cases], officer=None).exists()


@pytest.mark.parametrize("days", [14, 0, -1])
def test_whoever_leaves_or_has_left_takes_no_part_unless_somebody_says_so(client, team, senior, ann, bob, days):  # fmt: skip
    DepartureFactory(user=bob, last_on=localdate() + timedelta(days=days))
    client.force_login(senior)

    form = client.get(reverse("ask-for-sharing")).context["form"]

    assert form["officers"].initial == [ann.username]


def test_what_is_not_said_when_asking_is_asked_for(client, team, senior, ann):
    unowned(team)

    page = post(client, senior, "ask-for-sharing", which="officer", officers=[ann.username])
    assert "Choose whose cases they are" in page
    page = post(client, senior, "ask-for-sharing", which="unowned")
    assert "error-summary" in page
    assert not SharingOut.objects.exists()


def test_officers_stand_in_the_order_of_their_names_with_the_arithmetic(
    client, team, senior, ann, bob
):
    for _ in range(5):
        a_case(ann)
    one = proposed(team, senior, [bob, ann], Which.TEAM)

    page = see(client, senior, "sharing", one.pk)

    table = page[page.index("Officers before and after</h2>") :]
    assert table.index("Ann Lee") < table.index("Bob Lee")
    assert "which is" in table
    assert "Gives" in table
    assert "aria-sort" not in page


def test_a_case_is_moved_by_hand_with_its_warnings_shown_first(client, team, senior, ann, bob):
    (case,) = unowned(team, 1)
    RegistrationFactory(case=case, type_code="ADVP")
    training(ann)
    one = proposed(team, senior, [ann, bob])

    page = see(client, senior, "move-in-sharing", one.pk, case.crn)
    assert "Bob Lee is not trained in it" in page
    page = post(client, senior, "move-in-sharing", one.pk, case.crn, to=bob.username)
    assert "Say in one sentence why it is right all the same" in page
    page = post(client, senior, "move-in-sharing", one.pk, case.crn, to=bob.username, because=WHY)

    assert "all figures are worked out with it" in page
    assert f"Settled by {senior.name}" in page
    assert "1 case settled or left out by hand. What is said above is of the proposal as it was last worked out" in page  # fmt: skip
    assert WHY in page
    assert one.moves.get().to_officer == bob


def test_a_case_is_left_out_and_taken_in_again(client, team, senior, ann):
    first, second = unowned(team, 2)
    one = proposed(team, senior, [ann])

    page = post(client, senior, "move-in-sharing", one.pk, first.crn, to="leave-out", because=WHY)
    assert "Left out</h2>" in page
    assert WHY in page
    page = post(client, senior, "take-in-again", one.pk, first.crn)
    assert "It is being worked out" in page
    assert worked_out(one).moves.taking_part().count() == 2
    assert second.crn in see(client, senior, "sharing", one.pk)


def test_what_stands_in_the_way_is_said_with_what_to_do(client, team, senior):
    away = officer(team, "Abe")
    AbsenceFactory(user=away, from_on=localdate(), to_on=localdate() + timedelta(days=9))
    (case,) = unowned(team, 1)
    one = proposed(team, senior, [away])

    page = see(client, senior, "sharing", one.pk)

    assert f"Nobody may have {case.crn}" in page
    assert "leave it out below" in page
    assert "Nobody yet" in page
    assert reverse("publish-sharing", args=[one.pk]) not in page
    assert "Not every case has somebody" in see(client, senior, "publish-sharing", one.pk)


def test_what_has_changed_since_is_listed_and_left_out_in_one_press(client, team, senior, ann):
    first, _ = unowned(team, 2)
    one = proposed(team, senior, [ann])
    Case.objects.filter(pk=first.pk).update(officer=ann)

    page = see(client, senior, "publish-sharing", one.pk)
    assert f"Ann Lee holds {first.crn} now." in page
    assert "Nothing was published" in post(client, senior, "publish-sharing", one.pk)
    assert "1 case left out" in post(client, senior, "leave-out-changed", one.pk)
    assert "1 case given an officer" in post(client, senior, "publish-sharing", one.pk)


def test_each_kind_of_warning_asks_for_one_sentence(client, team, senior, bob):
    for case in unowned(team, 3):
        RegistrationFactory(case=case, type_code="ADVP")
    one = proposed(team, senior, [bob])

    page = see(client, senior, "publish-sharing", one.pk)
    assert page.count("Domestic abuse with trained staff: not so in 3 cases.") == 1
    assert "error-summary" in post(client, senior, "publish-sharing", one.pk)
    page = post(client, senior, "publish-sharing", one.pk, said_training_domestic_abuse=WHY)
    assert "3 cases given an officer" in page


def test_a_sentence_too_long_to_publish_with_is_said_to_be_and_kept(client, team, senior, bob):
    for case in unowned(team, 3):
        RegistrationFactory(case=case, type_code="ADVP")
    one = proposed(team, senior, [bob])

    long = "Ann Orr works on it with him. " * 300
    page = post(client, senior, "publish-sharing", one.pk, said_training_domestic_abuse=long)

    assert "Say it in 499 characters or fewer: Domestic abuse with trained staff" in page
    assert long in page
    one.refresh_from_db()
    assert one.state == SharingState.PROPOSED


def test_whoever_asks_is_told_first_of_a_proposal_that_is_not_done_with(client, team, senior, ann):
    unowned(team)
    told = "One proposal for this team is not done with yet"
    assert told not in see(client, senior, "ask-for-sharing")
    one = proposed(team, senior, [ann])

    page = see(client, senior, "ask-for-sharing")

    assert told in page
    assert f'href="{reverse("sharing", args=[one.pk])}"' in page
    services.drop_sharing(sharing=one, by=senior, now=now())
    assert told not in see(client, senior, "ask-for-sharing")


def test_whoever_s_cases_they_are_need_not_be_ticked_away(client, team, senior, ann, bob):
    a_case(ann)
    both = [ann.username, bob.username]

    page = post(client, senior, "ask-for-sharing", which="officer", officer=ann.username, officers=both)  # fmt: skip

    assert "It is asked for" in page
    assert SharingOut.objects.get().officers.get().officer == bob


def test_which_cases_are_meant_comes_along_from_the_page_before(client, team, senior, ann):
    chosen = 'value="unowned" checked'

    assert chosen in " ".join(see(client, senior, "ask-for-sharing", which="unowned").split())
    assert chosen not in " ".join(see(client, senior, "ask-for-sharing", which="no").split())


def test_cases_of_somebody_are_offered_with_a_note(client, team, senior, ann, bob):
    a_case(ann)
    one = proposed(team, senior, [bob], Which.OFFICER, officer=ann)

    assert "1 case is offered" in see(client, senior, "publish-sharing", one.pk)
    page = post(client, senior, "publish-sharing", one.pk, note="Ring the school before you write.")

    assert "1 case offered, each of which waits for an answer" in page
    assert carried_out() == 1
    for active in (True, False):  # theirs is closed after their last day
        User.objects.filter(pk=ann.pk).update(is_active=active)
        assert "<strong>Offered</strong>" in see(client, senior, "sharing", one.pk)
    assert Transfer.objects.get().to_officer == bob


def test_a_dropped_proposal_takes_nothing_more(client, team, senior, ann):
    (case,) = unowned(team, 1)
    one = proposed(team, senior, [ann])

    assert "It is dropped" in post(client, senior, "drop-sharing", one.pk)
    for name, *args in (("move-in-sharing", one.pk, case.crn), ("publish-sharing", one.pk)):
        assert "nothing more can be done about it" in see(client, senior, name, *args)
    page = post(client, senior, "ask-again-for-sharing", one.pk)
    assert "nothing more can be done about it" in page
    assert "Publish it" not in page


def test_a_senior_of_another_team_finds_none_of_it(client, team, senior, ann):
    unowned(team)
    one = proposed(team, senior, [ann])
    other = UserFactory(role=Role.SPO, team=TeamFactory())

    client.force_login(other)
    assert client.get(reverse("sharing", args=[one.pk])).status_code == 404
    assert "Nobody has asked for one" in see(client, other, "sharings")
    assert client.post(reverse("drop-sharing", args=[one.pk])).status_code == 404
    one.refresh_from_db()
    assert one.state == SharingState.PROPOSED


def test_of_a_case_kept_from_another_senior_of_the_team_the_masked_row_alone_is_shown(
    client,
    team,
    senior,
    ann,
):
    kept, shown = unowned(team, 2)
    RegistrationFactory(case=kept, type_code="ADVP")
    one = proposed(team, senior, [ann])
    services.move_in_sharing(
        sharing=one, case=kept, officer=ann, because="Qzxwv settled.", by=senior, now=now()
    )
    other = UserFactory(role=Role.SPO, team=team)
    limit(kept, kept_out=[other])

    page = see(client, other, "sharing", one.pk)

    assert shown.list_name in page
    assert kept.list_name not in page
    assert "Qzxwv" not in page
    assert "the head of service" in page
    assert "What each case weighs is not shown" in page
    assert 'data-label="Points"' not in page
    client.force_login(other)
    assert client.get(reverse("move-in-sharing", args=[one.pk, kept.crn])).status_code == 403
    Case.objects.filter(pk=kept.pk).update(officer=ann)
    assert "A case that is kept from you has changed." in see(
        client, other, "publish-sharing", one.pk
    )


def test_many_rows_and_long_names_come_in_pages(client, team, senior):
    long = officer(team, "Wolfeschlegelsteinhausenbergerdorff" * 2)
    one = SharingOutFactory(team=team)
    for _ in range(51):
        SharingMoveFactory(sharing=one, to_officer=long, case__officer=None, case__team=team)
        one.refresh_from_db()

    page = see(client, senior, "sharing", one.pk)
    assert page.count("data-row") >= 50
    assert "after=50" in page
    assert "Back to the start" in see(client, senior, "sharing", one.pk, after=50)


def test_many_cases_cost_the_statements_of_one(client, team, senior, ann, bob):
    def cost(one):
        client.force_login(senior)
        with CaptureQueriesContext(connection) as statements:
            assert client.get(reverse("sharing", args=[one.pk])).status_code == 200
        return len(statements)

    unowned(team, 1)
    few = proposed(team, senior, [ann])
    cost(few)
    alone = cost(few)
    services.drop_sharing(sharing=few, by=senior, now=now())
    unowned(team, 12)
    many = proposed(team, senior, [ann, bob])

    assert cost(many) == alone <= MOST_STATEMENTS


def test_whoever_is_kept_from_a_case_that_would_move_does_not_publish_it(client, team, senior, ann):
    kept, _ = unowned(team, 2)
    RegistrationFactory(case=kept, type_code="ADVP")
    one = proposed(team, senior, [ann])
    other = UserFactory(role=Role.SPO, team=team)
    limit(kept, kept_out=[other])

    page = see(client, other, "publish-sharing", one.pk)
    assert "A case of it is kept from you" in page
    assert "Domestic abuse with trained staff" not in page
    sent = api(other).post(reverse("api-sharing-publish", args=[one.pk]), {"said": {"training:domestic_abuse": WHY}}, format="json")  # fmt: skip
    assert sent.status_code == 422
    assert "A case of it is kept from you" in str(sent.data)

    assert Case.objects.filter(officer=None).count() == 2


def test_what_stands_in_the_way_of_a_kept_case_is_told_to_nobody_while_it_is_worked_out_again(
    team, senior, ann
):
    (kept,) = unowned(team, 1)
    SharingOut.objects.all().delete()
    one = ask(team, senior, [ann])
    SharingOut.objects.filter(pk=one.pk).update(in_the_way=[f"Nobody may have {kept.crn}. Qzxwv."])
    other = UserFactory(role=Role.SPO, team=team)
    limit(kept, kept_out=[other])

    assert api(other).get(reverse("api-sharing", args=[one.pk])).data["in_the_way"] == []


def test_whoever_asked_is_told_once_that_it_is_ready_and_nobody_else(client, team, senior, ann):
    (case,) = unowned(team, 1)
    one = ask(team, senior, [ann])
    here, other = reverse("sharing", args=[one.pk]), UserFactory(role=Role.SPO, team=team)
    assert here not in see(client, senior, "my-work")
    worked_out(one)

    page = see(client, senior, "my-work")
    assert here in page
    assert "the cases that nobody holds. Read it, then change, publish or drop it." in page
    assert here not in see(client, other, "my-work")
    assert [(told.user, told.case) for told in Notice.objects.filter(href=here)] == [(senior, case)]


def test_that_there_is_no_proposal_is_told_too(client, team, senior):
    away = officer(team, "Abe")
    AbsenceFactory(user=away, from_on=localdate(), to_on=localdate() + timedelta(days=9))
    unowned(team, 1)
    proposed(team, senior, [away])

    assert "There is no proposal: read why." in see(client, senior, "my-work")


# The API


def api(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_the_api_asks_reads_moves_and_publishes(team, senior, ann, bob):
    cases = unowned(team, 2)
    asked = {"team": team.code, "which_cases": "unowned", "officers": [ann.username, bob.username]}
    made = api(senior).post(reverse("api-sharings"), asked, format="json")
    assert made.status_code == 201
    one = worked_out(SharingOut.objects.get(pk=made.data["id"]))

    read = api(senior).get(reverse("api-sharing", args=[one.pk])).data
    assert (read["outcome"], read["limited_access"], len(read["cases"])) == ("best", 0, 2)
    assert [row["officer"] for row in read["officers"]] == ["Ann Lee", "Bob Lee"]
    assert [row["id"] for row in api(senior).get(reverse("api-sharings")).data] == [one.pk]

    address = reverse("api-move-in-sharing", kwargs={"sharing": one.pk, "crn": cases[0].crn})
    left = api(senior).post(address, {"because": WHY}, format="json").data
    assert [row["crn"] for row in left["left_out"]] == [cases[0].crn]
    done = api(senior).post(reverse("api-sharing-publish", args=[one.pk]), {}, format="json")
    assert done.data["stands"] == "giving"
    assert [row["came_of_it"] for row in done.data["cases"]] == ["Not yet done"]
    assert carried_out() == 1
    read = api(senior).get(reverse("api-sharing", args=[one.pk])).data
    assert (read["stands"], [row["came_of_it"] for row in read["cases"]]) == (
        "published",
        ["Given"],
    )
    assert Case.objects.get(pk=cases[0].pk).officer is None
    assert Case.objects.get(pk=cases[1].pk).officer in (ann, bob)


def test_the_api_refuses_in_the_words_of_the_page(team, senior, ann):
    unowned(team, 1)
    one = proposed(team, senior, [ann])
    assert api(senior).post(reverse("api-sharing-drop", args=[one.pk])).data["stands"] == "dropped"

    again = api(senior).post(reverse("api-sharing-again", args=[one.pk]))

    assert again.status_code == 422
    assert "nothing more can be done" in str(again.data)
    wrong = {"team": team.code, "which_cases": "unowned", "officers": ["nobody"]}
    assert api(senior).post(reverse("api-sharings"), wrong, format="json").status_code == 400
