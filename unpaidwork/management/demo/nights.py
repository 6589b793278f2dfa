"""What the services themselves do in the demonstration: a sheet, an order that changes, what is tested again."""

from datetime import timedelta

from cases.models import Restriction
from cases.rules.restrictions import Area
from staff.models import User
from unpaidwork.management.demo import said
from unpaidwork.management.demo.dealing import HOME_SITE
from unpaidwork.management.demo.owed import write_owed
from unpaidwork.management.demo.rows import BUFFER, outline_of
from unpaidwork.models import WorkSession
from unpaidwork.services.instructions import owe_instructions
from unpaidwork.services.restrictions import change_restriction
from unpaidwork.services.retesting import retest
from unpaidwork.services.risk_owed import owe_work_risk
from unpaidwork.services.sheets import publish_sheet, settle_reach
from unpaidwork.services.work_owed import settle_work

CHANGED = 2  # orders whose area the court moved to where somebody works
NEAR = timedelta(days=1)  # of today: whose supervisors reach whoever is on a session


def pass_nights(plans, calendar, sites, *, by, now):
    today = now.date()
    _publish(calendar, by=by, now=now)
    _move_areas(plans, sites, now=now)
    near = [one.key for one in calendar.sessions.values() if abs(one.on - today) <= NEAR]
    settle_reach(sessions=list(WorkSession.objects.filter(pk__in=near)))
    retest([plan.case_id for plan in plans if plan.will_stop == "terms"], None, now)
    _owe_what_coordinators_do([plan.case_id for plan in plans if plan.who.retained], today)
    write_owed(plans, calendar, today)


def _owe_what_coordinators_do(case_ids, today):
    """Of people the NPS manages, for nobody of ours holds their cases: by the services, which say whose it is."""
    owe_work_risk(case_ids=case_ids, by=None, today=today)
    owe_instructions(case_ids=case_ids, by=None, today=today)
    settle_work(case_ids=case_ids, by=None, today=today)


def _publish(calendar, *, by, now):
    """The sheet of today of the demonstration's own supervisor: everybody on it may work."""
    session = calendar.sessions.get((HOME_SITE, now.date()))
    if session:
        publish_sheet(session=WorkSession.objects.get(pk=session.key), by=by, now=now)
        session.state = "published"


def _move_areas(plans, sites, *, now):
    """The court moved an area to where somebody works: they are suspended in the same moment."""
    may = [plan for plan in plans if plan.state == "active" and not plan.will_stop]
    touched = [(plan, one) for plan in may for one in plan.orders if one.terms == "areas"]
    for plan, order in touched[:CHANGED]:
        near, stood = sites.planned[plan.project], Restriction.objects.get(pk=order.key)
        shape, outline = outline_of("circle", near.east + 50, near.north - 50)
        made = change_restriction(
            restriction=stood,
            because=said.VARIED,
            kind=stood.kind,
            terms="areas",
            prohibits=stood.prohibits,
            areas=[Area(said.LABELS[1], shape, outline, BUFFER)],
            from_on=stood.from_on,
            to_on=stood.to_on,
            copy_seen_on=now.date(),
            source=stood.source,
            of=f"{order.of.of}-{order.of.key}" if order.of else "",
            by=User.objects.get(pk=plan.who.officer),
            now=now,
        )
        order.key, order.told, order.moved = getattr(made, "pk", order.key), False, True
        plan.will_stop = "area"
