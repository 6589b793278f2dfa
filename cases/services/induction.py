"""Holding an induction: begun, answered by one or two people as they go, signed with proof, and never changed afterwards.

Sources: supervision reference 2.1 and 7; product rules, gates and evidence. Its rules are `cases.rules.induction`.
"""

from django.db import transaction
from django.utils.timezone import localtime

from cases.models import Case, Induction
from cases.queries.induction import NONE_BEGUN, draft_of, induction_facts, rules_of
from cases.rules.arriving import INDUCTION
from cases.rules.induction import as_signed, check_proof, clean_answer, questions_of, to_do
from cases.rules.signing import refusal
from cases.services.checks import lock_case
from cases.services.deadlines import meet_deadline
from staff.audit import record
from staff.errors import RuleBroken
from staff.rules.merging import marks, merged

NOT_OURS = "This case is not supervised by us, so no induction of ours is held on it."
ONE_AT_A_TIME = "An induction is being written on this case already. Go on with that one."
NO_SENTENCE = "No sentence that runs is on record, so there are no rules to explain."
SIGNED_ALREADY = (
    "The induction for this sentence is signed, and stands as it is. Another is held for another sentence; what has "
    "changed since goes into the log of contacts."
)


@transaction.atomic
def begin_induction(*, case, by, now):
    """Begin one for the current sentence. Returns it."""
    case = lock_case(case)
    if not Case.objects.ours().filter(pk=case.pk).exists():
        raise RuleBroken(NOT_OURS)
    if draft_of(case):
        raise RuleBroken(ONE_AT_A_TIME)
    sentence = case.sentences.current().latest_of_each_case().first()
    if sentence is None:
        raise RuleBroken(NO_SENTENCE)
    if case.inductions.filter(sentence=sentence, signed_at__isnull=False).exists():
        raise RuleBroken(SIGNED_ALREADY)
    made = Induction.objects.create(case=case, sentence=sentence, begun_at=now, begun_by=by)
    record(by=by, action="began_induction", crn=case.crn, induction=made.pk)
    return made


@transaction.atomic
def answer_induction(*, induction, given, by, today, seen=None):
    """Put answers in place: `given` {code: {"said", "words"}}, blank for none. Returns a `Merged`.

    `seen`: marks of what stood when the page was drawn; what two people answered differently is named in `conflicts` and
    not written. None: what stands is written over.
    """
    case, induction = _lock_written(induction)
    asked = {one.code: one for one in questions_of(rules_of(induction.sentence, today))}
    clean = {code: clean_answer(code, one, asked) for code, one in given.items()}
    stands = marks(induction.answers, clean) if seen is None else marks({}, clean) | dict(seen)
    outcome = merged(stands, clean, induction.answers)
    if outcome.write:
        answers = induction.answers | dict(outcome.write)
        induction.answers = {code: one for code, one in answers.items() if one}
        induction.version += 1
        induction.save(update_fields=["answers", "version"])
        record(
            by=by,
            action="answered_induction",
            crn=case.crn,
            induction=induction.pk,
            written=len(outcome.write),
        )
    return outcome


@transaction.atomic
def sign_induction(*, induction, held_on, proof, by, now, proof_words="", version=None):
    """Sign it, with how the person showed that they understood. Nothing of it changes afterwards. Returns it.

    Refused with all that is still to do. `version`: of what the signer read; refused where it has changed since.
    """
    case, induction = _lock_written(induction)
    today = localtime(now).date()
    if version is not None and version != induction.version:
        raise RuleBroken("Somebody has changed it since you read it. Read it again, then sign.")
    facts = induction_facts(induction, today)
    if left := to_do(facts):
        raise RuleBroken(refusal(left))
    sentence = induction.sentence
    began_on = sentence and (sentence.started_on or sentence.convicted_on)
    words = check_proof(proof, proof_words, held_on, began_on=began_on, today=today)
    induction.answers = as_signed(facts)
    induction.held_on, induction.proof, induction.proof_words = held_on, proof, words
    induction.signed_at, induction.signed_by = now, by
    induction.save()
    meet_deadline(case=case, kind=INDUCTION, by=by, today=today, on=held_on)
    record(by=by, action="signed_induction", crn=case.crn, induction=induction.pk, proof=str(proof))
    return induction


def _lock_written(induction):
    """(case, induction) as they stand now, the case locked first; refused unless it is being written."""
    case = lock_case(induction.case)
    held = Induction.objects.select_for_update(no_key=True, of=("self",)).filter(pk=induction.pk)
    found = held.select_related("sentence").first()
    if found is None:
        raise RuleBroken(NONE_BEGUN)
    if found.signed_at:
        raise RuleBroken(SIGNED_ALREADY)
    found.case = case
    return case, found
