"""Deals out what became of everybody's unpaid work: orders, risk, instructions, a place.

The failures of report 4.1 are planted here: placed before anybody analysed the risk, a code without its terms, a
registration of which no supervisor was told, the only woman in a group.
"""

from collections import Counter
from datetime import timedelta
from random import Random

from unpaidwork.management.demo import said
from unpaidwork.management.demo.catalogue import ALONE_ON_SITE, GROUP, PROJECTS
from unpaidwork.management.demo.plans import PlannedOrder, WorkPlan
from unpaidwork.management.demo.sites import SEATS
from unpaidwork.reference.sites import Near, ProjectKind, Takes

SETTLING = 12  # days with us before anything is arranged
FIRST_DAY = (14, 24)  # after arrival, that work begins
GIVEN = {"active": 85, "ended": 6, "suspended": 4, "": 5}
RISK_OF_THE_PLACED = {"signed": 74, "changed": 5, "old": 4, "draft": 6, "none": 11}
RISK_OF_OTHERS = {"signed": 25, "draft": 35, "none": 40}
TOLD = {"signed": 0.84, "changed": 0.8, "old": 0.8, "draft": 0.5, "none": 0.35}
SIGNED_DAYS, OLD_DAYS = (3, 150), (200, 260)
TERMS = ("unseen", "circle", "unseen", "contact", "hole", "not_seen", "unseen", "soon", "unseen", "circle")  # fmt: skip
ALL_WORKED, FEWEST_WORKED = 0.03, 16  # of those with so many hours
EXTRA_ORDER, EXPIRED_ORDER = 30, 45  # every so many workers
TRAVELS, BY_VAN, AGREES = 0.06, 0.45, 0.9
HOME_SITE = "OXMEAD"  # where the demonstration's own supervisor is today
UNHEARD = 2  # people at the least on the site without a signal
SPARE = 4  # seats that are left free there
FEW = 2  # people of another office there, at the most
# Sessions whose people may all work: project, and days from today
CLEARED = ((HOME_SITE, 0), ("RDGLEN", 1), ("SLMERE", 1))
NOT_GIVEN_YET = {"T100009", "T100012"}  # stories that are told of somebody who has no place
UNTOLD = "T100010"  # a registered sex offender, of whom supervisors were told nothing
ON_FILE = {"T100008"}  # risk is assessed and every flag told, before the full analysis is signed


