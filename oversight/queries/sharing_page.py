"""What the pages of sharing out show: proposals, and one of them with each officer before and after and each case with why.

Source: features 123; product rules, GRID (a decision shows its working), limited access. Figures and reasons are worked out
again from what was kept, so that they are those of the proposal as it stands by now.
"""

from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse

from cases.models import Case, Transfer
from cases.rules.words import counted, listed
from oversight.queries.sharing_standing import is_moving, standing_of
from oversight.queries.workload_pages import grade_of
from oversight.reference.sharing import WITH_MOVES, Demand, Outcome, SharingState
from oversight.rules.figures import say_number
from oversight.rules.sharing_facts import Given, in_words, pairs_of
from oversight.rules.sharing_stands import stands_of
from oversight.rules.sharing_words import explained
from staff.kit import Input, Masked, Working, on
from staff.models import User
from staff.permissions import Action

SIZE = 50
SOURCE = "features 123; Google OR-Tools, CP-SAT; local policy"
KEPT = "A case that is kept from you stands in the way: ask whoever is named below."


@dataclass(frozen=True)
class OfficerRow:
    """One officer before and after, with the arithmetic of each."""

    name: str
    grade: str
    cases: str
    before: str
    after: str
    share: str
    moves: str
    working: Working


@dataclass(frozen=True)
class CaseRow:
    """One case of it that the reader may open."""

    name: str
    crn: str
    href: str
    points: (
        int | None
    )  # None where the reader is kept from another: the rest would tell what that weighs
    holder: str
    proposed: str
    stays: bool
    settled: str
    why: tuple[str, ...]
    warned: tuple[str, ...]
    because: str
    went: str  # once it is published, what came of it; blank before, and where it stays
    change: str  # the address; blank once it is closed


@dataclass(frozen=True)
class LeftOut:
    name: str
    crn: str
    href: str
    because: str
    take_in: str


