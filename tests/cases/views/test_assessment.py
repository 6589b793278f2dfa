from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from cases.models import Assessment, PotentialVictim
from cases.queries.assessing import assessing_facts
from cases.reference.harm import AnalysisPart, AssessmentState, HarmGroup
from cases.reference.needs import NeedArea
from cases.reference.questions import of_group, of_pattern
from cases.rules.answering import field_name
from cases.rules.patterns import asked_of
from cases.rules.signing import digest
from staff.forms import LongTextField
from staff.models import Draft
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    NOW,
    TODAY,
    AddressFactory,
    AssessmentFactory,
    CaseFactory,
    EnquiryFactory,
    OffenceFactory,
    PlanFactory,
    PotentialVictimFactory,
    RelatedPersonFactory,
    SentenceFactory,
    StandingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LOW_ALL_ROUND = {of_group(group, "level"): "RLRH" for group in HarmGroup}
WHOLE = LOW_ALL_ROUND | {
    "screening.indicators": ["none"],
    "harm.increase": "Losing the flat, and drinking with his brother.",
    "harm.reduce": "Work at the yard, and seeing his daughter.",
    "harm.because": "Nothing in the record or in what police said points to anybody.",
}
YEARS_AGO = date(2009, 5, 11)
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff" * 3


@pytest.fixture
def case():
    case = CaseFactory()
    StandingFactory(case=case)
    SentenceFactory(case=case)
    return case


@pytest.fixture
def senior(case):
    return UserFactory(role=Role.SPO, team=case.team)


@pytest.fixture
def draft(case):
    return AssessmentFactory(case=case, answers=dict(WHOLE))


def violent(case, times):
    for number in range(times):
        earlier = SentenceFactory(case=case, active=False, event=f"9{number}")
        OffenceFactory(sentence=earlier, code="00801", description="Wounding")


def post(client, user, page, case, *beside, follow=True, **data):
    client.force_login(user)
    return client.post(reverse(page, args=[case.crn, *beside]), data, follow=follow)


def form_of(client, user, case, part, name="assess-part"):
    """The form as it is drawn for this reader."""
    return see(client, user, name, case, part).context["form"]


def filled(form, **given):
    """What a browser sends of it, with these answers put in by the code of their question."""
    shown = {name: form[name].value() for name in form.fields if not name.startswith("right-")}
    sent = {name: value for name, value in shown.items() if value}
    return sent | {field_name(code): value for code, value in given.items()}


def last_words(form):
    """The code of the last question that is answered in words, or None."""
    boxes = [
        code for name, code in form.codes.items() if isinstance(form.fields[name], LongTextField)
    ]
    return boxes[-1] if boxes else None


# The tab


def test_with_no_assessment_the_tab_says_that_nobody_has_said_whom_they_could_hurt(client, case):
    page = words(see(client, case.officer, "assessment", case))

    assert "nobody has said whom this person could hurt" in page
    assert "Begin an assessment" in page


@pytest.mark.parametrize(
    ("said", "words_of_it"),
    [
        ({}, "Not recorded"),
        ({"drugs.offending": "no"}, "Not recorded"),
        ({"drugs.offending": "no", "drugs.harm": "no"}, "Not linked"),
        ({"drugs.offending": "no", "drugs.harm": "yes"}, "Harm"),
        ({"drugs.offending": "yes", "drugs.harm": "yes"}, "Reoffending and harm"),
    ],
)
def test_a_need_nobody_has_linked_or_not_is_not_said_to_be_linked_to_nothing(
    client, case, said, words_of_it
):
    answers = {code: one for code, one in WHOLE.items() if not code.startswith("drugs.")}
    AssessmentFactory(case=case, signed=True, answers=answers | said)

    needs = see(client, case.officer, "assessment", case).context["page"].needs

    assert [one.linked for one in needs if one.area == NeedArea.DRUGS.title] == [words_of_it]


