"""The headline figure: each number is what a count by hand finds, and what its list holds."""

from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import Case, Limit
from cases.reference.checks import CheckKind, EnquiryState, Reply
from cases.reference.codes import CaseState, Register
from oversight.queries.loop import CODES, loop_of
from oversight.queries.team import beside_the_board, cases_of
from staff.permissions import Role
from tests.factories import (
    CaseFactory,
    EnquiryFactory,
    InterimPlanFactory,
    PlanActionFactory,
    RegistrationFactory,
    TeamFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
PAGE = reverse("the-loop")
DAYS = timedelta(days=1)


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def head(client):
    user = UserFactory(role=Role.HEAD)
    client.force_login(user)
    return user


def concern(team, *registers, **case):
    found = CaseFactory(team=team, **case)
    for register in registers or [Register.DOMESTIC_ABUSE_PERPETRATOR]:
        RegistrationFactory(case=found, type_code=register)
    return found


def enquiry(case, kind=CheckKind.POLICE, **trait):
    """An enquiry at this step, answered a month ago where it is answered."""
    replied = {"replied_on": localdate() - 30 * DAYS} if not trait.get("sent") and trait else {}
    return EnquiryFactory(case=case, kind=kind, **trait | replied)


def planted(*teams):
    """Every combination that a count could get wrong."""
    registers = [
        [Register.MARAC],
        [Register.RISK_TO_CHILDREN],
        [Register.MARAC, Register.CHILD_CONCERNS],
        [Register.WEAPONS],
    ]
    steps = [{}, {"sent": True}, {"replied": True}, {"analysed": True}]
    for team, on, step, kind in product(teams, registers, steps, list(CheckKind)[:2]):
        made = enquiry(concern(team, *on), kind, **step)
        if step == {"analysed": True} and kind == CheckKind.POLICE:
            PlanActionFactory(case=made.case, enquiry=made)
    both = concern(teams[0], Register.MARAC, Register.CHILD_CONCERNS)
    for kind in (CheckKind.POLICE, CheckKind.CHILDREN):
        PlanActionFactory(case=both, enquiry=enquiry(both, kind, analysed=True))
    old = enquiry(concern(teams[0]), analysed=True)
    old.replied_on = localdate() - 190 * DAYS
    old.save()
    enquiry(concern(teams[0], state=CaseState.CLOSED), analysed=True)
    enquiry(concern(teams[0], retained_by="P. Wood"), analysed=True)
    enquiry(concern(teams[0], imported=True))
    planned = enquiry(concern(teams[0]))
    InterimPlanFactory(case=planned.case, expires_on=localdate()).enquiries.add(planned)
    run_out = enquiry(concern(teams[0]))
    InterimPlanFactory(case=run_out.case, expires_on=localdate() - DAYS).enquiries.add(run_out)
    half = enquiry(concern(teams[0]))
    InterimPlanFactory(case=half.case, expires_on=localdate()).enquiries.add(half)
    enquiry(half.case, CheckKind.CHILDREN)


ASKED_OF = {
    "MARAC": [Register.MARAC, Register.DOMESTIC_ABUSE_PERPETRATOR, Register.DOMESTIC_ABUSE_VICTIM],
    "child": [Register.RISK_TO_CHILDREN, Register.CHILD_CONCERNS, Register.CHILD_PROTECTION],
}


def by_hand(case, today):
    """The codes one case counts under, found the slow way."""
    on = set(case.registrations.filter(active=True).values_list("type_code", flat=True))
    kinds = [
        kind
        for kind, registers in (
            (CheckKind.POLICE, ASKED_OF["MARAC"]),
            (CheckKind.CHILDREN, ASKED_OF["child"]),
        )
        if on & set(registers)
    ]
    found = {"concern"} if kinds else set()

    def each(name, test):
        if kinds:
            met = all(any(map(test, case.enquiries.filter(kind=kind))) for kind in kinds)
            found.add(name if met else f"not-{name}")

    def answered(one):
        fresh = one.replied_on and (today - one.replied_on).days < 180
        return bool(fresh) and one.reply in (Reply.NO_TRACE, Reply.INFORMATION)

    def analysed(one):
        return answered(one) and one.state == EnquiryState.ANALYSED

    each("asked", lambda one: one.sent_on is not None)
    each("answered", answered)
    each("analysed", analysed)
    each("cited", lambda one: analysed(one) and one.actions.exists())
    waiting = case.enquiries.filter(state__in=["due", "sent", "replied"])
    if waiting and not case.imported:
        plans = case.interim_plans.filter(ended_on=None, expires_on__gte=today)
        covered = all(plans.filter(enquiries=one).exists() for one in waiting)
        found |= {"open", "planned" if covered else "not-planned"}
    return found


def test_every_number_is_what_a_count_by_hand_finds(team):
    planted(team, TeamFactory())
    today = localdate()

    whole, teams = loop_of(Case.objects.all(), today)

    hand = [
        by_hand(case, today) for case in Case.objects.filter(state="supervised", retained_by="")
    ]
    assert whole.counts == {code: sum(code in one for one in hand) for code in CODES}
    assert all(whole.counts.values()), "the planted cases leave nothing untried"
    assert {code: sum(one.counts[code] for one in teams) for code in CODES} == whole.counts


def test_every_number_opens_a_list_of_as_many_people(client, head, team):
    planted(team, TeamFactory())

    page = client.get(PAGE)

    lines = [*page.context["measures"], page.context["plans"]]
    links = [page.context["people"], *(link for one in lines for link in (one.done, one.missing))]
    for link in links:
        assert client.get(link.href).context["shown"].split()[0] == f"{link.count}", link.text
    for _, cells in page.context["teams"]:
        for cell in cells:
            assert client.get(cell.href).context["shown"].split()[0] == cell.text.split()[0]


def test_the_headline_is_said_in_a_sentence_with_its_definition_and_what_was_found_elsewhere(
    client, head, team
):
    closed = enquiry(concern(team), analysed=True)
    PlanActionFactory(case=closed.case, enquiry=closed)
    concern(team)

    page = client.get(PAGE).content.decode()

    assert "50% of people with a domestic abuse or child concern have a reply" in page
    assert "49% of cases" in page
    assert "55%" in page
    assert "28% of cases" in page
    assert "How this is counted" in page


def test_an_officer_sees_the_figure_of_their_team_and_its_lists(client, team):
    client.force_login(UserFactory(team=team))
    concern(team)
    concern(TeamFactory())

    page = client.get(PAGE)
    people = page.context["people"]

    assert people.count == 1
    assert client.get(people.href).context["shown"] == "1 person"
    assert page.context["teams"] == []


def test_the_board_of_a_team_shows_its_own_loop(client, team):
    client.force_login(UserFactory(role=Role.SPO, team=team))
    enquiry(concern(team), sent=True)
    concern(TeamFactory())

    board = client.get(reverse("team-board"))

    asked = board.context["loop"][0]
    assert (board.context["loop_people"].count, asked.done.count, asked.share) == (1, 1, "100%")
    assert len(client.get(asked.done.href).context["rows"]) == 1


@pytest.mark.parametrize("role", [Role.SPO, Role.HEAD, Role.QUALITY, Role.AUDITOR])
def test_the_board_counts_the_loop_as_its_page_does(role):
    """Of each team, and of all; with what is another's, limited, imported, and not ours among them."""
    ours, other = TeamFactory(), TeamFactory()
    planted(ours, other)
    reader, today = UserFactory(role=role, team=ours), localdate()
    for at in (ours, other):
        limit(enquiry(concern(at), sent=True).case, kept_out=[reader])
        enquiry(concern(at, state=CaseState.CLOSED), sent=True)
        enquiry(concern(at, retained_by="An officer of the NPS"), analysed=True)
        for taken_up_on in (None, today):
            enquiry(concern(at, imported=True, taken_up_on=taken_up_on), sent=True)

    whole, teams = loop_of(cases_of(reader, None), today)

    assert len(teams) == 2
    assert beside_the_board(reader, None, today).loop == whole
    for one in teams:
        assert beside_the_board(reader, one.team, today).loop == one


def test_a_case_of_limited_access_is_counted_apart(client, head, team):
    case = concern(team, surname="Hidden")
    Limit.objects.create(case=case, restricted=True, message="Restricted.", ask="Pat Lane")

    page = client.get(PAGE)

    assert page.context["people"].count == 0
    assert "Limited access: 1" in page.content.decode()


def test_sixty_cases_take_no_more_statements_than_five(
    client, head, team, django_assert_num_queries, django_assert_max_num_queries
):
    def cases(count):
        for _ in range(count):
            enquiry(concern(team), analysed=True)

    cases(5)
    with django_assert_max_num_queries(14) as at_five:
        client.get(PAGE)

    cases(55)
    with django_assert_num_queries(len(at_five)):
        client.get(PAGE)
