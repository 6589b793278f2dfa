"""The facts that decide whether assessments may be signed, of many in a fixed number of statements.

Source: product rules, gates ("sign an assessment"). The rules are `cases.rules.assessing`.
"""

from collections import Counter, defaultdict
from datetime import date

from cases.models import (
    Assessment,
    Case,
    Enquiry,
    InterimPlan,
    Registration,
    RelatedPerson,
    Sentence,
)
from cases.queries.enquiries import check_facts
from cases.queries.episodes import episodes_of
from cases.queries.harm import assessed_levels
from cases.reference.checks import OPEN_STATES, CheckKind, EnquiryState
from cases.reference.codes import ROSH_ORDER, Part, Register, Rosh
from cases.rules.assessing import AssessingFacts, Required
from cases.rules.enquiries import Concern, children_must_be_asked_about
from cases.rules.patterns import patterns_of
from cases.rules.safety import harm_in_force
from cases.rules.safety_facts import Harm

ABUSE = frozenset({Register.DOMESTIC_ABUSE_PERPETRATOR, Register.MARAC})
SOURCE = frozenset({Part.SOURCE, Part.NOT_RECORDED})
ANALYSES_RISK = (CheckKind.POLICE, CheckKind.CHILDREN, CheckKind.ADULTS)
STATES = [EnquiryState.ANALYSED, EnquiryState.NOT_NEEDED]  # the surest first


def assessing_facts(assessments, today):
    """{assessment: AssessingFacts} of these assessments, whatever their state."""
    assessments = list(assessments)
    cases = list(Case.objects.filter(pk__in={one.case_id for one in assessments}).order_by("pk"))
    keys = [case.pk for case in cases]
    checks, made = check_facts(cases, today), _enquiries(keys)
    episodes, sentences, earlier = episodes_of(keys), _sentences(assessments, keys), _earlier(keys)
    plans, abusive, levels = _plans(keys, today), _abusive(keys), _levels(keys)
    victims = _victims_not_named(keys)
    found = {}
    for one in assessments:
        known, (sentence, sentenced_on) = checks[one.case_id], sentences[one.pk]
        until, covers = plans.get(one.case_id, (None, frozenset()))
        raised, in_force = levels[one.case_id]
        found[one.pk] = AssessingFacts(
            answers=one.answers,
            carried=frozenset(one.carried),
            patterns=patterns_of(episodes[one.case_id]),
            required=tuple(required_checks(known, made[one.case_id])),
            plan_until=until,
            plan_covers=covers,
            abusive=one.case_id in abusive,
            victims_not_named=victims[one.case_id],
            on_register=_on_register(known, one.case_id in abusive),
            concern=bool({Concern.DOMESTIC_ABUSE, Concern.CHILD} & known.concerns.keys()),
            raised=raised,
            in_force=in_force,
            before=_before(earlier[one.case_id], sentenced_on, one),
            sentence=sentence,
            sentenced_on=sentenced_on,
        )
    return found


def _on_register(known, abusive):
    """Of what the screening asks, what a register in force is about: not that somebody was hurt by another."""
    there = {"children": Concern.CHILD in known.concerns, "domestic_abuse": abusive}
    return frozenset(subject for subject, found in there.items() if found)


def kinds_required(known):
    """The agencies that must have been asked before risk is analysed. `known`: check facts."""
    children, adults = children_must_be_asked_about(known), Concern.ADULT in known.concerns
    asked = {CheckKind.POLICE: True, CheckKind.CHILDREN: children, CheckKind.ADULTS: adults}
    return [kind for kind in ANALYSES_RISK if asked[kind]]


