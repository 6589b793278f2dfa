"""What a court decided of a breach, put right where it was recorded wrongly: for a reason, with what stood before kept beside it.

What was recorded with it follows: the day in court, prison. The rest is put to people: whoever holds the case and the seniors
hear, and a review answers it anew. Source: architecture, evidence is kept; supervision reference 6.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import BreachStep
from cases.queries.enforcement.pack import regime_of
from cases.queries.recipients import told_at_once
from cases.reference.enforcement import COURT_OUTCOMES, BreachState
from cases.rules.enforcement.breaches import check_outcome, check_outcome_right, say_outcome_right
from cases.rules.enforcement.court import check_prison
from cases.rules.leaving import check_still_here
from cases.services.enforcement.breaches.steps import accepted_on, locked, write_line
from cases.services.enforcement.breaches.wanted import prison_of, put_prison_right
from cases.services.reviews_owed import owe_reviews
from cases.services.telling import tell
from staff.audit import record


@transaction.atomic
def correct_outcome(*, breach, code, on, because, by, now, words="", attended=None, prison=""):
    """It is another than was recorded, or of another day, or in other words. Returns the step that says so.

    `attended`, `prison`: as when it is recorded first.
    """
    breach, today = locked(breach), localtime(now).date()
    check_still_here(breach.case.left_as)
    was, hearing = stands(breach), decided_at(breach)
    said = (code, on, words.strip(), check_prison(code, prison), attended if hearing else None)
    check_outcome_right(breach.state, was == said, because)
    outcome = check_outcome(code, on, today, accepted_on(breach), regime_of(breach))
    note = say_outcome_right(was[0], was[1], because)
    breach.outcome, breach.outcome_on, breach.outcome_words = said[:3]
    breach.save(update_fields=["outcome", "outcome_on", "outcome_words"])
    if hearing:
        hearing.result, hearing.attended = outcome.title, attended
        hearing.save(update_fields=["result", "attended"])
    step = BreachStep.objects.create(
        breach=breach, state=BreachState.DECIDED, on=on, at=now, by=by, words=note
    )
    title = (
        f"Breach, the court’s decision put right: {outcome.title[:1].lower()}{outcome.title[1:]}"
    )
    write_line(breach, (code, title), on=on, by=by, now=now)
    put_prison_right(breach, said[3], outcome.title, on=on, by=by, now=now)
    owe_reviews(case_ids=[breach.case_id], today=today, by=by)
    record(
        by=by, action="corrected_court_outcome", crn=breach.case.crn, breach=breach.pk, step=step.pk,
        was=was[0], to=code,
    )  # fmt: skip
    _tell(breach, outcome, by=by, now=now)
    return step


def stands(breach):
    """(code, day, words, prison, whether they came) as it is recorded."""
    hearing = decided_at(breach)
    came = hearing.attended if hearing else None
    return breach.outcome, breach.outcome_on, breach.outcome_words, prison_of(breach), came


def decided_at(breach):
    """The day in court on which it was decided, as it was said with the decision; None where none was set."""
    if not breach.outcome:
        return None
    said = breach.hearings.filter(called_off=False, result=COURT_OUTCOMES[breach.outcome].title)
    return said.exclude(said_at=None).order_by("-at", "-pk").first()


def _tell(breach, outcome, *, by, now):
    case = breach.case
    changed = " The sentence is another from that day: see that it is right." if outcome.changes_sentence else ""  # fmt: skip
    tell(
        case=case,
        users=told_at_once(case, localtime(now).date(), by),
        text=f"What the court decided on the breach of {case.crn} was recorded wrongly and is put right.{changed} Read it, and look again at what you did on it.",
        href=reverse("breach", args=[case.crn, breach.pk]),
        now=now,
    )