class Shown:
    """One proposal for one reader. Some ten statements, however many cases it has."""

    def __init__(self, one, user, after=0):
        self.one, self.after = one, after
        self.standing = standing_of(one)
        self.open = one.state == SharingState.PROPOSED and one.outcome != Outcome.FAILED
        keys = {each.key for each in self.standing.asked.cases} | set(self.standing.moves)
        within = Case.objects.within_reach(user, Action.SHARE_OUT_CASES).filter(pk__in=keys)
        self.cases = Case.objects.open_to(user, Action.SHARE_OUT_CASES).in_bulk(list(keys))
        self.masked = [Masked(*row) for row in within.masked_to(user)]
        self.elsewhere = len(keys) - len(self.cases) - len(self.masked)
        self.stayed = {pk for pk, each in self.standing.moves.items() if each.not_given}
        self.team = {each.key: each for each in self.standing.asked.officers}
        self.people = User.objects.in_bulk(list(self.team))
        self.offered = _offered(one) if one.published_at else set()

    @property
    def whole(self):
        return self.standing.whole

    @property
    def weighed(self):
        return not self.masked and not self.elsewhere

    @property
    def by_hand(self):
        """How much of it is not what the search came to; blank where all is."""
        number = sum(each.settled_at is not None for each in self.standing.moves.values())
        return f"{counted(number, 'case')} settled or left out by hand." if number else ""

    @property
    def by_itself(self):
        """How much is left out because nobody may have it; blank where nothing is."""
        out = (each for each in self.standing.moves.values() if each.left_out)
        number = sum(each.settled_at is None for each in out)
        if not number:
            return ""
        are = "is" if number == 1 else "are"
        return f"{counted(number, 'case')} {are} left out, because nobody who takes part may have {'it' if number == 1 else 'them'}."

    @property
    def officers(self):
        """In the order of their names: none can be sorted by how full they are."""
        if not self.standing.whole:
            return []
        found = stands_of(self.standing.asked, self.standing.chosen)
        return [self._officer_row(each) for each in found]

    def _officer_row(self, stands):
        officer = stands.officer
        return OfficerRow(
            name=officer.name,
            grade=grade_of(self.people[officer.key]),
            cases=f"{stands.cases_before:,} to {stands.cases_after:,}",
            before=f"{counted(stands.before.total, 'point')}, {stands.before.percent}%",
            after=f"{counted(stands.after.total, 'point')}, {stands.after.percent}%",
            share=f"{stands.share:,}" if stands.share is not None else "None: away, or no hours",
            moves=stands.moves,
            working=Working(
                "How this was worked out",
                [
                    Input("Before", " ".join([*stands.before.working, stands.before.mark])),
                    Input("After", " ".join([*stands.after.working, stands.after.mark])),
                ],
                "Points of what they hold, by points there is room for.",
                SOURCE,
                f"{self.one.policy_version} of the policy on workload",
            ),
        )

    @property
    def rows(self):
        """A page of cases: those that stayed after all, those that move by whom they go to, then those that stay, each by name."""
        return self._rows(self._in_order()[self.after : self.after + SIZE])

    @property
    def every_row(self):
        return self._rows(self._in_order())

    def _rows(self, shown):
        asked, policy, chosen = self.standing.asked, self.standing.policy, self.standing.chosen
        keys = [each.key for each in shown]
        given: dict[int, Given] = {}
        if self.standing.whole:
            pairs = pairs_of(asked, policy, only=set(keys))
            given = {each.case: each for each in explained(asked, policy, pairs, chosen, keys)}
        return [self._case_row(each, given.get(each.key)) for each in shown]

    def _in_order(self):
        chosen = self.standing.chosen
        return sorted(
            (each for each in self.standing.asked.cases if each.key in self.cases),
            key=lambda each: (
                each.key not in self.stayed,
                chosen.get(each.key) == each.holder,
                self.team[chosen[each.key]].name if each.key in chosen else "",
                self.cases[each.key].sort_name,
                each.key,
            ),
        )

    @property
    def number(self):
        return sum(each.key in self.cases for each in self.standing.asked.cases)

    def _case_row(self, facts, given):
        move, case = self.standing.moves.get(facts.key), self.cases[facts.key]
        stays = move is not None and move.from_officer_id == move.to_officer_id
        by_hand = move is not None and move.settled_at is not None
        return CaseRow(
            name=case.list_name,
            crn=case.crn,
            href=reverse("case-holder", args=[case.crn]),
            points=facts.points if self.weighed else None,
            holder=self._holder(move, facts),
            proposed=move.to_officer.name if move else "Nobody yet",
            stays=stays,
            settled=f"Settled by {move.settled_by.name}" if by_hand else "",
            why=given.why if given else (),
            warned=()
            if stays or move is None
            else tuple(row["sentence"] for row in self.standing.warned(move)),
            because=move.because if move else "",
            went="" if stays or move is None else self._went(move),
            change=reverse("move-in-sharing", args=[self.one.pk, case.crn]) if self.open else "",
        )

    def _went(self, move):
        if move.not_given:
            return f"Stayed where it was. {move.not_given}"
        if move.given_at:
            return "Offered" if move.case_id in self.offered else "Given"
        return "Not yet done" if self.one.state == SharingState.GIVING else ""

    @property
    def done(self):
        """How far it is carried out, and what stayed after all; blank where there is nothing of either."""
        said = []
        if self.one.state == SharingState.GIVING:
            moving = [each for each in self.standing.moves.values() if is_moving(each)]
            done = sum(bool(each.given_at or each.not_given) for each in moving)
            said.append(f"{done:,} of {counted(len(moving), 'case')} that move have been seen to.")
        if self.stayed:
            said.append(
                f"{counted(len(self.stayed), 'case')} stayed after all: see first below why. What officers have after it is "
                "counted as if everything had gone."
            )
        return " ".join(said)

    def _holder(self, move, facts):
        if move is not None:
            return move.from_officer.name if move.from_officer else "Nobody"
        if self.one.officer:
            return self.one.officer.name
        return self.team[facts.holder].name if facts.holder else "Nobody"

    @property
    def left_out(self):
        out = [each for each in self.standing.moves.values() if each.left_out]
        out = [each for each in out if each.case_id in self.cases]
        return [
            LeftOut(
                name=each.case.list_name,
                crn=each.case.crn,
                href=reverse("case-holder", args=[each.case.crn]),
                because=each.left_out,
                take_in=reverse("take-in-again", args=[self.one.pk, each.case.crn]) if self.open else "",
            )
            for each in sorted(out, key=lambda each: (each.case.sort_name, each.case_id))
        ]  # fmt: skip

    @property
    def beyond(self):
        """Whether what is said of room is said of an answer, which goes beyond it, and not of why there is none."""
        return self.one.outcome in WITH_MOVES

    @property
    def in_the_way(self):
        """Sentences; of a case that is kept from the reader, or that they do not reach, that there is one."""
        hidden = [each.crn for each in self.standing.asked.cases if each.key not in self.cases]
        found = [
            KEPT if any(crn in words for crn in hidden) else words for words in self.one.in_the_way
        ]
        return list(dict.fromkeys(found))

    @property
    def working(self):
        """What was demanded and weighed, on which facts, and how far from the best the answer may be."""
        one = self.one
        demands = listed(Demand(each).title for each in one.demands) or "None besides those of everybody"  # fmt: skip
        return Working(
            "How it was worked out",
            [
                Input("Facts", f"As recorded on {on(self.standing.asked.today)}"),
                Input("Demanded", demands),
                Input("The answer", " ".join(said_of_outcome(one))),
                Input("Time", f"{say_number(one.took)} seconds" if one.took is not None else "Not known"),
            ],
            " ".join(in_words(self.standing.policy)),
            SOURCE,
            f"{one.policy_version} of the policy on workload",
        )  # fmt: skip


def _offered(one):
    """Keys of cases that it offered: whoever held one may have left by now, and their account be closed."""
    made = Transfer.objects.filter(
        case__sharing_moves__sharing=one, offered_at=F("case__sharing_moves__given_at")
    )
    return set(made.values_list("case", flat=True))


def said_of_outcome(one):
    """How good the answer is, in sentences: as it was worked out, before anything was changed by hand."""
    yield f"{Outcome(one.outcome).title}."
    if one.outcome == Outcome.GOOD:
        gap = (one.counts - one.at_least) / one.counts if one.counts else 0
        yield (
            f"It counts {one.counts:,}, and no answer counts less than {one.at_least:,}: the best that is possible is at most "
            f"{gap:.1%} better."
        )
    if one.outcome == Outcome.BEST:
        yield f"By the weights below it counts {one.counts:,}: the less, the better."
    if one.by_the_clock:
        yield "The clock stopped the search before it had done its work: asked again, it may propose otherwise."
