"""What stands at the top of every page of a case: who it is, the safety strip, where to go.

Source: product rules, how it should feel (safety information on every page, identical everywhere).
"""

from dataclasses import dataclass

from django.db.models import F, Prefetch, Q, prefetch_related_objects
from django.urls import reverse

from cases.models import LicenceCondition, Registration, Requirement, Sentence
from cases.models.worded_once import worded_once
from cases.queries.checks import latest_first
from cases.queries.cover import officer_now
from cases.queries.coverage import answers_of, with_subjects
from cases.queries.ending_pages import ended_words
from cases.queries.enquiries import about_related
from cases.queries.escalated import put_to_the_nps
from cases.queries.information import unread_harm
from cases.queries.interim import standing_of
from cases.queries.kept_apart import kept_apart
from cases.queries.names import Names, names_for
from cases.queries.reach import actions_on
from cases.queries.registers import register_name
from cases.queries.restrictions import on_the_strip
from cases.reference.codes import Register, Rosh
from cases.reference.holding import LeftAs
from cases.reference.pauses import PauseKind
from cases.rules import safety
from cases.rules.coverage import gaps
from cases.rules.pauses import SINCE
from cases.rules.safety_facts import Asked, Harm, Known, Registered
from cases.rules.words import age_on, counted, listed, shortened
from staff.kit import Fact, Link, on
from staff.permissions import Action

LONGEST = 140  # letters of a restriction that the strip repeats; the sentence page has all of it
TABS = (  # in this order, those the reader may open
    ("Overview", "case", Action.VIEW_CASE),
    ("Placement", "placement", Action.VIEW_PLACEMENT),
    ("Assessment", "assessment", Action.VIEW_ASSESSMENT),
    ("Plan", "plan", Action.VIEW_PLAN),
    ("Interventions", "case-interventions", Action.VIEW_ASSESSMENT),
    ("Appointments", "case-appointments", Action.VIEW_CASE),
    ("Contacts", "case-contacts", Action.VIEW_CASE),
    ("Reviews", "case-reviews", Action.VIEW_REVIEW),
    ("Checks", "case-checks", Action.VIEW_CHECKS),
    ("Information", "case-information", Action.VIEW_INFORMATION),
    ("Sentence", "case-sentence", Action.VIEW_CASE),
    ("Enforcement", "case-enforcement", Action.VIEW_ENFORCEMENT),
    ("Restrictions", "case-restrictions", Action.VIEW_RESTRICTIONS),
    ("Unpaid work", "case-unpaid-work", Action.VIEW_UNPAID_WORK),
    ("Release", "case-release", Action.VIEW_RELEASE),
    ("Personal details", "case-person", Action.VIEW_CASE),
    ("Who has looked", "case-history", Action.VIEW_AUDIT),
)


@dataclass(frozen=True)
class AtPresent:
    """That they have died, the case has ended or they cannot be seen as usual, where everybody sees it first."""

    label: str
    words: str
    href: str


@dataclass(frozen=True)
class OfTheStrip:
    """The rows that the strip is told from, for a page that asks more of them: each is read once."""

    registers: list
    sentences: list
    people: list  # around them, now
    enquiries: list


@dataclass(frozen=True)
class CaseHeader:
    """The identity bar, the safety strip and the tabs, as cases/base.html places them."""

    crn: str
    name: str
    list_name: str
    age: int | None
    officer: str
    at_present: AtPresent | None  # why nobody expects to see them; None: they are seen as usual
    with_the_nps: Link | None  # a risk is put to the NPS, and the case is ours meanwhile
    facts: list[Fact]
    tabs: list[Link]
    record_contact: str  # where this reader adds to the log; blank: they may not
    raise_now: str  # where this reader raises something at once; blank: they may not
    may: frozenset[Action]  # what this reader may do here
    names: Names  # how this reader reads names and text
    rows: OfTheStrip


def case_header(case, user, today, tab="case"):
    """`tab` is the name of the page that is open, or of the one it belongs to."""
    may = actions_on(case, user)
    names, rows = names_for(case, may), _rows(case, today)
    return CaseHeader(
        crn=case.crn,
        name=case.name,
        list_name=case.list_name,
        age=age_on(case.born_on, today),
        officer=officer_now(case, today),
        at_present=_at_present(case, may),
        with_the_nps=put_to_the_nps(case, may),
        facts=_facts(case, user, names, rows, today),
        tabs=[
            Link(text, reverse(page, args=[case.crn]), current=page == tab)
            for text, page, action in TABS
            if action in may
        ],
        record_contact=reverse("record-contact", args=[case.crn])
        if Action.RECORD_CONTACT in may
        else "",
        raise_now=reverse("raise-now", args=[case.crn]) if Action.RAISE_NOW in may else "",
        may=may,
        names=names,
        rows=rows,
    )


def _at_present(case, may):
    if case.left_as == LeftAs.ENDED:
        href = reverse("case-ending", args=[case.crn]) if Action.VIEW_MOVEMENTS in may else ""
        return AtPresent("Ended here", ended_words(case), href)
    if case.left_as == LeftAs.DIED:
        died_on = case.deaths.standing().values_list("died_on", flat=True).first()
        words = on(died_on) if died_on else "day not known"
        return AtPresent("Has died", words, reverse("death", args=[case.crn]))
    running = case.pauses.running().order_by("from_on", "pk")
    since = [f"{SINCE[PauseKind(kind)]} {on(first)}" for kind, first in running.values_list("kind", "from_on")]  # fmt: skip
    if not since:
        return None
    return AtPresent("Cannot be seen", "; ".join(since), reverse("standing-still", args=[case.crn]))


