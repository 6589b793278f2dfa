"""What stands before a breach pack goes to the NPS, and what is said where evidence does not exist.

Sources: product rules, gates (order, requirement, proof of instruction, failures, warning and its service where the law needs
one, who decided; other evidence missing: "does not exist: officer's statement"); contract SL16 (usable the first time).
"""

from dataclasses import asdict, dataclass
from datetime import date

from cases.reference.breach_pack import REPORT, Evidence
from cases.reference.enforcement import BY_STATUTE, TO_COURT, Regime
from cases.rules.enforcement.warnings import Warned, warning_before
from cases.rules.gaps import Found, Weight, warnings
from cases.rules.signing import digest
from cases.rules.stock import is_stock
from staff.rules.dates import say_date

VERSION = 1
PRODUCT = "local policy, gates"
LAW = "CJA 2003, Schedules 8 and 12"
# Without these a court could not find it proven; of the others it can be said that they do not exist
MAY_NOT_EXIST = (
    Evidence.ATTENDANCE, Evidence.EXCUSE, Evidence.INDUCTION, Evidence.ASSESSMENT, Evidence.PLAN, Evidence.ADDRESS,
)  # fmt: skip


# What no box of the pack answers: it is asked as the pack goes
LATE, UNCHANGED = "late", "unchanged"
SAY_SOMETHING = (
    "No court could use that. Say it in a sentence of your own, or leave it blank until you can"
)


@dataclass(frozen=True, slots=True)
class FailureInPack:
    """One failure as the pack tells it."""

    key: str
    happened_on: date
    what: str = ""
    requirement: str = ""  # what of the order it failed, in words
    told: str = ""  # how they were told to do it, with the day; blank: no proof is on record
    decided_by: str = ""
    because: str = ""  # why no reason was accepted


@dataclass(frozen=True, slots=True)
class Pack:
    """All that decides whether the pack may go. `found`: what the record holds of each piece of evidence, in words.

    `statements`: where there is none, the officer's statement that there is none. `said`: the report, by question.
    """

    regime: Regime
    today: date
    order_made_on: date | None = None
    court: str = ""
    failures: tuple[FailureInPack, ...] = ()
    warnings: tuple[Warned, ...] = ()
    must_have_warning: bool = False  # the officer referred it because of a warning
    found: dict[Evidence, str] | None = None
    statements: dict[str, str] | None = None
    said: dict[str, str] | None = None
    last_safe_day: date | None = None
    unchanged_since: date | None = None  # it went on that day as it stands now

    def has(self, evidence):
        return bool((self.found or {}).get(evidence))


def to_do(pack):
    """What stands between here and the NPS, gates before warnings. Without a gate it may go."""
    return [found for rule in RULES for found in rule(pack)]


def said_in_it(found):
    """The warnings that a box of the pack answers: they are said there, once, before it goes."""
    return [one for one in warnings(found) if one.key not in {LATE, UNCHANGED}]


def says_enough(words):
    """Whether words of a box could stand in a pack; a box that is blank is not said yet."""
    return not words.strip() or not is_stock(words)


def mark_of(pack):
    """A mark of what a pack says, by which one that goes again unchanged shows. How they attended is another each day."""
    found = {str(key): words for key, words in (pack.found or {}).items() if key != Evidence.ATTENDANCE}  # fmt: skip
    failures = [asdict(one) | {"happened_on": one.happened_on.isoformat()} for one in pack.failures]
    made_on = pack.order_made_on.isoformat() if pack.order_made_on else ""
    return digest([made_on, pack.court, failures, found, pack.statements or {}, pack.said or {}])


def order_there(pack):
    if pack.order_made_on is None or is_stock(pack.court):
        yield _gate(
            Evidence.ORDER,
            "The day of the order, or the court that made it, is not recorded. The NPS cannot lay a breach without both.",
            "A breach is laid before the court responsible for the order",
        )


def failed_something(pack):
    if not pack.failures:
        yield _gate(
            Evidence.FAILURES,
            "No failure stands on this breach. Add one, or withdraw it.",
            "A breach is of something",
        )