def test_one_that_waits_is_not_said_to_be_unsigned_or_to_have_one_before_it(client, case, senior):
    AssessmentFactory(
        case=case, answers=WHOLE, state="waiting", signed_at=NOW, signed_by=case.officer,
        countersign_because="Low, with past behaviour.",
    )  # fmt: skip

    page = words(see(client, case.officer, "assessment", case))

    assert "None is in force here until a senior probation officer has countersigned it." in page
    assert "No assessment has been signed here" not in page


def test_one_is_begun_and_says_what_is_still_to_do_from_the_first_minute(client, case):
    page = words(post(client, case.officer, "begin-assessment", case))

    assert Assessment.objects.get(case=case).begun_by == case.officer
    assert "still to do before you can sign this assessment" in page
    assert f"{reverse('assess-part', args=[case.crn, 'harm'])}#id_screening-indicators" in page


def test_only_one_is_begun(client, case, draft):
    page = words(post(client, case.officer, "begin-assessment", case))

    assert "Go on with that one" in page
    assert Assessment.objects.count() == 1


def test_the_tab_shows_the_one_in_force_with_scores_and_what_is_not_scored(client, case):
    scored = {
        "drugs.current": "2",
        "drugs.major": "1",
        "drugs.offending": "yes",
        "self.drugs": "no",
    }
    AssessmentFactory(case=case, signed=True, answers=WHOLE | scored)

    page = words(see(client, case.officer, "assessment", case))

    assert "Medium risk of serious harm" in page
    assert "Score 3: a need (a need from 2, severe from 8)" in page
    assert "Not scored" in page
    assert "Differs from the officer" in page


@pytest.mark.parametrize("role", [Role.QUALITY, Role.AUDITOR, Role.HEAD])
def test_those_who_only_read_are_offered_nothing_to_write(client, case, role):
    page = words(see(client, UserFactory(role=role), "assessment", case))

    assert "Begin an assessment" not in page


# The parts


@pytest.mark.parametrize("part", sorted(set(AnalysisPart) - {AnalysisPart.VICTIMS}))
def test_each_part_is_saved_and_drawn_again_as_it_was_sent(client, case, draft, part):
    form = form_of(client, case.officer, case, part)
    code = last_words(form)
    given = {code: "What he said to me on Monday."} if code else {}

    page = post(client, case.officer, "assess-part", case, part, **filled(form, **given))

    draft.refresh_from_db()
    assert page.redirect_chain
    assert draft.answers == WHOLE | given
    again = words(see(client, case.officer, "assess-part", case, part))
    assert all(text in again for text in given.values())


@pytest.mark.parametrize("area", [NeedArea.DRUGS, NeedArea.HEALTH])
def test_an_area_of_need_has_a_page_of_its_own_and_leads_to_the_next(client, case, draft, area):
    form = form_of(client, case.officer, case, area, "assess-area")
    sent = filled(form, **{f"{area}.notes": "Since March."}) | {"then": "on"}

    page = post(client, case.officer, "assess-area", case, area, follow=False, **sent)

    draft.refresh_from_db()
    assert draft.answers[f"{area}.notes"] == "Since March."
    assert page["Location"] != reverse("assess", args=[case.crn])


@pytest.mark.parametrize(("name", "code"), [("assess-part", "rubbish"), ("assess-area", "rubbish")])
def test_a_part_that_there_is_not_is_not_found(client, case, draft, name, code):
    assert see(client, case.officer, name, case, code).status_code == 404


def test_what_the_record_knows_stands_beside_the_need_and_is_not_typed_again(client, case, draft):
    AddressFactory(case=case, lines="4 Example Street")

    page = words(see(client, case.officer, "assess-area", case, "accommodation"))

    assert "4 Example Street" in page
    assert "From the record" in page


def test_none_of_these_with_something_else_is_refused_and_keeps_what_was_typed(client, case, draft):
    form = form_of(client, case.officer, case, "harm")
    sent = filled(form, **{"harm.increase": "Typed just now."}) | {
        "screening-indicators": ["none", "violence"]
    }

    page = words(post(client, case.officer, "assess-part", case, "harm", **sent))

    assert "Choose what is there, or none" in page
    assert "Typed just now." in page
    draft.refresh_from_db()
    assert draft.answers["screening.indicators"] == ["none"]


