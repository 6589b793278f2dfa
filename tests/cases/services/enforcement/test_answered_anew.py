"""A failure whose breach came to nothing is answered anew, by what the law leaves; how it was answered before is kept."""

from datetime import timedelta

import pytest

from cases.models import Breach, Deadline
from cases.reference.enforcement import BreachState
from cases.services.enforcement.answers import answer_failure, keep_going
from cases.services.enforcement.letters import look_at, make_ready, write_letter
from cases.services.enforcement.letters_sent import send_letter
from staff.errors import RuleBroken
from tests.cases.a_breach import brought_to, on
from tests.cases.a_letter import NONE_BOOKED
from tests.factories import NOW, ComplianceWarningFactory, PersonFactory

pytestmark = pytest.mark.django_db
State = BreachState
LATER = NOW + timedelta(days=20)
REFERRED = "is answered: refer the breach"


def answered_anew(failure, answer, now=NOW):
    because = "It cannot be laid, and they keep to the rest."
    return answer_failure(
        failure=failure, answer=answer, because=because, by=failure.case.officer, now=now
    )


def again():
    return Deadline.objects.unmet().filter(kind="decide_again")


@pytest.mark.parametrize("to", [State.WITHDRAWN, State.DECLINED])
def test_what_came_to_nothing_is_warned_of_and_what_it_was_answered_by_is_kept(to):
    """Where no information is laid the law leaves a warning owed."""
    breach = brought_to(State.SUBMITTED)
    failure = breach.failures.get()
    on(breach, to, **({"because": "evidence"} if to == State.WITHDRAWN else {}))

    answered_anew(failure, "warn", LATER)

    was = failure.because
    failure.refresh_from_db()
    assert (failure.answer, failure.breach, failure.warning.step) == ("warn", None, "EA02")
    (before,) = failure.law["before"]
    assert (before["answer"], before["because"], before["breach"]) == ("refer", was, breach.pk)
    assert before["law"]["may"] == ["refer", "warn"]
    assert not again().exists()
    letter = Deadline.objects.unmet().get(kind="send_letter", letter__warning=failure.warning)
    assert letter.triggered_on == LATER.date()  # of the decision: nobody could write before it
    with pytest.raises(RuleBroken, match="is answered: give a warning"):
        answered_anew(failure, "warn")


def test_referred_anew_it_is_another_breach_and_each_earlier_answer_is_kept_once():
    first = brought_to(State.DECLINED)
    failure = first.failures.get()

    answered_anew(failure, "refer")
    second = Breach.objects.running().get()
    on(second, State.WITHDRAWN, because="late")
    answered_anew(failure, "warn")

    failure.refresh_from_db()
    assert [one["breach"] for one in failure.law["before"]] == [first.pk, second.pk]
    assert all("before" not in one["law"] for one in failure.law["before"])


def test_after_a_warning_that_was_given_the_law_leaves_no_other():
    breach = brought_to(State.DECLINED)
    failure = breach.failures.get()
    ComplianceWarningFactory(
        sentence=breach.sentence, given_on=failure.happened_on - timedelta(days=30)
    )

    with pytest.raises(RuleBroken, match="The law asks for it to be referred"):
        answered_anew(failure, "warn")

    failure.refresh_from_db()
    assert failure.breach == breach
    assert again().exists()


def test_while_its_breach_runs_and_once_it_stands_it_is_answered_in_no_other_way():
    breach = brought_to(State.SUBMITTED)
    failure = breach.failures.get()
    with pytest.raises(RuleBroken, match=REFERRED):
        answered_anew(failure, "warn")
    on(breach, State.DECLINED)
    known = {"by": breach.case.officer, "now": NOW}
    keep_going(deadline=again().get(), because="It was one curfew.", **known)

    with pytest.raises(RuleBroken, match=REFERRED):
        answered_anew(failure, "warn")


def test_the_letter_that_it_does_not_go_to_court_still_knows_which_order_it_is_about():
    breach = brought_to(State.SUMMONS)
    PersonFactory(case=breach.case)
    known = {"by": breach.case.officer, "now": NOW}
    letter, said = breach.letters.get(kind="breach"), {"no_appointment": NONE_BOOKED, "how": "hand"}
    write_letter(letter=letter, words=said, welsh=False, **known)
    send_letter(letter=make_ready(letter=letter, **known), proof="A Officer, reception", **known)
    on(breach, State.WITHDRAWN, because="evidence")
    follows = breach.letters.get(kind="withdrawal")
    assert "order" not in fields(follows)

    answered_anew(breach.failures.get(), "warn")

    assert "order" not in fields(follows)


def fields(letter):
    return [one.field for one in look_at(letter=letter, now=NOW).missing]
