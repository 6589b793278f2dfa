"""What is planned of one person: everything that the rows and the ground truth are both told from.

Nothing here reads the database or asks the product's rules; a plan says what ought to come out.
"""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from cases.management.demo.assess_plans import (
    PlannedAssessment,
    PlannedOverride,
    PlannedRoute,
    PlannedSentencePlan,
    PlannedVictim,
)
from cases.management.demo.loop_plans import (
    Owed,
    PlannedAction,
    PlannedInformation,
    PlannedInterim,
    PlannedRaise,
)
from cases.management.demo.meet_plans import PlannedMeeting, PlannedRar
from cases.management.demo.places import SITES
from cases.management.demo.plan_parts import (
    Order,
    PlannedDeadline,
    PlannedEnquiry,
    PlannedPerson,
    PlannedRegister,
    Record,
)
from cases.management.demo.story import Story
from cases.management.demo.workforce import CaseTeam, Staff
from cases.reference.codes import Part


@dataclass(slots=True)
class Plan:
    """One person."""

    number: int
    crn: str
    rng: Random
    woman: bool
    iom: bool
    place: str  # group, escalate, cannot, retained or no_sentence
    level: str = ""
    band: str = ""
    needs: tuple[str, ...] = ()
    why: str = ""  # what kind of escalation, or of having no sentence
    team: CaseTeam | None = None
    officer: Staff | None = None
    unallocated: bool = False
    order: Order | None = None
    record: Record | None = None
    supplied: int | None = None  # an OGRS3 percentage that came with the case
    arrived_on: date | None = None
    imported: bool = False
    taken_up_on: date | None = None  # of an imported case: since when its checks count
    officer_since: date | None = None
    held_before: tuple | None = None  # another officer, from when and until when
    forename: str = ""
    surname: str = ""
    background: str = "british"  # which group of names and languages goes with the ethnicity
    ethnicity: str = ""
    address: str = ""
    retained_by: str = ""
    no_texts: bool = False
    agreed_to_texts: bool | None = None
    text_to: str = ""  # a number that is safe, of whoever agreed to texts
    case_id: int = 0
    sentence_id: int = 0
    requirements: dict[str, int] = field(default_factory=dict)  # row by main code
    lengths: dict[str, int] = field(default_factory=dict)  # what was ordered, by main code
    programme: str = ""  # the accredited one that the court ordered
    keep_in_touch: int | None = None  # the licence condition to do so: its row
    interpreter: bool = False  # needs one
    meetings: list[PlannedMeeting] = field(default_factory=list)
    rar: PlannedRar | None = None
    review: str = ""  # hollow, honest, draft, waiting or returned
    reviewed_on: date | None = None
    recommended: str = ""  # open, accepted, contested or upheld
    recommended_on: date | None = None
    address_id: int = 0
    visit_safety: int = 0  # the decision on how to visit: its row
    visit_owed: list[Owed] = field(default_factory=list)
    second_began_on: date | None = None  # of an older order that still runs
    second_end_on: date | None = None
    idle: bool = False  # nobody has arranged to see them for some time
    away_from: date | None = None  # since when they cannot be seen as usual
    people: list[PlannedPerson] = field(default_factory=list)
    registers: list[PlannedRegister] = field(default_factory=list)
    enquiries: list[PlannedEnquiry] = field(default_factory=list)
    deadlines: list[PlannedDeadline] = field(default_factory=list)
    interims: list[PlannedInterim] = field(default_factory=list)
    actions: list[PlannedAction] = field(default_factory=list)
    information: list[PlannedInformation] = field(default_factory=list)
    raises: list[PlannedRaise] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)  # of the plan, on the case as a whole
    assessed: str = ""  # how far an assessment has come: signed, draft, none or blank
    signed_on: date | None = None  # the assessment
    over: list[PlannedEnquiry] = field(default_factory=list)  # open, and signed all the same
    assessments: list[PlannedAssessment] = field(default_factory=list)
    sentence_plans: list[PlannedSentencePlan] = field(default_factory=list)
    victims: list[PlannedVictim] = field(default_factory=list)
    overrides: list[PlannedOverride] = field(default_factory=list)
    routes: list[PlannedRoute] = field(default_factory=list)
    # As they were written: sentence, code, committed and convicted; what each note tells; attendances
    offences: list[tuple] = field(default_factory=list)
    # Of a licence, those that need something done: row, and what it is about
    conditions: dict[int, str] = field(default_factory=dict)
    noted: list[tuple] = field(default_factory=list)
    attended: list[date] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    story: str = ""  # its title, where it has one
    told: Story | None = None
    lines: list[tuple] = field(default_factory=list)  # of the log, beside what is made up
    limit: str = ""  # restricted, excluded or unlisted

    @property
    def group(self):
        return f"{self.level}{self.band}"

    @property
    def rosh(self):
        """The level of risk of serious harm that is on the register; blank when none is."""
        if "harm" in self.needs:
            return ""
        if self.why in {"RHRH", "RVHR"}:
            return self.why
        if self.why == "placeholder":  # the NPS has it in name only: somebody must act
            return "RHRH"
        return "RLRH" if self.level in {"L", "LC"} else "RMRH"

    @property
    def complex(self):
        return self.level in {"LC", "MC"}

    @property
    def site(self):
        return self.team.site if self.team else SITES[0]

    @property
    def ours(self):
        """Supervised by us, and its checks taken up: so that enquiries are owed."""
        elsewhere = self.place in {"retained", "no_sentence"}
        return not elsewhere and (not self.imported or self.taken_up_on is not None)

    @property
    def open_enquiries(self):
        return [one for one in self.enquiries if one.state in {"due", "sent", "replied"}]

    @property
    def domestic(self):
        """On a register now as the source of domestic abuse."""
        return any(
            one.code in {"ADVP", "IMAR"} and one.part != Part.AT_RISK and one.ended_on is None
            for one in self.registers
        )

    @property
    def domestic_victim(self):
        """On a register now as the one at risk of it."""
        return any(
            one.code == "ADVV" or (one.code == "IMAR" and one.part == Part.AT_RISK)
            for one in self.registers
            if one.ended_on is None
        )

    @property
    def child_concern(self):
        return self.has("RCCO", "RCPR", "RCHD")

    @property
    def concern(self):
        """Domestic abuse, a child or a named victim, whatever part the person plays."""
        return self.child_concern or self.has("ADVP", "ADVV", "IMAR", "RSTO", "INVI")

    @property
    def children(self):
        return [one for one in self.people if one.kind == "child"]

    @property
    def partners(self):
        return [one for one in self.people if one.kind == "partner"]

    def has(self, *codes):
        """Whether a current register has one of these codes."""
        return any(one.code in codes and one.ended_on is None for one in self.registers)
