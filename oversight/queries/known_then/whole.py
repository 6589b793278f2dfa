"""Everything on a case as it stands, in sections of entries, as plain JSON: a fixed number of statements however long it is.

Source: local policy on serious further offences; report 2 (what a record must let an inquiry see). Each section names
what a reader must be allowed to do to read it.

    {version, at, since, access {limited, restricted}, protected [names], sections [{code, title, entries [entry ..]} ..]}
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localtime

from cases.models import Case, Limit, RelatedPerson, Subject
from cases.rules.known_then import VERSION
from oversight.queries.known_then import done, person, planned, risk
from staff.permissions import Action

IN_FULL = timedelta(days=365)  # contact that is kept word for word; earlier contact is counted


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    entries: Callable[[Case, date], Iterator[dict]]
    action: Action  # without it a reader does not see the section


SECTIONS = {
    one.code: one
    for one in (
        Section("person", "Who they are", person.who_they_are, Action.VIEW_CASE),
        Section("around", "Who is around them", person.around_them, Action.VIEW_CASE),
        Section("standing", "Where they stood", person.where_they_stood, Action.VIEW_PLACEMENT),
        Section("registers", "Registers and scores", risk.registers, Action.VIEW_CASE),
        Section("placement", "The GRID", risk.placement, Action.VIEW_PLACEMENT),
        Section("raised", "What was raised, and who could be hurt", risk.raised, Action.VIEW_ASSESSMENT),
        Section("checks", "Enquiries and replies", risk.enquiries, Action.VIEW_CHECKS),
        Section("information", "Information that came in", risk.information, Action.VIEW_INFORMATION),
        Section("assessment", "Assessments", planned.assessed, Action.VIEW_ASSESSMENT),
        Section("plan", "The plan in force, and its steps", planned.planned, Action.VIEW_PLAN),
        Section("reviews", "Reviews", planned.reviewed, Action.VIEW_REVIEW),
        Section("asked_for", "What seniors asked for", planned.asked_for, Action.VIEW_SENIOR_ACTIONS),
        Section("protection", "Interim plans and restrictions", risk.protection, Action.VIEW_RESTRICTIONS),
        Section("sentence", "Sentences", planned.ordered, Action.VIEW_CASE),
        Section("contact", "Contact, appointments and absences", done.contact, Action.VIEW_CASE),
        Section("work", "Unpaid work", done.unpaid_work, Action.VIEW_UNPAID_WORK),
        Section("owed", "What was owed, and late", done.owed, Action.VIEW_CASE),
        Section("overrides", "Overrides", risk.overrides, Action.VIEW_OVERRIDES),
        Section("held", "Who held the case", person.who_held_it, Action.VIEW_CASE),
    )
}  # fmt: skip


def known_now(case, now, since=None):
    """All that is known of it at this moment. `since`: contact from then on is in full; a year where it is not said."""
    at = localtime(now)
    since = since or at.date() - IN_FULL
    case = Case.objects.select_related("provider", "team", "officer", "person").get(pk=case.pk)
    limit = Limit.objects.filter(case=case).first()
    return {
        "version": VERSION,
        "at": at.isoformat(),
        "since": since.isoformat(),
        "access": {"limited": limit is not None, "restricted": bool(limit and limit.restricted)},
        "protected": _protected(case),
        "sections": [
            {"code": one.code, "title": one.title, "entries": list(one.entries(case, since))}
            for one in SECTIONS.values()
        ],
    }


def _protected(case):
    """The names that were kept from others on that day: they stay so in what was kept of it."""
    around = RelatedPerson.objects.filter(case=case, protected=True).values_list("name")
    asked = Subject.objects.filter(enquiry__case=case, protected=True).values_list("name")
    return [name for (name,) in around.union(asked).order_by("name")]
