"""What stands before anybody is allocated to a work site, whatever the site.

Sources: report 4.1 and unpaid work reference 1 (U1 to U4), 5 and 6a; product rules, gates ("Allocate to a work
site"), checks ("before unpaid work allocation"). What depends on the site is `unpaidwork.rules.site_gate`.
"""

from dataclasses import dataclass
from datetime import date

from cases.reference.checks import EnquiryState
from cases.reference.restrictions import ORDER_REGISTERS
from cases.rules.assessing_facts import Required
from cases.rules.checks import IN_SHORT
from cases.rules.gaps import Found, Weight
from cases.rules.words import listed, sentence, within_a_sentence
from staff.rules.dates import say_date

VERSION = 1  # of these rules, kept with each decision
RISK_REVIEW, SUSPENDED, NOT_ELIGIBLE = "RRR", "UPWS", "NUPW"
SEXUAL = frozenset({"ARSO", "ANSO", "AVIS", "SOPS", "SHPO", "CSEP"})
CHILDREN = frozenset({"RCCO", "RCPR", "RCHD", "ADWC", "CSEP", "SCH1"})
REVIEWED_BEFORE = ORDER_REGISTERS | SEXUAL | CHILDREN  # by its day, or nobody is allocated
SETTLED = frozenset({EnquiryState.ANALYSED, EnquiryState.NOT_NEEDED})
SHOWN = 4  # signs that a sentence names before it counts the rest


