"""The product held to what the demonstration planted of teams: the figures of each and the lists behind them, to the row; how
full officers are, what is known of them, and when they were supervised.

The truth is reckoned from the plans alone, apart from the rules, so that agreement is evidence.
"""

import re
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from cases.models import Case, Deadline, InterimPlan, Review, SeniorAction, Transfer
from cases.queries.contact_figures import figures_of
from cases.reference.deadlines import KINDS
from cases.reference.reviews import ReviewState
from cases.rules.contact_figures import among
from cases.rules.words import counted as in_words
from cases.services.policy import supervision_policy
from oversight.models import SavedView, SharingOut, Supervision, WeeklyFigures
from oversight.queries import grid_change, interim_plans, owed, team_figures
from oversight.queries.agenda import agenda_for
from oversight.queries.case_facts import case_facts_of
from oversight.queries.officers import officers_to_read
from oversight.queries.policy import workload_policy
from oversight.queries.supervision import officer_rows
from oversight.queries.team import board
from oversight.queries.tiers import tiers_of
from oversight.queries.views import views_for
from oversight.queries.workload import loads_of
from oversight.reference.sharing import WITH_MOVES
from oversight.reference.team_figures import ONE_OF
from staff.models import Team, User
from staff.permissions import Action, Role
from tests.clock import frozen
from tests.demonstration import TODAY, demonstrated
from tests.tiers_again import tier_again
from ttg.queries.board import Wanted as OfReleases
from ttg.queries.board import page_of_releases
from unpaidwork.queries import caseload

pytestmark = pytest.mark.django_db
NOW = datetime.combine(TODAY, time(9), get_current_timezone())
ROWS, COLUMNS = ["L", "LC", "M", "MC"], ["0", "50", "75", "90"]
NOT_RECKONED_HERE = "review_event"  # found on the record by its own rules, see the truth of meeting
NOT_OURS = {"retained", "no_sentence"}
KEPT = 'aria-label="Cases of limited access"'
OF_WORK = {"terms": "work-terms", "instruction": "work-instruction", "suspended": "work-suspended"}


@pytest.fixture(scope="module")
def truth(django_db_setup, django_db_blocker, tmp_path_factory):
    with demonstrated(django_db_blocker, tmp_path_factory) as planted:
        yield planted


@pytest.fixture(scope="module")
def head(truth):
    return User.objects.get(username=Role.HEAD)


@pytest.fixture(scope="module")
def on_board(truth, head):
    """{CRN: how they were planted} of everybody a head of service sees on the boards."""
    kept = set(Case.objects.masked_to(head).values_list("crn", flat=True))
    return {
        one["crn"]: one
        for one in truth["people"]
        if one["place"] != "no_sentence" and one["crn"] not in kept
    }


@pytest.fixture(scope="module")
def ours(on_board):
    return {crn: one for crn, one in on_board.items() if one["place"] not in NOT_OURS}


@pytest.fixture(scope="module")
def found(head):
    with frozen(NOW):
        return team_figures.figures_by_team(team_figures.asked_of(head, None, NOW))


@pytest.fixture(scope="module")
def met(found):
    """{code of a figure: {code of the team: number}}, of the teams that have any."""
    codes = dict(Team.objects.values_list("pk", "code"))
    sums = defaultdict(dict)
    for key, figures in found.teams.items():
        for code, one in figures.items():
            if one.met:
                sums[code][codes.get(key, "")] = one.met
    return sums


def by_team(people, crns):
    """{code of the team: how many}, each CRN as often as it comes."""
    return dict(Counter(people[crn]["team"] for crn in crns))


def day(text):
    return date.fromisoformat(text)


# The GRID, and who moved


def change(then, now):
    """How a place differs from another, said here a second time."""
    if then is None:
        return "unknown"
    was, is_now = (re.fullmatch(r"(LC|MC|L|M)(\d+)", one) for one in (then, now))
    if not was or not is_now:
        return "outside" if not was and not is_now else "out" if was else "into"
    down = ROWS.index(is_now[1]) - ROWS.index(was[1])
    right = COLUMNS.index(is_now[2]) - COLUMNS.index(was[2])
    if not down and not right:
        return "same"
    if down >= 0 and right >= 0:
        return "higher"
    return "lower" if down <= 0 and right <= 0 else "across"