class Dealer:
    """Plans one person after another. The same people, seed and day always give the same plans."""

    def __init__(self, sites, today, seed, ready):
        self.sites, self.today, self.seed = sites, today, seed
        self.ready = ready  # cases whose gate would be open
        self.cleared = [(code, (today.weekday() + days) % 7) for code, days in CLEARED]
        self.taken: Counter[tuple] = Counter()  # places, of each project on each day of the week
        self.women: Counter[tuple] = Counter()
        self.seats: Counter[tuple] = Counter()
        self.number = self.orders = self.alone = 0

    def deal(self, who):
        rng = Random(f"{self.seed} unpaid work {who.crn}")
        self.number += 1
        plan = WorkPlan(who)
        self._plan_orders(plan, rng)
        nobody = who.officer is None and who.crn != UNTOLD
        settling = (self.today - who.arrived_on).days < SETTLING
        if who.waits or who.limited or nobody or settling or who.crn in NOT_GIVEN_YET:
            plan.untold = {one.key for one in who.to_be_told}
            return plan
        self._plan_state(plan, rng)
        self._plan_risk(plan, rng)
        self._plan_told(plan, rng)
        if plan.state:
            self._place(plan, rng)
        plan.travels = plan.state == "active" and rng.random() < TRAVELS
        if plan.state == "active" and plan.unseen:
            plan.will_stop = "terms"
        return plan

    def _plan_orders(self, plan, rng):
        who = plan.who
        if who.crn in NOT_GIVEN_YET | {UNTOLD}:
            return
        for one in who.ordered:
            self._answer(plan, one, TERMS[self.orders % len(TERMS)], rng)
            self.orders += 1
        if who.officer is None or who.waits or who.limited or who.case in self.ready:
            return
        if self.number % EXTRA_ORDER == 0:
            plan.orders.append(PlannedOrder("behaviour", "areas", "circle"))
        elif self.number % EXPIRED_ORDER == 0:
            over = self.today - timedelta(days=rng.randint(1, 30))
            plan.orders.append(PlannedOrder("bail", "contact", to_on=over, told=False))

    def _answer(self, plan, ordered, how, rng):
        """What is recorded of an order that the record speaks of; nothing where nobody has looked."""
        if how == "unseen" or plan.who.officer is None:
            return
        kind = {"registration": "restraining", "requirement": "exclusion"}.get(
            ordered.of, "licence"
        )
        made = PlannedOrder(kind, "areas", how, of=ordered)
        if how in {"contact", "not_seen"}:
            made.terms, made.shape = how, ""
        elif how == "soon":
            made.shape = "circle"
            made.to_on = self.today + timedelta(days=rng.randint(2, 9))
        plan.orders.append(made)

    def _plan_state(self, plan, rng):
        who = plan.who
        if who.crn in ON_FILE | {UNTOLD} or self._kept_place(who):
            plan.state = "active"
            return
        plan.state = rng.choices(list(GIVEN), list(GIVEN.values()))[0]
        if who.completed >= FEWEST_WORKED and rng.random() < ALL_WORKED:
            plan.taken = who.hours - who.completed
            plan.state, plan.because = "ended", said.ALL_WORKED
        elif plan.state == "ended":
            plan.because = rng.choice(said.ENDED)
        elif plan.state == "suspended":
            plan.because = rng.choice(said.SUSPENDED)
        if plan.state in {"ended", "suspended"}:
            plan.stopped_on = self.today - timedelta(days=rng.randint(1, 20))

    def _plan_risk(self, plan, rng):
        shares = RISK_OF_THE_PLACED if plan.state else RISK_OF_OTHERS
        plan.risk = rng.choices(list(shares), list(shares.values()))[0]
        who = plan.who
        if who.crn in ON_FILE | {UNTOLD} or self._kept_place(who):
            plan.risk = "signed"
        known = (self.today - who.arrived_on).days - 2
        if plan.risk == "old" and known < OLD_DAYS[0]:
            plan.risk = "signed"
        if plan.risk == "changed" and not who.registers:
            plan.risk = "signed"
        low, high = OLD_DAYS if plan.risk == "old" else SIGNED_DAYS
        plan.risk_on = self.today - timedelta(days=rng.randint(low, max(low, min(high, known))))

    def _plan_told(self, plan, rng):
        sure = plan.who.crn in ON_FILE or self._kept_place(plan.who) is not None
        for one in plan.who.to_be_told:
            answered = any(each.of and each.of.key == one.key for each in plan.orders)
            never = one.code == "ARSO" or plan.who.crn == UNTOLD
            if not answered and not sure and (never or rng.random() >= TOLD[plan.risk]):
                plan.untold.add(one.key)
        for each in plan.orders:
            each.told = each.told and (sure or rng.random() < TOLD[plan.risk])

    # Where they work

    def _kept_place(self, who):
        """(project, day of the week) of one of the sessions whose people may all work; None: none is kept for them."""
        if who.case not in self.ready or who.ordered or who.woman:
            return None
        sites = self.sites.planned
        for code, day in sorted(self.cleared, key=lambda one: sites[one[0]].office != who.site):
            room = sites[code].most - SPARE if who.site == sites[code].office else FEW
            if self.taken[code, day] < room:
                return code, day
        return None

    def _place(self, plan, rng):
        who = plan.who
        found = self._kept_place(who) or self._somewhere(who, rng)
        if found is None:  # every group is full
            plan.state = plan.because = ""
            plan.stopped_on = None
            return
        plan.project, plan.weekday = found
        place = (plan.project, plan.weekday)
        self.taken[place] += plan.state == "active"
        self._ride(plan, rng)
        self._beside_others(plan, rng)
        began = who.arrived_on + timedelta(days=rng.randint(*FIRST_DAY))
        began = min(began, self.today - timedelta(days=1), plan.stopped_on or self.today)
        plan.from_on = began - timedelta(days=(began.weekday() - plan.weekday) % 7)

    def _somewhere(self, who, rng):
        """(project, day of the week) with room, near their office where there is one."""
        tomorrow = self.sites.weekdays()[1]
        unheard = (ALONE_ON_SITE, tomorrow)
        if self._may(who, self.sites.planned[ALONE_ON_SITE]) and self.taken[unheard] < UNHEARD:
            return unheard  # so that there is somebody to be met there, however few the people
        may = [one for one in PROJECTS if self._may(who, one)]
        rng.shuffle(may)
        may.sort(key=lambda one: one.office != who.site)
        days = self.sites.weekdays()
        for one in may:
            free = [
                day
                for day in days
                if self.taken[one.code, day] < one.most and (one.code, day) not in self.cleared
            ]
            if free:
                return one.code, rng.choice(free)
        return None

    def _may(self, who, one):
        """Whether nothing that is known keeps them from there; who may work anywhere is spread over all."""
        if one.kind not in {GROUP, ProjectKind.INDIVIDUAL} or one.takes == Takes.MEN:
            return False
        if one.takes == Takes.WOMEN:
            shut = any(near == Near.REFUGE for near, *_ in one.near) and not (
                who.harmless and who.clear
            )
            return who.woman and not shut
        return one.plain or (who.harmless and who.clear and not who.woman)

    def _ride(self, plan, rng):
        place = (plan.project, plan.weekday)
        stops = [
            code
            for code, one in self.sites.stops.items()
            if one.route.project_id == self.sites.projects[plan.project].pk
        ]
        if stops and self.seats[place] < SEATS and rng.random() < BY_VAN:
            plan.stop = rng.choice(stops)
            self.seats[place] += plan.state == "active"

    def _beside_others(self, plan, rng):
        """Whether she agreed to be the only woman; of the first who is, nobody asked."""
        if not plan.who.woman or plan.state != "active":
            return
        place = (plan.project, plan.weekday)
        self.women[place] += 1
        mixed = self.sites.planned[plan.project].takes == Takes.ANYBODY
        if mixed and self.women[place] == 1:
            self.alone += 1
            plan.agreed_alone = said.AGREED if self.alone > 1 and rng.random() < AGREES else ""