@dataclass(frozen=True, slots=True)
class OnRecord:
    """One thing on the record that bears on working. `key` tells it from every other of the case."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that calls for the full analysis of risk of serious harm. `words` name nobody."""

    key: str
    words: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """An entry now on a register."""

    code: str
    name: str
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class SignedRisk:
    """The risk assessment for unpaid work that is in force. `seen`: keys of what it was signed on."""

    good_until: date
    seen: frozenset[str] = frozenset()
    nps_told: bool = False  # it says what the NPS officer told us, who and when
    nps_analysed: bool = False  # the NPS made the full analysis
    nps_checked: bool = False  # the agencies have answered the NPS


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides whether somebody may be allocated to any work at all."""

    risk: SignedRisk | None = None
    record: tuple[OnRecord, ...] = ()
    signs: tuple[Sign, ...] = ()
    analysed_on: date | None = (
        None  # the full analysis of the case in force, where none of it is skipped
    )
    required: tuple[Required, ...] = ()  # enquiries, each that must be made or is open
    terms_not_seen: tuple[str, ...] = ()  # sentences
    no_instruction: tuple[str, ...] = ()  # the flags, in words
    registers: tuple[Registered, ...] = ()
    retained: bool = False  # managed by the NPS


def case_gate(facts, today):
    """[Found] of this case, before any site is looked at. Nothing in it differs for a stand-alone order."""
    return [found for rule in RULES for found in rule(facts, today)]


def changed_since(facts):
    """What the record shows now that it did not when the risk assessment was signed."""
    seen = facts.risk.seen if facts.risk else frozenset()
    return [one for one in facts.record if one.key not in seen]


def _gate(key, sentence, rule, **more):
    return Found(key, Weight.GATE, sentence, rule, **more)


def risk_signed(facts, today):
    """A risk assessment for unpaid work is signed."""
    if facts.risk is None:
        words = "No risk assessment for unpaid work is signed."
        yield _gate("risk", words, "a signed risk assessment before anybody is placed")


def risk_not_run_out(facts, today):
    """It is no older than the policy allows."""
    if facts.risk and facts.risk.good_until < today:
        words = f"The risk assessment for unpaid work was good until {say_date(facts.risk.good_until)}. Bring it up to date."
        yield _gate("risk_run_out", words, "a risk assessment that has not run out")


def nothing_changed_since(facts, today):
    """What has come on the record since it was signed is in none of its answers."""
    if facts.risk and (new := changed_since(facts)):
        words = f"Something has changed since the risk assessment was signed: {_some(new)}. Bring it up to date."
        rule = "a new register, order, concern or health need reopens the assessment"
        yield _gate("risk_changed", words, rule, as_it_says=True)


def full_analysis_made(facts, today):
    """Violence, domestic abuse, weapons, safeguarding, sexual offending or arson: the full analysis of the case."""
    rule = "the full analysis of risk of serious harm where anything indicates it, stand-alone orders included"
    if not facts.signs:
        return
    if facts.retained:
        if not (facts.risk and facts.risk.nps_analysed):
            words = f"The record shows {_some(facts.signs)}, and nothing says that the NPS has made the full analysis."
            yield _gate("analysis", words, rule, question="nps.analysis", as_it_says=True)
        return
    if facts.analysed_on is None:
        words = f"The full analysis of risk of serious harm is not signed, and the record shows {_some(facts.signs)}."
        yield _gate("analysis", words, rule, question="assessment", as_it_says=True)
    elif new := [one for one in facts.signs if one.on and one.on > facts.analysed_on]:
        words = f"The full analysis was signed on {say_date(facts.analysed_on)}, before this: {_some(new)}."
        yield _gate("analysis", words, rule, question="assessment", as_it_says=True)


def checks_answered(facts, today):
    """Whoever must be asked has answered, and the answer is analysed."""
    rule = "enquiries made and analysed before unpaid work is allocated"
    if facts.retained:
        if not (facts.risk and facts.risk.nps_checked):
            words = "Nothing says that the police and children’s social care have answered the NPS."
            yield _gate("check:nps", words, rule, question="nps.checks")
        return
    for one in facts.required:
        if one.state not in SETTLED:
            words = f"{sentence(IN_SHORT[one.kind])}: {WAITS.get(one.state, WAITS[None])}"
            yield _gate(f"check:{one.kind}", words, rule, check=one.enquiry, as_it_says=True)


WAITS = {
    None: "nobody has asked.",
    EnquiryState.DUE: "the enquiry is not sent.",
    EnquiryState.SENT: "no reply yet.",
    EnquiryState.REPLIED: "the reply is not analysed.",
}


def terms_seen(facts, today):
    """What an order forbids is known, or nobody can say that a site is outside it."""
    rule = "the terms of every court order and restricting condition seen"
    for place, words in enumerate(facts.terms_not_seen):
        yield _gate(f"terms:{place}", words, rule, question="restrictions", may_override=False, source="law")  # fmt: skip


def flags_have_instructions(facts, today):
    """Each flag says what a supervisor must do: a code alone tells them nothing."""
    rule = "no flag without an instruction for whoever supervises"
    for place, words in enumerate(facts.no_instruction):
        said = f"No instruction for the supervisor says what this means on site: {words}."
        yield _gate(f"instruction:{place}", said, rule, question="instructions", may_override=False)


def registers_reviewed(facts, today):
    """An entry past its review stands in the way where it is a court order, sexual or about children."""
    for one in facts.registers:
        if one.review_on is None or one.review_on >= today:
            continue
        weight = Weight.GATE if one.code in REVIEWED_BEFORE else Weight.WARNING
        words = f"{one.name}: its review was due on {say_date(one.review_on)}."
        rule = "registers reviewed by their day"
        yield Found(f"register:{one.code}", weight, words, rule, question="registers")


def risk_review_done(facts, today):
    """The NPS has asked for a review of the risk, and it is not done."""
    if _is_on(facts, RISK_REVIEW):
        words = "The NPS has asked for a review of the risk, and the register still shows it."
        yield _gate("risk_review", words, "a required risk review done first", question="registers")


def work_not_suspended(facts, today):
    """Unpaid work is not suspended, nor are they on the register as not eligible for it."""
    if _is_on(facts, SUSPENDED):
        words = "Unpaid work is suspended: the register says so."
        yield _gate("suspended", words, "nobody works while unpaid work is suspended", question="registers")  # fmt: skip
    if _is_on(facts, NOT_ELIGIBLE):
        words = "The register says that they are not eligible for unpaid work."
        yield _gate("not_eligible", words, "only who is eligible works", question="registers")


def nps_officer_heard(facts, today):
    """Of somebody the NPS manages, what their officer there knows."""
    if facts.retained and not (facts.risk and facts.risk.nps_told):
        words = "The NPS manages this person, and what their NPS officer told us is not here: from whom, and when."
        rule = "the NPS officer’s information before somebody the NPS manages is placed"
        yield _gate("nps", words, rule, question="nps.information")


def _is_on(facts, code):
    return any(one.code == code for one in facts.registers)


def _some(things):
    """The first few in words, and how many more there are."""
    words = list(dict.fromkeys(within_a_sentence(one.words).rstrip(".") for one in things))
    more = len(words) - SHOWN
    return listed(words if more <= 0 else [*words[:SHOWN], f"{more} more"])


RULES = (
    risk_signed,
    risk_not_run_out,
    nothing_changed_since,
    full_analysis_made,
    checks_answered,
    terms_seen,
    flags_have_instructions,
    registers_reviewed,
    risk_review_done,
    work_not_suspended,
    nps_officer_heard,
)
