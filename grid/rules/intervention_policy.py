"""What the provider has decided about each intervention: for whom, by what hook, how long, where, by whom and at what price.

Source: local policy, seeded from grid/policy/interventions.json. No criterion of an intervention has been published by the
inspectorate; what is known in public of the accredited three is named beside the seeded figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from cases.reference.codes import Rosh, Sex
from cases.reference.needs import NeedArea
from cases.rules.words import listed
from grid.reference.interventions import INTERVENTIONS, Family, Hook, Intervention
from grid.rules.policy_since import completed
from grid.rules.policy_values import (
    names,
    one_of,
    plain,
    several,
    whole,
    wholes,
    words,
    yes_no_or_either,
    yes_or_no,
)
from grid.rules.waiting_policy import WaitingPolicy
from staff.errors import RuleBroken

NAME = "interventions"
MOST_ANSWER_DAYS = 20
MOST_SESSIONS, MOST_A_WEEK = 120, 7
LEAST_MINUTES, MOST_MINUTES = 15, 480
MOST_PENCE = 1_000_000
MOST_PEOPLE, MOST_LEADERS = 30, 4
WAITING = {  # least and most of each
    "most_minutes": (1, 240),
    "notice_days": (0, 60),
    "soon_weeks": (1, 52),
    "pressing_weeks": (1, 52),
}
GROUPS = {"most_late_minutes": (0, 120), "keep_place_days": (1, 60), "recent_weeks": (1, 104)}


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of it there is."""

    sessions: int
    minutes: int  # of one session
    a_week: int  # sessions in a week, at most

    @property
    def weeks(self) -> int:
        """How many weeks it takes at least."""
        return -(-self.sessions // self.a_week)


@dataclass(frozen=True, slots=True)
class Terms:
    """For whom an intervention is, and how it runs. A blank or None asks nothing."""

    offered: bool
    hooks: tuple[Hook, ...]
    sex: Sex | None  # None: for anybody
    needs: tuple[NeedArea, ...]  # one of these is enough; none: whatever the needs
    from_percent: int  # OGRS3, two years; 0: whatever the score
    to_percent: int  # 100: whatever the score
    harm_up_to: Rosh  # the highest level that may come
    partner_violence: bool | None  # True: only after it; False: not after it; None: either
    violence: bool | None  # True: only after a violent offence; None: either
    days_counted: bool  # its sessions count as days of a RAR
    dose: Dose
    sites: tuple[str, ...]  # names of places; none: wherever there is a room
    skill: str  # what whoever leads it must have been trained for; blank: nothing of its own
    price_pence: int  # of one place, as the rate card has it
    least: int  # people with whom a series begins
    most: int  # people in a series
    leaders: int
    led_by_women: bool  # only women lead it
    women_only: bool  # a series of it is for women alone
    entries: tuple[int, ...]  # numbers of the sessions with which somebody may begin; always 1
    rolling: bool  # what somebody missed is made up for in the next series; else one to one
    must_finish: bool  # no place in a series that ends after their order; else it is only told
    notes: str = ""  # where the figures come from, as far as is known


@dataclass(frozen=True, slots=True)
class GroupsPolicy:
    """How a group is run, whichever intervention it is of."""

    most_late_minutes: int  # after the start, up to which whoever comes has come
    keep_place_days: int  # for which a place is kept for somebody who is asked about it
    recent_weeks: int  # a referral is proposed by itself only under a sentence begun within these


@dataclass(frozen=True, slots=True)
class InterventionPolicy:
    version: int
    answer_working_days: int  # within which an officer answers what is proposed
    terms: Mapping[str, Terms]  # by code of intervention, every one of the catalogue
    waiting: WaitingPolicy
    groups: GroupsPolicy


def read_intervention_policy(body, version):
    """The terms of the whole catalogue. Raises RuleBroken for what is missing, unknown or out of range.

    An older version is taken to say of what did not exist yet what `grid.rules.policy_since` says.
    """
    body = completed(body)
    said = body.get("terms")
    if not isinstance(said, Mapping):
        raise RuleBroken("The policy on interventions says nothing about any of them.")
    if missing := [one.title for code, one in INTERVENTIONS.items() if code not in said]:
        raise RuleBroken(f"The policy says nothing about: {'; '.join(missing)}.")
    if unknown := [code for code in said if code not in INTERVENTIONS]:
        raise RuleBroken(f"There is no intervention called {unknown[0]}.")
    try:
        days = whole("working days to answer", body.get("answer_working_days"), 1, MOST_ANSWER_DAYS)
        waiting = _numbers("waiting", WAITING, body["waiting"])
        groups = _numbers("groups", GROUPS, body["groups"])
    except ValueError as problem:
        raise RuleBroken(f"The {problem}.") from problem
    return InterventionPolicy(
        version=version,
        answer_working_days=days,
        terms={code: read_terms(one, said[code]) for code, one in INTERVENTIONS.items()},
        waiting=WaitingPolicy(version=version, **waiting),
        groups=GroupsPolicy(**groups),
    )


def read_terms(intervention: Intervention, said) -> Terms:
    """What a policy says of one intervention. Raises RuleBroken, which begins with its title."""
    try:
        _check_names("terms", Terms, said)
        _check_names("dose", Dose, said["dose"])
        terms = _terms(said)
        _check_together(intervention, terms)
    except ValueError as problem:
        raise RuleBroken(f"{intervention.title}: {problem}.") from problem
    return terms


def _check_names(of, kind, said):
    """Neither more nor less than the fields of `kind`."""
    if not isinstance(said, Mapping):
        raise ValueError(f"its {of} cannot be read")
    asked = {one.name for one in fields(kind)}
    if missing := sorted(asked - set(said)):
        raise ValueError(f"nothing is said of {plain(missing[0])}")
    if unknown := sorted(set(said) - asked):
        raise ValueError(f"its {of} cannot say anything of {plain(unknown[0])}")


def _numbers(of, bounds, said):
    """A part that is nothing but numbers, each from its least to its most."""
    if not isinstance(said, Mapping) or set(said) != set(bounds):
        asked = listed(plain(name) for name in bounds)
        raise ValueError(f"part on {of} must say {asked}, and nothing else")
    return {name: whole(plain(name), said[name], *ends) for name, ends in bounds.items()}


def _terms(said):
    dose = said["dose"]
    return Terms(
        offered=yes_or_no("offered", said["offered"]),
        hooks=several("hooks", Hook, said["hooks"]),
        sex=None if said["sex"] is None else one_of("sex", Sex, said["sex"]),
        needs=several("needs", NeedArea, said["needs"]),
        from_percent=whole("from percent", said["from_percent"], 0, 99),
        to_percent=whole("to percent", said["to_percent"], 1, 100),
        harm_up_to=one_of("harm up to", Rosh, said["harm_up_to"]),
        partner_violence=yes_no_or_either("partner violence", said["partner_violence"]),
        violence=yes_no_or_either("violence", said["violence"]),
        days_counted=yes_or_no("days counted", said["days_counted"]),
        dose=Dose(
            sessions=whole("sessions", dose["sessions"], 1, MOST_SESSIONS),
            minutes=whole("minutes", dose["minutes"], LEAST_MINUTES, MOST_MINUTES),
            a_week=whole("sessions a week", dose["a_week"], 1, MOST_A_WEEK),
        ),
        sites=names("sites", said["sites"]),
        skill=words("skill", said["skill"]),
        price_pence=whole("price in pence", said["price_pence"], 0, MOST_PENCE),
        least=whole("least", said["least"], 1, MOST_PEOPLE),
        most=whole("most", said["most"], 1, MOST_PEOPLE),
        leaders=whole("leaders", said["leaders"], 1, MOST_LEADERS),
        led_by_women=yes_or_no("led by women", said["led_by_women"]),
        women_only=yes_or_no("women only", said["women_only"]),
        entries=wholes("entries", said["entries"], 1, MOST_SESSIONS),
        rolling=yes_or_no("rolling", said["rolling"]),
        must_finish=yes_or_no("must finish", said["must_finish"]),
        notes=words("notes", said["notes"]),
    )


def _check_together(intervention, terms):
    """What each figure alone does not show to be wrong."""
    if terms.from_percent >= terms.to_percent:
        raise ValueError("the likelihood it goes up to must be higher than the one it starts from")
    if terms.sex is Sex.UNKNOWN:
        raise ValueError("sex is men, women or anybody")
    if terms.offered and not terms.hooks:
        raise ValueError("say by what somebody may be required, or asked, to come")
    if terms.days_counted and Hook.RAR not in terms.hooks:
        raise ValueError(
            "its sessions are days of a RAR only where a RAR may bring somebody: tick that requirement, or say that its sessions are no days"
        )
    if Hook.PROGRAMME in terms.hooks and intervention.family is not Family.ACCREDITED:
        # Criminal Justice Act 2003, section 202: such a requirement is for an accredited one
        raise ValueError("a programme requirement brings people to accredited programmes alone")
    if _for_women(intervention) and not (terms.sex is Sex.FEMALE and terms.women_only):
        raise ValueError("the catalogue has it for women alone")
    _check_series(intervention, terms)


def _check_series(intervention, terms):
    """What a series of it cannot be."""
    if terms.women_only and terms.sex is not Sex.FEMALE:
        raise ValueError("a series for women alone is of what is for women")
    if terms.least > terms.most:
        raise ValueError("the least people with whom it begins must not be more than it holds")
    if intervention.one_to_one and terms.most > 1:
        raise ValueError("one to one is with one person")
    if terms.entries[:1] != (1,):
        raise ValueError("somebody may always begin with session 1")
    if terms.entries[-1] > terms.dose.sessions:
        raise ValueError(
            f"nobody can begin with session {terms.entries[-1]}, for it has {terms.dose.sessions}"
        )


def _for_women(intervention):
    """Of the family for women, or one of those one to one."""
    group = INTERVENTIONS.get(intervention.equal_to, intervention)
    return group.family is Family.WOMEN
