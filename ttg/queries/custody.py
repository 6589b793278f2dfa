"""A stay in prison as its page shows it: where, since when, the days and how they were reckoned, what was before.

Source: Through the Gate reference 2, 7 (an earlier stay stays visible; the record's days beside ours).
"""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.timezone import localtime

from cases.queries.recipients import let_in
from cases.services.policy import clocks
from staff.kit import Happening, Input, Line, Link, Working, on
from staff.models import User
from staff.permissions import Action, Role
from staff.rules.dates import say_date
from ttg.models import Prison
from ttg.reference.custody import CustodyKind, ReleaseKind
from ttg.rules.custody import RECORD, differences, odd_about
from ttg.rules.reckoning import RULE, SOURCE, days_of, inputs_of, read_basis, read_reckoned

RECORDED = {  # what of `Reckoned` is what of a sentence
    "release_on": "expected_release_on",
    "due_on": "conditional_release_on",
    "hdc_from": "hdc_eligible_on",
    "expiry": "sentence_expiry_on",
    "licence_end": "licence_end_on",
    "pss_end": "pss_end_on",
}
BY_RECORD = "The record"
ACTS = (  # what may be done of somebody in prison, in this order
    ("Record the screening", "record-screening"),
    ("Reckon the dates", "reckon-release"),
    ("Set the day of release", "set-release-day"),
    ("They moved to another prison", "move-prison"),
    ("Name the Through the Gate worker", "name-resettlement-worker"),
    ("Name a mentor", "name-mentor"),
    ("They were released", "record-release"),
    ("End it without a release", "end-custody"),
)


@dataclass(frozen=True)
class DayRow:
    """A day that we and the record say differently."""

    label: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class CustodyPage:
    held: bool = False
    lines: list[Line] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    working: Working | None = None
    differs: list[DayRow] = field(default_factory=list)
    prisons: list[Happening] = field(default_factory=list)
    changes: list[Happening] = field(default_factory=list)
    before: list[Happening] = field(default_factory=list)
    actions: list[Link] = field(default_factory=list)


def held_now(case):
    """The stay in prison that runs; None: they are not in prison, as far as we know."""
    found = case.custodies.held().select_related("prison", "worker", "mentor").first()
    if found:
        found.case = case
    return found


def custody_page(case, names, may, today):
    """Everything of the stay that runs, or else of the last; a fixed number of statements."""
    stays = list(
        case.custodies.select_related("prison", "worker", "mentor", "sentence").order_by("-received_on", "-pk")
    )  # fmt: skip
    shown = _counts(stays)
    writes = Action.RECORD_CUSTODY in may
    if shown is None:
        return CustodyPage(actions=_receive(case) if writes else [], before=[_stay(one, names) for one in stays])  # fmt: skip
    held = shown.released_on is None
    reckoned = read_reckoned(shown.reckoned)
    extra = clocks(today).extra_bank_holidays
    return CustodyPage(
        held=held,
        lines=_lines(shown, names),
        odd=[
            *_undone(shown),
            *odd_about(shown.release_on, shown.release_kind, reckoned, today, extra),
        ]
        if held
        else [],
        working=_working(shown, reckoned),
        differs=_differs(shown, reckoned),
        prisons=_prisons(shown, names),
        changes=_changes(shown, names),
        before=[_stay(one, names) for one in stays if one.pk != shown.pk],
        actions=[*(_actions(case, held) if writes else []), *_undo(case, shown, may)],
    )


def _counts(stays):
    """Of stays, the latest first: the one that runs, or else the last they were released from."""
    held = (one for one in stays if not (one.released_on or one.ended_on))
    return next(held, None) or next((one for one in stays if not one.ended_on), None)


def workers_for(case):
    """Through the Gate workers who may be named on this case."""
    return _staff_for(case, Role.RESETTLEMENT)


def mentors_for(case):
    return _staff_for(case, Role.MENTOR)


def prisons_now(today, but=None):
    """The prisons in use, by name; without the one where somebody is."""
    found = Prison.objects.in_use(today).order_by("name")
    return found.exclude(pk=but.pk) if but else found


def term_begun(case):
    """What the record has of the sentence, to begin a reckoning with: {"sentenced_on": day, "months": 6, ...}"""
    sentence = case.sentences.current().exclude(custody_status="").order_by("-convicted_on", "-pk").first()  # fmt: skip
    if sentence is None:
        return {}
    unit = sentence.length_unit.strip().lower().rstrip("s")
    length = {f"{unit}s": sentence.length} if unit in ("year", "month", "week", "day") else {}
    offence = sentence.offences.filter(main=True).first()
    return {
        "sentenced_on": sentence.started_on or sentence.convicted_on,
        "offence_on": offence.committed_on if offence else None,
        **length,
    }