def failures_told(pack):
    for one in pack.failures:
        if is_stock(one.what):
            yield _gate(
                f"{Evidence.FAILURES}.{one.key}",
                f"Say what they failed to do on {say_date(one.happened_on)}, as it can be said in court.",
                "Each failure is described",
            )


def requirement_named(pack):
    for one in pack.failures:
        if is_stock(one.requirement):
            yield _gate(
                f"{Evidence.REQUIREMENT}.{one.key}",
                f"Name the requirement of the order that was failed on {say_date(one.happened_on)}.",
                "A breach is of a requirement of the order",
                LAW,
            )


def instruction_proved(pack):
    for one in pack.failures:
        if is_stock(one.told):
            yield _gate(
                f"{Evidence.INSTRUCTION}.{one.key}",
                f"Nothing on record proves that they were told of {say_date(one.happened_on)}: add how, when and by whom.",
                "Nobody is in breach of what they were not told",
            )


def somebody_decided(pack):
    for one in pack.failures:
        if not one.decided_by or is_stock(one.because):
            yield _gate(
                f"{Evidence.DECIDED}.{one.key}",
                f"Say who decided that there was no good reason on {say_date(one.happened_on)}, and why.",
                "Only the officer decides that there was no reasonable excuse",
                LAW,
            )


def warning_given(pack):
    """Where it is referred because of a warning, one must have been given before a failure of the pack, within twelve months."""
    if pack.regime not in BY_STATUTE or not pack.must_have_warning:
        return
    if not any(warning_before(one.happened_on, pack.warnings) for one in pack.failures):
        yield _gate(
            Evidence.WARNING,
            "It was referred because of a warning, and no warning that was given stands before any of these failures. "
            "Refer it for what it is, or withdraw it.",
            "After a warning given within twelve months a failure is referred",
            LAW,
        )


def goes_to_court(pack):
    if pack.regime not in TO_COURT:
        yield _gate(
            Evidence.ORDER,
            "A licence does not go to court. Ask for recall instead.",
            "Only a breach of an order or of supervision goes to court",
            "CJA 2003, 254 and 256AC",
        )


def report_written(pack):
    for question in REPORT:
        if is_stock((pack.said or {}).get(question.code, "")):
            yield Found(
                key=f"{Evidence.REPORT}.{question.code}",
                weight=Weight.WARNING,
                sentence=f"The breach report does not say: {question.asks}",
                rule="The court reads how they complied, what changed and what is proposed",
                question=question.code,
                source=PRODUCT,
            )


def evidence_there(pack):
    for evidence in MAY_NOT_EXIST:
        if not pack.has(evidence) and is_stock((pack.statements or {}).get(evidence, "")):
            yield Found(
                key=str(evidence),
                weight=Weight.WARNING,
                sentence=f"{evidence.title}: nothing is on record. Add it, or state that it does not exist.",
                rule="What is not there is said, so that the NPS need not ask",
                question=evidence,
                source="contract SL16",
            )


def laid_in_time(pack):
    if pack.last_safe_day and pack.today > pack.last_safe_day:
        yield Found(
            key=LATE,
            weight=Weight.WARNING,
            sentence=f"The last safe day to lay it was {say_date(pack.last_safe_day)}. Say what the NPS answered when you rang.",
            rule="A breach is laid while the order is in force",
            question=LATE,
            source="local policy, clocks",
        )


def changed_since(pack):
    if pack.unchanged_since:
        yield Found(
            key=UNCHANGED,
            weight=Weight.WARNING,
            sentence=f"Nothing in the pack is different from what went on {say_date(pack.unchanged_since)}. Change it first, or say why "
            "it goes as it was.",
            rule="What was asked for is put right before it goes again",
            question=UNCHANGED,
            source="contract SL16",
        )


RULES = (
    goes_to_court,
    order_there,
    failed_something,
    failures_told,
    requirement_named,
    instruction_proved,
    somebody_decided,
    warning_given,
    report_written,
    evidence_there,
    laid_in_time,
    changed_since,
)


def _gate(key, sentence, rule, source=PRODUCT):
    """None of these is let pass by an override: the NPS could not lay it."""
    key = str(key)
    return Found(
        key=key, weight=Weight.GATE, sentence=sentence, rule=rule, question=key.split(".")[0], may_override=False, source=source
    )  # fmt: skip