def moves(truth, people):
    return {
        crn: (truth["grid_before"][crn], one["group"] or one["place"])
        for crn, one in people.items()
    }


def test_everybody_stood_where_they_were_planted_four_weeks_ago_and_stands_now(
    truth, head, on_board
):
    kept = grid_change.moves_of(head, None, TODAY)

    crns = dict(Case.objects.values_list("pk", "crn"))
    assert {crns[pk]: (one.then, one.now) for pk, one in kept.items()} == moves(truth, on_board)


def test_each_team_counts_the_moves_that_were_planted_in_it(truth, on_board, met):
    changes = defaultdict(list)
    for crn, (then, now) in moves(truth, on_board).items():
        changes[change(then, now)].append(crn)

    for name in ("higher", "lower", "across", "into", "out", "unknown"):
        assert met.get(f"grid-{name}", {}) == by_team(on_board, changes[name]), name
    assert all(changes[name] for name in ("higher", "lower", "into", "out", "unknown"))


def test_the_lines_of_the_groups_are_who_is_there_came_and_left(truth, on_board, found):
    known = [pair for pair in moves(truth, on_board).values() if pair[0] is not None]
    now = Counter(one["group"] for one in on_board.values())
    came = Counter(here for then, here in known if then != here)
    left = Counter(then for then, here in known if then != here)

    lines = {one.group: (one.now, one.came, one.left) for one in found.lines}

    groups = [f"{row}{column}" for row in ROWS for column in COLUMNS]
    assert lines == {one: (now[one], came[one], left[one]) for one in groups}


def test_a_list_of_moves_holds_those_people_and_nobody_else(truth, head, on_board, show):
    for name in ("higher", "lower", "into", "out", "across"):
        wanted = {crn for crn, pair in moves(truth, on_board).items() if change(*pair) == name}

        page = show(head, "team-grid-change", team="all", show=name)

        assert set(page.crns) == wanted, name


# What is owed


def late(truth, people):
    """[CRN, kind, due] of everything that is late on these cases."""
    return [
        (one["crn"], one["kind"], one["due_on"])
        for one in truth["flags"]
        if one["late"] and one["crn"] in people
    ]


def test_what_is_late_is_listed_by_harm_as_planted(truth, head, ours):
    for harm in "abc":
        wanted = owed.Wanted(harm=harm, show="late")
        rows = owed.matching(head, wanted, TODAY).exclude(kind=NOT_RECKONED_HERE)

        listed = Counter(
            (crn, kind, due.isoformat())
            for crn, kind, due in rows.values_list("case__crn", "kind", "due_on")
        )

        planted = [row for row in late(truth, ours) if KINDS[row[1]].harm == harm]
        assert listed == Counter(planted)
        assert planted


def test_each_team_counts_what_is_late_as_it_was_planted(truth, ours, met):
    apart = (
        Deadline.objects.overdue(TODAY).ours().filter(kind=NOT_RECKONED_HERE, case__crn__in=ours)
    )
    apart = list(apart.values_list("case__crn", flat=True))

    for harm in "abc":
        crns = [crn for crn, kind, _ in late(truth, ours) if KINDS[kind].harm == harm]
        if KINDS[NOT_RECKONED_HERE].harm == harm:
            crns += apart
        assert met[f"late-{harm}"] == by_team(ours, crns)


def test_interim_plans_that_stand_run_out_and_end_soon_are_those_planted(
    truth, head, on_board, met
):
    standing = [one for one in truth["standing"] if one[0] in on_board]

    rows = interim_plans.standing_of(head, None).values_list("case__crn", "expires_on")

    assert sorted([crn, on.isoformat()] for crn, on in rows) == standing
    over = [crn for crn, on in standing if day(on) < TODAY]
    soon = [crn for crn, on in standing if TODAY <= day(on) <= TODAY + timedelta(days=7)]
    assert met["plans-over"] == by_team(on_board, over)
    assert met["plans-ending"] == by_team(on_board, soon)
    assert InterimPlan.objects.standing().count() >= len(standing) > 0