def test_a_level_lowered_by_mistake_costs_no_words(client, case, draft):
    who = of_group(HarmGroup.CHILDREN, "who")
    draft.answers |= {of_group(HarmGroup.CHILDREN, "level"): "RMRH", who: "His daughter."}
    draft.save()
    form = form_of(client, case.officer, case, "harm")
    low = filled(form, **{of_group(HarmGroup.CHILDREN, "level"): "RLRH"})

    post(client, case.officer, "assess-part", case, "harm", **low)

    draft.refresh_from_db()
    assert (draft.answers[of_group(HarmGroup.CHILDREN, "level")], draft.answers[who]) == (
        "RLRH",
        "His daughter.",
    )
    read = words(see(client, case.officer, "see-assessment", case, draft.pk))
    assert "His daughter." not in read


def test_sara_not_done_leaves_what_was_said_when_it_was(client, case, draft):
    draft.answers |= {"sara.done": "done", "sara.partner": "high"}
    draft.save()
    form = form_of(client, case.officer, case, "domestic_abuse")
    sent = filled(
        form, **{"sara.done": "not_done", "sara.because": "He would not see the assessor."}
    )

    post(client, case.officer, "assess-part", case, "domestic_abuse", **sent)

    draft.refresh_from_db()
    assert draft.answers["sara.because"] == "He would not see the assessor."
    assert draft.answers["sara.partner"] == "high"


# Past behaviour


def test_every_item_of_past_behaviour_is_answered_on_one_page(client, case, draft):
    violent(case, 3)
    form = form_of(client, case.officer, case, "patterns")
    asked = asked_of(assessing_facts([draft], TODAY)[draft.pk].patterns)
    answers = {}
    for item in asked:
        answers[of_pattern(item.key, "relevance")] = "now"
        answers[of_pattern(item.key, "words")] = (
            f"When he drinks; it was the same each time {item.key}."
        )

    post(client, case.officer, "assess-part", case, "patterns", **filled(form, **answers))

    draft.refresh_from_db()
    assert asked
    assert answers.items() <= draft.answers.items()
    assert all(draft.answers[of_pattern(one.key, "covers")] == sorted(one.covers) for one in asked)


def test_what_is_sent_of_an_episode_that_is_no_longer_the_latest_is_kept(client, case, draft):
    violent(case, 3)
    case.sentences.filter(active=False).update(convicted_on=YEARS_AGO)
    form = form_of(client, case.officer, case, "patterns")
    latest = asked_of(assessing_facts([draft], TODAY)[draft.pk].patterns)[-1]
    said = of_pattern(latest.key, "words")
    later = SentenceFactory(case=case, active=False, convicted_on=TODAY)
    OffenceFactory(sentence=later, code="00801", committed_on=TODAY, description="Wounding")
    asked = asked_of(assessing_facts([draft], TODAY)[draft.pk].patterns)
    assert latest.key not in {one.key for one in asked}

    sent = filled(form, **{said: "He was drunk and had not slept."})
    post(client, case.officer, "assess-part", case, "patterns", **sent)

    draft.refresh_from_db()
    assert draft.answers[said] == "He was drunk and had not slept."


def test_with_no_past_behaviour_the_page_says_that_nothing_is_owed(client, case, draft):
    page = words(see(client, case.officer, "assess-part", case, "patterns"))

    assert "None is recorded." in page
    assert "Nothing is owed." in page


def test_past_behaviour_costs_the_same_for_five_episodes_as_for_sixty(client, case, draft):
    def cost(number):
        violent(case, number - case.sentences.filter(active=False).count())
        see(client, case.officer, "assess-part", case, "patterns")
        with CaptureQueriesContext(connection) as found:
            see(client, case.officer, "assess-part", case, "patterns")
        return len(found)

    assert cost(5) == cost(60)


