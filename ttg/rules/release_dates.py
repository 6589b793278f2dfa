"""When somebody in prison is to be released, and what follows until when: the law as it stood in 2018.

Sources: Criminal Justice Act 2003 ss. 240ZA and 240A (days that count as served), 243A (release without licence), 244
(half way), 246 (home detention curfew), 249, 255A to 255C (recall), 256AA (supervision after the sentence), 257 (added
days), 263 (concurrent), 264 (consecutive); Offender Rehabilitation Act 2014 (offences on or after 1 February 2015);
Criminal Justice Act 1961 s. 23 (weekends and bank holidays); Through the Gate reference 2.

Rounding: the day of sentence is day one, and half of an odd number of days is rounded up to the day on which the half is
reached. They leave on that day, so nobody is kept a day beyond it. Half of qualifying bail days is rounded up, as s. 240A
says. Both round in the same way in the Ministry of Justice's published calculator.

Not reckoned: life and extended sentences, days unlawfully at large, sentences begun under earlier law. Their days are set
by hand.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from dateutil.relativedelta import relativedelta

from cases.reference.codes import Titled
from cases.rules.calendar import ONE_DAY, add_working_days, bank_holidays, is_working_day
from staff.errors import RuleBroken
from ttg.reference.custody import ReleaseKind

RULE = "1"  # of what is reckoned here: kept beside each day that was
AFTER_SENTENCE_FROM = date(
    2015, 2, 1
)  # Offender Rehabilitation Act 2014, by the day of the offence
ADULT = relativedelta(years=18)
SUPERVISED = relativedelta(months=12)  # from the end of the custodial period, s. 256AA(4)
SHORT, LONG, YEAR = relativedelta(years=2), relativedelta(years=4), relativedelta(months=12)
# Home detention curfew. Source: HDC policy framework 2018; to be checked
HDC_LEAST_SENTENCE = timedelta(weeks=12)
HDC_LEAST_SERVED = 28  # days
HDC_LEAST_SINCE_SENTENCE = timedelta(days=14)
HDC_AT_MOST = timedelta(days=134)  # before half way: the 135 days end with that day
RECALLED_SHORT, RECALLED_LONG = timedelta(days=14), timedelta(days=28)
MOST_DAYS, MOST_TERMS = 3660, 12
FRIDAY = 4


class SentenceKind(Titled):
    DETERMINATE = "determinate", "For a fixed time, half of it in prison"
    BY_HAND = "by_hand", "Life, extended, or another that is not reckoned here"


class Recall(Titled):
    NONE = "", "Not recalled"
    FIXED = "fixed", "For a fixed time of 14 or 28 days"
    STANDARD = "standard", "Until the Parole Board decides or the sentence ends"


@dataclass(frozen=True, slots=True)
class Term:
    """One sentence of imprisonment. `consecutive`: it runs after the one named before it; else beside it."""

    sentenced_on: date
    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    offence_on: date | None = None  # unknown counts as on or after 1 February 2015
    consecutive: bool = False

    @property
    def length(self):
        return relativedelta(years=self.years, months=self.months, weeks=self.weeks, days=self.days)


@dataclass(frozen=True, slots=True)
class Basis:
    """What the days are reckoned from, as the warrant and the prison have it."""

    terms: tuple[Term, ...] = ()
    kind: SentenceKind = SentenceKind.DETERMINATE
    remand_days: int = 0
    bail_days: int = 0  # on a qualifying curfew with a tag; half of them count
    added_days: int = 0  # for discipline, and not given back
    hdc_excluded: bool = False
    recall: Recall = Recall.NONE
    returned_on: date | None = None  # to prison, where recalled

    @property
    def credit(self):
        """Days that count as served."""
        return self.remand_days + -(-self.bail_days // 2)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The days. None: there is no such day, or it is not reckoned."""

    half_way: date | None = None  # the last day that must be served, without added days
    release_on: date | None = None  # the day they walk out: a working day
    release_kind: ReleaseKind | None = None
    due_on: date | None = None  # release by law, before it is moved off a weekend or bank holiday
    hdc_from: date | None = None
    expiry: date | None = None
    licence_end: date | None = None
    pss_end: date | None = None  # supervision after the sentence
    notes: tuple[str, ...] = field(default=())
    rule: str = RULE