def required_checks(known, enquiries, kinds=ANALYSES_RISK):
    """Each check of these kinds that must be made or is open, as it stands: since the sentence it is for."""
    required = set(kinds_required(known))
    for kind in kinds:
        same = [one for one in enquiries if one.kind == kind]
        under_way = [one for one in same if one.state in OPEN_STATES]
        if under_way:
            yield from map(_as_required, under_way)
        elif kind in required:
            since = [
                one for one in same if one.state in STATES and _speaks_on(one) >= known.sentenced_on
            ]
            best = min(since, key=lambda one: (STATES.index(one.state), -one.pk), default=None)
            yield _as_required(best) if best else Required(kind)


def _speaks_on(enquiry):
    return max(filter(None, (enquiry.triggered_on, enquiry.replied_on)))


def _as_required(enquiry):
    return Required(
        kind=CheckKind(enquiry.kind),
        enquiry=enquiry.pk,
        state=EnquiryState(enquiry.state),
        due_on=enquiry.due_on,
        triggered_on=enquiry.triggered_on,
    )


def _enquiries(case_ids):
    found = defaultdict(list)
    rows = Enquiry.objects.filter(case__in=case_ids, kind__in=ANALYSES_RISK)
    for one in rows.order_by("pk"):
        found[one.case_id].append(one)
    return found


def _plans(case_ids, today):
    """{case: (last day, the enquiries it is for)} of live interim plans."""
    live = InterimPlan.objects.live(today).filter(case__in=case_ids)
    return {
        one.case_id: (one.expires_on, frozenset(covered.pk for covered in one.enquiries.all()))
        for one in live.prefetch_related("enquiries")
    }


def _abusive(case_ids):
    entries = Registration.objects.current().filter(case__in=case_ids)
    entries = entries.filter(type_code__in=ABUSE, part__in=SOURCE)
    return set(entries.values_list("case", flat=True))


def _victims_not_named(case_ids):
    """{case: how many people around the person are on record as a victim and were never named}."""
    around = RelatedPerson.objects.filter(case__in=case_ids, victim=True, to_on=None)
    return Counter(around.filter(could_be_hurt=None).values_list("case", flat=True))


def _levels(case_ids):
    """{case: (the highest level raised and not yet assessed, the level in force besides)}."""
    found = assessed_levels(case_ids)
    rows = Registration.objects.current().filter(case__in=case_ids, type_code__in=Rosh)
    for case, level, on, provisional in rows.order_by("pk").values_list(
        "case", "type_code", "started_on", "provisional"
    ):
        found[case].append(Harm(level, on, provisional))
    return {case: _raised_and_in_force(found[case]) for case in case_ids}


def _raised_and_in_force(levels):
    raised = [one.level for one in levels if one.provisional]
    besides = harm_in_force([one for one in levels if not one.provisional])
    highest = max(raised, key=ROSH_ORDER.__getitem__, default="")
    return highest, besides.level if besides else ""


def _sentences(assessments, case_ids):
    """{assessment: (sentence, its day)} that each is for; the current one where it does not say."""
    current = Sentence.objects.current().filter(case__in=case_ids).latest_of_each_case()
    by_case = {one.case_id: one for one in current}
    named = Sentence.objects.in_bulk({one.sentence_id for one in assessments} - {None})
    found = {}
    for one in assessments:
        sentence = named.get(one.sentence_id) or by_case.get(one.case_id)
        day = (sentence.convicted_on or sentence.started_on) if sentence else None
        found[one.pk] = (sentence.pk if sentence else None, day)
    return found


def _earlier(case_ids):
    """{case: [(day, key, answers)]} of what was signed here before, the latest last."""
    found: dict[int, list[tuple[date, int, dict]]] = defaultdict(list)
    rows = Assessment.objects.completed().filter(case__in=case_ids)
    for case, pk, on, answers in rows.order_by("completed_on", "pk").values_list(
        "case", "pk", "completed_on", "answers"
    ):
        found[case].append((on, pk, answers))
    return found


def _before(earlier, sentenced_on, assessment):
    """What the last assessment before this sentence said."""
    if sentenced_on is None:
        return {}
    stood = [answers for on, pk, answers in earlier if on < sentenced_on and pk != assessment.pk]
    return stood[-1] if stood else {}
