"""Who holds a case, on the pages: an officer is named, a case is offered and answered, and somebody's cases are shared out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case, Giving, Transfer
from cases.reference.codes import Rosh
from cases.reference.holding import TransferKind, TransferState
from cases.services.policy import seed_policies
from cases.services.transfers import offer_transfer
from oversight.services.offering import offer_leavers_cases
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.factories import (
    NOW,
    AbsenceFactory,
    AppointmentFactory,
    AssignmentFactory,
    CaseFactory,
    DepartureFactory,
    EnquiryFactory,
    InterimPlanFactory,
    PlanActionFactory,
    PotentialVictimFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    StandingFactory,
    TransferFactory,
    UserFactory,
    limit,
)
from tests.oversight.an_officer import a_case

pytestmark = pytest.mark.django_db
NOTE = "Sees the children on Saturdays; the police have not answered."
WHY = "Holds the fewest, and knows the family."


@pytest.fixture
def case():
    seed_policies()
    return CaseFactory()


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


def see(client, user, name, *args, **asked):
    client.force_login(user)
    return client.get(reverse(name, args=args), asked).content.decode()


def post(client, by, name, *args, **data):
    client.force_login(by)
    return client.post(reverse(name, args=args), data, follow=True).content.decode()


def offered(case, receiver=None, by=None, kind=TransferKind.OFFICER):
    return offer_transfer(
        case=case,
        kind=kind,
        note=NOTE,
        to_officer=(receiver or UserFactory()) if kind == TransferKind.OFFICER else None,
        outside="" if kind == TransferKind.OFFICER else "NPS Reading",
        by=by or case.officer,
        now=NOW,
    )


def test_an_offer_without_a_note_is_refused_on_the_page_and_nothing_is_lost(client, case):
    receiver = UserFactory(team=case.team)
    said = {"kind": "officer", "to_officer": receiver.username, "because": WHY}

    page = post(client, case.officer, "offer-case", case.crn, **said, note="n/a")

    assert "must know" in page
    assert not Transfer.objects.exists()


def test_the_officer_offers_the_receiver_finds_it_on_my_work_and_accepts(client, case):
    receiver = UserFactory(grade="po")
    page = post(
        client, case.officer, "offer-case", case.crn, kind="officer", to_officer=receiver.username, note=NOTE, because=WHY
    )  # fmt: skip
    assert f"Offered to {receiver.name}" in page
    work = see(client, receiver, "my-work")
    assert "Cases offered to you" in work
    assert case.crn in work
    offer = Transfer.objects.get()

    post(client, receiver, "answer-offer", case.crn, offer.pk, answer="accept")

    assert Case.objects.get().officer == receiver
    assert "Cases offered to you" not in see(client, receiver, "my-work")
    assert WHY in see(client, receiver, "case-holder", case.crn)


def test_a_colleague_is_compared_first_and_what_is_warned_of_is_asked_on_the_same_page(
    client, case
):
    """Of whoever holds it: that they hold it now, and that the colleague is away; nothing typed is lost on the way."""
    receiver = UserFactory(team=case.team, grade="po")
    AbsenceFactory(user=receiver, from_on=localdate(), to_on=localdate())
    said = {"kind": "officer", "to_officer": receiver.username, "note": "n/a", "because": WHY}

    page = post(client, case.officer, "offer-case", case.crn, **said)
    assert f"{receiver.name} is away until" in page
    assert "said_away" in page
    assert WHY in page
    assert not Transfer.objects.exists()

    half = post(client, case.officer, "offer-case", case.crn, **said | {"note": NOTE, "said_away": "Ann sees her."})  # fmt: skip
    assert "Say in one sentence why it is right all the same" in half
    assert "Ann sees her." in half
    answers = {"note": NOTE, "said_away": "Ann sees her.", "said_held_before": "I go to court work."}  # fmt: skip
    post(client, case.officer, "offer-case", case.crn, **said | answers)

    assert Transfer.objects.get().to_officer == receiver
    warned = {one["key"]: one["said"] for one in Giving.objects.get().warned}
    assert warned == {"held-before": "I go to court work.", "away": "Ann sees her."}


def test_whether_a_colleague_can_take_it_is_for_a_senior_where_it_is_between_the_two(
    client, case, senior
):
    """No grade is recorded: neither that nor how full they are is told to whoever holds the case."""
    receiver = UserFactory(team=case.team)
    said = {"kind": "officer", "to_officer": receiver.username, "note": NOTE, "because": WHY, "said_held_before": "I go to court work."}  # fmt: skip

    page = post(client, case.officer, "offer-case", case.crn, **said)
    assert "is for a senior to decide" in page
    assert "No grade" not in page
    assert not Transfer.objects.exists()

    page = post(client, senior, "offer-case", case.crn, **said)
    assert f"No grade of {receiver.name} is recorded" in page
    assert not Transfer.objects.exists()
    post(client, senior, "offer-case", case.crn, **said, said_capacity="She has held eight since March.")  # fmt: skip
    assert Transfer.objects.get().to_officer == receiver


def test_it_is_offered_to_the_nps_without_comparing_anybody(client, case):
    post(client, case.officer, "offer-case", case.crn, kind="nps", outside_nps="NPS Reading", note=NOTE)  # fmt: skip

    assert Transfer.objects.get().outside == "NPS Reading"
    assert not Giving.objects.exists()


def test_refused_with_a_reason_the_sender_reads_it_and_the_list_has_it(client, case, senior):
    offer = offered(case)

    post(
        client, offer.to_officer, "answer-offer", case.crn, offer.pk, answer="refuse", because="I hold fifty already."
    )  # fmt: skip

    assert "I hold fifty already." in see(client, case.officer, "case-holder", case.crn)
    page = see(client, senior, "hand-overs")
    assert "Refused this week" in page
    assert "I hold fifty already" in page


def test_taken_back_with_a_reason_nothing_has_moved(client, case):
    offer = offered(case)

    post(
        client, case.officer, "take-offer-back", case.crn, offer.pk, because="She stays after all."
    )

    offer.refresh_from_db()
    assert (offer.state, Case.objects.get().officer) == (TransferState.WITHDRAWN, case.officer)


def test_the_hub_records_that_a_named_officer_of_the_nps_has_taken_it(client, case):
    offer = offered(case, kind=TransferKind.NPS)
    hub = UserFactory(role=Role.HUB)
    nameless = post(client, hub, "record-offer-answer", case.crn, offer.pk, answer="accept")
    assert "Who has taken it?" in nameless
    assert Case.objects.ours().exists()

    post(
        client, hub, "record-offer-answer", case.crn, offer.pk, answer="accept", outside_officer="Pat Lane"
    )  # fmt: skip

    assert Case.objects.get().retained_by == "Pat Lane, NPS Reading"


def test_the_sheet_has_all_that_goes_along_and_keeps_a_protected_name_from_who_may_not_see_it(
    client, case
):
    victim = RelatedPersonFactory(case=case, name="Maureen Sandford", protected=True)
    PotentialVictimFactory(case=case, person=victim, how="When he drinks, Maureen Sandford is hit")
    EnquiryFactory(case=case)
    InterimPlanFactory(case=case, who_is_protected="Her daughter")
    PlanActionFactory(case=case, what="Ring the school on Monday", by_on=localdate())
    AppointmentFactory(contact__case=case, contact__started_at=NOW + timedelta(days=36500))

    page = see(client, case.officer, "hand-over-sheet", case.crn)
    other = see(client, UserFactory(team=case.team), "hand-over-sheet", case.crn)

    for words in (
        "What to do first",
        "Her daughter",
        "Ring the school on Monday",
        "Maureen Sandford",
    ):
        assert words in page
    assert "Maureen Sandford" not in other
    assert "Ring the school on Monday" in other


def test_a_name_in_the_note_or_in_a_reason_is_kept_from_who_may_not_see_it(client, case, senior):
    RelatedPersonFactory(case=case, name="Maureen Sandford", protected=True)
    TransferFactory(case=case, note="Ring Maureen Sandford first", offered_by=case.officer)

    colleague = UserFactory(team=case.team)

    assert "Maureen Sandford" in see(client, case.officer, "case-holder", case.crn)
    assert "Maureen Sandford" not in see(client, colleague, "case-holder", case.crn)
    assert "Maureen Sandford" not in see(client, colleague, "hand-over-sheet", case.crn)


def test_another_officer_is_not_led_to_answer_nor_to_hand_over(client, case):
    offer = offered(case)
    colleague = UserFactory(team=case.team)
    AssignmentFactory(case=case, user=colleague)

    page = see(client, colleague, "case-holder", case.crn)

    assert "Accept or refuse it" not in page
    refused = post(client, colleague, "answer-offer", case.crn, offer.pk, answer="accept")
    assert "or whoever covers for them" in refused
    assert Case.objects.get().officer == case.officer


@pytest.fixture
def leaving(senior):
    """An officer of the senior's team who leaves in a month, with five cases of rising risk."""
    user = UserFactory(team=senior.team)
    for harm in ("", Rosh.LOW, Rosh.MEDIUM, Rosh.HIGH, Rosh.VERY_HIGH):
        held = CaseFactory(officer=user, team=senior.team)
        StandingFactory(case=held, harm=harm)
    return DepartureFactory(user=user, last_on=localdate() + timedelta(days=28), begun_by=senior)


