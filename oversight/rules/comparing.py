"""Whom a case may be given to: what refuses it, what is warned of and cleared by one honest sentence.

Sources: features 120 and 124, ideas 10 and 24; HMIP Thames Valley CRC 2018, 1.2 (untrained for domestic abuse and child
safeguarding; enhanced officers unsure of complex cases; some without induction; 44% with manageable caseloads); product rules,
gates (a warning is cleared by one honest sentence) and overrides (never for law or victim exclusion). Refused are
only: whoever the NPS manages, limited access, whom a victim or a court order keeps away, and whoever
is not there to hold a case. Everything else a senior may decide, and says why.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from cases.reference.groups import GROUPS, Level, group_name
from cases.rules.gaps import Found, Weight, gates, warnings
from cases.rules.interim import says_nothing
from cases.rules.words import ended
from oversight.reference.allocation import Training
from oversight.rules.comparing_facts import Asked
from staff.errors import RuleBroken
from staff.reference import GRADES, Grade, StatedSex
from staff.rules.dates import say_date

VERSION = 1  # of these rules, kept with each decision
PLAIN = Level.LOW  # the one level that somebody in induction may hold without a word more
LAW = "law"
KEPT_APART = "Never in one waiting room with whom they must not meet"
# What is between a colleague and those who answer for them: how full they are, what they can do, and who complained
BETWEEN_THEM = frozenset({
    "training:domestic_abuse", "training:child", "capacity", "excessive", "complained", "grade:group", "induction",
})  # fmt: skip


def findings(asked: Asked) -> tuple[Found, ...]:
    """What refuses this, then what is warned of."""
    found = [one for rule in RULES for one in rule(asked)]
    return (*gates(found), *warnings(found))


def check_allocation(found: Iterable[Found], said: Mapping[str, str]) -> dict[str, str]:
    """Refuse what is gated, and a warning that no sentence clears. Gives the sentences that count, by key."""
    found = tuple(found)
    if shut := gates(found):
        raise RuleBroken(" ".join(one.sentence for one in shut))
    unsaid = [one for one in warnings(found) if says_nothing(said.get(one.key, ""))]
    if unsaid:
        raise RuleBroken(
            f"Say in one sentence why it is right all the same: {' '.join(one.sentence for one in unsaid)}"
        )
    return {one.key: ended(said[one.key]) for one in warnings(found)}


def for_the_holder(found: Iterable[Found], name: str) -> tuple[Found, ...]:
    """What somebody is warned of who hands their case to a colleague and may not name an officer: of the case, and of themselves.

    Anything that is between the colleague and those who answer for them is told to nobody else: there a senior decides.
    """
    found = tuple(found)
    if any(one.key in BETWEEN_THEM for one in warnings(found)):
        raise RuleBroken(
            f"Whether {name} can take this case is for a senior to decide. Ask your senior to offer it to them, or choose "
            "somebody else."
        )
    return found


# What refuses


def the_nps_manages_them(asked):
    """Whom the NPS manages stays with their officer there. Source: product rules, GRID (order of decision)."""
    if asked.case.retained:
        yield _refuse("retained", "The NPS manages this person, so no officer of ours is given the case.", "Who is managed by the NPS stays there", "product rules, GRID")  # fmt: skip


def there_to_hold_it(asked):
    """Whoever holds a case is here, with an account and the role."""
    officer = asked.officer
    if not officer.may_hold or officer.has_left(asked.today):
        yield _refuse("not-here", f"{officer.name} cannot hold a case: they have no open account as an officer, or have left.", "Whoever holds a case is here", "product rules, roles")  # fmt: skip


def limited_access(asked):
    """Whom the limits of a case keep out does not hold it."""
    case, key = asked.case, asked.officer.key
    if key in case.shut_out or (case.let_in is not None and key not in case.let_in):
        yield _refuse("limited", f"Limited access to this case keeps {asked.officer.name} out.", "Limited access", "product rules, limited access")  # fmt: skip


def kept_from_this_officer(asked):
    """A victim's exclusion, or an order of a court, is never a matter of judgement."""
    if asked.officer.key in asked.case.kept_from:
        yield _refuse("kept-from", f"A victim’s safety or an order of the court keeps this person from {asked.officer.name}.", "Never against a victim’s exclusion or an order", LAW)  # fmt: skip