@dataclass(frozen=True, slots=True)
class _Run:
    """Sentences that run one after another: one term in law."""

    starts: date
    ends: date  # the first day after it, with nothing taken off
    floor: date  # nobody is released before they are sentenced
    half_way: date
    released: date  # half way, and added days
    expiry: date
    quarter: int
    after_sentence: bool
    licence: bool

    @property
    def days(self):
        return self.ends - self.starts


def check_basis(basis):
    """Refuse what cannot be: words for whoever typed it."""
    if basis.kind == SentenceKind.BY_HAND:
        return
    if not basis.terms:
        raise RuleBroken("Enter at least one sentence, or say that it is not reckoned here.")
    if len(basis.terms) > MOST_TERMS:
        raise RuleBroken(f"Enter {MOST_TERMS} sentences at most. Set the day of release by hand.")
    for one in basis.terms:
        numbers = one.years, one.months, one.weeks, one.days
        if min(numbers) < 0 or not any(numbers):
            raise RuleBroken("Enter how long each sentence is, in years, months, weeks or days.")
    counted = basis.remand_days, basis.bail_days, basis.added_days
    if min(counted) < 0 or max(counted) > MOST_DAYS:
        raise RuleBroken(f"Enter days from 0 to {MOST_DAYS}.")
    if basis.terms[0].consecutive:
        raise RuleBroken("The first sentence has none before it. Say of the later one that it runs after.")  # fmt: skip
    first = min(one.sentenced_on for one in basis.terms)
    if basis.recall and not basis.returned_on:
        raise RuleBroken("Enter the day they came back to prison: a recall is counted from it.")
    if basis.returned_on and basis.returned_on < first:
        raise RuleBroken("They cannot have come back to prison before they were sentenced.")


def reckon(basis, born_on=None, extra=frozenset()):
    """The days of this basis. `born_on`: whose age decides on supervision; `extra`: bank holidays proclaimed since."""
    check_basis(basis)
    if basis.kind == SentenceKind.BY_HAND:
        return Reckoned(notes=("Not reckoned: the day of release is set by hand.",))
    runs = [_run(terms, basis) for terms in _consecutive(basis.terms)]
    half_way = max(one.half_way for one in runs)
    expiry = max(one.expiry for one in runs)
    due_on, kind, notes = _due(basis, runs, expiry)
    floor = basis.returned_on if basis.recall else max(one.floor for one in runs)
    release_on = max(brought_forward(due_on, extra), floor)
    ends = [one.expiry for one in runs if one.licence and one.expiry > one.half_way]
    supervised = [pss_ends(one.half_way) for one in runs if _supervised(one, born_on)]
    pss_end = max(supervised, default=None)
    return Reckoned(
        half_way=half_way,
        release_on=release_on,
        release_kind=kind,
        due_on=due_on,
        hdc_from=None if basis.recall or basis.hdc_excluded else _curfew(runs, basis),
        expiry=expiry,
        licence_end=max(ends, default=None),
        pss_end=pss_end if pss_end and pss_end > expiry else None,
        notes=(*notes, *_notes(basis, born_on)),
    )


def pss_ends(half_way):
    """The last day of supervision after the sentence. Release on curfew or added days do not move it. Source: s. 256AA(4)."""
    return half_way + ONE_DAY + SUPERVISED - ONE_DAY


def brought_forward(day, extra=frozenset()):
    """The working day on or before it. Source: Criminal Justice Act 1961 s. 23(3)."""
    while not is_working_day(day, extra):
        day -= ONE_DAY
    return day


