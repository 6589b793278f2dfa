from datetime import UTC, date, datetime

import pytest

from cases.models import Contact
from cases.queries.episodes import episodes_of
from cases.reference.checks import CheckKind, Reply
from cases.reference.harm import Behaviour, VictimKind
from cases.reference.information import InformationKind, Relation
from tests.factories import (
    TODAY,
    CaseFactory,
    EnquiryFactory,
    InformationFactory,
    OffenceFactory,
    ReadingFactory,
    SentenceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


def told(case):
    return [(one.behaviour, one.victim, one.what, one.source) for one in episodes_of([case.pk])[case.pk]]  # fmt: skip


def offence(case, code="00801", **more):
    sentence = SentenceFactory(case=case, **more)
    return OffenceFactory(sentence=sentence, code=code, description="As the court wrote it")


def note(case, words, **more):
    given = {"source_id": "1", "type_code": "CIEA", "started_at": datetime(2018, 9, 1, 9, tzinfo=UTC)}  # fmt: skip
    return Contact.objects.create(case=case, notes=words, **given | more)


def test_a_conviction_is_told_in_our_words_with_its_day(case):
    offence(case, convicted_on=date(2004, 3, 1), active=False)

    [episode] = episodes_of([case.pk])[case.pk]

    assert (episode.what, episode.on, episode.source) == (
        "wounding",
        date(2004, 3, 1),
        "Conviction",
    )


def test_the_day_it_was_done_comes_before_the_day_of_conviction(case):
    done = offence(case, convicted_on=date(2004, 3, 1))
    done.committed_on = date(2003, 7, 1)
    done.save()

    assert episodes_of([case.pk])[case.pk][0].on == date(2003, 7, 1)


def test_what_awaits_the_court_is_told_as_that(case):
    offence(case, convicted_on=None, description="")

    assert told(case)[0][3] == "Charged, not convicted"


def test_an_offence_that_hurt_nobody_is_not_told(case):
    offence(case, code="80701")

    assert told(case) == []


def test_its_key_is_the_same_when_the_record_is_brought_in_again(case):
    first = offence(case, source_id="4")
    before = {one.key for one in episodes_of([case.pk])[case.pk]}
    OffenceFactory(sentence=first.sentence, code="00801", main=False)
    both = {one.key for one in episodes_of([case.pk])[case.pk]}

    sentence = first.sentence
    sentence.offences.all().delete()
    OffenceFactory(sentence=sentence, code="00801")
    OffenceFactory(sentence=sentence, code="00801", main=False)

    assert before < both == {one.key for one in episodes_of([case.pk])[case.pk]}


@pytest.mark.parametrize(
    ("kind", "as_"),
    [
        (InformationKind.CALL_OUT, (Behaviour.DOMESTIC_ABUSE, VictimKind.KNOWN_ADULT)),
        (InformationKind.ARREST, (Behaviour.OTHER_HARM, VictimKind.NOT_RECORDED)),
        (InformationKind.CHILD, (Behaviour.CHILD, VictimKind.CHILD)),
        (InformationKind.ADULT, (Behaviour.OTHER_HARM, VictimKind.KNOWN_ADULT)),
        (InformationKind.HEALTH, None),
        (InformationKind.COURT, None),
    ],
)
def test_what_has_come_in_is_told_without_a_name(case, kind, as_):
    information = InformationFactory(kind=kind, who="PC Dana Quill", happened_on=TODAY)
    ReadingFactory(information=information, case=case)

    found = told(case)

    assert [one[:2] for one in found] == ([as_] if as_ else [])
    assert "Quill" not in str(found)


@pytest.mark.parametrize(
    ("relation", "by_them", "by_the_other"),
    [
        (Relation.ATTACKED, False, True),
        (Relation.THREATENED_BY, True, False),
        (Relation.PARTNER, False, False),
    ],
)
def test_an_attack_is_told_of_whoever_did_it(case, relation, by_them, by_the_other):
    other, information = CaseFactory(), InformationFactory(kind=InformationKind.OTHER)
    ReadingFactory(information=information, case=case)
    ReadingFactory(information=information, case=other, main=False, relation=relation)

    assert bool(told(case)) is by_them
    assert bool(told(other)) is by_the_other


@pytest.mark.parametrize(
    ("kind", "reply", "behaviour"),
    [
        (CheckKind.POLICE, Reply.INFORMATION, Behaviour.DOMESTIC_ABUSE),
        (CheckKind.CHILDREN, Reply.PARTIAL, Behaviour.CHILD),
        (CheckKind.ADULTS, Reply.INFORMATION, Behaviour.OTHER_HARM),
        (CheckKind.POLICE, Reply.NO_TRACE, None),
        (CheckKind.CHILDREN, Reply.REFUSED, None),
        (CheckKind.ADDRESS, Reply.INFORMATION, None),
    ],
)
def test_a_reply_that_tells_something_is_told(case, kind, reply, behaviour):
    EnquiryFactory(case=case, kind=kind, replied=True, reply=reply)

    assert [one[0] for one in told(case)] == ([behaviour] if behaviour else [])


def test_a_note_tells_of_each_thing_it_speaks_of(case):
    note(case, "Pre-sentence report: police called to the home. Known to children's services.")

    assert sorted(one[2] for one in told(case)) == [
        "police called to the home",
        "pre-sentence report",
        "social care involvement",
    ]


def test_an_interview_for_a_pre_sentence_report_tells_of_one(case):
    note(case, "", type_code="DC02")

    assert [one[0] for one in told(case)] == [Behaviour.TOLD]


def test_each_case_is_told_its_own(case):
    other = CaseFactory()
    offence(case)
    note(case, "PSR on file.")

    assert (len(told(case)), told(other)) == (2, [])