def _rows(case, today):
    return OfTheStrip(
        registers=_registers(case.pk),
        sentences=_current_sentences(case.pk, today),
        people=list(case.related_people.filter(to_on=None).order_by("pk")),
        enquiries=latest_first(case),
    )


def _facts(case, user, names, rows, today):
    return [
        Fact(line.icon, f"{line.lead}.", f"{line.text}." if line.text else "")
        for line in safety.strip(_known(case, user, names, rows, today), today)
    ]


def _known(case, user, names, rows, today):
    registers, sentences, people, enquiries = (
        rows.registers, rows.sentences, rows.people, rows.enquiries,
    )  # fmt: skip
    assessed = _last_assessed(case)
    strip = on_the_strip(
        case,
        registers,
        [one for sentence in sentences for one in sentence.running],
        [one for sentence in sentences for one in sentence.in_force],
        names,
        today,
    )
    restraining = {
        f"registration-{one.pk}" for one in registers if one.type_code == Register.RESTRAINING_ORDER
    }
    return Known(
        supervised=case.is_supervised,
        registers=tuple(_registered(one) for one in registers),
        harm=safety.harm_in_force(_levels(registers, assessed)),
        assessed_on=max((on for _, on in assessed), default=None),
        sentence_began_on=min((s.started_on for s in sentences if s.started_on), default=None),
        orders=strip.orders,
        terms_seen=restraining <= strip.answered,
        terms_not_seen=strip.unseen,
        restrictions=(
            *_restrictions(sentences, names, strip.answered, today),
            *_apart(case, user, today),
        ),
        victims=tuple(_victims(people, names)),
        enquiries=tuple(map(_asked, enquiries)),
        plan=standing_of(case),
        not_asked=_not_asked(people, enquiries),
        unread=unread_harm(case),
        staff_instruction=_staff_instruction(case),
    )


@worded_once
def _registers(case):
    current = Registration.objects.filter(case=case).current()
    return current.order_by(F("started_on").asc(nulls_last=True), "pk")


def _levels(registers, assessed):
    """Every level of harm on record, by register and by assessment."""
    by_register = [
        Harm(one.type_code, one.started_on, one.provisional)
        for one in registers
        if one.type_code in set(Rosh)
    ]
    return [*by_register, *(Harm(level, on) for level, on in assessed if level)]


def _last_assessed(case):
    """(level, day) of the last assessment brought in, and of the one signed here that is in force."""
    brought = case.imported_assessments.order_by("-completed_on", "-pk")[:1]
    signed = case.assessments.in_force()
    both = [one.values_list("harm", "completed_on") for one in (brought, signed)]
    return list(both[0].union(both[1]))


def _registered(one):
    return Registered(
        code=one.type_code,
        name=register_name(one),
        part=one.part,
        since=one.started_on,
        level=one.level_code,
        warns_staff=one.warn_staff,
        provisional=one.provisional,
    )


def _current_sentences(case, today):
    requirements = Requirement.objects.filter(active=True, terminated_on=None)
    conditions = LicenceCondition.objects.filter(Q(to_on=None) | Q(to_on__gte=today))
    found = _in_force(case)
    prefetch_related_objects(
        found,
        Prefetch("requirements", requirements.order_by("pk"), to_attr="running"),
        Prefetch("conditions", conditions.order_by("from_on", "pk"), to_attr="in_force"),
    )
    return found


@worded_once
def _in_force(case):
    return Sentence.objects.filter(case=case).current()


def _restrictions(sentences, names, answered, today):
    """What the sentences forbid, but for what is `answered` by a restriction that says it in full."""
    for sentence in sentences:
        for one in sentence.in_force:
            if safety.restricts(one.category) and f"condition-{one.pk}" not in answered:
                yield f"Licence: {shortened(names.text(one.text), LONGEST)}"
        for one in sentence.running:
            if f"requirement-{one.pk}" in answered:
                continue
            if one.main_code in safety.RESTRICTING_REQUIREMENTS:
                yield f"{one.main_name or one.main_code}{safety.say_until(one.expected_end_on, today)}"


def _apart(case, user, today):
    who = [one.who for one in kept_apart(case, user, today)]
    return [f"Keep apart from {listed(who)}"] if who else []


def _victims(people, names):
    """Those the reader may see by name, and how many more there are."""
    victims = [one for one in people if one.victim]
    seen = [names.of(one) for one in victims if names.may_see(one)]
    hidden = len(victims) - len(seen)
    return [*seen, f"{counted(hidden, 'name')} protected"] if hidden else seen


def _not_asked(people, enquiries):
    """Of whom agencies have not spoken. Partners and children alone are counted, so that nobody's home is read for it."""
    if not people:
        return ()
    return tuple(gaps([about_related(one) for one in people], answers_of(with_subjects(enquiries))))


def _asked(enquiry):
    return Asked(
        kind=enquiry.kind,
        state=enquiry.state,
        triggered_on=enquiry.triggered_on,
        id=enquiry.pk,
        sent_on=enquiry.sent_on,
        replied_on=enquiry.replied_on,
        chases=enquiry.chases,
    )


def _staff_instruction(case):
    limit = getattr(case, "limit", None)
    return limit.safety.strip(" .") if limit else ""
