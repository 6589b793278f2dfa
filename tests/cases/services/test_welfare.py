"""They are asked when it gets harder; what they say is written down as said, and whoever must hear does at once."""

from datetime import timedelta

import pytest

from cases.models import Deadline, Notice, Sentence, WelfareCheck
from cases.reference.codes import CustodyStatus, Register
from cases.reference.pauses import PauseKind
from cases.reference.worst_days import WelfareAnswer, WelfareWhen
from cases.services.deaths import record_death
from cases.services.pauses import begin_pause, end_pause
from cases.services.timetable import run_due
from cases.services.welfare import owe_welfare, record_welfare
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    DeadlineFactory,
    RegistrationFactory,
    SentenceFactory,
    UserFactory,
    WelfareCheckFactory,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def at_risk():
    case = CaseFactory()
    RegistrationFactory(case=case, type_code=Register.SELF_HARM)
    return case


def asked(case, answer=WelfareAnswer.NO, now=NOW, **columns):
    known = {
        "moment": WelfareWhen.CONCERN,
        "asked_at": now,
        "words": "" if answer == WelfareAnswer.NO else "“It would be easier for everybody.”",
        "done": ""
        if answer == WelfareAnswer.NO
        else "The crisis team took it at 10:40, a Ms Okoye.",
    }
    return record_welfare(case=case, answer=answer, by=case.officer, now=now, **known | columns)


def owed(case):
    return Deadline.objects.unmet().ours().filter(case=case, kind="ask_welfare").first()


def held(case, kind=PauseKind.CUSTODY, **columns):
    known = {
        "from_on": TODAY,
        "where": "HMP Bullingdon",
        "source": "The police",
        "last_seen_on": None,
    }
    return begin_pause(case=case, kind=kind, by=case.officer, now=NOW, **known | columns)


def over(pause, now):
    end_pause(pause=pause, to_on=now.date(), because="Bailed by the court", by=pause.case.officer, now=now)  # fmt: skip


def changed(sentence, at, **columns):
    Sentence.objects.filter(pk=sentence.pk).update(**columns)
    newest = sentence.events.model.objects.order_by("-pgh_id").first()
    sentence.events.model.objects.filter(pk=newest.pk).update(pgh_created_at=at)


def test_in_custody_it_is_owed_at_once_and_again_when_they_are_out():
    case = at_risk()

    pause = held(case)
    assert owed(case).triggered_on == TODAY
    asked(case, now=NOW + DAY, moment=WelfareWhen.RECALL)
    assert owed(case) is None
    over(pause, NOW + 3 * DAY)

    assert owed(case).triggered_on == TODAY + 3 * DAY
    asked(case, now=NOW + 3 * DAY, moment=WelfareWhen.RELEASE)
    assert owed(case) is None


def test_whoever_is_back_from_a_warrant_is_asked_and_of_others_nothing_is_owed():
    case, other = at_risk(), CaseFactory()
    for one in (case, other):
        over(held(one, PauseKind.WARRANT, where=""), NOW + DAY)

    assert owed(case).triggered_on == TODAY + DAY
    assert owed(other) is None


def test_of_thoughts_the_senior_hears_at_once_and_they_are_asked_again_the_next_working_day():
    case = at_risk()
    senior = UserFactory(role=Role.SPO, team=case.team)
    DeadlineFactory(case=case, kind="ask_welfare", triggered_on=TODAY, due_on=TODAY + DAY)

    asked(case, WelfareAnswer.THOUGHTS)

    notice = Notice.objects.get(user=senior)
    assert case.crn in notice.text
    assert "easier" not in notice.text
    assert owed(case).due_on == TODAY + DAY
    assert Deadline.objects.filter(kind="ask_welfare").count() == 2
    asked(case, now=NOW + DAY)
    assert owed(case) is None


def test_a_colleague_who_asks_has_the_officer_told():
    case = CaseFactory()
    colleague = UserFactory(role=Role.OFFICER, team=case.team)

    record_welfare(
        case=case, moment="concern", asked_at=NOW, answer="plans", words="He has the tablets.", done="Rang 999, stayed.", by=colleague, now=NOW
    )  # fmt: skip

    assert Notice.objects.filter(user=case.officer, case=case).exists()


def test_that_nobody_could_ask_leaves_it_owed():
    case = at_risk()
    DeadlineFactory(case=case, kind="ask_welfare", triggered_on=TODAY, due_on=TODAY + DAY)

    asked(
        case, WelfareAnswer.COULD_NOT, words="Asleep in the cell", done="The sergeant asks at six"
    )

    assert owed(case).due_on == TODAY + DAY


def test_what_they_said_last_keeps_them_among_those_who_are_asked_until_they_say_otherwise():
    case = CaseFactory()
    WelfareCheckFactory(
        case=case, answer=WelfareAnswer.THOUGHTS, asked_at=NOW - 20 * DAY, done="GP"
    )
    WelfareCheckFactory(
        case=case, answer=WelfareAnswer.COULD_NOT, asked_at=NOW - 2 * DAY, done="GP"
    )

    over(held(case), NOW + DAY)

    assert owed(case)


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"words": " "}, "in their words"),
        ({"done": "n/a"}, "who was told"),
        ({"asked_at": NOW + DAY}, "in the future"),
    ],
)
def test_what_nobody_could_act_on_is_refused(columns, why):
    with pytest.raises(RuleBroken, match=why):
        asked(at_risk(), WelfareAnswer.PLANS, **columns)


def test_after_a_death_nothing_is_written():
    case = at_risk()
    record_death(
        case=case, died_on=None, told_by="Her sister", in_custody=None, by=case.officer, now=NOW
    )

    with pytest.raises(RuleBroken, match="died"):
        asked(case)
    assert not WelfareCheck.objects.exists()


def test_the_night_finds_a_release_and_a_breach_of_the_record_once_and_not_what_was_asked_about():
    case, other = at_risk(), at_risk()
    sentence = SentenceFactory(case=case, custody_status=CustodyStatus.SENTENCED)
    breached = SentenceFactory(case=other)
    changed(sentence, NOW, custody_status=CustodyStatus.ON_LICENCE, released_on=TODAY)
    changed(breached, NOW, in_breach=True)

    run_due(now=NOW + DAY)

    assert "On release" in owed(case).why
    assert "breach" in owed(other).why
    asked(case, now=NOW + DAY)
    assert owe_welfare(case_ids=[case.pk, other.pk], today=TODAY + 2 * DAY) == 0
    assert owed(case) is None