def test_a_senior_says_that_somebody_leaves_and_comes_to_their_cases_worst_first(client, senior):
    user = UserFactory(team=senior.team)
    for harm in (Rosh.LOW, Rosh.VERY_HIGH):
        StandingFactory(case=CaseFactory(officer=user, team=senior.team), harm=harm)

    page = post(
        client, senior, "begin-departure", user=user.username, last_on=localdate() + timedelta(days=28)
    )  # fmt: skip

    assert page.index("Very high") < page.index("Low")
    assert user.name in see(client, senior, "hand-overs")


def test_whom_all_of_them_might_go_to_is_asked_for_from_the_page_of_whoever_leaves(
    client, senior, leaving
):
    page = see(client, senior, "departure", leaving.pk)

    assert f"/sharing/ask/?team={senior.team.code}&amp;officer={leaving.user_id}" in page
    asked = see(client, senior, "ask-for-sharing", officer=leaving.user_id)
    assert f'value="{leaving.user.username}" selected' in asked


def test_one_press_offers_all_that_is_ticked(client, senior, leaving):
    receiver = UserFactory(team=senior.team, grade="po")
    cases = list(leaving.user.cases.order_by("pk"))
    said = {f"take_{one.crn}": "on" for one in cases} | {
        f"to_{one.crn}": receiver.username for one in cases
    }

    page = post(client, senior, "departure", leaving.pk, note=NOTE, **said, **{f"alone_{cases[0].crn}": "Ring first"})  # fmt: skip

    assert Transfer.objects.waiting().filter(to_officer=receiver).count() == 5
    assert Transfer.objects.get(case=cases[0]).note.endswith("Ring first")
    assert "5 cases offered to 1 officer" in page
    assert Giving.objects.filter(officer=receiver).count() == 5


