"""What is owed on a case as due rows: what, why, by whom, when, and the one next action.

Source: docs/screens.md, the due row; the kinds of deadline in cases.reference.deadlines.
"""

from collections import defaultdict
from dataclasses import replace

from django.db.models import Case as Choice
from django.db.models import Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Case, Deadline
from cases.models.worded_once import worded_once
from cases.queries.next_steps import (
    OF_ITSELF,
    OF_THE_WHOLE_CASE,
    SEEN,
    UNDECIDED,
    first_allowed,
    next_of,
)
from cases.queries.override_pages import CLOSED_AT, DECIDED_AT
from cases.queries.people import officer_of
from cases.queries.reach import open_among
from cases.queries.undecided import mark_undecided
from cases.reference.checks import CheckKind
from cases.reference.contacts import CALL_TO_THEM
from cases.reference.deadlines import KEPT_TO, KINDS
from cases.reference.information import InformationKind
from cases.reference.overrides import Act
from cases.rules.addresses import address
from cases.rules.checks import IN_SHORT
from cases.rules.deadlines import days_late, is_overdue
from cases.rules.enforcement.court import asks_the_day
from cases.rules.enforcement.letter_words import which_letter
from cases.rules.words import counted, shortened, within_a_sentence
from staff.kit import DueRow, Link, on
from staff.permissions import TITLES, Action, Role

ABOUT = (
    "enquiry",
    "reading__information",
    "action",
    "override",
    "route",
    "appointment__contact",
    "review",
    "recommendation",
    "failure",
    "letter__warning",
    "breach",
    "recall",
    "senior_action",
)  # what of a case a deadline may be about
ONE_OF = tuple(one.partition("__")[0] for one in ABOUT)
FIND_THE_DAY = "Find out the day in court"
LONGEST = 80  # letters of an action that a row repeats
SOURCES = {"default": "local policy", "law": "law"}


def due_rows(case, names, may, today, kinds=None):
    """What is owed on this case, the worst to miss first. `may`: what the reader may do on it; `kinds`: of these alone.

    Nothing while it is not ours; its clocks are kept for when it comes back.
    """
    found = _owed_on(case.pk, tuple(_kept_from(may)), tuple(kinds or ()))
    mark_undecided(found)
    ranked = sorted(found, key=lambda one: (KINDS[one.kind].harm, one.due_on, one.pk))
    return [_due_row(one, case, names, may, today) for one in ranked]


@worded_once
def _owed_on(case, kept, kinds):
    owed = Deadline.objects.filter(case=case).unmet().ours().beside_complaints()
    owed = owed.exclude(kind__in=kept).select_related(*ABOUT)
    return owed.filter(kind__in=kinds) if kinds else owed


def shown_to(user, rows, kind="kind"):
    """Of rows about deadlines, those whose kind this reader may read of. `kind`: the path to it.

    Kind by kind, the kind first: of a row of another kind the database looks up no case.
    """
    for one, action in KEPT_TO.items():
        may_read = Case.objects.open_to(user, action).filter(pk=OuterRef("case"))
        rows = rows.exclude(Q(**{kind: one}), ~Exists(may_read))
    return rows


def kept_apart(rows, kind="kind"):
    """Rows about deadlines, with the kind and the case where its kind is kept to fewer readers; blank and None otherwise.

    For counting: `readable` leaves out what a reader may not read of, so that what is counted need not be asked about.
    """
    kept = {f"{kind}__in": list(KEPT_TO)}
    return rows.annotate(
        kept_kind=Choice(When(**kept, then=F(kind)), default=Value("")),
        kept_case=Choice(When(**kept, then=F("case")), default=None),
    )


def readable(user, counted):
    """Of what was counted as (…, kind, case, how many) by `kept_apart`, what this reader may read of: (…, how many)"""
    cases: dict[str, set[int]] = defaultdict(set)
    for *_, kind, case, _count in counted:
        if kind:
            cases[kind].add(case)
    may = {kind: open_among(some, user, KEPT_TO[kind]) for kind, some in cases.items()}
    return [(*what, n) for *what, kind, case, n in counted if not kind or case in may[kind]]


def _kept_from(may):
    return [kind for kind, action in KEPT_TO.items() if action not in may]


def nothing_until(case, may, today):
    """When something next falls due on a case that owes nothing today, in a sentence; else blank."""
    first = next(iter(_first_due(case.pk, tuple(_kept_from(may)))), None)
    return (
        f"Nothing more is due for this person until {on(first)}." if first and first > today else ""
    )


@worded_once
def _first_due(case, kept):
    owed = Deadline.objects.filter(case=case).unmet().ours().beside_complaints()
    owed = owed.exclude(kind__in=kept).order_by("due_on")
    return owed.values_list("due_on", flat=True)[:1]


def listed_row(deadline, names, may, today):
    """The same in a list of many people: who it is about, and words that tell its link from others."""
    case = deadline.case
    row = _due_row(deadline, case, names, may, today)
    return replace(
        row,
        person=case.list_name,
        crn=case.crn,
        href=reverse("case", args=[case.crn]) if Action.VIEW_CASE in may else "",
        next=row.next and replace(row.next, hidden=f"for {case.name}: {row.what}"),
    )


def anchored(rows):
    """The first row of each person marked as where the way back from their case leads."""
    seen: set[str] = set()
    found = []
    for row in rows:
        found.append(row if row.crn in seen else replace(row, anchor=row.crn))
        seen.add(row.crn)
    return found