def _staff_for(case, role):
    keys = User.objects.filter(role=role).values("pk")
    return sorted(let_in(case, keys), key=lambda one: one.name)


def _receive(case):
    return [
        Link("Record that they are in prison", reverse("receive-into-custody", args=[case.crn]))
    ]


def _actions(case, held):
    if not held:
        return _receive(case)
    return [Link(text, reverse(name, args=[case.crn])) for text, name in ACTS]


def _undone(stay):
    """That a release was undone here, while the record has not been seen to agree."""
    if stay.undone_on is None:
        return []
    return [f"A release of {say_date(stay.undone_on)} was undone here. Where {RECORD} still has it, have it put right there: it is not followed unless it says another day."]  # fmt: skip


def _undo(case, stay, may):
    if stay.released_on is None or Action.UNDO_RELEASE not in may:
        return []
    return [Link("They were not released: undo it", reverse("undo-release", args=[case.crn]))]


def released_last(case):
    """The stay whose release may be undone: the last, where they have left it; or None."""
    stays = case.custodies.filter(ended_on=None).select_related("prison", "worker", "mentor")
    last = stays.order_by("-received_on", "-pk").first()
    if last is None or last.released_on is None:
        return None
    last.case = case
    return last


def _lines(stay, names):
    kind = ReleaseKind(stay.release_kind).title if stay.release_kind else ""
    known = "Last day known: " if stay.released_on and stay.release_on else ""
    lines = [
        Line("Why they are there", CustodyKind(stay.kind).title),
        Line("Prison", stay.prison.name if stay.prison else "Not recorded", detail=names.text(stay.prison_officer)),
        Line("Received", on(stay.received_on), detail=names.text(stay.source)),
        Line("Basic custody screening", on(stay.screened_on), detail=names.text(stay.screened_by)),
        Line("They leave on", f"{known}{_day(stay.release_on)}", detail=kind),
        Line("Through the Gate worker", stay.worker.name if stay.worker else "Nobody named"),
        Line("Mentor", stay.mentor.name if stay.mentor else "Nobody named"),
    ]  # fmt: skip
    if stay.prison and stay.prison.telephone:
        lines.insert(2, Line("The prison’s telephone", stay.prison.telephone))
    if stay.released_on:
        lines.insert(0, Line("Released", _day(stay.released_on)))
    return lines


def _day(day):
    return f"{day:%A} {say_date(day)}" if day else "not known"


def _working(stay, reckoned):
    basis = read_basis(stay.basis)
    if reckoned is None or basis is None:
        return None
    given = [*inputs_of(basis, "as entered here"), *days_of(reckoned)]
    return Working(
        title="How the dates were worked out",
        inputs=[Input(one.label, one.value, source=one.source) for one in given]
        + [Input("To know", note) for note in reckoned.notes],
        rule=RULE,
        source=SOURCE,
        version=reckoned.rule,
        answer=f"They leave on {_day(reckoned.release_on)}" if reckoned.release_on else "",
    )


def _differs(stay, reckoned):
    if stay.sentence is None:
        return []
    record = {name: getattr(stay.sentence, column) for name, column in RECORDED.items()}
    return [
        DayRow(one.label, say_date(one.ours) if one.ours else "None", say_date(one.theirs))
        for one in differences(reckoned, stay.release_on, record)
    ]


def _prisons(stay, names):
    return [
        Happening(
            title=one.prison.name,
            when=f"{on(one.from_on)} to {on(one.to_on) if one.to_on else 'now'}",
            by=BY_RECORD if one.because == RECORD else "",
            text="" if one.because == RECORD else names.text(one.because),
            on=one.from_on.isoformat(),
        )
        for one in stay.stays.select_related("prison").order_by("-from_on", "-pk")
    ]


def _changes(stay, names):
    return [
        Happening(
            title=f"To {_day(one.release_on)}{f', {ReleaseKind(one.kind).title.lower()}' if one.kind else ''}",
            when=on(localtime(one.at).date()),
            by=one.by.name if one.by else BY_RECORD,
            text=_because(names.text(one.because), one.was_on),
            on=localtime(one.at).date().isoformat(),
        )
        for one in stay.changes.select_related("by").order_by("-at", "-pk")
    ]


def _because(words, was_on):
    return f"{words.rstrip('.')}. Before: {say_date(was_on)}" if was_on else words


def _stay(one, names):
    """An earlier stay, or one that was recorded by mistake."""
    ended = one.released_on or one.ended_on
    how = "released" if one.released_on else "ended"
    return Happening(
        title=f"{CustodyKind(one.kind).title}{f', {one.prison.name}' if one.prison else ''}",
        when=f"{on(one.received_on)}, {how} {on(ended)}",
        text=names.text(one.ended_because),
        on=one.received_on.isoformat(),
    )
