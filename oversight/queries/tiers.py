"""The national tier of each of these cases, from what is recorded of them: eight statements, however many they are.

Source: `oversight.rules.tier_record`. It is worked out whenever it is asked for and kept nowhere: it places nobody.
"""

from collections import defaultdict

from django.db.models import F, Q

from cases.models import (
    Assessment,
    Case,
    ImportedAssessment,
    Intervention,
    Predictor,
    Registration,
    Requirement,
    Sentence,
)
from cases.queries.among import among
from cases.reference.codes import Sex
from oversight.reference.tiers import ENFORCEMENT
from oversight.rules.tier_record import (
    OASYS,
    CaseTier,
    Known,
    OnRegister,
    Recorded,
    enforcement_since,
    tier_by_record,
)
from oversight.rules.tier_told import Completed, needs_answered, needs_weighted, women_answered

HERE = "here"
OF_A_DOCUMENT = {  # what of an OASys document is read, by itself or first of a list: nothing of its words
    "sums": "weightedScores",
    "san": "indicators__sanIndicator",
    "parenting": "relParentalResponsibilities",
    "impulsivity": "impulsivity",
    "temper": "temperControl",
}
WHERE = ("document__", "document__assessments__0__")


def tiers_of(cases, today, policy) -> dict[int, CaseTier]:
    """{case: CaseTier} of these cases, given by their keys."""
    keys = list(cases)
    women = set(
        Case.objects.filter(pk__in=among(keys), sex=Sex.FEMALE).values_list("pk", flat=True)
    )
    registers, sentences = _registers(keys), _sentences(keys)
    ogrs3, rsr = _scores(keys)
    assessments, enforcement = _assessments(keys), _enforcement(keys, today)
    return {
        pk: tier_by_record(
            Recorded(
                female=pk in women,
                registers=tuple(registers[pk]),
                sentences=tuple(sentences[pk]),
                ogrs3=tuple(ogrs3[pk]),
                rsr=tuple(rsr[pk]),
                assessments=tuple(assessments[pk]),
                enforcement=frozenset(enforcement[pk]),
            ),
            policy,
            today,
        )
        for pk in keys
    }


def _registers(keys):
    found = defaultdict(list)
    rows = Registration.objects.current().filter(case__in=among(keys)).order_by("pk")
    for case, code, on, level, raised in rows.values_list(
        "case", "type_code", "started_on", "level_code", "provisional"
    ):
        found[case].append(OnRegister(code, on, level, raised))
    return found


def _sentences(keys):
    """Current ones, with the requirements of each that run."""
    current = Sentence.objects.current().filter(case__in=among(keys)).order_by("pk")
    rows = list(current.values_list("pk", "case", "order"))
    running = Requirement.objects.filter(
        sentence__in=among(pk for pk, *_ in rows), active=True, terminated_on=None
    )
    asked = defaultdict(list)
    for sentence, code, restrictive in running.order_by("pk").values_list(
        "sentence", "main_code", "restrictive"
    ):
        asked[sentence].append((code, restrictive))
    found = defaultdict(list)
    for pk, case, order in rows:
        found[case].append((order, tuple(asked[pk])))
    return found


def _scores(keys):
    """OGRS3 and RSR within two years, as somebody else computed them."""
    ogrs3: defaultdict[int, list[Known]] = defaultdict(list)
    rsr: defaultdict[int, list[Known]] = defaultdict(list)
    lists = {Predictor.Kind.OGRS3.value: ogrs3, Predictor.Kind.RSR.value: rsr}
    rows = Predictor.objects.filter(case__in=among(keys), kind__in=lists).order_by("pk")
    for case, kind, percent, on, source in rows.values_list(
        "case", "kind", "two_year", "assessed_on", "source"
    ):
        if percent is not None:
            lists[kind][case].append(Known(percent, on, source))
    return ogrs3, rsr


def _assessments(keys):
    """The latest that was signed here and the latest from OASys, which is not always the later."""
    found = defaultdict(list)
    signed = Assessment.objects.completed().filter(case__in=among(keys))
    signed = signed.order_by("case", "-completed_on", "-pk").distinct("case")
    for case, on, harm, answers in signed.values_list("case", "completed_on", "harm", "answers"):
        if on is not None:
            found[case].append(Completed(on, HERE, needs_answered(answers), harm=harm))
    brought = ImportedAssessment.objects.filter(case__in=among(keys))
    brought = brought.order_by("case", "-completed_on", "-pk").distinct("case")
    read = {
        f"{name}_{place}": F(f"{where}{key}")
        for name, key in OF_A_DOCUMENT.items()
        for place, where in enumerate(WHERE)
    }
    columns = ("case", "completed_on", "harm", *read)
    for row in brought.annotate(**read).values(*columns):
        found[row["case"]].append(_brought(row))
    return found


def _brought(row):
    told = {
        name: next(
            (
                row[f"{name}_{place}"]
                for place in range(len(WHERE))
                if row[f"{name}_{place}"] is not None
            ),
            None,
        )
        for name in OF_A_DOCUMENT
    }
    return Completed(
        row["completed_on"],
        OASYS,
        needs_weighted(told["sums"]),
        san=told["san"] in ("Y", "Yes", True),
        harm=row["harm"],
        women=women_answered(told["parenting"], told["impulsivity"], told["temper"]),
    )


def _enforcement(keys, today):
    """Outcomes under a sentence that runs or ended within a year. They count for women alone."""
    since = enforcement_since(today)
    rows = Intervention.objects.filter(
        Q(sentence__terminated_on=None) | Q(sentence__terminated_on__gte=since),
        case__in=among(keys),
        sentence__isnull=False,
        outcome_code__in=sorted(ENFORCEMENT),
    )
    found = defaultdict(set)
    for case, code in rows.values_list("case", "outcome_code").distinct():
        found[case].add(code)
    return found
