"""Alan, as the report tells him (HMIP Thames Valley CRC 2018, 2.4): past violence, call-outs and a
pre-sentence report in the record, no checks, and an analysis that speaks of none of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.models import Contact, Enquiry
from cases.queries.assessing import assessing_facts
from cases.reference.checks import Changes, Reply
from cases.reference.codes import Order, Rosh
from cases.reference.harm import AnalysisPart, AssessmentState
from cases.reference.questions import QUESTIONS, Answered
from cases.rules.patterns import asked_of
from cases.services.answering import answer_part
from cases.services.assessments import begin_assessment
from cases.services.replies import analyse_reply, record_reply
from cases.services.sending import send_enquiry
from cases.services.signing import countersign_assessment, sign_assessment
from staff.errors import RuleBroken
from staff.permissions import Role
from tests.cases.answered import answers_for
from tests.factories import (
    NOW,
    TODAY,
    AgencyFactory,
    CaseFactory,
    OffenceFactory,
    RelatedPersonFactory,
    SentenceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PAST = {2009: "00806", 2004: "00801", 1999: "03401", 1996: "10501"}
NOTE = (
    "Pre-sentence report on file: police called to the home four times last year. Possible involvement "
    "of social care with children or grandchildren. Checks to be made."
)
STOCK = "Risk not linked to current index offence."


@pytest.fixture
def alan():
    """52, a suspended sentence order for driving while disqualified, with children around him."""
    case = CaseFactory(forename="Alan", surname="Thackeray", born_on=date(1966, 4, 2))
    current = SentenceFactory(case=case, order=Order.SUSPENDED, description="Suspended sentence")
    OffenceFactory(sentence=current, code="80701", description="Driving while disqualified")
    for year, code in PAST.items():
        sentence = SentenceFactory(case=case, active=False, convicted_on=date(year, 3, 1))
        OffenceFactory(sentence=sentence, code=code)
    RelatedPersonFactory(case=case, name="Kayla Thackeray")
    Contact.objects.create(
        case=case,
        source_id="1",
        type_code="CIEA",
        started_at=datetime(2018, 9, 28, 9, tzinfo=UTC),
        notes=NOTE,
    )
    AgencyFactory(name="Thames Valley Police")
    AgencyFactory(name="Reading social care", kind="children")
    return case


@pytest.fixture
def assessment(alan):
    return begin_assessment(case=alan, by=alan.officer, today=TODAY, now=NOW)


def facts_of(assessment):
    assessment.refresh_from_db()
    return assessing_facts([assessment], TODAY)[assessment.pk]


def answered(assessment, given):
    """Each part as its page sends it."""
    parts = {code: one.part for code, one in QUESTIONS.items()}
    by_part: dict = {}
    for code, value in given.items():
        if not code.endswith(".covers"):
            by_part.setdefault(parts.get(code, AnalysisPart.PATTERNS), {})[code] = value
    for part, answers in by_part.items():
        answer_part(
            assessment=assessment,
            part=part,
            given=answers,
            seen={},
            by=assessment.case.officer,
            today=TODAY,
            now=NOW,
        )
    assessment.refresh_from_db()


def signed(assessment, explained=None):
    return sign_assessment(
        assessment=assessment,
        explained=explained or {},
        by=assessment.case.officer,
        today=TODAY,
        now=NOW,
    )


def checked(case):
    """The police and social care asked, answered and read."""
    for enquiry in Enquiry.objects.filter(case=case).order_by("pk"):
        send_enquiry(
            enquiry=enquiry,
            asked_of=enquiry.agency.name,
            told_person=True,
            on=TODAY,
            by=case.officer,
            today=TODAY,
        )
        record_reply(
            enquiry=enquiry,
            answers={one.pk: Reply.NO_TRACE for one in enquiry.subjects.all()},
            text="",
            on=TODAY,
            by=case.officer,
            today=TODAY,
            now=NOW,
        )
        analyse_reply(
            enquiry=enquiry,
            changes=[Changes.NOTHING],
            analysis="Nothing is known under these names; his daughter is asked about again in March.",
            by=case.officer,
            today=TODAY,
        )


def as_the_report_tells_it(assessment):
    """Low, with every box of the full analysis saying one thing."""
    boxes = [
        code
        for code, one in QUESTIONS.items()
        if one.part == AnalysisPart.HARM and one.how == Answered.WORDS
    ]
    levels = {code: Rosh.LOW.value for code in QUESTIONS if code.endswith(".level")}
    answered(
        assessment, {**levels, **dict.fromkeys(boxes, STOCK), "screening.indicators": ["none"]}
    )


def test_as_the_report_tells_it_it_cannot_be_signed_and_the_message_names_what_is_missing(
    assessment,
):
    as_the_report_tells_it(assessment)

    with pytest.raises(RuleBroken) as refusal:
        signed(assessment, {"unscored": "Not spoken of yet; asked on Monday."})

    for named in (
        "wounding (2004)",
        "assault occasioning actual bodily harm (2009)",
        "robbery (1999)",
        "common assault (1996)",
        "police called to the home (2018)",
        "social care involvement (2018)",
        "pre-sentence report (2018)",
        "Police: the check has not been sent",
        "Children's social care: the check has not been sent",
        "whether the SARA is done",
    ):
        assert named in str(refusal.value), named
    assessment.refresh_from_db()
    assert assessment.state == AssessmentState.DRAFT


def test_no_name_of_anybody_stands_in_what_is_to_do(assessment):
    with pytest.raises(RuleBroken) as refusal:
        signed(assessment)

    assert "Kayla" not in str(refusal.value)
    assert "Thackeray" not in str(refusal.value)


def test_the_boxes_filled_with_one_phrase_are_asked_about_one_by_one(assessment):
    as_the_report_tells_it(assessment)
    checked(assessment.case)
    answered(assessment, {c: a for c, a in answers_for(facts_of(assessment)).items() if c.startswith(("pattern.", "sara."))})  # fmt: skip

    with pytest.raises(RuleBroken, match="could be said of anybody"):
        signed(assessment)


def test_answered_honestly_he_is_signed_with_the_seniors_signature(assessment):
    case = assessment.case
    checked(case)
    answered(assessment, answers_for(facts_of(assessment), level=Rosh.LOW))

    signed(assessment)

    assessment.refresh_from_db()
    assert assessment.state == AssessmentState.WAITING
    senior = UserFactory(role=Role.SPO, team=case.team)
    later = NOW + timedelta(hours=1)
    countersign_assessment(assessment=assessment, by=senior, today=TODAY, now=later)
    assessment.refresh_from_db()
    assert (assessment.state, assessment.harm) == (AssessmentState.SIGNED, Rosh.LOW)


def test_he_is_asked_about_five_things_and_no_more(assessment):
    asked = asked_of(facts_of(assessment).patterns)

    assert [one.title for one in asked] == [
        "Violence",
        "Harm or concern about a child",
        "Domestic abuse: a known adult",
        "What was told before sentence",
        "The most serious: wounding (2004)",
    ]