@pytest.mark.parametrize("page", ["assessment", "assess", "sign-assessment", "victims"])
def test_a_page_costs_the_same_however_much_there_is(client, case, draft, page):
    def cost(number):
        for _ in range(number):
            AssessmentFactory(case=case, signed=True, state="replaced", begun_by=UserFactory())
            PotentialVictimFactory(person__case=case)
            EnquiryFactory(case=case, sent=True)
        see(client, case.officer, page, case)
        with CaptureQueriesContext(connection) as found:
            see(client, case.officer, page, case)
        return len(found)

    assert cost(5) == cost(55)


# What was pulled forward


def test_pulled_forward_text_says_so_and_is_confirmed_by_a_tick(client, case):
    before = AssessmentFactory(case=case, signed=True, answers=WHOLE)
    draft = AssessmentFactory(
        case=case, follows=before, answers=dict(WHOLE), carried=["harm.increase"]
    )
    form = form_of(client, case.officer, case, "harm")
    page = words(see(client, case.officer, "assess-part", case, "harm"))

    sent = filled(form) | {"right-harm-increase": "on"}
    post(client, case.officer, "assess-part", case, "harm", **sent)

    draft.refresh_from_db()
    assert "Pulled forward from 1 October 2018, not yet confirmed" in page
    assert draft.carried == []


def test_the_share_that_nobody_has_confirmed_is_shown(client, case):
    before = AssessmentFactory(case=case, signed=True, answers=WHOLE)
    AssessmentFactory(case=case, follows=before, answers=dict(WHOLE), carried=["harm.increase"])

    page = words(see(client, case.officer, "assess", case))

    assert "1 of 3 texts pulled forward from 1 October 2018 and not yet confirmed" in page


# Two writers


def test_two_on_one_part_are_shown_both_texts_and_what_each_alone_changed_stands(
    client, case, draft
):
    other = UserFactory(role=Role.SPO, team=case.team)
    mine = filled(form_of(client, case.officer, case, "harm"))
    theirs = filled(form_of(client, other, case, "harm"))
    theirs |= {"harm-increase": "Her reply is open.", "harm-reduce": "Her own part."}
    post(client, other, "assess-part", case, "harm", **theirs)

    mine |= {"harm-increase": "His reply is debt.", "harm-because": "His own part."}
    page = post(client, case.officer, "assess-part", case, "harm", **mine)
    again = filled(page.context["form"])
    post(client, case.officer, "assess-part", case, "harm", **again)

    draft.refresh_from_db()
    assert "Her reply is open." in words(page)
    assert "His reply is debt." in words(page)
    assert draft.answers["harm.increase"] == "His reply is debt."
    assert draft.answers["harm.reduce"] == "Her own part."
    assert draft.answers["harm.because"] == "His own part."


def test_whoever_else_writes_is_named_on_the_task_list(client, case, draft):
    other = UserFactory(role=Role.SPO, team=case.team, first_name="Noor")
    see(client, other, "assess-part", case, "harm")

    page = words(see(client, case.officer, "assess", case))

    assert f"{other.name} is writing in it too" in page


def test_what_was_typed_and_not_sent_is_there_when_the_page_is_opened_again(client, case, draft):
    form = form_of(client, case.officer, case, "harm")
    sent = filled(form, **{"harm.increase": "Half a sen"}) | {
        "screening-indicators": ["none", "violence"]
    }
    post(client, case.officer, "assess-part", case, "harm", **sent)

    assert "Half a sen" in words(see(client, case.officer, "assess-part", case, "harm"))


def test_what_is_sent_after_it_was_signed_is_kept_and_said_to_be(client, case, draft):
    page = see(client, case.officer, "assess-part", case, "harm")
    sent = filled(page.context["form"], **{"harm.increase": "A whole evening's words."})
    draft.state = AssessmentState.SIGNED
    draft.signed_at, draft.signed_by, draft.completed_on = NOW, case.officer, TODAY
    draft.harm = "RLRH"
    draft.save()

    answer = post(client, case.officer, "assess-part", case, "harm", keep=page.context["words"].token, **sent)  # fmt: skip

    assert "What you typed is kept for you" in words(answer)
    assert "A whole evening's words." in str(Draft.objects.get(user=case.officer).fields)


# Signing


def answered_checks(case):
    EnquiryFactory(case=case, analysed=True)


