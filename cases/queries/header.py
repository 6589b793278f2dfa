"""What stands at the top of every page of a case: who it is, the safety strip, where to go.

Source: product rules, how it should feel (safety information on every page, identical everywhere).
"""

from dataclasses import dataclass

from django.db.models import F, Prefetch, Q
from django.urls import reverse

from cases.models import Case, LicenceCondition, Requirement
from cases.queries.checks import enquiries_of
from cases.queries.cover import officer_now
from cases.queries.coverage import answers_of, around
from cases.queries.information import kept_apart, unread_harm
from cases.queries.interim import standing_of
from cases.queries.names import Names, names_for
from cases.queries.reach import actions_on
from cases.queries.registers import register_name
from cases.reference.codes import CaseState, Rosh
from cases.rules import safety
from cases.rules.coverage import gaps
from cases.rules.words import age_on, counted, listed, shortened
from staff.kit import Fact, Link
from staff.permissions import Action
from staff.rules.dates import say_date

LONGEST = 140  # letters of a restriction that the strip repeats; the sentence page has all of it
TABS = (  # in this order, those the reader may open
    ("Overview", "case", Action.VIEW_CASE),
    ("Placement", "placement", Action.VIEW_PLACEMENT),
    ("Assessment", "assessment", Action.VIEW_ASSESSMENT),
    ("Plan", "plan", Action.VIEW_PLAN),
    ("Appointments", "case-appointments", Action.VIEW_CASE),
    ("Contacts", "case-contacts", Action.VIEW_CASE),
    ("Reviews", "case-reviews", Action.VIEW_REVIEW),
    ("Checks", "case-checks", Action.VIEW_CHECKS),
    ("Information", "case-information", Action.VIEW_INFORMATION),
    ("Sentence", "case-sentence", Action.VIEW_CASE),
    ("Personal details", "case-person", Action.VIEW_CASE),
    ("Who has looked", "case-history", Action.VIEW_AUDIT),
)


@dataclass(frozen=True)
class CaseHeader:
    """The identity bar, the safety strip and the tabs, as cases/base.html places them."""

    crn: str
    name: str
    list_name: str
    age: int | None
    officer: str
    facts: list[Fact]
    tabs: list[Link]
    record_contact: str  # where this reader adds to the log; blank: they may not
    raise_now: str  # where this reader raises something at once; blank: they may not
    may: frozenset[Action]  # what this reader may do here
    names: Names  # how this reader reads names and text


def case_header(case, user, today, tab="case"):
    """`tab` is the name of the page that is open, or of the one it belongs to."""
    may = actions_on(case, user)
    names = names_for(case, may)
    return CaseHeader(
        crn=case.crn,
        name=case.name,
        list_name=case.list_name,
        age=age_on(case.born_on, today),
        officer=officer_now(case, today),
        facts=_facts(case, user, names, today),
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
    )


def _facts(case, user, names, today):
    return [
        Fact(line.icon, f"{line.lead}.", f"{line.text}." if line.text else "")
        for line in safety.strip(_known(case, user, names, today), today)
    ]


def _known(case, user, names, today):
    registers = list(
        case.registrations.current().order_by(F("started_on").asc(nulls_last=True), "pk")
    )
    assessed = _last_assessed(case)
    sentences = list(_current_sentences(case, today))
    levels = [
        safety.Harm(r.type_code, r.started_on, r.provisional)
        for r in registers
        if r.type_code in set(Rosh)
    ]
    levels += [safety.Harm(level, on) for level, on in assessed if level]
    people = list(case.related_people.filter(to_on=None).order_by("pk"))
    enquiries = enquiries_of(case)
    return safety.Known(
        supervised=case.state == CaseState.SUPERVISED,
        registers=tuple(_registered(one) for one in registers),
        harm=safety.harm_in_force(levels),
        assessed_on=max((on for _, on in assessed), default=None),
        sentence_began_on=min((s.started_on for s in sentences if s.started_on), default=None),
        restrictions=(*_restrictions(sentences, names), *_apart(case, user, today)),
        victims=tuple(_victims(people, names)),
        enquiries=tuple(map(_asked, enquiries)),
        plan=standing_of(case),
        not_asked=tuple(gaps(around(case, people), answers_of(enquiries))),
        unread=unread_harm(case),
        staff_instruction=_staff_instruction(case),
    )


def _last_assessed(case):
    """(level, day) of the last assessment brought in, and of the one signed here that is in force."""
    brought = case.imported_assessments.order_by("-completed_on", "-pk")
    return [
        *brought.values_list("harm", "completed_on")[:1],
        *case.assessments.in_force().values_list("harm", "completed_on"),
    ]


def _registered(one):
    return safety.Registered(
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
    return case.sentences.current().prefetch_related(
        Prefetch("requirements", requirements.order_by("pk"), to_attr="running"),
        Prefetch("conditions", conditions.order_by("from_on", "pk"), to_attr="in_force"),
    )


def _restrictions(sentences, names):
    for sentence in sentences:
        for one in sentence.in_force:
            if safety.restricts(one.category):
                yield f"Licence: {shortened(names.text(one.text), LONGEST)}"
        for one in sentence.running:
            if one.main_code in safety.RESTRICTING_REQUIREMENTS:
                until = f" until {say_date(one.expected_end_on)}" if one.expected_end_on else ""
                yield f"{one.main_name or one.main_code}{until}"


def _apart(case, user, today):
    who = [one.who for one in kept_apart(case, user, today)]
    return [f"Keep apart from {listed(who)}"] if who else []


def _victims(people, names):
    """Those the reader may see by name, and how many more there are."""
    victims = [one for one in people if one.victim]
    seen = [names.of(one) for one in victims if names.may_see(one)]
    hidden = len(victims) - len(seen)
    return [*seen, f"{counted(hidden, 'name')} protected"] if hidden else seen


def _asked(enquiry):
    return safety.Asked(
        kind=enquiry.kind,
        state=enquiry.state,
        triggered_on=enquiry.triggered_on,
        id=enquiry.pk,
        sent_on=enquiry.sent_on,
        replied_on=enquiry.replied_on,
        chases=enquiry.chases,
    )


def _staff_instruction(case):
    found = Case.objects.filter(pk=case.pk).values_list("limit__safety", flat=True).first()
    return (found or "").strip(" .")
