"""Who waits in the demonstration, when they can come, and whom nothing fits: chosen by the seed from those whom the truth says it suits.

Nobody is chosen of whom something is proposed by itself, so that each says what it says alone.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from cases.models import Case, Pause
from cases.queries.enquiries import homes_of
from cases.reference.codes import Sex
from grid.management.demo.group_plans import IN_THE_EVENING, SERIES
from grid.queries.referrals import Beside, beside
from grid.reference.interventions import INTERVENTIONS

WAIT, ASKED = 100, 150  # people, at most
ASKED_BESIDES = 25  # of these, who accepted what was proposed by itself
LONGEST_WEEKS = 30
STONES = "stepping_stones"
NEAR_HALL = {
    "OX1",
    "OX3",
    "OX4",
}  # districts from which work till six leaves time for an evening there
TOO_FAR = {"OX16"}  # from where no evening is long enough for the way there and back
TOO_FAR_BY_BUS = {"OX16", "OX26", "OX28", "RG17"}
# From which somebody who works till four is in time for the hall by car
REACH_HALL = {
    "SL1",
    "SL2",
    "SL3",
    "SL4",
    "SL7",
    "RG1",
    "RG2",
    "RG5",
    "RG12",
    "RG30",
    "RG40",
    "RG45",
    "HP11",
    "HP13",
}
BY_BUS = {"SL7", "RG12"}  # by car it would turn on the house whether they are in time for the hall
THINKING = "thinking_skills_programme"
# Of each who wait, by turns, how their week is; blank: nobody asked. "work" leaves them evenings alone, and so does
# "early", which is dealt to one
WEEKS = ("day", "work", "day", "mornings", "school", "day", "weekend", "")
KEPT_CLEAR = 3  # of each kind of person that the tour of the page of interventions leads to


@dataclass
class Person:
    """`code` and `since`: what they wait for and since when; blank and None: they only said when they can come."""

    case: Case
    district: str  # of where they live; blank: not known
    beside: Beside | None = None
    code: str = ""
    since: date | None = None
    week: str = ""
    by_way_of: str = "car"
    women_only: bool | None = None
    asked_before: date | None = None  # the day they joined a series, of whoever has

    @property
    def crn(self):
        return self.case.crn

    def fits_nothing(self, today):
        """Whether no series of what they wait for can be joined by them, whatever else is true of them."""
        to_join = [one for one in SERIES if one.code == self.code and one.may_be_joined(today)]
        if not to_join or not self.district or self.week in ("", "weekend"):
            return True
        if self.women_only and not any(one.women for one in to_join):
            return True
        if self.week != "work":
            return False
        return self.code not in IN_THE_EVENING or self.district not in NEAR_HALL


@dataclass
class Dealt:
    """Everybody who was dealt something, and those who stand for something by name."""

    waiting: list[Person]
    others: list[Person]  # who only said when they can come
    in_work: Person | None = None  # the man of the report: evenings alone, and nothing fits
    fits: Person | None = None  # works too, and the evening series fits
    women_only: Person | None = None


class Dealer:
    """Deals who waits for what. `policies`: of the GRID and on interventions, with which each is looked up."""

    def __init__(self, planted, *, seed, today, policies):
        self.planted, self.today, self.policies = planted, today, policies
        self.rng = Random(f"groups {seed}")

    def deal(self):
        people = self._people()
        waiting = self._choose(people)
        codes: defaultdict[str, int] = defaultdict(int)
        for one in waiting:
            turn = codes[one.code]
            codes[one.code] += 1
            one.since = self._since(one)
            self._say_week(one, WEEKS[turn % len(WEEKS)])
        chosen = {one.crn for one in waiting}
        accepted = self.planted["interventions"]["referrals"].get("accepted", [])
        besides = self._rows(set(accepted) - set(self.planted["limited"]))[:ASKED_BESIDES]
        rest = besides + [one for one in people if one.crn not in chosen]
        rest = rest[: max(0, ASKED - len(waiting))]
        for turn, one in enumerate(rest):
            self._say_week(one, WEEKS[turn % (len(WEEKS) - 1)])
        return self._name(Dealt(waiting, rest))

    def _people(self):
        """Everybody who may be dealt something, in an order of the seed's."""
        told = self.planted["interventions"]
        kept = set(self.planted["limited"]) | set(told["referrals"]["proposed"])
        kept |= {crn for crns in told["kinds"].values() for crn in crns[:KEPT_CLEAR]}
        crns = [crn for crn, one in told["people"].items() if one.get("suits") and crn not in kept]
        return self._rows(crns)

    def _rows(self, crns):
        """Of these, whom an officer of ours supervises now."""
        still = Pause.objects.running().values("case")
        cases = Case.objects.supervised().filter(crn__in=crns, officer__isnull=False)
        rows = list(cases.exclude(pk__in=still).select_related("officer").order_by("crn"))
        self.rng.shuffle(rows)
        homes = homes_of([one.pk for one in rows])
        return [Person(one, _district(homes.get(one.pk))) for one in rows]

    def _choose(self, people):
        """So many of them, of each intervention by turns, so that each list has somebody on it."""
        by_code = defaultdict(list)
        for one in people:
            if code := self._code(one):
                by_code[code].append(one)
        chosen: list[tuple[str, Person]] = []
        while len(chosen) < WAIT and any(by_code.values()):
            chosen += [(code, those.pop()) for code, those in sorted(by_code.items()) if those]
        for code, one in chosen:
            one.code = code
        found = [one for _, one in chosen[:WAIT]]
        looked = beside([one.case.pk for one in found], self.today, *self.policies)
        for one in found:
            one.beside = looked[one.case.pk]
        return [one for one in found if looked[one.case.pk].judged[one.code].by]

    def _code(self, one):
        """What they wait for: near the hall what is held there, else an accredited programme, or any group that suits."""
        told: dict[str, Any] = self.planted["interventions"]["people"][one.crn]
        groups = [code for code in told["suits"] if not INTERVENTIONS[code].one_to_one]
        near = (STONES,) if one.district in NEAR_HALL else ()
        first = (*near, THINKING, STONES, told["proposed"])
        return next((code for code in first if code in groups), groups[0] if groups else "")

    def _since(self, one):
        """Since when they wait: not from before the sentence that brings them to it."""
        earliest = self.today - timedelta(weeks=self.rng.randint(1, LONGEST_WEEKS))
        sentence = one.beside.sentence
        began = sentence.started_on if sentence else None
        return max(earliest, min(began or earliest, self.today))

    def _say_week(self, one, week):
        one.week = "day" if week == "work" and one.district in TOO_FAR | {""} else week
        one.by_way_of = "bus" if one.district in BY_BUS else "car"

    def _name(self, dealt):
        """Those who stand for something, each the first who may."""
        men = [one for one in dealt.waiting if one.case.sex == Sex.MALE]
        women = [one for one in dealt.waiting if one.case.sex == Sex.FEMALE]
        here = NEAR_HALL | TOO_FAR_BY_BUS | {""}
        far = [one for one in men if one.district not in here and one.code in (THINKING, STONES)]
        dealt.in_work = next(iter(far), None)
        near = [one for one in dealt.waiting if one.district in REACH_HALL and self._in_time(one)]
        dealt.fits = next((one for one in near if one is not dealt.in_work), None)
        women = [one for one in women if one is not dealt.fits]
        mixed = [
            one for one in women if not any(each.women for each in SERIES if each.code == one.code)
        ]
        dealt.women_only = next(iter(mixed or women), None)
        if dealt.in_work:
            dealt.in_work.week, dealt.in_work.by_way_of = "work", "bus"
        if dealt.fits:
            dealt.fits.week, dealt.fits.by_way_of = "early", "car"
        if dealt.women_only:
            dealt.women_only.women_only = True
            dealt.women_only.week = "day"
        return dealt

    def _in_time(self, one):
        """Whether they wait for what runs in the evening, and can still be asked to come on its last day."""
        last = [each.days(self.today)[-1] for each in SERIES if each.code in IN_THE_EVENING]
        until = one.beside.judged[one.code].by.until
        return one.code in IN_THE_EVENING and until is not None and until >= max(last)


def _district(homes):
    return homes[-1].postcode.split(" ")[0] if homes else ""