def test_what_is_warned_of_among_those_that_are_ticked_is_asked_once_for_each_kind(
    client, senior, leaving
):
    receiver = UserFactory(team=senior.team, grade="po")
    cases = list(leaving.user.cases.order_by("pk"))
    for case in cases[:2]:
        RegistrationFactory(case=case, type_code="ADVP")
    AbsenceFactory(user=receiver, from_on=localdate(), to_on=localdate())
    said = {f"take_{one.crn}": "on" for one in cases} | {
        f"to_{one.crn}": receiver.username for one in cases
    }

    page = post(client, senior, "departure", leaving.pk, note="", **said)
    assert "Domestic abuse with trained staff: not so in 2 cases." in page
    assert "Somebody is there for the first appointment: not so in 5 cases." in page
    assert not Transfer.objects.exists()

    answers = {"said_training_domestic_abuse": "Ann Orr works on both with her.", "said_away": "I see them on Monday."}  # fmt: skip
    half = post(client, senior, "departure", leaving.pk, note=NOTE, **said, said_away=answers["said_away"])  # fmt: skip
    assert "There is a problem" in half
    assert answers["said_away"] in half
    post(client, senior, "departure", leaving.pk, note=NOTE, **said, **answers)

    assert Transfer.objects.waiting().filter(to_officer=receiver).count() == 5
    kept = Giving.objects.get(case=cases[0])
    assert [one["key"] for one in kept.warned] == ["training:domestic_abuse", "away"]
    assert (kept.compared, kept.left_out) == (3, 0)  # of the team, whoever leaves among them
    assert [one["key"] for one in Giving.objects.get(case=cases[4]).warned] == ["away"]