def sign(client, case, draft, **more):
    page = see(client, case.officer, "sign-assessment", case)
    said = dict.fromkeys(
        page.context["form"].keys, "Asked him on Monday, and this is what he told me."
    )
    sent = {"read": digest(draft.answers)} | said | more
    return post(client, case.officer, "sign-assessment", case, **sent)


def test_with_a_gate_shut_there_is_no_button_but_a_list_and_where_to_ask(client, case, draft):
    violent(case, 1)

    page = words(see(client, case.officer, "sign-assessment", case))

    assert "Sign the assessment</button>" not in page
    assert "Past violence" in page
    assert f"{reverse('ask-override', args=[case.crn])}?act=assessment" in page


def test_a_sign_sent_past_a_shut_gate_is_refused_in_the_words_of_the_list(client, case, draft):
    page = words(sign(client, case, draft))

    draft.refresh_from_db()
    assert draft.state == AssessmentState.DRAFT
    assert "There is a problem" in page
    assert "the check has never been made" in page


def test_it_is_signed_with_a_sentence_for_each_warning_and_says_who_goes_on(client, case, draft):
    answered_checks(case)

    page = words(sign(client, case, draft))

    draft.refresh_from_db()
    assert draft.state == AssessmentState.SIGNED
    assert draft.signed_by == case.officer
    assert "makes the plan from it" in page


def test_a_warning_without_a_sentence_is_not_signed(client, case, draft):
    answered_checks(case)
    warned = list(see(client, case.officer, "sign-assessment", case).context["form"].keys)

    page = words(sign(client, case, draft, **{warned[0]: ""}))

    draft.refresh_from_db()
    assert "Say in a sentence of your own" in page
    assert draft.state == AssessmentState.DRAFT


def test_nobody_signs_what_has_changed_since_they_read_it(client, case, draft):
    answered_checks(case)

    page = words(sign(client, case, draft, read="what I read"))

    draft.refresh_from_db()
    assert "has changed since you opened this page" in page
    assert draft.state == AssessmentState.DRAFT


@pytest.fixture
def waiting(case):
    return AssessmentFactory(
        case=case,
        answers=dict(WHOLE),
        state="waiting",
        signed_at=NOW,
        signed_by=case.officer,
        countersign_because="Low, with past behaviour.",
        evidence={
            "gaps": [],
            "overrides": [],
            "warnings": [
                {
                    "key": "unscored",
                    "sentence": "Not scored: drugs.",
                    "said": "Asked, he does not use.",
                }
            ],
        },
    )


def test_a_senior_reads_the_whole_with_what_was_warned_and_said(client, case, senior, waiting):
    page = words(see(client, senior, "countersign-assessment", case))

    assert "Losing the flat" in page
    assert "Not scored: drugs." in page
    assert "Asked, he does not use." in page
    assert "Low, with past behaviour." in page


def test_a_senior_countersigns_and_it_is_in_force(client, case, senior, waiting):
    answered_checks(case)

    post(
        client, senior, "countersign-assessment", case,
        read=digest(waiting.answers), decision="agree",
    )  # fmt: skip

    waiting.refresh_from_db()
    assert (waiting.state, waiting.countersigned_by) == (AssessmentState.SIGNED, senior)


def test_a_senior_returns_it_and_the_officer_is_led_to_the_question(client, case, senior, waiting):
    post(
        client, senior, "countersign-assessment", case,
        read=digest(waiting.answers), decision="return", question="harm.because",
        note="What did police say of 2016?",
    )  # fmt: skip

    waiting.refresh_from_db()
    page = words(see(client, case.officer, "assess", case))
    assert waiting.state == AssessmentState.DRAFT
    assert "What did police say of 2016?" in page
    assert "What did police say of 2016?" in words(see(client, case.officer, "assessment", case))
    assert f"{reverse('assess-part', args=[case.crn, 'harm'])}#id_harm-because" in page