# Contact, reviews, releases, unpaid work, enforcement


def test_contact_is_short_below_and_not_offered_of_those_planted(truth, head, ours, met, found):
    keys = dict(Case.objects.filter(crn__in=ours).values_list("pk", "crn"))
    figures = figures_of(list(keys), TODAY, 12)
    outside = defaultdict(list)  # of whoever is in no group: what they are asked is not reckoned
    counted = defaultdict(list)
    for pk, one in figures.items():
        crn = keys[pk]
        for name in among(one.supervised, one.figures) if one.figures else ():
            if ours[crn]["place"] != "group":
                outside[name].append(crn)
    for crn, one in truth["meeting"]["contact"].items():
        if crn in ours and ours[crn]["place"] == "group":
            if one["delivered"] < one["standard"]:
                counted["short"].append(crn)
            if not one["offered"] and not one["delivered"] and one["standard"]:
                counted["not_offered"].append(crn)

    for name, code in (("short", "contact-short"), ("not_offered", "contact-none")):
        assert met.get(code, {}) == by_team(ours, counted[name] + outside[name]), name
    assert counted["short"]
    assert found.contact.people == len([one for one in figures.values() if one.figures])


def test_reviews_that_changed_nothing_and_were_not_read_are_those_planted(truth, on_board, met):
    unread = [crn for crn, kind, _ in truth["meeting"]["reviews"] if kind == "unread"]

    assert met.get("no-change", {}) == by_team(on_board, [crn for crn in unread if crn in on_board])
    assert set(Review.objects.filter(hollow=True, read_at=None, state=ReviewState.SIGNED).values_list("case__crn", flat=True)) == set(unread)  # fmt: skip


def test_who_was_to_have_left_and_how_many_leave_soon_is_as_planted(truth, on_board, found, met):
    leaves = {crn: day(on) for crn, on in truth["release"]["stays"].items() if crn in on_board}
    soon = [crn for crn, on in leaves.items() if TODAY <= on <= TODAY + timedelta(days=28)]

    whole = found.whole()

    assert whole["release-late"].counted == len(leaves)
    assert met.get("release-late", {}) == by_team(on_board, [c for c, on in leaves.items() if on < TODAY])  # fmt: skip
    assert whole["not-ready"].counted == len(soon) > 0


def test_whoever_leaves_soon_with_nowhere_to_go_or_a_need_unasked_is_not_ready(
    truth, head, on_board
):
    """What makes somebody ready is told from too much to be reckoned a second time; what keeps them from it is not."""
    release = truth["release"]
    soon = {
        crn
        for crn, on in release["stays"].items()
        if TODAY <= day(on) <= TODAY + timedelta(days=28) and crn in on_board
    }

    board = page_of_releases(head, OfReleases(band="28-days", not_ready=True), TODAY, after=None, size=500)  # fmt: skip

    lacking = soon & {*release["unhoused"], *release["substances_unasked"]}
    assert lacking
    assert lacking <= {row.crn for row in board.rows} <= soon


def test_unpaid_work_to_look_into_is_what_was_planted(truth, on_board, met):
    work = truth["unpaid_work"]
    for name, code in OF_WORK.items():
        planted = [crn for crn in work[name] if crn in on_board and work["works"][crn]["state"] == "open"]  # fmt: skip

        assert met.get(code, {}) == by_team(on_board, planted), name


def test_whoever_was_placed_before_their_risk_was_known_is_behind_a_shut_gate(
    truth, head, on_board
):
    work = truth["unpaid_work"]

    rows = caseload.matching(head, Action.VIEW_UNPAID_WORK, caseload.Wanted(look="shut"), TODAY)

    placed = {crn for crn in (*work["placed_unassessed"], *work["placed_unanalysed"]) if crn in on_board}  # fmt: skip
    assert placed
    assert placed <= set(rows.values_list("case__crn", flat=True))


