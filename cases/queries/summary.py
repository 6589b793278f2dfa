"""One case on one sheet: what somebody who has never met the person must know in a minute.

Source: product rules, how it should feel; cases.rules.counter for what to do.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.timezone import localtime

from cases.queries.checks import enquiries_of
from cases.queries.contact_details import not_to_be_rung
from cases.queries.contacts import next_appointment, recent_contacts
from cases.queries.days import midnight
from cases.queries.information import unread_harm
from cases.queries.interim import standing_plan
from cases.queries.kept_apart import kept_apart
from cases.queries.overview import Stands, stands
from cases.queries.raising import provisional_on
from cases.queries.registers import OnRegister, registers_of
from cases.queries.walk_ins import waiting_words
from cases.queries.welfare import last_asked
from cases.reference.checks import OPEN_STATES, EnquiryState
from cases.reference.codes import Register
from cases.reference.holding import LeftAs
from cases.reference.pauses import WANTED
from cases.rules.checks import how_it_stands
from cases.rules.counter import Counter, at_the_counter
from cases.rules.interim import has_run_out
from cases.rules.welfare import said_of
from cases.rules.words import shortened
from staff.kit import Happening, Line, on
from staff.permissions import Action

LAST = 3  # contacts
GIST = 300  # letters of each box of the interim plan


@dataclass(frozen=True)
class Summary:
    to_do: list[str]  # when the person is at the counter
    here: str  # that they wait at the desk now, since when and why; blank where they do not
    stands: Stands
    registers: list[OnRegister]
    enquiries: list[str]  # those open, as they stand
    sees_checks: bool  # otherwise this reader is told nothing of enquiries, not that there is none
    plan: list[Line]  # the interim plan that holds meanwhile
    contacts: list[Happening]
    not_to_ring: list[str]  # numbers that are not safe, by their last digits
    self_harm: (
        str  # what they last said of harming themselves; blank: this reader is told nothing of it
    )


def summary_of_case(case, header, user, now):
    """For the reader whose page this is, at this moment."""
    today = localtime(now).date()
    coming = next_appointment(case, header.names, now)
    contacts, _ = recent_contacts(case, header.names, now)
    current, _ = registers_of(case, header.names, today)
    may_see_checks = Action.VIEW_CHECKS in header.may
    enquiries = [one for one in enquiries_of(case) if one.state in OPEN_STATES]
    return Summary(
        to_do=at_the_counter(_known(case, header, user, enquiries, now)),
        here=waiting_words(case, header.names),
        stands=stands(case, coming, provisional_on(case)),
        registers=current,
        enquiries=[how_it_stands(one, today) for one in enquiries] if may_see_checks else [],
        sees_checks=may_see_checks,
        plan=_plan(case, header.names, today) if may_see_checks else [],
        contacts=contacts[:LAST],
        not_to_ring=not_to_be_rung(case),
        self_harm=said_of(last_asked([case.pk]).get(case.pk))
        if Action.ASK_WELFARE in header.may
        else "",
    )


def what_to_do(case, header, user, now):
    """What whoever is at the desk does first, in the order it is done."""
    enquiries = [one for one in enquiries_of(case) if one.state in OPEN_STATES]
    return at_the_counter(_known(case, header, user, enquiries, now))


def _known(case, header, user, enquiries, now):
    today = localtime(now).date()
    registers = set(case.registrations.current().values_list("type_code", flat=True))
    warned = case.registrations.current().filter(warn_staff=True).exists()
    standing = getattr(case, "standing", None)
    return Counter(
        holder=header.officer,
        retained=bool(case.retained_by),
        instruction=_instruction(case),
        risk_to_staff=warned or Register.RISK_TO_STAFF in registers,
        apart_from=tuple(one.who for one in kept_apart(case, user, today)),
        died=case.left_as == LeftAs.DIED,
        warrant=Register.WARRANT in registers
        or case.pauses.running().filter(kind__in=WANTED).exists(),
        self_harm=Register.SELF_HARM in registers,
        unread=unread_harm(case),
        concern=bool(standing and standing.concern),
        waiting=any(one.state == EnquiryState.SENT for one in enquiries),
        expected=_expected(case, today),
    )


def _instruction(case):
    limit = getattr(case, "limit", None)
    return limit.safety.strip(" .") if limit else ""


def _expected(case, today):
    start = midnight(today)
    day = case.contacts.filter(started_at__gte=start, started_at__lt=start + timedelta(days=1))
    return day.filter(appointment=True).exists()


def _plan(case, names, today):
    plan = standing_plan(case)
    if plan is None:
        return []
    boxes = [
        ("We assume", plan.worst_case),
        ("Who is protected", plan.who_is_protected),
        ("What we do", plan.what_we_do),
    ]
    said = [Line(label, shortened(names.text(words), GIST)) for label, words in boxes]
    until = "Ran out" if has_run_out(plan.expires_on, today) else "Holds until"
    return [*said, Line(until, on(plan.expires_on))]
