"""What the person's copy of a plan is made from, what must not stand in it, and when it was given.

Source: product rules, sharing and roles; `cases.rules.sharing` says what of it goes in.
"""

from collections import defaultdict
from itertools import chain

from django.db.models import Count, Q
from django.utils.timezone import localtime

from cases.models import (
    Assessment,
    Enquiry,
    Information,
    InterimPlan,
    Person,
    PlanAction,
    PotentialVictim,
    Reachable,
    RelatedPerson,
    RouteDecision,
    Subject,
)
from cases.queries.check_history import said_in_replies
from cases.queries.enquiries import homes_of, written
from cases.queries.planning import name_of
from cases.queries.sentences import length_of
from cases.reference.checks import SubjectKind
from cases.reference.codes import Sharing
from cases.reference.plans import Route
from cases.rules.giveaways import to_keep
from cases.rules.person_copy import copy_of
from cases.rules.sharing import Goal, Ordered, Parts, Step, keeps_safe

KEPT_ANSWERS = ("sara.", "pattern.", "harm.", "managing.victims", "managing.contingency")


def find_plan(case, pk):
    """The plan of this case, whatever has become of it, or None."""
    return case.plans.filter(pk=pk).first()


def person_copy_of(plan, case):
    """The person's copy of this plan as it stands (`cases.rules.person_copy.Copy`). Its case has its officer."""
    return copy_of(_parts(plan, case), kept_from_person(case, plan))


def _parts(plan, case):
    person = Person.objects.filter(case=case).first()
    steps = list(_steps_of(plan))
    protective = {one.objective_id for one in steps if keeps_safe(_step(one))}
    return Parts(
        forename=case.forename,
        surname=case.surname,
        called=person.preferred_name if person else "",
        officer=case.officer.name if case.officer else "",
        goals=tuple(
            Goal(one.what, one.sharing, protects=one.pk in protective)
            for one in plan.objectives.order_by("place", "pk")
        ),
        steps=tuple(_step(one) for one in steps),
        ordered=tuple(_ordered(plan)),
        answers=plan.answers,
        agreed=plan.agreed,
        agreed_on=plan.agreed_on,
        signed_on=localtime(plan.signed_at).date() if plan.signed_at else None,
        **_counts(plan, case),
    )


def _counts(plan, case):
    """What is never shown, and only counted."""
    replied = Enquiry.objects.filter(case=case, replied_on__isnull=False)
    return {
        "contingencies": plan.contingencies.count(),
        "victims": case.potential_victims.current().count(),
        "replies": replied.aggregate(n=Count("pk"))["n"],
    }


def _steps_of(plan):
    steps = PlanAction.objects.filter(objective__plan=plan, dropped_on=None)
    return steps.select_related("agency").order_by("by_on", "pk")


def _step(one):
    return Step(
        what=one.what,
        sharing=one.sharing,
        actor=one.actor,
        by_on=one.by_on,
        nature=one.nature,
        by_whom=one.by_whom,
        agency=one.agency.name if one.agency else "",
        protects=one.protects_id is not None,
        done_on=one.done_on,
    )


def _ordered(plan):
    decided = {}
    decisions = RouteDecision.objects.filter(case=plan.case_id, requirement__isnull=False)
    for one in decisions.order_by("decided_on", "pk"):
        decided[one.requirement_id] = one
    for one in plan.deliveries.select_related("requirement", "condition").order_by("pk"):
        yield _delivered(one, decided.get(one.requirement_id))


def _delivered(one, decision):
    """`decision`: the last that took a route away from it, or None."""
    requirement = one.requirement
    booked = decision and decision.booked_for
    return Ordered(
        name=name_of(requirement or one.condition),
        how=one.how if one.route != Route.NONE else "",
        sharing=one.sharing,
        length=length_of(requirement.length, requirement.length_unit) if requirement else "",
        arranged_on=localtime(booked).date() if booked else one.arranged_on,
        waits=bool(decision and not booked),
        changed=bool(decision and decision.route != one.route),
    )


# What must not stand in it


def kept_from_person(case, plan=None):
    """What no paper for the person may give away. `plan`: the sentence plan whose contingencies are kept as well."""
    contingencies = plan.contingencies.values_list("what_if", "then") if plan else ()
    return kept_from_each([case], chain.from_iterable(contingencies))[case.pk]


def kept_from_each(cases, more=()):
    """{key of a case: the same of each}, in nine statements however many. `more`: words that are kept as well."""
    keys = [case.pk for case in cases]
    addresses, names = _addresses_and_names(keys)
    homes, texts, more = homes_of(keys), _texts(keys), tuple(more)
    return {
        case.pk: to_keep(
            case.name,
            map(written, homes.get(case.pk, ())),
            names[case.pk],
            addresses[case.pk],
            (*texts[case.pk], *more),
        )
        for case in cases
    }


def _addresses_and_names(keys):
    """({case: addresses of others}, {case: names that are kept}). What is known by its address is no name."""
    addresses, names = defaultdict(set), defaultdict(set)
    for one in RelatedPerson.objects.filter(case__in=keys):
        addresses[one.case_id].add(f"{one.address}, {one.postcode}")
    could_be_hurt = Q(victim=True) | Q(could_be_hurt__isnull=False)  # now or before
    shielded = RelatedPerson.objects.filter(Q(protected=True) | could_be_hurt, case__in=keys)
    for case, name in shielded.values_list("case", "name"):
        names[case].add(name)
    subjects = Subject.objects.filter(enquiry__case__in=keys)
    places = defaultdict(set)
    for case, kind, name, protected in subjects.values_list(
        "enquiry__case", "kind", "name", "protected"
    ):
        if kind == SubjectKind.ADDRESS:
            places[case].add(name)
        elif protected:
            names[case].add(name)
    for case, some in places.items():
        addresses[case] |= some
        names[case] -= some
    return addresses, names


def _texts(keys):
    """{case: what was said to us, or about others, and is not to be shared}"""
    found = said_in_replies(keys)
    said = Information.objects.filter(readings__case__in=keys).exclude(sharing=Sharing.YES)
    victims = PotentialVictim.objects.filter(case__in=keys).values_list("case", "how")
    plans = InterimPlan.objects.filter(case__in=keys)
    kept = plans.values_list("case", "worst_case", "who_is_protected", "what_we_do")
    for rows in (said.values_list("readings__case", "text"), victims, kept):
        for case, *words in rows:
            found[case] += words
    assessed = Assessment.objects.filter(case__in=keys).order_by("pk")
    for case, answers in assessed.values_list("case", "answers"):
        for code, words in answers.items():
            if code.startswith(KEPT_ANSWERS) and isinstance(words, str):
                found[case].append(words)
    return found


# How they may be reached, and when they were given it


def ways_to_reach(case):
    """How we may get in touch, in words for the cover: only what is recorded as safe."""
    person = Person.objects.filter(case=case).first()
    safe = Reachable.objects.filter(case=case, safe=True).order_by("kind", "pk")
    kinds = set(safe.values_list("kind", flat=True))
    if Reachable.Kind.MOBILE in kinds and person and person.may_text:
        yield "We may ring or text your mobile."
    elif kinds & {Reachable.Kind.MOBILE, Reachable.Kind.TELEPHONE}:
        yield "We may ring you."
    if Reachable.Kind.EMAIL in kinds:
        yield "We may send you an e-mail."
    if is_safe_to_write(case):
        yield "We may write to you at home."


def is_safe_to_write(case):
    """Whether each address at which they live now is recorded as safe."""
    homes = homes_of([case.pk]).get(case.pk, [])
    return bool(homes) and all(one.safe_to_write for one in homes)
