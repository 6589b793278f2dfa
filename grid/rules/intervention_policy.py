"""What the provider has decided about each intervention: for whom, by what hook, how long, where, by whom and at what price.

Source: local policy, seeded from grid/policy/interventions.json. No criterion of an intervention has been published by the
inspectorate; what is known in public of the accredited three is named beside the seeded figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from cases.reference.codes import Rosh, Sex
from cases.reference.needs import NeedArea
from grid.reference.interventions import INTERVENTIONS, Family, Hook, Intervention
from staff.errors import RuleBroken

NAME = "interventions"
MOST_ANSWER_DAYS = 20
MOST_SESSIONS, MOST_A_WEEK = 120, 7
LEAST_MINUTES, MOST_MINUTES = 15, 480
MOST_PENCE = 1_000_000
MOST_WORDS = 300  # letters of what is written in words


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
    notes: str = ""  # where the figures come from, as far as is known


@dataclass(frozen=True, slots=True)
class InterventionPolicy:
    version: int
    answer_working_days: int  # within which an officer answers what is proposed
    terms: Mapping[str, Terms]  # by code of intervention, every one of the catalogue


def read_intervention_policy(body, version):
    """The terms of the whole catalogue. Raises RuleBroken for what is missing, unknown or out of range."""
    said = body.get("terms")
    if not isinstance(said, Mapping):
        raise RuleBroken("The policy on interventions says nothing about any of them.")
    if missing := [one.title for code, one in INTERVENTIONS.items() if code not in said]:
        raise RuleBroken(f"The policy says nothing about: {'; '.join(missing)}.")
    if unknown := [code for code in said if code not in INTERVENTIONS]:
        raise RuleBroken(f"There is no intervention called {unknown[0]}.")
    try:
        days = _whole(
            "working days to answer", body.get("answer_working_days"), 1, MOST_ANSWER_DAYS
        )
    except ValueError as problem:
        raise RuleBroken(f"The {problem}.") from problem
    terms = {code: read_terms(one, said[code]) for code, one in INTERVENTIONS.items()}
    return InterventionPolicy(version=version, answer_working_days=days, terms=terms)


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
    names = {one.name for one in fields(kind)}
    if missing := sorted(names - set(said)):
        raise ValueError(f"nothing is said of {_plain(missing[0])}")
    if unknown := sorted(set(said) - names):
        raise ValueError(f"its {of} cannot say anything of {_plain(unknown[0])}")


def _terms(said):
    dose = said["dose"]
    return Terms(
        offered=_yes_or_no("offered", said["offered"]),
        hooks=_several("hooks", Hook, said["hooks"]),
        sex=None if said["sex"] is None else _one_of("sex", Sex, said["sex"]),
        needs=_several("needs", NeedArea, said["needs"]),
        from_percent=_whole("from percent", said["from_percent"], 0, 99),
        to_percent=_whole("to percent", said["to_percent"], 1, 100),
        harm_up_to=_one_of("harm up to", Rosh, said["harm_up_to"]),
        partner_violence=_yes_no_or_either("partner violence", said["partner_violence"]),
        violence=_yes_no_or_either("violence", said["violence"]),
        days_counted=_yes_or_no("days counted", said["days_counted"]),
        dose=Dose(
            sessions=_whole("sessions", dose["sessions"], 1, MOST_SESSIONS),
            minutes=_whole("minutes", dose["minutes"], LEAST_MINUTES, MOST_MINUTES),
            a_week=_whole("sessions a week", dose["a_week"], 1, MOST_A_WEEK),
        ),
        sites=_names("sites", said["sites"]),
        skill=_words("skill", said["skill"]),
        price_pence=_whole("price in pence", said["price_pence"], 0, MOST_PENCE),
        notes=_words("notes", said["notes"]),
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
    if _for_women(intervention) and terms.sex is not Sex.FEMALE:
        raise ValueError("the catalogue has it for women alone")


def _for_women(intervention):
    """Of the family for women, or one of those one to one."""
    group = INTERVENTIONS.get(intervention.equal_to, intervention)
    return group.family is Family.WOMEN


def _plain(name):
    return name.replace("_", " ")


def _whole(name, value, least, most):
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"{name} must be a whole number from {least} to {most}, not {value!r}")
    return value


def _yes_or_no(name, value):
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be yes or no, not {value!r}")
    return value


def _yes_no_or_either(name, value):
    return None if value is None else _yes_or_no(name, value)


def _one_of(name, kind, value):
    try:
        return kind(value)
    except ValueError as problem:
        raise ValueError(f"{name} cannot be {value!r}") from problem


def _several(name, kind, values):
    """Each once, in the order in which the codes stand."""
    if not isinstance(values, list | tuple):
        raise ValueError(f"{name} must be a list, not {values!r}")
    said = {_one_of(name, kind, value) for value in values}
    return tuple(member for member in kind if member in said)


def _names(name, values):
    """Names of places, each once, in the order given."""
    if not isinstance(values, list | tuple):
        raise ValueError(f"{name} must be a list, not {values!r}")
    said = [_words(name, value) for value in values]
    if "" in said:
        raise ValueError(f"{name} must have a name each")
    return tuple(dict.fromkeys(said))


def _words(name, value):
    """Without blanks around it."""
    if not isinstance(value, str) or len(value.strip()) > MOST_WORDS:
        raise ValueError(f"{name} must be words, of {MOST_WORDS} letters at most")
    return value.strip()
