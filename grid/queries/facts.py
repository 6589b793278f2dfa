"""The facts a placement rests on, gathered for one case or for thousands in the same few statements.

Source: product rules, GRID: the most recent active conviction, registers that are active, assessments
that are complete, scores as supplied.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from django.utils.timezone import localtime

from cases.models import (
    Assessment,
    Case,
    ImportedAssessment,
    Offence,
    Predictor,
    Raise,
    Registration,
    Sentence,
)
from cases.queries.among import among
from cases.reference.codes import (
    CONTACT_ORDER,
    CaseState,
    ContactLevel,
    Given,
    Order,
    Part,
    Rosh,
    Sex,
)
from cases.reference.information import RaiseKind
from grid.models import Judgement
from grid.reference.placement import CONSIDERED
from grid.rules.facts import Facts, Harm, Judged, Raised, Registered, Scored, Sentenced

REGISTER = "nDelius register"
RAISED = "Raised here, provisional"
SIGNED = "Assessment signed here"
CUSTODIAL = frozenset({Order.CUSTODY, Order.CUSTODY_PSS})
NO_ANSWER = frozenset(Given) | {""}
# The enums of what is read for every case, looked up rather than built
STATES = {each.value: each for each in CaseState}
SEXES = {each.value: each for each in Sex}
LEVELS = {each.value: each for each in Rosh}
PARTS = {each.value: each for each in Part}


class Gathered(NamedTuple):
    """A case's facts, and the moment as at which they were read."""

    case_id: int
    crn: str
    arrived_on: date | None
    as_at: datetime
    facts: Facts


def gather(case_ids, today):
    """{case id: Gathered}, in ten statements. `today` decides only which judgements are in force."""
    ids = list(case_ids)
    sentences = _sentences(ids)
    harms, registers = _registers(ids)
    for case_id, found in _assessed(ids).items():
        harms[case_id] += found
    ogrs3, rsr = _scores(ids)
    judgements, raised = _judgements(ids, today), _raised(ids)
    gathered = {}
    for (
        pk,
        crn,
        arrived_on,
        as_at,
        state,
        left_as,
        retained_by,
        sex,
        born_on,
        *nationalities,
    ) in _cases(ids):
        facts = Facts(
            state=CaseState.NO_SENTENCE if left_as else STATES[state],
            retained_by=retained_by,
            sex=SEXES[sex],
            born_on=born_on,
            nationalities=tuple(each for each in nationalities if each and each not in NO_ANSWER),
            sentence=sentences.get(pk),
            harms=tuple(harms.get(pk, ())),
            registers=tuple(registers.get(pk, ())),
            ogrs3=tuple(ogrs3.get(pk, ())),
            rsr=tuple(rsr.get(pk, ())),
            judgement=judgements.get(pk),
            raised=raised.get(pk),
        )
        gathered[pk] = Gathered(pk, crn, arrived_on, as_at, facts)
    return gathered


def facts_of(case, today):
    """The facts of one case."""
    return gather([case.pk], today)[case.pk].facts


def _cases(ids):
    return (
        Case.objects.filter(pk__in=among(ids))
        .order_by("pk")
        .values_list(
            "pk",
            "crn",
            "arrived_on",
            "facts_changed_at",
            "state",
            "left_as",
            "retained_by",
            "sex",
            "born_on",
            "person__nationality",
            "person__second_nationality",
        )
    )


def _sentences(ids):
    """The most recent active conviction of each case, with the code of its main offence."""
    latest = Sentence.objects.filter(case__in=among(ids)).current().latest_of_each_case()
    found = list(
        latest.values_list(
            "case_id",
            "pk",
            "description",
            "order",
            "convicted_on",
            "referred_on",
            "started_on",
            "released_on",
            "previous_sanctions",
            "age_at_first_sanction",
            "first_sanction_on",
            named=True,
        )
    )
    main = Offence.objects.filter(sentence__in=among(row.pk for row in found), main=True)
    codes = dict(main.values_list("sentence_id", "code"))
    return {
        row.case_id: Sentenced(
            id=row.pk,
            name=row.description,
            custodial=row.order in CUSTODIAL,
            convicted_on=row.convicted_on,
            referred_on=row.referred_on,
            started_on=row.started_on,
            released_on=row.released_on,
            offence_code=codes.get(row.pk, ""),
            previous_sanctions=row.previous_sanctions,
            age_at_first_sanction=row.age_at_first_sanction,
            first_sanction_on=row.first_sanction_on,
        )
        for row in found
    }


def _registers(ids):
    """Levels of risk of serious harm, and the other registers the rule looks at, by case."""
    harms, registers = defaultdict(list), defaultdict(list)
    rows = Registration.objects.filter(case__in=among(ids)).current()
    rows = rows.filter(type_code__in=[*Rosh, *CONSIDERED])
    for case_id, code, name, part, level, firearm, on, review_on, raised in rows.values_list(
        "case_id",
        "type_code",
        "type_name",
        "part",
        "level_code",
        "firearm",
        "started_on",
        "review_on",
        "provisional",
    ):
        if code in LEVELS:
            source = RAISED if raised else REGISTER
            harms[case_id].append(Harm(LEVELS[code], on, source, raised))
        else:
            registers[case_id].append(
                Registered(code, name, PARTS[part], level, firearm, on, review_on, raised)
            )
    return harms, registers


def _assessed(ids):
    found = defaultdict(list)
    rows = ImportedAssessment.objects.filter(case__in=among(ids)).exclude(harm="")
    for case_id, level, on, source in rows.values_list("case_id", "harm", "completed_on", "source"):
        found[case_id].append(Harm(LEVELS[level], on, f"{source} assessment"))
    signed = Assessment.objects.filter(case__in=among(ids)).in_force()
    for case_id, level, on in signed.values_list("case_id", "harm", "completed_on"):
        found[case_id].append(Harm(LEVELS[level], on, SIGNED))
    return found


def _scores(ids):
    """OGRS3 and RSR within two years, as somebody else computed them, by case."""
    ogrs3: dict[int, list[Scored]] = defaultdict(list)
    rsr: dict[int, list[Scored]] = defaultdict(list)
    lists = {Predictor.Kind.OGRS3.value: ogrs3, Predictor.Kind.RSR.value: rsr}
    rows = Predictor.objects.filter(case__in=among(ids), kind__in=lists)
    for case_id, kind, percent, on, source, sentence in rows.values_list(
        "case_id", "kind", "two_year", "assessed_on", "source", "sentence_id"
    ):
        if percent is not None:
            lists[kind][case_id].append(Scored(percent, on, source, sentence))
    return ogrs3, rsr


def _judgements(ids, today):
    rows = Judgement.objects.filter(case__in=among(ids)).in_force(today)
    return {
        case_id: Judged(pk, judged, made_on, until_on)
        for case_id, pk, judged, made_on, until_on in rows.values_list(
            "case_id", "pk", "complex", "made_on", "until_on"
        )
    }


def _raised(ids):
    """The most frequent contact level raised and not yet assessed, by case."""
    rows = Raise.objects.standing().filter(case__in=among(ids), kind=RaiseKind.CONTACT)
    found: dict[int, Raised] = {}
    for case_id, level, at in rows.order_by("at", "pk").values_list(
        "case_id", "contact_level", "at"
    ):
        held = found.get(case_id)
        if held is None or CONTACT_ORDER[level] > CONTACT_ORDER[held.level]:
            found[case_id] = Raised(ContactLevel(level), localtime(at).date())
    return found
