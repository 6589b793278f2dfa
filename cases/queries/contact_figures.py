"""Contact delivered, planned and asked for, of one case or of many in a fixed number of statements.

Source: `cases.rules.contact_figures`. The contact level and the plan are those of today, over the whole of the
period: the levels of earlier days are kept by the GRID and not read here, and the page says so.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from cases.models import Case, Contact, Pause, Plan, Requirement, Sentence
from cases.queries.days import midnight
from cases.reference.appointments import (
    BY_TELEPHONE_CODES,
    FACE_TO_FACE_CODES,
    HOME_VISIT_CODES,
    NOT_OFFERED,
    UNPAID_WORK,
    Where,
)
from cases.reference.codes import HELD, Order
from cases.rules.away import Away
from cases.rules.contact_figures import (
    Figures,
    Line,
    NotCounted,
    Supervised,
    Window,
    counted_from,
    figures,
    is_face_to_face,
    summed,
    window_of,
)
from cases.rules.curfew_only import CurfewOnly, curfew_only

CODES = FACE_TO_FACE_CODES | BY_TELEPHONE_CODES | HOME_VISIT_CODES
COLUMNS = (
    "started_at", "attended", "appointment", "type_code", "outcome_code", "booking__called_off_at", "booking__where",
    "booking__visit__not_done",
)  # fmt: skip
OF_SENTENCE = (
    "case", "order", "custody_status", "released_on", "started_on", "convicted_on", "supervision_end_on", "pss_end_on",
    "expected_end_on",
)  # fmt: skip
IN_THE_COMMUNITY = (Order.COMMUNITY, Order.SUSPENDED)
LEVEL, BECAUSE = "contact.level", "contact.because"  # as a plan answers


@dataclass(frozen=True, slots=True)
class OfCase:
    """The figures of one case; without them, why it is not counted."""

    supervised: Supervised
    figures: Figures | None
    because: str = ""  # why the plan has them seen as often as it does, as it says

    @property
    def not_counted(self) -> NotCounted | None:
        return self.supervised.not_counted


def figures_of(cases, today, weeks):
    """{case: OfCase} of these cases, given by their keys or as a queryset: five statements."""
    known = supervised_of(cases)
    window = window_of(today, weeks)
    lines = _lines(cases, window)
    return {
        pk: OfCase(supervised, figures(supervised, lines.get(pk, ()), window), because)
        for pk, (supervised, because) in known.items()
    }


def sums_of(found):
    """The sums of these `OfCase`."""
    return summed((one.supervised, one.figures) for one in found)


def supervised_of(cases):
    """{case: (Supervised, why the plan says so)} of those of these cases that are ours. Four statements."""
    ours = Case.objects.ours().filter(pk__in=cases)
    pauses = Pause.objects.filter(case=OuterRef("pk")).order_by("pk")
    rows = ours.annotate(
        begun=ArraySubquery(pauses.values("from_on")), over=ArraySubquery(pauses.values("to_on"))
    )
    columns = ("pk", "arrived_on", "standing__contact_level", "begun", "over")
    facts = {
        pk: (arrived, level or "", _away(begun, over))
        for pk, arrived, level, begun, over in rows.values_list(*columns)
    }
    plans = _plans(facts)
    periods = _periods(facts)
    found = {}
    for pk, (arrived, level, away) in facts.items():
        answers = plans.get(pk, {})
        period = periods.get(pk, Period())
        known = Supervised(
            began_on=period.began_on and max(filter(None, (period.began_on, arrived))),
            level=level,
            planned=answers.get(LEVEL) or "",
            held=period.held,
            unpaid_work_alone=period.unpaid_work_alone,
            ends_on=period.ends_on,
            curfew_alone=period.curfew_alone,
            away=away,
        )
        found[pk] = known, answers.get(BECAUSE) or ""
    return found


@dataclass(frozen=True, slots=True)
class Period:
    """What the current sentences of a case come to together."""

    began_on: date | None = None
    held: bool = False
    unpaid_work_alone: bool = False
    ends_on: date | None = None
    curfew_alone: bool = False


def _plans(case_ids):
    return dict(Plan.objects.in_force().filter(case__in=case_ids).values_list("case", "answers"))


def _periods(case_ids):
    """{case: Period}: since when they are out on any sentence of today, without a stay in custody between."""
    sentences = defaultdict(list)
    current = Sentence.objects.current().filter(case__in=case_ids)
    for one in current.only(*OF_SENTENCE).order_by("pk"):
        sentences[one.case_id].append(one)
    codes = _requirement_codes(case_ids)
    return {case: _period(held, codes) for case, held in sentences.items()}


def _requirement_codes(case_ids):
    """{sentence: main codes of its requirements that run}."""
    found = defaultdict(set)
    running = Requirement.objects.filter(
        active=True, terminated_on=None, sentence__case__in=case_ids
    )
    for sentence, code in running.values_list("sentence", "main_code"):
        found[sentence].add(code)
    return found


def _period(sentences, codes):
    began = [on for one in sentences if (on := _began(one))]
    released = [one.released_on for one in sentences if one.released_on]
    ends = [one.supervision_end_on or one.pss_end_on or one.expected_end_on for one in sentences]
    return Period(
        began_on=max([min(began), *released]) if began else None,
        held=any(one.custody_status in HELD for one in sentences),
        unpaid_work_alone=all(
            one.order in IN_THE_COMMUNITY and codes[one.pk] and codes[one.pk] <= UNPAID_WORK
            for one in sentences
        ),
        ends_on=max(ends) if all(ends) else None,
        curfew_alone=curfew_only((one.order, frozenset(codes[one.pk])) for one in sentences)
        == CurfewOnly.YES,
    )


def _away(begun, over):
    """The stays of one case, by the days on which each began and was over (None: it runs). They are back on the last."""
    return tuple(
        Away(first, back_on - timedelta(days=1) if back_on else None)
        for first, back_on in zip(begun, over, strict=True)
    )


def _began(one):
    return one.released_on or one.started_on or one.convicted_on


def _lines(cases, window):
    """{case: Lines} of the log within the window."""
    found = defaultdict(list)
    rows = in_window(Contact.objects.filter(case__in=cases), window)
    for case, *row in rows.values_list("case", *COLUMNS):
        found[case].append(line_of(*row))
    return found


def in_window(contacts, window):
    """Of these contacts, those by which figures of the window are counted."""
    return contacts.filter(
        type_code__in=CODES,
        started_at__gte=midnight(window.first),
        started_at__lt=midnight(window.last + timedelta(days=1)),
    )


def line_of(at, attended, appointment, code, outcome, called_off_at, where, not_done):
    """`where` and `not_done` (of a visit at home): of one that was booked here."""
    return Line(
        at=at,
        attended=attended,
        appointment=appointment,
        stands=called_off_at is None and outcome not in NOT_OFFERED,
        face_to_face=is_face_to_face(code, where),
        telephone=code in BY_TELEPHONE_CODES or where == Where.TELEPHONE,
        home_visit=code in HOME_VISIT_CODES and not not_done,
    )


def log_of_figures(case, supervised, window):
    """[(Contact, Line)] behind the figures of one case, the latest first."""
    days = window_from(supervised, window)
    rows = in_window(case.contacts.select_related("booking__visit"), days).order_by(
        "-started_at", "-pk"
    )
    return [(one, _line(one)) for one in rows]


def window_from(supervised, window):
    """The days of the window that count for them."""
    return Window(counted_from(supervised, window), window.last)


def _line(contact):
    booking = getattr(contact, "booking", None)
    return line_of(
        contact.started_at,
        contact.attended,
        contact.appointment,
        contact.type_code,
        contact.outcome_code,
        booking and booking.called_off_at,
        booking and booking.where,
        getattr(getattr(booking, "visit", None), "not_done", ""),
    )