@pytest.mark.parametrize(
    "name", ["assess", "sign-assessment", "countersign-assessment", "drop-assessment"]
)
def test_with_nothing_to_write_or_sign_a_page_leads_back_to_the_tab(client, case, senior, name):
    page = see(client, senior, name, case)

    assert page["Location"] == reverse("assessment", args=[case.crn])


def test_what_was_said_of_the_latest_stays_said_when_another_is_the_latest(client, case):
    said = {"pattern.offence-0a1b2c3d4e5f.words": "He was drunk and nobody had called."}
    held = AssessmentFactory(case=case, signed=True, answers=WHOLE | said)

    page = words(see(client, case.officer, "see-assessment", case, held.pk))

    assert "He was drunk and nobody had called." in page


def test_an_assessment_is_given_up_and_kept(client, case, draft):
    post(client, case.officer, "drop-assessment", case)

    draft.refresh_from_db()
    assert (draft.state, draft.answers) == (AssessmentState.DROPPED, WHOLE)


# Who could be hurt


def test_somebody_new_is_named_and_their_name_protected(client, case):
    page = post(
        client, case.officer, "add-victim", case,
        who="new", name="Robin Field", kind="partner", relationship="Former partner",
        born_on="", group="known_adult", how="When she will not let him in.",
    )  # fmt: skip

    named = PotentialVictim.objects.get()
    assert (named.person.protected, named.person.sharing) == (True, "no")
    assert "Robin Field" in words(page)


def test_protected_names_are_kept_from_those_who_may_not_see_them(client, case):
    PotentialVictimFactory(person__case=case, person__name="Robin Field", how="Robin Field rang.")
    AssessmentFactory(
        case=case, signed=True, answers=WHOLE | {"harm.because": "Robin Field told us."}
    )
    colleague = UserFactory(team=case.team)
    latest = case.assessments.get().pk

    pages = [
        words(see(client, colleague, "assessment", case)),
        words(see(client, colleague, "victims", case)),
        words(see(client, colleague, "see-assessment", case, latest)),
    ]

    assert not any("Robin Field" in page for page in pages)
    assert "Robin Field" in words(see(client, case.officer, "victims", case))


def test_whoever_is_named_once_a_plan_is_signed_is_said_to_be_in_no_step_of_it(client, case):
    named = {
        "who": "new",
        "name": "Robin Field",
        "kind": "other",
        "relationship": "Neighbour",
        "group": "known_adult",
        "how": "Threatened over the wall when drinking.",
    }
    first = post(client, case.officer, "add-victim", case, **named, follow=True)
    PlanFactory(case=case, signed=True)

    second = post(
        client, case.officer, "add-victim", case, **named | {"name": "Sam Hill"}, follow=True
    )

    assert "The plan is not signed until it says how they are protected" in words(first)
    assert "The plan in force was signed before and has no step for them" in words(second)


def test_they_are_no_longer_named_once_somebody_says_why(client, case):
    named = PotentialVictimFactory(person__case=case)

    blank = words(post(client, case.officer, "end-victim", case, named.pk, because=""))
    post(
        client, case.officer, "end-victim", case, named.pk, because="They moved away and never met."
    )

    named.refresh_from_db()
    assert "Answer “Why are they no longer at risk" in blank
    assert named.ended_because == "They moved away and never met."
    assert named.ended_because in words(see(client, case.officer, "victims", case))


def test_a_long_name_and_words_without_a_space_are_shown_whole(client, case):
    RelatedPersonFactory(case=case, name=LONG_NAME)

    assert LONG_NAME in words(see(client, case.officer, "add-victim", case))


# On paper


def test_the_paper_names_the_case_on_each_page_and_no_protected_name(client, case):
    PotentialVictimFactory(person__case=case, person__name="Robin Field")
    long = "Robin Field told us what happened. " * 200
    done = AssessmentFactory(case=case, signed=True, answers=WHOLE | {"harm.because": long})

    answer = see(client, case.officer, "assessment-pdf", case, done.pk)

    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    assert answer["Content-Type"] == "application/pdf"
    assert len(pages) > 1
    assert all(case.crn in page and f"of {len(pages)}" in page for page in pages)
    assert not any("Robin Field" in page for page in pages)
