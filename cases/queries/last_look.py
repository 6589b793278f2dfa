"""What the record says of each of many cases that come to their end, beside what was said of it: in a fixed number of
statements.

Source: `cases.rules.endings` says what is still to do.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BooleanField, Exists, ExpressionWrapper, Max, OuterRef, Q
from django.utils.timezone import localdate

from cases.models import (
    Address,
    Assessment,
    Breach,
    Delivery,
    Enquiry,
    ImportedAssessment,
    Plan,
    PlanAction,
    Reading,
    Recall,
    Registration,
    Requirement,
    Review,
    Sentence,
)
from cases.queries.enquiries import MAIN_ADDRESS
from cases.queries.registers import register_name
from cases.reference.appointments import UNPAID_WORK
from cases.reference.codes import CONCERNS, Rosh
from cases.reference.plans import Route
from cases.rules.ending_calls import Around, calls_of, needs_senior
from cases.rules.endings import Flagged, LastLook, ToTell, say_left
from cases.rules.safety import harm_in_force
from cases.rules.safety_facts import Harm
from cases.rules.words import counted


@dataclass(frozen=True)
class Facts:
    """What is known of many cases, each by its key."""

    reviewed: dict[int, date]
    registers: dict[int, list]
    enquiries: dict[int, Counter]
    requirements: dict[int, set]
    housing: dict[int, str]
    delivered: set[int]
    unread: Counter
    actions: Counter
    breach: set[int]  # by the record, or ours
    recall: set[int]
    levels: dict[int, list]

    def around(self, pk):
        return Around(
            registers=frozenset(one.type_code for one in self.registers[pk]),
            asked=frozenset(self.enquiries[pk]),
            requirements=frozenset(self.requirements[pk]),
            housing=self.housing.get(pk, ""),
            others_deliver=pk in self.delivered,
        )


def facts_of(case_ids):
    """Eleven statements."""
    keys = list(case_ids)
    registers = _each(
        Registration.objects.current().filter(case__in=keys).order_by("type_code", "pk")
    )
    brought = ImportedAssessment.objects.filter(case__in=keys).exclude(harm="")
    enquiries: dict[int, Counter] = defaultdict(Counter)
    for case, kind in (
        Enquiry.objects.unfinished().filter(case__in=keys).values_list("case", "kind")
    ):
        enquiries[case][kind] += 1
    enforced = _enforced(keys)
    running = Requirement.objects.filter(active=True, terminated_on=None, sentence__case__in=keys)
    return Facts(
        reviewed=_reviewed(keys),
        registers=registers,
        enquiries=enquiries,
        requirements=_codes(running.values_list("sentence__case", "main_code")),
        housing=dict(
            Address.objects.filter(case__in=keys, status_code=MAIN_ADDRESS, to_on=None).values_list(
                "case", "type_code"
            )
        ),
        delivered=set(
            Delivery.objects.filter(
                plan__in=Plan.objects.in_force(), plan__case__in=keys, route__in=[Route.GROUP, Route.AGENCY]
            ).values_list("plan__case", flat=True)
        ),
        unread=Counter(Reading.objects.unread().filter(case__in=keys).values_list("case", flat=True)),
        actions=Counter(PlanAction.objects.undone().filter(case__in=keys).values_list("case", flat=True)),
        breach={pk for pk, breach, _ in enforced if breach},
        recall={pk for pk, _, recall in enforced if recall},
        levels=_levels(keys, registers, brought),
    )  # fmt: skip


def last_looks(endings, hours_left, today, *, days, facts=None):
    """{ending: LastLook}. `days`: before the last day, in which the last review is signed."""
    cases = {one.case_id: one.case for one in endings}
    facts = facts or facts_of(cases)
    minutes = _minutes(cases, hours_left)
    return {one.pk: _look(one, facts, minutes, today, days) for one in endings}


def senior_of(facts, pk):
    """Why a senior ends this case; blank where its officer may."""
    harm = harm_in_force(facts.levels[pk])
    concern = any(one.type_code in CONCERNS for one in facts.registers[pk])
    return needs_senior(harm.level if harm else "", concern)


def _look(ending, facts, minutes, today, days):
    pk, answers = ending.case_id, ending.answers
    requirements = facts.requirements[pk]
    return LastLook(
        today=today,
        ends_on=ending.ends_on,
        looked_from=min(ending.ends_on, today) - timedelta(days=days),
        reviewed_on=facts.reviewed.get(pk),
        way=answers.get("way", ""),
        hours=minutes.get(pk, ""),
        work_only=bool(requirements) and requirements <= UNPAID_WORK,
        supervised=ending.case.is_supervised,
        person=answers.get("person", ""),
        words=answers,
        flags=tuple(_flagged(one, ending.flags) for one in facts.registers[pk]),
        calls=tuple(_to_tell(one, ending.told) for one in calls_of(facts.around(pk))),
        still_open=tuple(_still_open(facts, pk)),
    )


def _flagged(one, flags):
    said = flags.get(str(one.pk), {})
    review_on = said.get("review_on")
    return Flagged(
        key=str(one.pk),
        name=register_name(one),
        keep=said.get("keep"),
        because=said.get("because", ""),
        review_on=date.fromisoformat(review_on) if review_on else None,
    )


def _to_tell(call, told):
    said = told.get(str(call.whom), {})
    on = said.get("on")
    return ToTell(call, date.fromisoformat(on) if on else None, said.get("because", ""))


def _still_open(facts, pk):
    if asked := sum(facts.enquiries[pk].values()):
        yield f"{counted(asked, 'enquiry', 'enquiries')} to other agencies not finished: an answer would come to nobody."
    if unread := facts.unread[pk]:
        yield f"{counted(unread, 'piece')} of information not read."
    if actions := facts.actions[pk]:
        yield f"{counted(actions, 'action')} of the plan not done."
    if pk in facts.breach:
        yield "A breach is open, or before the court."
    if pk in facts.recall:
        yield "A recall is asked for: see it through, or withdraw it and say why."


def _enforced(keys):
    """(case, whether a breach is open by the record or here, whether a recall is) of each sentence of which one is."""
    breach = Q(in_breach=True) | Exists(Breach.objects.running().filter(sentence=OuterRef("pk")))
    recall = Exists(Recall.objects.running().filter(sentence=OuterRef("pk")))
    said = {"breach": ExpressionWrapper(breach, BooleanField()), "recall": recall}
    found = Sentence.objects.current().filter(case__in=keys).annotate(**said)
    return list(found.filter(Q(breach=True) | Q(recall=True)).values_list("case", *said))


def _minutes(cases, hours_left):
    """{case: what is left of its unpaid work, in words}"""
    if not hours_left:
        return {}
    found = defaultdict(list)
    rows = Sentence.objects.current().filter(pk__in=hours_left, case__in=cases)
    for key, case in rows.values_list("pk", "case"):
        found[case].append(hours_left[key])
    return {case: say_left(None if None in some else sum(some)) for case, some in found.items()}


def _reviewed(keys):
    rows = Review.objects.signed().filter(case__in=keys).order_by().values_list("case")
    return {case: localdate(at) for case, at in rows.annotate(Max("signed_at"))}


def _levels(keys, registers, brought):
    found: dict[int, list[Harm]] = defaultdict(list)
    for case, some in registers.items():
        found[case] += [
            Harm(one.type_code, one.started_on, one.provisional)
            for one in some
            if one.type_code in set(Rosh)
        ]
    for rows in (brought, Assessment.objects.in_force().filter(case__in=keys).exclude(harm="")):
        for case, level, on in rows.values_list("case", "harm", "completed_on"):
            found[case].append(Harm(level, on))
    return found


def _each(rows):
    found = defaultdict(list)
    for one in rows:
        found[one.case_id].append(one)
    return found


def _codes(rows):
    found = defaultdict(set)
    for case, code in rows:
        found[case].add(code)
    return found
