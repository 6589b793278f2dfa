"""What release was reckoned from, as it is kept and as it is shown: inputs, rule and source.

Source: `ttg.rules.release_dates`; screens, "how this was worked out".
"""

from dataclasses import asdict, dataclass
from datetime import date

from cases.rules.words import counted
from staff.rules.dates import say_date
from ttg.reference.custody import ReleaseKind
from ttg.rules.release_dates import Basis, Recall, Reckoned, SentenceKind, Term

DAYS = (  # what was reckoned, what it is called, what it is by
    ("half_way", "Half way"),
    ("due_on", "Release falls due"),
    ("release_on", "They leave on"),
    ("hdc_from", "Home detention curfew possible from"),
    ("expiry", "The sentence ends"),
    ("licence_end", "Licence ends"),
    ("pss_end", "Supervision after the sentence ends"),
)
RULE = (
    "Half of the sentence in days, the day of sentence counted, rounded up to the day on which the half is reached; remand days "
    "and half of the bail days with a tag count as served. Sentences one after another count as one; of those side by side the "
    "latest day holds. A release on a weekend or bank holiday is moved to the working day before. Under two years, supervision "
    "goes on until twelve months after half way, whenever they leave."
)
SOURCE = "Criminal Justice Act 2003 ss. 240ZA, 240A, 244, 256AA, 257, 264; Offender Rehabilitation Act 2014"
NUMBERS = (("remand_days", "Days on remand"), ("bail_days", "Days on bail with a tag"), ("added_days", "Days added for discipline"))  # fmt: skip
UNITS = ("year", "month", "week", "day")


@dataclass(frozen=True, slots=True)
class Given:
    """One thing the days rest on."""

    label: str
    value: str
    source: str = ""


def kept_basis(basis):
    """As the database keeps it. Never a date of birth."""
    return _plain(asdict(basis))


def read_basis(kept):
    """The Basis that was kept; none where nothing was, or not as this rule keeps it."""
    if not kept.get("terms") and kept.get("kind") != SentenceKind.BY_HAND:
        return None
    terms = tuple(_term(one) for one in kept.get("terms", []))
    rest = {name: kept[name] for name in ("remand_days", "bail_days", "added_days", "hdc_excluded") if name in kept}  # fmt: skip
    return Basis(
        terms=terms,
        kind=SentenceKind(kept.get("kind") or SentenceKind.DETERMINATE),
        recall=Recall(kept.get("recall") or Recall.NONE),
        returned_on=_day(kept.get("returned_on")),
        **rest,
    )


def kept_reckoned(reckoned):
    return {name: value for name, value in _plain(asdict(reckoned)).items() if value is not None}


def read_reckoned(kept):
    """The days that were kept; none where nothing was reckoned."""
    if not kept.get("rule"):
        return None
    days = {name: _day(kept.get(name)) for name, _ in DAYS}
    kind = ReleaseKind(kept["release_kind"]) if kept.get("release_kind") else None
    return Reckoned(**days, release_kind=kind, notes=tuple(kept.get("notes", ())), rule=kept["rule"])  # fmt: skip


def say_term(one):
    """ "6 months, imposed 3 May 2018, after the one before"."""
    numbers = zip((one.years, one.months, one.weeks, one.days), UNITS, strict=True)
    length = ", ".join(counted(number, unit) for number, unit in numbers if number)
    after = ", after the one before" if one.consecutive else ""
    offence = f", offence of {say_date(one.offence_on)}" if one.offence_on else ""
    return f"{length}, imposed {say_date(one.sentenced_on)}{offence}{after}"


def inputs_of(basis, source):
    """What the days were reckoned from, in words."""
    found = [
        Given(f"Sentence {place}", say_term(one), source)
        for place, one in enumerate(basis.terms, 1)
    ]
    found += [Given(label, str(getattr(basis, name)), source) for name, label in NUMBERS]
    if basis.recall:
        since = f", back in prison {say_date(basis.returned_on)}" if basis.returned_on else ""
        found.append(Given("Recall", f"{basis.recall.title}{since}", source))
    curfew = "Excluded" if basis.hdc_excluded else "Not excluded"
    return [*found, Given("Home detention curfew", curfew, source)]


def days_of(reckoned):
    """What was reckoned, each day by its name; a day there is not is said."""
    return [
        Given(label, say_date(day) if (day := getattr(reckoned, name)) else "None")
        for name, label in DAYS
    ]


def _term(one):
    days = {name: _day(one.get(name)) for name in ("sentenced_on", "offence_on")}
    numbers = {f"{unit}s": one.get(f"{unit}s", 0) for unit in UNITS}
    return Term(**days, **numbers, consecutive=bool(one.get("consecutive")))


def _plain(value):
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _day(value):
    return date.fromisoformat(value) if value else None
