"""What the record says of an officer's cases, for the agenda of their supervision: counts and CRNs, in a fixed number of statements.

Source: `oversight.rules.agenda`. It begins at the cases open to whoever reads, so that nothing of a case that is kept from
them is counted. Of what was done, only what was done since the officer has held the case.
"""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery

from cases.models import Case, Contact, Deadline, Override, Reengagement, Registration, Review
from cases.queries.differences import changed_something
from cases.queries.due import shown_to
from cases.queries.routes import OWES
from cases.reference.deadlines import KINDS, Harm
from cases.reference.overrides import OPEN_ONCE_DECIDED, OverrideState
from cases.reference.reviews import ReviewState
from oversight.models import Supervision
from oversight.queries.officers import known_of
from oversight.queries.workload import monday_of
from oversight.reference.allocation import ASKS_FOR, Training
from oversight.reference.supervision import Topic
from oversight.rules.agenda import Found, agenda_of
from oversight.rules.development import runs_out
from oversight.rules.workload import excessive
from staff.models import User
from staff.permissions import Action, Role

LATE = {
    Harm.PERSON: Topic.LATE_PERSON,
    Harm.SENTENCE: Topic.LATE_SENTENCE,
    Harm.RECORD: Topic.LATE_RECORD,
}
APPOINTMENTS = 2  # and more, of which every one was kept: one alone says little


def agenda_for(officer, reader, today, policy):
    """The agenda as the record stands now, for this reader."""
    cases = Case.objects.open_to(reader, Action.VIEW_SUPERVISION).filter(officer=officer)
    last = Supervision.objects.signed().filter(officer=OuterRef("pk")).order_by("-held_on")
    theirs = User.objects.filter(pk=officer.pk).annotate(last_held=Subquery(last.values("held_on")[:1]))  # fmt: skip
    (known,) = known_of(theirs, today)
    since = known.user.last_held or today - timedelta(days=policy.looks_back_days)
    return agenda_of(
        [
            *_late(cases, reader, today),
            *_overrides(cases, today),
            _without_a_route(cases),
            *_reviews(cases, officer, since),
            *_on_time(cases, reader, since),
            _won_back(cases, officer, since),
            _kept(cases, since),
            *_of_themselves(cases, known, since, today),
        ]
    )


def looks_back_to(officer, today, policy):
    """The day of the last supervision; of a first one, as far as the policy says."""
    held = Supervision.objects.signed().filter(officer=officer).order_by("-held_on")
    last = held.values_list("held_on", flat=True).first()
    return last or today - timedelta(days=policy.looks_back_days)


def _found(topic, crns):
    return Found(topic, len(crns), tuple(crns))


def _theirs(cases, reader):
    """What an officer owes on these cases, as far as this reader is told of it."""
    owed = Deadline.objects.filter(owner_role=Role.OFFICER, case__in=cases).beside_complaints()
    return shown_to(reader, owed)


def _late(cases, reader, today):
    rows = _theirs(cases, reader).overdue(today).ours().order_by("due_on", "pk")
    late, before = defaultdict(list), defaultdict(list)
    columns = ("kind", "case__crn", "due_on", "case__officer_since")
    for kind, crn, due_on, held_since in rows.values_list(*columns):
        topic = LATE[KINDS[kind].harm]
        late[topic].append(crn)
        if held_since and due_on < held_since:
            before[topic].append(crn)
    return [
        Found(topic, len(crns), tuple(crns), tuple(before[topic])) for topic, crns in late.items()
    ]


def _overrides(cases, today):
    rows = Override.objects.filter(state__in=OPEN_ONCE_DECIDED, case__in=cases)
    over: list[str] = []
    running: list[str] = []
    for state, last_on, crn in rows.order_by("expires_on", "pk").values_list(
        "state", "expires_on", "case__crn"
    ):
        run_out = state == OverrideState.EXPIRED or last_on < today
        (over if run_out else running).append(crn)
    return [_found(Topic.RUN_OUT, over), _found(Topic.GATE_OPEN, running)]


def _without_a_route(cases):
    owed = Deadline.objects.unmet().ours().filter(kind=OWES, case__in=cases)
    crns = list(owed.order_by("due_on", "pk").values_list("case__crn", flat=True))
    return _found(Topic.NO_ROUTE, crns)


def _reviews(cases, officer, since):
    """Signed by this officer: that recorded no change, and that show one."""
    rows = Review.objects.signed().filter(
        case__in=cases, signed_by=officer, signed_at__date__gte=since
    )
    hollow, changed = [], []
    for one in rows.select_related("case").order_by("signed_at", "pk"):
        if one.hollow:
            hollow.append(one.case.crn)
        elif one.state == ReviewState.COMPLETE and changed_something(one):
            changed.append(one.case.crn)
    return [_found(Topic.HOLLOW, hollow), _found(Topic.CHANGED, changed)]


def _on_time(cases, reader, since):
    done = _theirs(cases, reader).filter(
        Q(case__officer_since=None) | Q(met_on__gte=F("case__officer_since")),
        met_on__gte=since,
        met_on__lte=F("due_on"),
        void=False,
    )
    safe: list[str] = []
    other: list[str] = []
    for kind, crn in done.order_by("-met_on", "pk").values_list("kind", "case__crn"):
        (safe if KINDS[kind].harm == Harm.PERSON else other).append(crn)
    return [_found(Topic.SAFE_ON_TIME, safe), _found(Topic.ON_TIME, other)]


def _won_back(cases, officer, since):
    """The next contact agreed with somebody of whom a breach or a recall had begun."""
    rows = Reengagement.objects.filter(
        case__in=cases, written_by=officer, written_at__date__gte=since, next_contact__isnull=False
    )
    crns = list(rows.order_by("written_at", "pk").values_list("case__crn", flat=True))
    return _found(Topic.WON_BACK, crns)


def _kept(cases, since):
    """People of whom every appointment since, of two and more, was kept while they were this officer's."""
    rows = Contact.objects.filter(
        Q(case__officer_since=None) | Q(started_at__date__gte=F("case__officer_since")),
        case__in=cases, appointment=True, complied__isnull=False, started_at__date__gte=since,
    )  # fmt: skip
    each = rows.values_list("case__crn").annotate(
        all=Count("pk"), kept=Count("pk", filter=Q(complied=True))
    )
    kept = each.filter(all__gte=APPOINTMENTS, kept=F("all")).order_by("case__crn")
    return _found(Topic.KEPT, [crn for crn, *_ in kept])


def _of_themselves(cases, known, since, today):
    """Workload, training and induction, as they are known. Of an excessive workload the number is of weeks."""
    lacking = set(Training) - known.trained
    codes = sorted(code for code, training in ASKS_FOR.items() if training in lacking)
    held = Registration.objects.current().filter(case__in=cases.ours(), type_code__in=codes)
    asking = held.order_by("case__crn").values_list("case__crn", flat=True).distinct()
    week = monday_of(today)
    excess = excessive(known.weeks, week if week in known.weeks else week - timedelta(weeks=1))
    return [
        Found(Topic.WORKLOAD, excess.weeks if excess else 0),
        _found(Topic.UNTRAINED, list(asking)),
        Found(Topic.RUNS_OUT, len(runs_out(known.training, today))),
        Found(Topic.UNSUPPORTED, int(known.induction_to is not None and known.supporter is None)),
        Found(Topic.LEARNT, sum(since <= one.done_on for one in known.training)),
    ]
