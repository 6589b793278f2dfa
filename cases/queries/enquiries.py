"""What decides which enquiries are due, for many cases at once in a fixed number of statements; the
backlog of imported cases; and late agencies rolled up.

Source: product rules, checks.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Case as Cases
from django.db.models import Count, F, IntegerField, Value, When

from cases.models import (
    Address,
    Case,
    Enquiry,
    Registration,
    RelatedPerson,
    Sentence,
    Subject,
)
from cases.reference.checks import CheckKind, EnquiryState, SubjectKind
from cases.reference.codes import HELD, ROSH_ORDER, Part, Register
from cases.rules.enquiries import About, CheckFacts, Concern, Enquired

CONCERNS = {
    Register.DOMESTIC_ABUSE_PERPETRATOR: Concern.DOMESTIC_ABUSE,
    Register.DOMESTIC_ABUSE_VICTIM: Concern.DOMESTIC_ABUSE,
    Register.MARAC: Concern.DOMESTIC_ABUSE,
    Register.CHILD_CONCERNS: Concern.CHILD,
    Register.CHILD_PROTECTION: Concern.CHILD,
    Register.RISK_TO_CHILDREN: Concern.CHILD,
    Register.ADULT_AT_RISK: Concern.ADULT,
    Register.RISK_TO_ADULT_AT_RISK: Concern.ADULT,
}
MAIN_ADDRESS = "M"


@dataclass(frozen=True, slots=True)
class Late:
    """What one agency owes us: "Police: 214 open, median 13 days"."""

    kind: CheckKind
    open: int
    median_days: int


def check_facts(cases, today, *, registers=None, enquiries=None, people=None, sentences=None):
    """The facts of each of these cases (a list), by key. Seven statements.

    {case: [rows]}, where the caller has read them: the current `registers`, every one of the `enquiries`, the `people`
    around them now, the current `sentences`.
    """
    keys = [case.pk for case in cases]
    if sentences is None:
        sentences = _by_case(Sentence.objects.current().filter(case__in=keys))
    if registers is None:
        current = Registration.objects.current()
        registers = _by_case(current.filter(case__in=keys, type_code__in=CONCERNS))
    if enquiries is None:
        enquiries = _by_case(Enquiry.objects.filter(case__in=keys))
    if people is None:
        people = _by_case(RelatedPerson.objects.filter(case__in=keys, to_on=None))
    addresses = homes_of(keys)
    covers = defaultdict(set)
    for subject in Subject.objects.filter(enquiry__case__in=keys):
        covers[subject.enquiry_id].add(about_subject(subject).key)
    return {
        case.pk: _facts(
            case,
            sentences[case.pk],
            [one for one in registers[case.pk] if one.type_code in CONCERNS],
            people[case.pk],
            addresses[case.pk],
            [_enquired(one, covers) for one in enquiries[case.pk]],
            today,
        )
        for case in cases
    }


def about_subject(subject):
    """A subject of an enquiry as the rules know it."""
    return About(
        kind=SubjectKind(subject.kind),
        name=subject.name,
        born_on=subject.born_on,
        related_person_id=subject.related_person_id,
        protected=subject.protected,
    )


def _by_case(rows):
    found = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.case_id].append(row)
    return found


def _facts(case, sentences, registers, people, addresses, enquired, today):
    children = [one for one in people if one.kind == SubjectKind.CHILD]
    homes = addresses[-1:]
    began_on, sentenced_on = _began_on(case, sentences, today)
    if (
        case.imported and enquired
    ):  # taken up: what was not asked before that is not held against us
        began_on = sentenced_on = max(began_on, min(one.triggered_on for one in enquired))
    return CheckFacts(
        began_on=began_on,
        sentenced_on=sentenced_on,
        about=(
            about_the_person(case, homes),
            *map(about_related, people),
            *map(about_address, homes),
        ),
        concerns=_concerns(registers),
        has_children=True if children else None,
        lives_with_children=any(one.lives_with for one in children) or None,
        may_pose_risk_to_children=any(map(_poses_risk_to_children, registers)) or None,
        release_on=_release_on(sentences),
        enquired=tuple(enquired),
    )


def _began_on(case, sentences, today):
    """When we took the case, and when the order that brought it began."""
    started = [one.started_on or one.convicted_on for one in sentences]
    sentenced_on = min(filter(None, started), default=None)
    began_on = case.arrived_on or sentenced_on or case.officer_since or today
    began_on = min(began_on, today)
    return began_on, min(began_on, sentenced_on or began_on)


def about_the_person(case, homes):
    """The person a case is about, asked about where they live: `homes`, the last of them now."""
    authority, postcode = (homes[-1].authority, homes[-1].postcode) if homes else ("", "")
    return About(
        SubjectKind.PERSON,
        case.name,
        born_on=case.born_on,
        authority=authority,
        postcode=postcode,
    )


def about_related(one):
    """Somebody around the person."""
    return About(
        kind=SubjectKind(one.kind),
        name=one.name,
        born_on=one.born_on,
        related_person_id=one.pk,
        protected=one.protected,
        since=one.from_on,
        authority=one.authority,
        postcode=one.postcode,
    )


def about_address(one):
    """Somewhere the person lives."""
    return About(
        SubjectKind.ADDRESS,
        written(one) or "No fixed abode",
        since=one.from_on,
        authority=one.authority,
        postcode=one.postcode,
    )


def written(address):
    """An address in a line."""
    return ", ".join(filter(None, [address.lines, address.town, address.postcode]))


def home_of(case):
    """(local authority, postcode) of where the person on probation lives."""
    person = about_the_person(case, homes_of([case.pk])[case.pk])
    return person.authority, person.postcode


def with_places(case, subjects):
    """These subjects, each with the address of its own where the record has one."""
    people = RelatedPerson.objects.filter(case=case).in_bulk()
    homes = {about.key: about for about in map(about_address, case.addresses.order_by("pk"))}
    person = about_the_person(case, homes_of([case.pk])[case.pk])
    found = []
    for one in subjects:
        known = people.get(one.related_person_id) or homes.get(one.key)
        known = person if one.kind == SubjectKind.PERSON else known or one
        found.append(replace(one, authority=known.authority, postcode=known.postcode))
    return found


def homes_of(case_ids):
    """{case: its main addresses that have not ended, the last of them where they live now}."""
    main = Address.objects.filter(case__in=case_ids, status_code=MAIN_ADDRESS, to_on=None)
    return _by_case(main)


def _concerns(registers):
    """The latest entry of each concern; None where no date is recorded."""
    found: dict[Concern, date | None] = {}
    for one in registers:
        concern = CONCERNS[Register(one.type_code)]
        dates = filter(None, (found.get(concern), one.started_on))
        found[concern] = max(dates, default=None)
    return found


def _poses_risk_to_children(register):
    of_children = CONCERNS[Register(register.type_code)] == Concern.CHILD
    return of_children and register.part in {Part.SOURCE, Part.NOT_RECORDED}


def _release_on(sentences):
    """The next release from custody, as expected."""
    held = [one for one in sentences if one.custody_status in HELD]
    dates = [one.expected_release_on or one.conditional_release_on for one in held]
    return min(filter(None, dates), default=None)


def _enquired(one, covers):
    return Enquired(
        kind=CheckKind(one.kind),
        state=EnquiryState(one.state),
        triggered_on=one.triggered_on,
        replied_on=one.replied_on,
        covers=frozenset(covers[one.pk]),
    )


# The backlog


def backlog(cases):
    """Of these cases, the imported ones whose checks nobody has taken up, worst harm first.

    Harm that nobody has assessed stands above low: it may be anything.
    """
    levels = [
        When(standing__harm=level, then=Value(2 * rank)) for level, rank in ROSH_ORDER.items()
    ]
    return (
        cases.ours()
        .filter(imported=True, taken_up_on=None)
        .annotate(
            harm_rank=Cases(*levels, default=Value(1), output_field=IntegerField()),
            concern=Cases(When(standing__concern=True, then=Value(1)), default=Value(0)),
        )
        .order_by("-concern", "-harm_rank", F("arrived_on").asc(nulls_last=True), "pk")
    )


def taken_up_this_week(team, today):
    """How many imported cases of the team have been taken up since Monday."""
    monday = today - timedelta(days=today.weekday())
    return Case.objects.filter(team=team, taken_up_on__range=(monday, today)).count()


# Agencies that are late


def late_agencies(cases, today):
    """What each kind of agency owes on these cases, rolled up; the largest first. One statement."""
    waiting = Enquiry.objects.overdue(today).filter(case__in=cases, state=EnquiryState.SENT)
    by_kind: dict[CheckKind, list[int]] = defaultdict(list)
    for kind, sent_on, number in waiting.values_list("kind", "sent_on").annotate(n=Count("pk")):
        by_kind[CheckKind(kind)] += [(today - sent_on).days] * number
    late = [Late(kind, len(days), sorted(days)[len(days) // 2]) for kind, days in by_kind.items()]
    return sorted(late, key=lambda one: (-one.open, one.kind))
