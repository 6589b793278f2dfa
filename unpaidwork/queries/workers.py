"""What of many people bears on where they may work, in a fixed number of statements whatever their number.

Source: `unpaidwork.reference.dangers` says what each register, offence and answer bears on.
"""

from collections import defaultdict

from django.db.models import OuterRef, Q, Subquery

from cases.models import Case, NonAssociation, Offence, Registration
from cases.queries.among import among
from cases.reference.behaviours import SIGNS
from cases.reference.codes import Part, Sex
from cases.rules.booking import FEMALE_IDENTITY
from unpaidwork.models import WorkRisk
from unpaidwork.reference.dangers import (
    ARSON_CLASS,
    BODY_OF_ANSWER,
    KEPT_FROM_OF_ANSWER,
    OF_ANSWER,
    OF_BEHAVIOUR,
    OF_REGISTER,
    SUPERVISED_OF_ANSWER,
    Danger,
)
from unpaidwork.reference.risk import Choice
from unpaidwork.reference.risk_questions import Said
from unpaidwork.rules.workers import Worker

BEARS = Q(code__in=sorted(SIGNS)) | Q(
    code__startswith=ARSON_CLASS
)  # offences that bear on where somebody works
NOTHING: frozenset = frozenset()


def workers_of(cases, today):
    """{key of the case: Worker}. `cases`: rows or keys. Five statements."""
    these = among(cases)
    dangers = _dangers(these)
    apart = _apart(these, today)
    signed = WorkRisk.objects.in_force().filter(case__in=these)
    risks = {one.case_id: one for one in signed.only("case", "answers", "women_choice")}
    rows = Case.objects.filter(pk__in=these).values_list("pk", "sex", "person__gender_identity")
    return {
        pk: _worker(pk, sex, identity, dangers[pk], apart[pk], risks.get(pk))
        for pk, sex, identity in rows
    }


def choosing(cases):
    """{key of the case: Worker} as far as a woman's choice of whom she works with goes. One statement."""
    signed = WorkRisk.objects.in_force().filter(case=OuterRef("pk")).values("women_choice")
    rows = Case.objects.filter(pk__in=among(cases)).values_list(
        "pk", "sex", "person__gender_identity", Subquery(signed[:1])
    )
    return {
        pk: Worker(
            case=pk,
            sex=Sex(sex),
            woman=is_woman(sex, identity),
            choice=Choice(choice or Choice.NOT_ASKED),
        )
        for pk, sex, identity, choice in rows
    }


def is_woman(sex, identity):
    """By sex, or by her own account."""
    return sex == Sex.FEMALE or identity in FEMALE_IDENTITY


def _worker(pk, sex, identity, dangers, apart, risk):
    yes = _yes(risk)
    return Worker(
        case=pk,
        sex=Sex(sex),
        woman=is_woman(sex, identity),
        choice=Choice(risk.women_choice) if risk else Choice.NOT_ASKED,
        dangers=frozenset(dangers) | _by(OF_ANSWER, yes),
        body=_by(BODY_OF_ANSWER, yes),
        supervised=_by(SUPERVISED_OF_ANSWER, yes),
        kept_from=_by(KEPT_FROM_OF_ANSWER, yes),
        apart=frozenset(apart),
    )


def _yes(risk):
    """The codes of what the risk assessment in force says yes to."""
    answers = risk.answers if risk else {}
    return {code for code, answer in answers.items() if answer.get("said") == Said.YES}


def _by(table, yes):
    return frozenset(one for code, one in table.items() if code in yes) if yes else NOTHING


def _dangers(these):
    """{case: dangers} by registers, whatever part but that they are at risk themselves, and by offences."""
    found: dict[int, set] = defaultdict(set)
    on = Registration.objects.current().filter(case__in=these, type_code__in=sorted(OF_REGISTER))
    for case, code in on.exclude(part=Part.AT_RISK).values_list("case", "type_code"):
        found[case].add(OF_REGISTER[code])
    offences = Offence.objects.filter(BEARS, sentence__case__in=these)
    for case, code in offences.values_list("sentence__case", "code").distinct():
        if sign := SIGNS.get(code):
            found[case] |= (
                {OF_BEHAVIOUR[sign.behaviour]} if sign.behaviour in OF_BEHAVIOUR else set()
            )
            found[case] |= {Danger.CHILD} if sign.victim == "child" else set()
        if code.startswith(ARSON_CLASS):
            found[case].add(Danger.ARSON)
    return found


def _apart(these, today):
    """{case: cases they are kept apart from}"""
    found: dict[int, set] = defaultdict(set)
    pairs = NonAssociation.objects.in_force(today).values_list("one", "other")
    for one, other in pairs.filter(one__in=these).union(pairs.filter(other__in=these)):
        found[one].add(other)
        found[other].add(one)
    return found
