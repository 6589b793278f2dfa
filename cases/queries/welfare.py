"""Of whom it is asked whether they think of harming themselves, what they last said, and when it got harder for them.

Source: `cases.rules.welfare`.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.timezone import localdate, localtime

from cases.models import Registration, Sentence, WelfareCheck
from cases.queries.among import among
from cases.queries.due import due_rows
from cases.reference.codes import HELD, Register
from cases.reference.worst_days import WelfareAnswer, WelfareWhen
from cases.rules.addresses import address
from cases.rules.victim_liaison import spells
from cases.rules.welfare import RISE, Asked, is_asked_of, said_of
from staff.kit import DueRow, Happening, Link, on
from staff.permissions import Action
from staff.rules.dates import say_time

LOOKS_BACK = timedelta(days=14)  # further back than that the moment has passed
UNHEARD = (WelfareAnswer.COULD_NOT,)


@dataclass(frozen=True)
class WelfarePage:
    said: str  # what they last said, and on which day
    speaks_of_it: bool  # they did, when they last could be asked
    registered: bool
    raise_it: Link | None  # they spoke of it, and the register does not say so
    due: list[DueRow]
    asked: list[Happening]


def asked_of(case_ids=None):
    """The keys of those of these cases, or of all, of which it is asked at the moments at which it gets harder."""
    registers = Registration.objects.current().filter(type_code=Register.SELF_HARM)
    checks = WelfareCheck.objects.all()
    if case_ids is not None:
        registers = registers.filter(case__in=among(case_ids))
        checks = checks.filter(case__in=among(case_ids))
    heard = checks.exclude(answer__in=UNHEARD).order_by("case", "-asked_at", "-pk").distinct("case")
    last = dict(heard.values_list("case", "answer"))
    registered = set(registers.values_list("case", flat=True))
    return {
        pk
        for pk in registered | last.keys()
        if is_asked_of(
            registered=pk in registered, last=WelfareAnswer(last[pk]) if pk in last else None
        )
    }


def last_asked(case_ids):
    """{case: Asked} of the last time they answered or would not; where nobody ever could, of the last time somebody tried."""
    found: dict[int, Asked] = {}
    checks = WelfareCheck.objects.filter(case__in=among(case_ids)).order_by("asked_at", "pk")
    for case, answer, at in checks.values_list("case", "answer", "asked_at"):
        stands = found.get(case)
        if answer in UNHEARD and stands and stands.answer not in UNHEARD:
            continue
        found[case] = Asked(WelfareAnswer(answer), localdate(at))
    return found


def moments_of(case_ids, today):
    """{case: (moment, day)} of the latest release, recall or breach of late that nobody has asked about since."""
    heard = WelfareCheck.objects.exclude(answer__in=UNHEARD).filter(case__in=among(case_ids))
    asked = dict(heard.order_by("asked_at").values_list("case", "asked_at"))
    found: dict[int, tuple[WelfareWhen, date]] = {}
    for case, moment, day in _moments(case_ids):
        since = localdate(asked[case]) if case in asked else date.min
        newest = found[case][1] if case in found else date.min
        if today - LOOKS_BACK <= day <= today and day > since and day >= newest:
            found[case] = (moment, day)
    return found


def _moments(case_ids):
    """(case, moment, day) of every change of custody and every breach that the record came to say."""
    was = defaultdict(list)
    past = Sentence.objects.filter(case__in=among(case_ids), events__isnull=False)
    columns = "events__pgh_created_at", "events__custody_status", "events__in_breach"
    for pk, at, *said in past.order_by("events__pgh_id").values_list("pk", *columns):
        was[pk].append((localdate(at), *said))
    now = Sentence.objects.filter(pk__in=among(list(was)))
    for pk, case, status, breach in now.values_list("pk", "case", "custody_status", "in_breach"):
        days = [None, *(day for day, _, _ in was[pk])]
        said = [*(one[1:] for one in was[pk]), (status, breach)]
        statuses = [(day, status) for day, (status, _) in zip(days, said, strict=True)]
        for way, _, day in spells(statuses, HELD):
            yield case, WelfareWhen.RECALL if way == "in" else WelfareWhen.RELEASE, day
        for day, (_, before), (_, after) in zip(days[1:], said, said[1:], strict=False):
            if after and not before:
                yield case, WelfareWhen.BREACH, day


def welfare_page(case, names, may, today):
    """For the reader whose page this is, in a fixed number of statements."""
    checks = list(case.welfare_checks.select_related("recorded_by").order_by("-asked_at", "-pk"))
    heard = next((one for one in checks if one.answer not in UNHEARD), next(iter(checks), None))
    last = Asked(WelfareAnswer(heard.answer), localdate(heard.asked_at)) if heard else None
    registered = case.registrations.current().filter(type_code=Register.SELF_HARM).exists()
    speaks = bool(last and last.answer in RISE)
    offered = speaks and not registered and Action.RAISE_NOW in may
    raised = address(reverse("raise-now", args=[case.crn]), kind="flag", register=Register.SELF_HARM.value)  # fmt: skip
    return WelfarePage(
        said=said_of(last),
        speaks_of_it=speaks,
        registered=registered,
        raise_it=Link("Raise it now: suicide or self-harm", raised) if offered else None,
        due=due_rows(case, names, may, today, kinds=["ask_welfare"]),
        asked=[_shown(one, names) for one in checks],
    )


def _shown(one, names):
    at = localtime(one.asked_at)
    words = f"“{names.text(one.words)}” " if one.words else ""
    done = f"What was done: {names.text(one.done)}" if one.done else ""
    return Happening(
        title=f"{WelfareAnswer(one.answer).title}. {WelfareWhen(one.moment).title}",
        when=f"{on(at.date())}, {say_time(at.time())}",
        by=one.recorded_by.name,
        text=f"{words}{done}".strip(),
        on=at.date().isoformat(),
    )