def test_the_queue_of_the_hub_and_what_waits_of_failures_have_the_ages_that_were_planted(
    truth, ours, found, met
):
    planted = truth["enforcement"]
    queue = [row for row in planted["queue"] if row[0] in ours]

    aged = found.aged(TODAY)
    assert aged["hub"].count == len(queue) > 0
    about_failures = [row for row in planted["owed"] if row[1] in {"answer_failure", "decide_again"} and row[0] in ours]  # fmt: skip
    assert aged["failures"].count == len(about_failures) > 0
    late_of_them = [crn for crn, _, due in about_failures if day(due) < TODAY]
    assert met.get("failures-late", {}) == by_team(ours, late_of_them)


def test_what_people_wait_for_is_what_was_planted(truth, ours, found, met):
    chased = [
        one["crn"]
        for one in truth["flags"]
        if one["late"] and one["kind"] == "chase_check" and one["crn"] in ours
    ]
    stalled = {crn: day(on) for crn, on in truth["meeting"]["stalled"].items() if crn in ours}

    assert met.get("wait-agency", {}) == by_team(ours, chased)
    assert met.get("wait-day", {}) == by_team(ours, stalled)
    assert sorted(on for days in found.since["day"].values() for on in days) == sorted(stalled.values())  # fmt: skip
    assert chased
    assert stalled


def test_cases_that_nobody_holds_are_those_planted(ours, met):
    unheld = [crn for crn, one in ours.items() if not one["officer"]]

    assert met["no-officer"] == by_team(ours, unheld)
    assert unheld


# The pages themselves


@pytest.fixture
def show(client):
    def get(user, name, **asked):
        with frozen(NOW):
            client.force_login(user)
            return Page(client.get(reverse(name), asked))

    return get


class Page:
    """A page as it is shown: the rows of its lists."""

    def __init__(self, answer):
        assert answer.status_code == 200
        page = unescape(re.sub(r"\s+", " ", answer.content.decode()))
        self.shown, _, _ = page.partition(KEPT)

    @property
    def rows(self):
        return [_plain(row) for row in re.findall(r"<tr[^>]*data-row.*?</tr>", self.shown)]

    @property
    def crns(self):
        return re.findall(r"T\d{6}", " ".join(self.rows))


def _plain(markup):
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


def test_the_page_of_each_team_shows_the_figures_that_were_counted(head, show, found):
    for team in Team.objects.filter(pk__in=[key for key in found.teams if key]):
        page = show(head, "team-figures", team=team.code)

        for code, one in found.of(team.pk).items():
            figure = team_figures.FIGURES[code]
            assert any(
                row.startswith(f"{figure.title} {one.met:,}")
                and in_words(one.counted, ONE_OF[figure.of], figure.of) in row
                for row in page.rows
            ), (team.name, code)


def test_teams_stand_side_by_side_in_the_order_of_their_names_with_the_same_figures(
    head, show, found
):
    page = show(head, "team-compare")

    names = list(Team.objects.filter(pk__in=[key for key in found.teams if key]).order_by("name").values_list("name", flat=True))  # fmt: skip
    shown = [name for row in page.rows for name in names if row.startswith(f"{name} ")]
    sections = len(shown) // len(names)
    assert shown == names * sections
    assert sections >= 9


# Workload


def test_cases_weigh_what_was_planted(truth, head):
    policy = workload_policy(TODAY)
    officers = officers_to_read(head).exclude(username=truth["life"]["gone"])

    loads = loads_of(officers, TODAY, policy)

    weighed = {one.crn: one.points.number for load in loads for one in load.cases}
    held = {
        one["crn"] for one in truth["people"] if one["officer"] and one["place"] not in NOT_OURS
    }
    planted = {crn: points for crn, points in truth["workload"]["points"].items() if crn in held}
    assert weighed == planted


