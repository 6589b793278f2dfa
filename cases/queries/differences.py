"""What a review changed, or has changed so far: field by field, before and after.

Source: supervision reference 5 ("field by field"). What is different, and how much, is `cases.rules.differences`.
"""

from dataclasses import dataclass

from cases.queries.snapshots import snapshot_as_of
from cases.reference.reviews import DifferenceArea
from cases.rules.differences import Difference, differences
from cases.rules.text_differences import Amount
from cases.rules.words import shortened

LONGEST = 90  # letters of what a line repeats
NOT_OF_SUBSTANCE = {
    Amount.COSMETIC: "Wording only",
    Amount.MOTIVATION: "What is asked each time: it changes nothing we do",
}


@dataclass(frozen=True)
class ChangeView:
    """One field that is different, for one reader."""

    key: str
    where: str  # the assessment, the plan or risk
    title: str
    before: str
    after: str
    substantive: bool
    cosmetic: str  # why it does not count, where it does not

    @property
    def in_a_line(self):
        was, now = (shortened(one, LONGEST) for one in (self.before, self.after))
        said = f"{was or 'nothing'}, now {now or 'nothing'}"
        return f"{self.where}: {self.title.rstrip(':')}: {said}"


def changes_of(review, today=None):
    """[Difference] between what stood before and what was signed; while it is written, and what stands now."""
    after = review.after if review.signed_at else snapshot_as_of(review.case, today)
    if not (review.before and after):
        return []
    return differences(review.before, after, names_of(review.case))


def names_of(case):
    """What in a text is the person's own name, and says nothing of substance."""
    return (case.forename, case.surname)


def changed_something(review):
    """Whether a signed review shows a difference of substance."""
    return any(one.substantive for one in changes_of(review))


def change_views(changes, names):
    return [_view(one, names) for one in changes]


def _view(one: Difference, names):
    return ChangeView(
        key=one.key,
        where=DifferenceArea(one.area).title,
        title=names.text(one.asks),
        before=names.text(one.before),
        after=names.text(one.after),
        substantive=one.substantive,
        cosmetic=NOT_OF_SUBSTANCE.get(one.amount, ""),
    )


def is_itself(event_key, change_key):
    """Whether a change is the event over again: that somebody was put on a register answers nothing."""
    return change_key == f"risk:{event_key.replace('-', ':', 1)}"