def test_all_of_them_with_one_officer_are_counted_together(client, senior, leaving):
    receiver = UserFactory(team=senior.team, grade="po")
    Case.objects.filter(officer=leaving.user).update(officer=None)
    for _ in range(45):
        a_case(leaving.user, group="MC50")
    cases = list(leaving.user.cases.all())
    said = {f"take_{one.crn}": "on" for one in cases} | {
        f"to_{one.crn}": receiver.username for one in cases
    }

    page = post(client, senior, "departure", leaving.pk, note=NOTE, **said)

    assert f"With all that they get {receiver.name} would be at 1" in page
    assert not Transfer.objects.exists()


def test_an_officer_whom_an_order_keeps_from_it_is_refused_by_the_number_of_the_case(
    client, senior, leaving
):
    receiver = UserFactory(team=senior.team, grade="po")
    case = leaving.user.cases.order_by("pk").first()
    limit(case, kept_out=[receiver])
    offers = [(case, receiver, "")]

    with pytest.raises(RuleBroken, match=case.crn):
        offer_leavers_cases(departure=leaving, offers=offers, note=NOTE, said={}, by=senior, now=NOW)  # fmt: skip

    assert not Transfer.objects.exists()


def test_a_ticked_case_without_a_receiver_is_said_on_that_box_and_none_is_offered(
    client, senior, leaving
):
    case = leaving.user.cases.first()

    page = post(client, senior, "departure", leaving.pk, note=NOTE, **{f"take_{case.crn}": "on"})

    assert f"Choose who is to have {case.crn}" in page
    assert not Transfer.objects.exists()


def test_a_case_that_nobody_there_may_have_is_said_so_and_holds_up_no_other(
    client, senior, leaving
):
    receiver, case = (
        UserFactory(team=senior.team, grade="po"),
        leaving.user.cases.order_by("pk").first(),
    )
    limit(case, restricted=True, let_in=[senior, leaving.user])
    other = leaving.user.cases.order_by("pk").last()

    page = see(client, senior, "departure", leaving.pk)
    post(client, senior, "departure", leaving.pk, note=NOTE, **{f"take_{other.crn}": "on", f"to_{other.crn}": receiver.username})  # fmt: skip

    assert "let none of these officers in" in page
    assert f"take_{case.crn}" not in page
    assert Transfer.objects.get().case == other


def test_a_case_kept_from_the_senior_is_not_named_among_those_of_whoever_leaves(
    client, senior, leaving
):
    kept = CaseFactory(officer=leaving.user, team=senior.team, surname="Qzxwv")
    limit(kept, kept_out=[senior])

    page = see(client, senior, "departure", leaving.pk)

    assert "Qzxwv" not in page
    assert kept.crn in page
    assert "1 more of their cases" in page


def test_a_senior_of_another_team_does_not_come_to_somebody_s_leaving(client, leaving):
    client.force_login(UserFactory(role=Role.SPO))

    assert client.get(reverse("departure", args=[leaving.pk])).status_code == 404


def queries_of(client, user, name, *args):
    see(client, user, name, *args)  # what is read once stays out of the count
    with CaptureQueriesContext(
        connection,
    ) as asked:
        see(client, user, name, *args)
    return len(asked)


def test_the_page_of_a_departure_asks_as_much_for_five_cases_as_for_sixty(client, senior, leaving):
    few = queries_of(client, senior, "departure", leaving.pk)
    for _ in range(55):
        StandingFactory(case=CaseFactory(officer=leaving.user, team=senior.team))

    assert queries_of(client, senior, "departure", leaving.pk) == few


def test_the_list_of_hand_overs_asks_as_much_for_five_rows_as_for_sixty(client, senior):
    def more(number):
        for _ in range(number):
            CaseFactory(team=senior.team)
        for one in Case.objects.filter(transfers=None):
            TransferFactory(case=one, from_team=senior.team)

    more(5)
    few = queries_of(client, senior, "hand-overs")
    more(55)

    assert queries_of(client, senior, "hand-overs") == few