def test_national_tiers_are_those_of_a_second_reckoning_and_place_nobody(truth):
    cases = list(Case.objects.ours().order_by("pk"))
    before = list(Case.objects.order_by("pk").values_list("standing__place", "standing__group"))

    found = tiers_of([one.pk for one in cases], TODAY, workload_policy(TODAY))

    assert {one.crn: found[one.pk].code for one in cases} == {one.crn: tier_again(one, TODAY) for one in cases}  # fmt: skip
    assert len({one.code for one in found.values()}) >= 8
    assert list(Case.objects.order_by("pk").values_list("standing__place", "standing__group")) == before  # fmt: skip


def test_each_officer_is_as_full_as_was_planted(truth, head):
    planted = truth["oversight"]["officers"]
    loads = loads_of(officers_to_read(head), TODAY, workload_policy(TODAY))

    shown = {
        one.user.username: (len(one.cases), one.full.total, one.full.available, one.excess and one.excess.since.isoformat())
        for one in loads
        if one.user.username in planted
    }  # fmt: skip

    assert shown == {
        name: (one["cases"], one["points"], one["room"], one["excess"])
        for name, one in planted.items()
    }
    assert sum(one["excess"] is not None for one in planted.values()) >= 2


def test_a_run_broken_by_a_week_in_which_nothing_was_kept_is_no_excess(truth):
    broken = [
        one for one in truth["oversight"]["officers"].values()
        if len(one["weeks"]) == 4 and all(float(percent) > 110 for percent in one["weeks"].values())
    ]  # fmt: skip

    assert len(broken) == 1
    assert broken[0]["excess"] is None


def test_the_page_of_workload_has_a_row_for_each_officer_of_the_team_as_planted(truth, show):
    planted = truth["oversight"]["officers"]
    for senior in User.objects.filter(role=Role.SPO).select_related("team"):
        page = show(senior, "workload", team=senior.team.code)

        members = User.objects.filter(role=Role.OFFICER, team=senior.team, username__in=planted)
        names = [one.name for one in members.order_by("last_name", "first_name", "pk")]
        shown = [name for row in page.rows for name in names if row.startswith(name)]
        assert shown == names
        for one in members:
            (row,) = [row for row in page.rows if row.startswith(one.name)]
            known = planted[one.username]
            assert f" {known['cases']:,} {known['points']:,} {known['room']:,} " in row
            assert ("an excessive workload" in row) == (known["excess"] is not None)
            for kind, words in (
                ("domestic_abuse", "domestic abuse"),
                ("child", "child safeguarding"),
            ):
                said = re.search(r"No training that counts: ([^.]*)\.", row)
                assert (bool(said) and words in said[1]) == (kind in known["lacks"])


# Supervision


def test_each_officer_was_supervised_when_it_was_planted(truth, head):
    planted = truth["oversight"]["supervision"]
    rows = officer_rows(head, None, TODAY, supervision_policy(TODAY))
    names = {one.name: one.username for one in User.objects.filter(username__in=planted)}

    shown = {names[row.name]: (row.open, row.late) for row in rows if row.name in names}

    assert shown == {name: (one["open"], one["late"]) for name, one in planted.items()}
    days = Supervision.objects.filter(state__in=["signed", "read"]).values_list("officer__username", "held_on")  # fmt: skip
    assert {name: on.isoformat() for name, on in days} == {
        name: one["last"] for name, one in planted.items() if one["last"]
    }


@pytest.mark.parametrize("stands", ["overdue", "never"])
def test_the_list_of_supervision_marks_those_planted(truth, show, stands):
    planted = truth["oversight"]["supervision"]
    mark = {"overdue": "Overdue", "never": "Not recorded"}[stands]
    marked = 0
    for senior in User.objects.filter(role=Role.SPO).select_related("team"):
        page = show(senior, "supervisions", team=senior.team.code)

        for one in User.objects.filter(role=Role.OFFICER, team=senior.team, username__in=planted):
            (row,) = [row for row in page.rows if row.startswith(one.name)]
            assert (mark in row) == (planted[one.username]["stands"] == stands), one.name
            marked += mark in row
    assert marked