def _due_row(deadline, case, names, may, today):
    kind = KINDS[deadline.kind]
    return DueRow(
        what=_what(deadline, names),
        due=on(deadline.due_on),
        late=how_late(deadline.due_on, today),
        by=_by(deadline, case),
        rule=names.text(deadline.why),
        source=said_source(kind.source),
        next=_next(deadline, case, may, is_overdue(deadline.due_on, today)),
    )


def how_late(due_on, today):
    """ "3 working days late", "late since Friday" over a weekend; blank while on time."""
    if not is_overdue(due_on, today):
        return ""
    late = days_late(due_on, today)
    return f"{counted(late, 'working day')} late" if late else "late since the last working day"


def said_source(source):
    """Where the length of a clock comes from, in words."""
    return SOURCES.get(source, source)


def title_of(deadline):
    """The kind of work, and of a letter which; of a court whose day is not known, that it is found out."""
    if _waits_for_a_day(deadline):
        return FIND_THE_DAY
    title, letter = KINDS[deadline.kind].title, deadline.letter
    if letter is None:
        return title
    step = letter.warning.step if letter.warning else ""
    return f"{title}: {within_a_sentence(which_letter(letter.kind, step, letter.breach_id))}"


def _waits_for_a_day(deadline):
    return deadline.kind == "say_hearing" and asks_the_day(deadline.why)


def _what(deadline, names):
    """The kind of work, and which of several things it is about."""
    title = title_of(deadline)
    if deadline.enquiry:
        return f"{title}: {IN_SHORT[CheckKind(deadline.enquiry.kind)]}"
    if deadline.reading:
        kind = InformationKind(deadline.reading.information.kind).title
        return f"{title}: {within_a_sentence(kind)}"
    if deadline.action:
        return f"{title}: {shortened(names.text(deadline.action.what), LONGEST)}"
    if deadline.override:
        return f"{title}: {within_a_sentence(Act(deadline.override.act).title)}"
    if deadline.route:
        return f"{title}: {shortened(names.text(deadline.route.removed), LONGEST)}"
    if deadline.recommendation:
        return f"{title}: {shortened(names.text(deadline.recommendation.what), LONGEST)}"
    if deadline.senior_action:
        return f"{title}: {shortened(names.text(deadline.senior_action.what), LONGEST)}"
    if deadline.appointment:
        contact = deadline.appointment.contact
        what = within_a_sentence(contact.type_name or contact.type_code)
        return f"{title}: {what}, {on(localtime(contact.started_at).date())}"
    if deadline.kind == "win_back" and (deadline.recall_id or deadline.breach_id):
        begun = "recall" if deadline.recall_id else "breach"
        return f"Agree the next contact now that a {begun} has begun"
    if deadline.failure:
        return f"{title}: {on(deadline.failure.happened_on)}"
    return title


def _by(deadline, case):
    if deadline.owner_role == Role.OFFICER:
        return officer_of(case)
    return TITLES[Role(deadline.owner_role)]


def _ring(case, may):
    """Whoever left the desk unseen is rung, and that is written in the log."""
    here = address(reverse("record-contact", args=[case.crn]), kind=CALL_TO_THEM)
    return Link("Ring them now", here) if Action.RECORD_CONTACT in may else None


def _next(deadline, case, may, late):
    words, page, action = next_of(deadline.kind, late)
    if deadline.undecided:
        words = first_allowed(UNDECIDED, may)
    if _waits_for_a_day(deadline):
        words, page = "Record the day", "set-hearing"
    if deadline.override and deadline.kind == "decide_override":
        page = DECIDED_AT.get(Act(deadline.override.act), page)
    if deadline.override and deadline.kind == "close_override":
        page = CLOSED_AT.get(Act(deadline.override.act), page)
    if not page:
        return None
    if deadline.kind == "call_same_day" and not deadline.appointment_id:
        return _ring(case, may)
    about = next(filter(None, (getattr(deadline, f"{one}_id") for one in ONE_OF)), None)
    if page in OF_THE_WHOLE_CASE:
        about = None
    if page in OF_ITSELF:
        about = deadline.pk
    if action in may:
        return Link(words, reverse(page, args=[case.crn, *([about] if about else [])]))
    if seen := first_allowed(SEEN.get(deadline.kind, ()), may):
        return Link(seen, reverse(page, args=[case.crn]))
    return _to_see(deadline, case, may)


def _to_see(deadline, case, may):
    """What the deadline is about, to somebody who may read it and not do what is owed; None where they may not."""
    if deadline.enquiry_id and Action.VIEW_CHECKS in may:
        return Link("See the enquiry", reverse("check", args=[case.crn, deadline.enquiry_id]))
    if deadline.reading_id and Action.VIEW_INFORMATION in may:
        return Link("See it", reverse("see-information", args=[case.crn, deadline.reading_id]))
    if deadline.override_id and Action.VIEW_OVERRIDES in may:
        return Link("See the request", reverse("override", args=[case.crn, deadline.override_id]))
    if deadline.route_id and Action.VIEW_PLAN in may:
        return Link("See the decision", reverse("see-route", args=[case.crn, deadline.route_id]))
    if deadline.review_id and Action.VIEW_REVIEW in may:
        return Link("See the review", reverse("review", args=[case.crn, deadline.review_id]))
    if deadline.recommendation_id and Action.VIEW_RECOMMENDATIONS in may:
        key = deadline.recommendation_id
        return Link("See it", reverse("recommendation", args=[case.crn, key]))
    if deadline.senior_action_id and Action.VIEW_SENIOR_ACTIONS in may:
        key = deadline.senior_action_id
        return Link("See it", reverse("senior-action", args=[case.crn, key]))
    return None
