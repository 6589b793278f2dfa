"""The list of referrals without an answer: by team, as a file, and to whom."""

import csv
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from cases.models import Limit
from staff.models import Entry
from staff.permissions import Role
from tests.factories import (  # fmt: skip
    CaseFactory,
    CustodyFactory,
    NeedFactory,
    ReferralFactory,
    RelatedPersonFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAGE, FILE = reverse("referrals-unanswered"), reverse("referrals-unanswered-csv")
DAY = timedelta(days=1)


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


@pytest.fixture
def north():
    return TeamFactory(name="North")


def asked(team=None, days=1, **columns):
    """A referral of somebody whose case this team holds, sent so many days ago."""
    case = CaseFactory(team=team or TeamFactory())
    need = NeedFactory(custody=CustodyFactory(case=case), words=columns.pop("words", "A script"))
    return ReferralFactory(need=need, sent_at=now() - days * DAY, **columns)


def crn_of(referral):
    return referral.need.custody.case.crn


def see(client, user, **codes):
    client.force_login(user)
    return client.get(PAGE, codes)


def listed(answer):
    return re.findall(r'data-row id="(\w+)"', answer.content.decode())


def lines_of(client, user, **codes):
    client.force_login(user)
    answer = client.get(FILE, codes)
    assert answer.status_code == 200
    return list(csv.reader(b"".join(answer.streaming_content).decode().splitlines()))


def test_a_team_narrows_the_list_and_its_chip_widens_it_again(client, hub, north):
    theirs, other = asked(north), asked()

    both, narrowed = see(client, hub), see(client, hub, team=north.code)

    assert sorted(listed(both)) == sorted([crn_of(theirs), crn_of(other)])
    assert listed(narrowed) == [crn_of(theirs)]
    page = narrowed.content.decode()
    assert f'<a class="moj-filter__tag" href="{PAGE}">' in page
    assert "Team: North" in page
    assert "1 referral" in page
    assert "moj-filter__tag" not in both.content.decode()


def test_only_teams_with_something_to_see_are_on_offer(client, hub, north):
    asked(north)
    asked(TeamFactory(name="Answered"), state="accepted", received_by="Jo")
    senior = UserFactory(role=Role.SPO, team=TeamFactory(name="South"))
    own = asked(senior.team)

    page = see(client, hub).content.decode()

    assert "North</option>" in page
    assert "Answered" not in page
    answer = see(client, senior)
    assert "North" not in answer.content.decode()
    assert listed(answer) == [crn_of(own)]


def test_a_team_that_is_not_on_offer_narrows_nothing_and_breaks_nothing(client, hub):
    one = asked()

    assert listed(see(client, hub, team="NOWHERE")) == [crn_of(one)]


def test_the_next_page_and_the_file_keep_the_team(client, hub, north):
    for n in range(52):
        asked(north, days=n + 1)
    asked()

    page = see(client, hub, team=north.code).content.decode()
    href = re.search(r'href="([^"]*after=\d+)"', page)[1].replace("&amp;", "&")

    assert f"team={north.code}" in href
    assert len(listed(client.get(href))) == 2
    assert f"{FILE}?team={north.code}" in page


def test_where_nothing_waits_the_page_says_so(client, hub):
    asked(state="accepted", received_by="Jo")

    page = see(client, hub).content.decode()

    assert "Every one that was sent has an answer." in page
    assert "Download as CSV" not in page


def test_the_file_has_the_same_referrals_longest_first_and_the_download_is_recorded(
    client, hub, north
):
    late, lately = asked(north, days=9, service__name="Turning Tide"), asked(north, days=2)
    asked()

    head, first, second = lines_of(client, hub, team=north.code)

    assert head[:4] == ["CRN", "Name", "Officer", "Service"]
    assert (first[0], second[0]) == (crn_of(late), crn_of(lately))
    assert first[3] == "Turning Tide"
    assert first[7] == "9"
    said = [one.detail for one in Entry.objects.filter(action="export_cases")]
    assert {"list": "referrals-unanswered", "filters": {"team": north.code}} in said


def test_a_senior_takes_away_their_own_team_and_no_other(client):
    senior = UserFactory(role=Role.SPO, team=TeamFactory())
    own = asked(senior.team)
    asked()

    _, *lines = lines_of(client, senior)

    assert [one[0] for one in lines] == [crn_of(own)]


@pytest.mark.parametrize(
    ("role", "reads", "takes"),
    [
        (Role.HUB, 200, 200),
        (Role.SPO, 200, 200),
        (Role.OFFICER, 200, 403),
        (Role.RESETTLEMENT, 200, 403),
        (Role.HEAD, 403, 200),
        (Role.MENTOR, 403, 403),
        (Role.SUPERVISOR, 403, 403),
    ],
)
def test_who_reads_the_list_and_who_takes_the_file(client, role, reads, takes):
    client.force_login(UserFactory(role=role, team=TeamFactory()))

    assert client.get(PAGE).status_code == reads
    assert client.get(FILE).status_code == takes


def test_a_head_who_sends_none_takes_those_of_every_team_and_may_narrow_them(client, north):
    one = asked(north)
    asked()
    head = UserFactory(role=Role.HEAD)

    assert len(lines_of(client, head)) == 3
    assert [line[0] for line in lines_of(client, head, team=north.code)[1:]] == [crn_of(one)]


def test_whoever_may_not_take_the_file_is_not_offered_it(client, north):
    officer = UserFactory(team=north)
    case = CaseFactory(officer=officer, team=north)
    ReferralFactory(need=NeedFactory(custody=CustodyFactory(case=case)), sent_at=now() - DAY)

    assert "Download as CSV" not in see(client, officer).content.decode()


def test_a_case_that_is_kept_is_neither_in_the_file_nor_among_the_teams(client, hub, north):
    kept = asked(north).need.custody.case
    other = asked()
    Limit.objects.create(case=kept, restricted=True, message="This case is kept.", ask="Pat Lane")

    page = see(client, hub).content.decode()
    lines = lines_of(client, hub)

    assert "North" not in page
    assert "This case is kept." in page
    assert kept.surname not in page
    assert [one[0] for one in lines[1:]] == [crn_of(other)]


def test_a_name_that_is_kept_is_kept_in_the_file(client, hub):
    one = asked(words="To live away from Robin Vale")
    RelatedPersonFactory(case=one.need.custody.case, name="Robin Vale", protected=True)

    assert "Robin Vale" not in str(lines_of(client, hub))


def statements(client, address):
    with CaptureQueriesContext(connection) as asked_of:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert body
    return len(asked_of)


@pytest.mark.parametrize(("address", "most"), [(f"{PAGE}?team=", 20), (f"{FILE}?team=", 16)])
def test_sixty_take_as_many_statements_as_five(client, hub, north, address, most):
    client.force_login(hub)
    address = f"{address}{north.code}"
    counts = []
    for more in (5, 55):
        for n in range(more):
            asked(north, days=n + 1)
        client.get(address)
        counts.append(statements(client, address))

    assert counts[0] == counts[1] <= most