def offices_they_may_not_go_to(asked):
    """Nobody is told to report where an order or a victim's exclusion forbids them to be."""
    officer = asked.officer
    if officer.offices and officer.offices <= asked.case.barred:
        yield _refuse("offices", f"Each office where {officer.name} sees people is in an area that an order keeps this person from.", "Never against a victim’s exclusion or an order", LAW)  # fmt: skip


# What is warned of


def trained_in_domestic_abuse(asked):
    """Source: report 1.2; features 124."""
    if Training.DOMESTIC_ABUSE in asked.case.asks_for - asked.officer.trained:
        yield _warn("training:domestic_abuse", f"This is a domestic abuse case, and {asked.officer.name} is not trained in it. Say who works on it with them, or why they are the right one.", "Domestic abuse with trained staff")  # fmt: skip


def trained_in_child_safeguarding(asked):
    """Source: report 1.2; features 124."""
    if Training.CHILD in asked.case.asks_for - asked.officer.trained:
        yield _warn("training:child", f"There is concern for a child, and {asked.officer.name} is not trained in safeguarding. Say who works on it with them, or why they are the right one.", "Child concerns with trained staff")  # fmt: skip


def room_for_it(asked):
    """Source: features 121; report 1.2."""
    full, officer = asked.full, asked.officer
    if officer.available <= 0 and not officer.grade:
        yield _warn("capacity", f"No grade of {officer.name} is recorded, so that nobody can tell what they have room for. Say how you know that there is room.", "Nobody is given more than they have room for")  # fmt: skip
    elif officer.available <= 0:
        yield _warn("capacity", f"{officer.name} has no hours for cases now. Say what they give up for it.", "Nobody is given more than they have room for")  # fmt: skip
    elif full.percent > asked.policy.full_percent:
        yield _warn("capacity", f"With it {officer.name} would be at {full.percent}% of what they have room for. Say what they give up for it.", "Nobody is given more than they have room for")  # fmt: skip


def not_too_much_for_weeks(asked):
    """Source: written answer 172934 (over 110% in four weeks running is excessive, and seniors watch it)."""
    if asked.officer.excess:
        yield _warn("excessive", f"{asked.officer.name}: {_lower(asked.officer.excess.sentence)} Say what is being done about it.", "Nothing more for somebody whose workload is excessive")  # fmt: skip


def her_wish_for_a_woman(asked):
    """Source: product rules, women; features, idea 25."""
    officer = asked.officer
    if asked.case.asked_for_woman and officer.sex != StatedSex.WOMAN:
        what = "is a man" if officer.sex == StatedSex.MAN else "has not stated whether they are one"
        yield _warn("wish", f"She asked for a woman, and {officer.name} {what}. Ask her, and say what she answered.", "A woman who asks for a woman has one")  # fmt: skip


def not_by_women_or_by_men(asked):
    """Source: unpaid work reference 5 (no female or male supervisor). What staff do not state is never guessed."""
    for sex, who in ((StatedSex.WOMAN, "a woman"), (StatedSex.MAN, "a man")):
        if sex not in asked.case.not_by:
            continue
        if asked.officer.sex == sex:
            yield _warn(f"not-by:{sex}", f"They must not be supervised by {who}, and {asked.officer.name} is one. Say how it is made safe.", "Not by whom they must not be supervised by")  # fmt: skip
        elif asked.officer.sex not in (StatedSex.WOMAN, StatedSex.MAN):
            yield _warn(f"not-by:{sex}", f"They must not be supervised by {who}, and {asked.officer.name} has not stated whether they are one. Ask, and say what follows.", "Not by whom they must not be supervised by")  # fmt: skip


def nobody_they_must_not_meet(asked):
    """Whoever sees one officer waits in one room. Source: product rules, how it should feel (safety first)."""
    if asked.officer.key in asked.case.apart:
        yield _warn("apart", f"{asked.officer.name} holds somebody from whom this person must be kept apart. Say how they are never seen on one day.", KEPT_APART)  # fmt: skip


def whoever_held_it_before(asked):
    """Source: features 120 (previous officer); report 2.3 (few changes of officer is a strength)."""
    before = _last_of_the_team(asked)
    if before is None or before.officer == asked.officer.key:
        return
    name = asked.team[before.officer].name
    if before.officer == asked.case.holder:
        words = f"{name} holds this case now. Say why it does not stay with them."
    else:
        words = f"{name} held this case until {say_date(before.until)} and is in the team. Say why it does not go back to them."
    yield _warn("held-before", words, "Somebody known before somebody new")


