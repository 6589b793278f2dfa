"""A quarter's timetable of 12 interventions at 8 sites for 900 who wait: how long it takes, the gap, and beside first come.

Goal of the whole system: within 60 seconds on two cores, with the gap printed; against first-come-first-served in the same
run: who starts, how long they wait and who finishes in time. Tiny quarters are held to every answer there is, in
`tests/grid/rules/test_quarter_every_answer.py`. Both timetables are looked through by what knows neither (`quarter_check`).
"""

from datetime import date, timedelta
from random import Random

from bench.measure import timed
from grid.reference.interventions import Hook
from grid.reference.parts_of_day import PartOfDay, When
from grid.rules.coming import Suited
from grid.rules.first_come import first_come
from grid.rules.order_end import OrderEnd
from grid.rules.quarter import propose
from grid.rules.quarter_check import check
from grid.rules.quarter_facts import Ask, Leader, Site, ToPlan, Wanted
from grid.rules.quarter_told import figures_of

SEEDS = (2018, 41)
WAITING = 900
FIRST = date(2018, 10, 1)
SHUT = frozenset({date(2018, 12, 25), date(2018, 12, 26), date(2019, 1, 1)})
STARTS = (0, 2, 4, 6, 8, 10)
WITHIN = 60.0  # seconds
ALLOWED = 55.0  # of them: laying out and looking through take the rest
HEAD = f"{'a quarter of interventions':<58}{'took':>8}{'goal':>8}{'gap':>8}  how it ended"
DAY = [When(day, part) for day in range(5) for part in (PartOfDay.MORNING, PartOfDay.AFTERNOON)]
EVENINGS = [When(day, PartOfDay.EVENING) for day in range(4)]
ASKS = (  # code, sessions, a week, minutes, least, most, leaders, women only, how many sites, how often wanted
    ("building_better_relationships", 24, 2, 150, 6, 10, 2, False, 4, 10),
    ("thinking_skills_programme", 19, 2, 150, 6, 10, 2, False, 5, 10),
    ("resolve", 20, 2, 150, 6, 10, 2, False, 3, 6),
    ("stepping_stones", 10, 1, 120, 6, 12, 1, False, 8, 30),
    ("making_amends", 6, 1, 120, 5, 10, 1, False, 6, 10),
    ("restorative_justice", 4, 1, 90, 4, 8, 1, False, 3, 4),
    ("mentoring", 8, 1, 60, 4, 8, 1, False, 8, 10),
    ("ete", 8, 1, 120, 6, 12, 1, False, 8, 25),
    ("positive_relationships", 8, 1, 120, 6, 12, 1, False, 5, 8),
    ("heal", 12, 1, 120, 4, 8, 1, True, 3, 6),
    ("thinking_ahead_for_women", 10, 1, 120, 4, 10, 1, True, 4, 8),
    ("womens_workshop", 6, 1, 120, 4, 10, 1, True, 4, 6),
)
ACCREDITED = frozenset(one[0] for one in ASKS[:3])
WOMENS = frozenset(one[0] for one in ASKS if one[7])
LEADERS = 26


def a_quarter(seed: int) -> ToPlan:
    """Towns in a row, the people near one or two of them; one in three free in the evening only."""
    random = Random(seed)
    sites = tuple(
        Site(n, f"Town {n}", rooms=random.choice((1, 1, 2)), shut=frozenset(When(day, PartOfDay.EVENING) for day in range(5) if n % 2 and day % 2))
        for n in range(8)
    )  # fmt: skip
    asks = tuple(_ask(random, *one[:9]) for one in ASKS)
    return ToPlan(
        asks=asks,
        sites=sites,
        leaders=tuple(_leader(random, n) for n in range(LEADERS)),
        wanted=tuple(_person(random, n) for n in range(WAITING)),
        first=FIRST,
        starts=STARTS,
        run_on=8,
        shut=SHUT,
    )


def _ask(random, code, sessions, a_week, minutes, least, most, leaders, women_only, at):
    return Ask(
        code, code.replace("_", " ").capitalize(), sessions, a_week, minutes, least, most,
        skill=code, leaders=leaders, women_only=women_only, sites=frozenset(random.sample(range(8), at)), runs_on=True,
    )  # fmt: skip


def _leader(random, key):
    codes = [one[0] for one in ASKS]
    skills = {*random.choices(codes, [one[9] for one in ASKS], k=5)}
    if key % 2:
        skills.add(random.choice(sorted(ACCREDITED)))
    times = random.sample(DAY, 8) + (EVENINGS if random.random() < 0.4 else random.sample(EVENINGS, 1))  # fmt: skip
    leave = random.sample((0, 4, 5, 11, 12), random.choice((0, 1, 2)))
    return Leader(key, f"Leader {key:02}", frozenset(skills), dict.fromkeys(times, 180), random.choice((4, 6, 7)), frozenset(leave), woman=key % 5 < 3)  # fmt: skip


def _person(random, key):
    woman = random.random() < 0.18
    codes = [one[0] for one in ASKS if woman or one[0] not in WOMENS]
    often = [one[9] * (4 if woman and one[0] in WOMENS else 1) for one in ASKS if one[0] in codes]
    ordered = random.random() < 0.2
    if ordered:
        wants = [random.choice(sorted(ACCREDITED))]
    else:
        wants = [one for one in random.choices(codes, often, k=3) if one not in ACCREDITED]
        wants = list(dict.fromkeys(wants)) or ["stepping_stones"]
    home, way = random.randrange(8), random.random()
    near = [home, *([(home + 1) % 8] if way < 0.6 else []), *([(home - 1) % 8] if way < 0.3 else [])]  # fmt: skip
    if random.random() < 0.33:
        free = frozenset(EVENINGS)
    else:
        free = frozenset(random.sample(DAY, random.choice((4, 7, 10))) + random.sample(EVENINGS, 2))
    since = FIRST - timedelta(days=random.randrange(300))
    end = OrderEnd(FIRST + timedelta(days=random.randrange(30, 400)), Hook.PROGRAMME if ordered else Hook.RAR)  # fmt: skip
    return Wanted(
        key, tuple(Suited(code, end, ordered=ordered) for code in wants), dict.fromkeys(near, free),
        since=since, woman=woman,
    )  # fmt: skip


def show_all() -> int:
    """Print each quarter. How many missed the goal."""
    print(HEAD)
    return sum(not _show(seed) for seed in SEEDS)


def _show(seed):
    question = a_quarter(seed)
    answers, planned = [], []
    took = timed(lambda: answers.append(propose(question, seconds=ALLOWED)))
    queued = timed(lambda: planned.append(first_come(question)))
    answer, as_today = answers[0], planned[0]
    check(question, answer.groups)
    check(question, as_today, in_time=False)
    ended = "stopped by the clock" if answer.by_the_clock else f"{answer.status}"
    met = took <= WITHIN
    name = f"{len(ASKS)} interventions, {len(question.sites)} sites, {WAITING} waiting, seed {seed}"
    print(f"{name:<58}{took:>6.1f} s{WITHIN:>6.0f} s{float(answer.gap):>8.1%}  {ended}{'' if met else '  MISSED'}", flush=True)  # fmt: skip
    _row("as proposed", figures_of(question, answer.groups))
    _row(f"first come, first served ({queued:.1f} s)", figures_of(question, as_today))
    return met


def _row(name, figures):
    print(
        f"    {name:<36}{figures.series:>4} series, {figures.started:>4} started, {float(figures.weeks_waited):>5.1f} weeks waited "
        f"on average, {figures.in_time:>4} finish in time, {figures.court_in_time:>3} of them by order of a court",
        flush=True,
    )