def falls_badly(day, extra=frozenset()):
    """Why that is a bad day to leave prison, in words; blank where it is not."""
    said = f"{day:%A}"
    if not is_working_day(day, extra):
        what = said if day.weekday() > FRIDAY else "bank holiday"
        return f"It is a {what}: nobody is released then. They leave on the last working day before, {_said(brought_forward(day, extra))}."
    opens = add_working_days(day, 1, extra)
    if opens == day + ONE_DAY:
        return ""
    tomorrow = day + ONE_DAY
    eve = tomorrow in bank_holidays(tomorrow.year) or tomorrow in extra
    why = "the day before a bank holiday" if eve else f"a {said}"
    return f"It is {why}: offices, prescribers and banks do not open again until {_said(opens)}."


def _said(day):
    return f"{day:%A} {day.day} {day:%B %Y}"


def _consecutive(terms):
    """The sentences that run one after another, together."""
    places, place = [], 0
    for one in terms:
        place += not one.consecutive
        places.append((place, one))
    return [[one for _, one in found] for _, found in groupby(places, key=lambda pair: pair[0])]


def _run(terms, basis):
    starts, floor = terms[0].sentenced_on, max(one.sentenced_on for one in terms)
    whole = sum((one.length for one in terms), relativedelta())
    ends = starts + whole  # years and months first, then weeks and days
    days = (ends - starts).days
    half = starts + timedelta(days=-(-days // 2) - 1 - basis.credit)
    expiry = max(ends - timedelta(days=1 + basis.credit), floor)
    new = any((one.offence_on or AFTER_SENTENCE_FROM) >= AFTER_SENTENCE_FROM for one in terms)
    return _Run(
        starts=starts,
        ends=ends,
        floor=floor,
        half_way=max(half, floor),
        released=min(max(half + timedelta(days=basis.added_days), floor), expiry),
        expiry=expiry,
        quarter=-(-days // 4),
        after_sentence=new and days > 1 and ends < starts + SHORT,
        licence=days > 1 and (new or ends >= starts + YEAR),
    )


def _supervised(run, born_on):
    """Source: s. 256AA(1): over a day, under two years, and eighteen on the last day that must be served."""
    return run.after_sentence and (born_on is None or born_on + ADULT <= run.half_way)


def _due(basis, runs, expiry):
    """(the day of release by law, its kind, what to know of it)"""
    if basis.recall == Recall.STANDARD:
        return expiry, ReleaseKind.EXPIRY, ("The Parole Board, or the Secretary of State, may release them before.",)  # fmt: skip
    if basis.recall == Recall.FIXED:
        short = all(one.ends < one.starts + YEAR for one in runs)
        back = basis.returned_on + (RECALLED_SHORT if short else RECALLED_LONG) - ONE_DAY
        return min(back, max(expiry, basis.returned_on)), ReleaseKind.FIXED_RECALL, ()
    return max(one.released for one in runs), ReleaseKind.HALF_WAY, ()


def _curfew(runs, basis):
    """The first day on which they may be released on home detention curfew; None where they may not."""
    if any(one.ends >= one.starts + LONG for one in runs):
        return None
    first = max(_curfew_of(one, basis) or one.released for one in runs)
    return first if first < max(one.released for one in runs) else None


def _curfew_of(run, basis):
    if run.days < HDC_LEAST_SENTENCE:
        return None
    served = max(HDC_LEAST_SERVED, run.quarter) - basis.credit + basis.added_days
    first = max(
        run.starts + timedelta(days=served),
        run.starts + HDC_LEAST_SINCE_SENTENCE,
        run.released - HDC_AT_MOST,
        run.floor,
    )
    return first if first < run.released else None


def _notes(basis, born_on):
    if born_on is None:
        yield "The date of birth is not recorded: reckoned as eighteen or over."
    if any(one.offence_on is None for one in basis.terms):
        yield "The day of an offence is not known: reckoned as on or after 1 February 2015."