def not_whom_they_complained_of(asked):
    """Source: product rules, complaints."""
    if any(one.officer == asked.officer.key and one.complained for one in asked.case.before):
        yield _warn("complained", f"They had {asked.officer.name} before, and complained or asked for somebody else. Say what has changed.", "Not back to whom somebody complained of")  # fmt: skip


def near_enough(asked):
    """Source: features, idea 9; local policy. A way that is not known is not warned of."""
    minutes = asked.officer.minutes.get(asked.case.key)
    if minutes is not None and minutes > asked.policy.travel_minutes:
        yield _warn("travel", f"About {minutes} minutes each way to where {asked.officer.name} sees people, more than {asked.policy.travel_minutes}. Say why it is right all the same.", "Near enough to come")  # fmt: skip


def grade_for_the_group(asked):
    """Source: report 1.2 (enhanced officers are given cases of greater complexity); local policy."""
    case, grade = asked.case, asked.officer.grade
    if case.group and GROUPS[case.group][0] not in asked.policy.levels.get(grade, frozenset()):
        yield _warn("grade:group", f"{asked.officer.name} is {_grade(grade)}, and the group is {group_name(case.group)}. Say who supports them, or why they are the right one.", "The grade that the group asks for")  # fmt: skip


def support_in_induction(asked):
    """Anything but a plain low case. Source: report 1.2 (induction has gaps); features 124 (unsupported staff)."""
    case, officer = asked.case, asked.officer
    level = GROUPS[case.group][0] if case.group else ""
    plain = level == PLAIN and not case.asks_for and not case.escalated
    if officer.inducted(asked.today) and not officer.supported and not plain:
        yield _warn("induction", f"{officer.name} is in induction until {say_date(officer.induction_to)}, and nobody is named to support them. Say who does.", "Nobody in induction without support")  # fmt: skip


def here_for_the_first_days(asked):
    """Source: product rules, clocks (first appointment within 5 working days); local policy. What stays has had its first."""
    officer = asked.officer
    if asked.case.holder == officer.key:
        return
    days = (asked.today + timedelta(days=number) for number in range(asked.policy.away_days + 1))
    if until := next(filter(None, map(officer.away_until, days)), None):
        yield _warn("away", f"{officer.name} is away until {say_date(until)}. Say who sees them meanwhile.", "Somebody is there for the first appointment")  # fmt: skip


def not_leaving(asked):
    """Source: report 2.3 (continuity); departures."""
    officer = asked.officer
    if officer.last_on is not None and not officer.has_left(asked.today):
        yield _warn("leaving", f"{officer.name} leaves on {say_date(officer.last_on)}. Say who has the case then.", "No case for somebody who is leaving")  # fmt: skip


def _last_of_the_team(asked):
    """The latest who held it, whom nothing keeps from holding it now and of whom they did not complain."""
    for one in asked.case.before:
        officer = asked.team.get(one.officer)
        if officer is None or one.complained or officer.last_on is not None:
            continue
        again = Asked(asked.case, officer, asked.team, asked.policy, asked.today)
        if not any(found for rule in REFUSES for found in rule(again)):
            return one
    return None


def _refuse(key, sentence, rule, source):
    return Found(key, Weight.GATE, sentence, rule, may_override=False, source=source)


def _warn(key, sentence, rule):
    return Found(key, Weight.WARNING, sentence, rule)


def _grade(grade):
    return (
        f"a {GRADES[Grade(grade)][0].lower()}{GRADES[Grade(grade)][1:]}"
        if grade
        else "of no grade that is recorded"
    )


def _lower(words):
    return f"{words[:1].lower()}{words[1:]}"


REFUSES = (
    the_nps_manages_them,
    there_to_hold_it,
    limited_access,
    kept_from_this_officer,
    offices_they_may_not_go_to,
)
RULES = (
    *REFUSES,
    trained_in_domestic_abuse,
    trained_in_child_safeguarding,
    room_for_it,
    not_too_much_for_weeks,
    her_wish_for_a_woman,
    not_by_women_or_by_men,
    nobody_they_must_not_meet,
    whoever_held_it_before,
    not_whom_they_complained_of,
    near_enough,
    grade_for_the_group,
    support_in_induction,
    here_for_the_first_days,
    not_leaving,
)