def test_a_supervision_is_due_today_with_what_is_red_and_what_is_not(truth):
    senior, officer = (User.objects.get(username=role) for role in (Role.SPO, Role.OFFICER))

    agenda = agenda_for(officer, senior, TODAY, supervision_policy(TODAY))

    assert truth["oversight"]["supervision"][officer.username]["next"] == TODAY.isoformat()
    assert agenda.strengths
    assert agenda.red


def test_what_seniors_asked_for_is_open_late_or_done_as_planted_with_its_clock(truth):
    found = SeniorAction.objects.values_list("case__crn", "due_on", "state")

    planted = truth["oversight"]["asked"]
    assert sorted([crn, due.isoformat(), state] for crn, due, state in found) == planted
    running = Deadline.objects.unmet().filter(kind="do_senior_action")
    assert sorted(running.values_list("case__crn", flat=True)) == sorted(
        crn for crn, _, state in planted if state == "open"
    )
    assert {state for *_, state in planted} == {"open", "done", "withdrawn"}


# Cases that nobody holds, and what staff keep


def test_what_a_case_that_nobody_holds_asks_for_is_as_planted(truth, ours):
    unheld = Case.objects.filter(crn__in=ours, officer=None)
    names = dict(User.objects.values_list("pk", "username"))
    asked = truth["workload"]["asks"]

    facts = case_facts_of(unheld, TODAY, workload_policy(TODAY)).values()

    assert {one.crn: sorted(one.asks_for) for one in facts if one.asks_for} == {
        crn: asked[crn] for crn in asked if crn in ours and not ours[crn]["officer"]
    }
    before = {one.crn: names[one.before[0].officer] for one in facts if one.before}
    assert truth["oversight"]["held_before"].items() <= before.items()
    assert any(one.asks_for for one in facts)
    assert truth["oversight"]["held_before"]


def test_the_proposal_is_about_each_case_that_it_says(truth, ours):
    proposal = SharingOut.objects.select_related("team", "officer", "asked_by").get()
    of_officer = proposal.officer.username if proposal.officer else ""
    team = proposal.team.code
    meant = {
        crn
        for crn, one in ours.items()
        if (one["officer"] or "") == of_officer and (of_officer or one["team"] == team)
    }
    offered = set(Transfer.objects.waiting().values_list("case__crn", flat=True))
    kept = set(Case.objects.masked_to(proposal.asked_by).values_list("crn", flat=True))

    assert proposal.state == "proposed"
    assert set(truth["oversight"]["sharing"]) == meant - offered - kept
    answered = proposal.outcome in WITH_MOVES
    assert answered == proposal.moves.taking_part().exists()
    assert answered or proposal.in_the_way
    for left_out in proposal.moves.left_out_by_itself():
        assert left_out.left_out.startswith("Nobody who takes part may have it. ")
    knew = truth["oversight"]["held_before"]
    for move in proposal.moves.taking_part().select_related("to_officer__team", "case"):
        assert move.to_officer.team == proposal.team
        if (
            move.case.crn in knew
        ):  # it goes back to whoever knows it, or that it does not is warned of
            back = move.to_officer.username == knew[move.case.crn]
            assert back != any(row["key"] == "held-before" for row in move.warned)


def test_views_are_kept_and_shared_as_planted(truth):
    found = SavedView.objects.values_list("by__username", "name", "shared")

    assert sorted(map(list, found)) == sorted(truth["oversight"]["views"])
    spo, officer = (User.objects.get(username=role) for role in (Role.SPO, Role.OFFICER))
    assert [one.name for one in views_for(officer) if not one.own] == []
    shared = [name for by, name, all_see in truth["oversight"]["views"] if by == Role.OFFICER and all_see]  # fmt: skip
    assert [one.name for one in views_for(spo) if not one.own] == shared
    sent = WeeklyFigures.objects.values_list("user__username", flat=True)
    assert sorted(sent) == sorted(truth["oversight"]["sent_each_week"])


def test_the_board_of_the_head_counts_everybody(head, on_board):
    whole = board(head, None, TODAY)

    assert whole.supervised == len(on_board)
