"""The letters that one of the hub works on together: each as its page shows it, and what stands between it and the post.

Source: features 88 and 90; `cases.queries.enforcement.letters.letters_claimed_by`.
"""

from dataclasses import dataclass

from cases.models import Case
from cases.queries.enforcement.letter_pages import LetterPage, letter_page, owed_of
from cases.queries.enforcement.letters import letters_claimed_by
from cases.queries.names import names_for_each
from cases.queries.reach import actions_on_each
from staff.permissions import Action


@dataclass(frozen=True)
class Together:
    """`lacking`: to be mended first; `to_read`: whole, to be read; `paper`, `mail`, `by_hand`: ready to go that way."""

    lacking: list[LetterPage]
    to_read: list[LetterPage]
    paper: list[LetterPage]
    mail: list[LetterPage]
    by_hand: list[LetterPage]

    @property
    def count(self):
        return sum(map(len, (self.lacking, self.to_read, self.paper, self.mail, self.by_hand)))

    @property
    def ready(self):
        """Those that can be said to have gone, all at once."""
        return [*self.paper, *self.mail]

    @property
    def printed(self):
        """Whether there is anything to print."""
        return bool(self.paper or self.by_hand)


def claimed_letters(user):
    """The letters this reader has claimed and may send, the first due first."""
    return letters_claimed_by(user, Case.objects.open_to(user, Action.SEND_LETTER))


def together(letters, user, looked, today, policy):
    """`looked`: of `cases.services.enforcement.letters.look_at_each`."""
    cases = {one.case_id: one.case for one in letters}
    may = actions_on_each(list(cases.values()), user)
    names = names_for_each(list(cases.values()), may)
    owed = owed_of(letters)
    pages = [
        letter_page(
            one,
            names[one.case_id],
            may[one.case_id],
            looked[one.pk],
            today,
            policy,
            owed.get(one.pk),
        )
        for one in letters
    ]
    ready = [page for page in pages if page.to_go]
    return Together(
        lacking=[page for page in pages if page.gaps and (page.to_write or page.ready)],
        to_read=[page for page in pages if page.to_write and not page.gaps],
        paper=[page for page in ready if page.on_paper and not page.by_hand],
        mail=[page for page in ready if not page.on_paper],
        by_hand=[page for page in ready if page.by_hand],
    )
