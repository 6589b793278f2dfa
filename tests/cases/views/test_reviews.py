import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape
from django.utils.timezone import localdate

from cases.models import Review
from cases.queries.review_facts import known_of
from cases.reference.reviews import Answered, ReviewBecause, ReviewState
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases import a_review
from tests.cases.views.a_case import see, words
from tests.factories import (
    CaseFactory,
    DeadlineFactory,
    RecommendationFactory,
    RelatedPersonFactory,
    ReviewFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HOLLOW = "Risk remains manageable and will be monitored in supervision as before."


@pytest.fixture
def case():
    return a_review.reviewed_case()


@pytest.fixture
def senior(case):
    return a_review.senior_of(case)


def send(client, user, name, case, *beside, data, **query):
    client.force_login(user)
    return client.post(reverse(name, args=[case.crn, *beside], query=query), data, follow=True)


def read_of(review):
    review.refresh_from_db()
    return known_of(review, localdate()).mark


# Beginning, and what has happened


def test_a_review_is_begun_with_what_calls_for_it_chosen_and_opens_with_what_happened(client, case):
    a_review.three_things(case)
    DeadlineFactory(case=case, kind="review_event")
    assert (
        see(client, case.officer, "write-review", case).context["form"]["because"].value()
        == "event"
    )

    page = words(send(client, case.officer, "write-review", case, data={"because": "event"}))

    assert f"Since {say_date(a_review.day(a_review.AGO))}, when the plan was signed" in page
    assert page.index('id="events"') < page.index("The rest of the review")
    for said in ("Police call-out", "2 appointments missed", "Moved to a new address"):
        assert said in page
    assert Review.objects.get().because == ReviewBecause.EVENT


def test_what_is_still_to_do_stands_at_the_top_from_the_first_minute(client, case):
    a_review.call_out(case)
    a_review.begun(case)

    page = words(see(client, case.officer, "write-review", case))

    assert "2 things still to do before you can sign this review" in page
    assert "Police call-out" in page.split("</section>")[0] or "not answered" in page


def test_two_events_are_answered_together_in_one_go(client, case):
    a_review.two_missed(case)
    a_review.new_address(case)
    review = a_review.begun(case)
    keys = a_review.keys_of(review, "missed") + a_review.keys_of(review, "new_address")

    page = words(
        send(
            client, case.officer, "write-review", case,
            data={"keys": keys, "answer": "nothing", "words": f"{a_review.MISSED} {a_review.MOVED}", "seen": "{}"},
        )
    )  # fmt: skip

    assert "2 are answered together." in page
    assert page.count("Answered together with 1 other") == 2


def test_one_is_answered_by_a_step_put_in_the_plan_on_the_spot(client, case):
    a_review.call_out(case)
    review = a_review.begun(case)
    step = {"what": a_review.STEP["what"], "by_whom": "Duty", "by_on": "tomorrow", "raise_to": ""}

    page = words(
        send(
            client, case.officer, "write-review", case,
            data={
                "keys": a_review.keys_of(review, "call_out"), "answer": "change",
                "words": a_review.CALL_OUT, "seen": "{}",
            } | step,
        )
    )  # fmt: skip

    assert "It is answered." in page
    assert f"Step put in the plan: {a_review.STEP['what']}" in page
    assert case.plan_actions.filter(what=a_review.STEP["what"]).exists()


def test_half_a_step_is_asked_for_whole_and_nothing_is_lost(client, case):
    a_review.call_out(case)
    review = a_review.begun(case)

    page = words(
        send(
            client, case.officer, "write-review", case,
            data={
                "keys": a_review.keys_of(review, "call_out"), "answer": "change", "seen": "{}",
                "words": a_review.CALL_OUT, "what": "Ring her", "by_whom": "", "by_on": "",
            },
        )
    )  # fmt: skip

    assert "Say by whom, or leave the step out" in page
    assert escape(a_review.CALL_OUT) in page
    assert not review.happened.exclude(answer="").exists()


def test_an_answer_without_a_tick_says_what_to_tick(client, case):
    a_review.call_out(case)
    a_review.begun(case)

    page = words(
        send(
            client, case.officer, "write-review", case,
            data={"answer": "nothing", "words": a_review.MISSED, "seen": "{}"},
        )
    )  # fmt: skip

    assert "Tick what you answer, one or several" in page
    assert escape(a_review.MISSED) in page


def test_what_two_people_answered_is_shown_and_the_words_stay_in_the_box(client, case, senior):
    a_review.call_out(case)
    review = a_review.begun(case)
    keys = a_review.keys_of(review, "call_out")
    a_review.answer(review, keys, words="Asleep at his mother's that night, said the police.")

    page = words(
        send(
            client, senior, "write-review", case,
            data={"keys": keys, "answer": "nothing", "words": a_review.CALL_OUT, "seen": "{}"},
        )
    )  # fmt: skip

    assert "Changed by somebody else while you were writing" in page
    assert escape(a_review.CALL_OUT) in page
    assert "Asleep" in review.happened.get(key=keys[0]).words


def test_an_answer_is_changed_with_what_stood_in_its_boxes(client, case):
    a_review.call_out(case)
    review = a_review.begun(case)
    keys = a_review.keys_of(review, "call_out")
    a_review.answer(review, keys)

    form = see(client, case.officer, "write-review", case, event=keys[0]).context["form"]

    assert form["words"].value() == a_review.MISSED
    assert form["keys"].value() == keys


def test_a_change_is_shown_before_beside_after_and_one_of_wording_is_said_to_be_so(client, case):
    a_review.call_out(case)
    review = a_review.begun(case)
    a_review.answer(
        review,
        a_review.keys_of(review, "call_out"),
        Answered.CHANGE,
        a_review.CALL_OUT,
        step=a_review.step(),
    )
    step = case.plan_actions.filter(objective__isnull=False).first()
    step.what = f"{step.what}."
    step.save()

    page = words(see(client, case.officer, "write-review", case))

    table = page.split('id="changes"')[1].split('id="checks"')[0]
    assert a_review.STEP["what"] in table
    assert "Wording only" in table


# The parts


def test_each_part_shows_what_stands_beside_what_is_asked(client, case):
    a_review.begun(case)

    page = words(see(client, case.officer, "review-part", case, "still_right"))

    assert "Risk of serious harm to a known adult" in page
    assert "Medium" in page
    assert "still right?" in page


def test_what_is_said_in_a_part_is_kept_and_the_next_follows(client, case):
    review = a_review.begun(case)
    form = see(client, case.officer, "review-part", case, "progress").context["form"]

    page = send(
        client, case.officer, "review-part", case, "progress",
        data={"compliance-words": "He comes when he can.", "seen": form.initial["seen"], "then": "on"},
    )  # fmt: skip

    review.refresh_from_db()
    assert review.answers["compliance.words"] == "He comes when he can."
    assert page.redirect_chain[-1][0] == reverse("review-part", args=[case.crn, "still_right"])


def test_a_gap_leads_to_the_very_box_that_mends_it(client, case):
    a_review.begun(case)

    page = words(see(client, case.officer, "write-review", case))

    address = reverse("review-part", args=[case.crn, "person"])
    assert f'href="{address}#id_person_view"' in page
    assert 'id="id_person_view' in words(see(client, case.officer, "review-part", case, "person"))


def test_a_part_that_nobody_asks_is_not_there(client, case):
    a_review.begun(case)

    assert see(client, case.officer, "review-part", case, "nonsense").status_code == 404


# Signing


def signed_by_page(client, case, user=None):
    user = user or case.officer
    form = see(client, user, "sign-review", case).context["form"]
    said = dict.fromkeys(form.keys, a_review.SENTENCE)
    return send(client, user, "sign-review", case, data=said | {"read": form.stands})


def test_a_review_of_three_events_is_signed_and_says_what_happens_next(client, case):
    a_review.three_things(case)
    review = a_review.written(case)
    a_review.answered_well(review)

    page = words(signed_by_page(client, case))

    assert "The review is signed" in page
    assert "The review is complete. What it answers is not asked again." in page
    assert "Each step that was put in the plan is on" in page


def test_while_something_stands_in_the_way_nothing_is_signed(client, case):
    a_review.call_out(case)
    review = a_review.begun(case)

    page = words(see(client, case.officer, "sign-review", case))
    send(client, case.officer, "sign-review", case, data={"read": read_of(review)})

    assert "still to do before you can sign this review" in page
    assert "Sign the review</button>" not in page
    review.refresh_from_db()
    assert review.state == ReviewState.DRAFT


def test_what_happened_since_the_page_was_opened_is_read_before_it_is_signed(client, case):
    review = a_review.written(case)
    read = read_of(review)
    a_review.two_missed(case)
    a_review.answer(review, a_review.keys_of(review, "missed"))

    page = words(send(client, case.officer, "sign-review", case, data={"read": read}))

    assert "Something has happened or changed since you opened this page" in page


def test_nothing_happened_is_one_page_with_what_was_looked_at(client, case):
    a_review.begun(case)
    desk = words(see(client, case.officer, "write-review", case))
    assert reverse("quiet-review", args=[case.crn]) in desk
    page = see(client, case.officer, "quiet-review", case)
    assert "What was looked at" in words(page)

    done = words(
        send(
            client, case.officer, "quiet-review", case,
            data={"read": page.context["form"].stands, "person_words": "All is well.", "because": a_review.SENTENCE},
        )
    )  # fmt: skip

    assert "The review is signed" in done
    assert "put in the plan" not in done
    review = Review.objects.get()
    whole = words(see(client, case.officer, "review", case, review.pk))
    assert "Nothing significant happened, confirmed with the person." in whole
    assert "“All is well.”" in whole


def test_one_page_is_not_offered_once_something_has_happened(client, case):
    a_review.call_out(case)
    a_review.begun(case)

    assert "one page is enough" not in words(see(client, case.officer, "write-review", case))
    page = see(client, case.officer, "quiet-review", case)
    assert page.status_code == 302


# No change recorded, and the senior


@pytest.fixture
def hollow(case):
    a_review.three_things(case)
    review = a_review.written(case)
    keys = [one.key for one in review.happened.filter(significant=True)]
    a_review.answer(review, keys, words=HOLLOW)
    return review


def test_the_officer_sees_what_the_senior_will_see_before_signing(client, hollow):
    page = words(see(client, hollow.case.officer, "sign-review", hollow.case))

    assert "No change recorded" in page
    assert "This is what your senior probation officer will see beside it" in page


def test_the_senior_reads_it_first_of_all_and_says_what_they_found(client, hollow, senior):
    case = hollow.case
    signed_by_page(client, case)
    ReviewFactory(
        case=CaseFactory(team=case.team),
        state="waiting",
        signed_by=UserFactory(),
        signed_at=a_review.at(9),
    )
    client.force_login(senior)
    listed = words(client.get(reverse("reviews")))
    assert "No change recorded, not read yet." in listed
    assert listed.index(case.crn) < listed.index("waits for a senior", listed.index(case.crn) + 9)

    page = see(client, senior, "countersign-review", case, hollow.pk)
    assert "Not read by a senior probation officer yet." in words(page)
    done = words(
        send(
            client, senior, "countersign-review", case, hollow.pk,
            data={"read": page.context["form"].stands, "decision": "agree", "found": a_review.SENTENCE},
        )
    )  # fmt: skip

    assert "The review is countersigned and complete." in done
    assert "The senior found:" in done
    assert "No change recorded, not read yet." not in words(
        client.get(reverse("reviews"), {"show": "complete"})
    )


def test_one_that_is_complete_and_recorded_no_change_waits_for_no_senior(client, senior):
    case = CaseFactory(team=senior.team)
    ReviewFactory(case=case, complete=True, hollow=True, countersigned_by=senior)
    client.force_login(senior)

    shown = words(client.get(reverse("reviews"), {"show": "reading"}))

    assert case.crn not in shown


def test_given_back_it_leads_the_officer_to_the_box(client, hollow, senior):
    case = hollow.case
    signed_by_page(client, case)
    page = see(client, senior, "countersign-review", case, hollow.pk)

    send(
        client, senior, "countersign-review", case, hollow.pk,
        data={
            "read": page.context["form"].stands, "decision": "return", "question": "agencies.words",
            "note": "What did the police say?",
        },
    )  # fmt: skip

    lands = see(client, case.officer, "put-review-right", case, hollow.pk)
    assert lands["Location"].endswith("/part/person/#id_agencies-words")
    assert "What did the police say?" in words(see(client, case.officer, "write-review", case))
    rows = words(see(client, case.officer, "case", case))
    assert reverse("put-review-right", args=[case.crn, hollow.pk]) in rows


def test_one_that_waits_is_not_written_on(client, hollow):
    case = hollow.case
    signed_by_page(client, case)

    for name in ("write-review", "sign-review", "drop-review", "quiet-review"):
        assert see(client, case.officer, name, case).status_code == 302, name


def test_a_list_that_is_empty_does_not_say_that_nothing_is_owed(client, senior):
    DeadlineFactory(case=CaseFactory(team=senior.team), kind="review_case")
    client.force_login(senior)

    shown = words(client.get(reverse("reviews")))

    assert "1 owed" in shown
    assert "Nothing is owed" not in shown


def test_no_list_sets_one_officer_beside_another(client, hollow, senior):
    signed_by_page(client, hollow.case)
    client.force_login(senior)

    for show in ("reading", "no-change", "owed", "writing", "complete"):
        page = words(client.get(reverse("reviews"), {"show": show}))
        heads = re.findall(r"<th[^>]*>(.*?)</th>", page.split("</thead>")[0])
        assert not any("Officer" in head for head in heads), show


# Reading


def test_the_list_says_what_each_review_changed(client, case):
    assert "None is made." in words(see(client, case.officer, "case-reviews", case))
    a_review.call_out(case)
    review = a_review.written(case)
    a_review.answered_well(review)
    a_review.sign(review)

    page = words(see(client, case.officer, "case-reviews", case))

    assert "Changed: New step" in page


def test_the_persons_own_words_are_quoted(client, case):
    review = a_review.written(case)

    page = words(see(client, case.officer, "review", case, review.pk))

    assert f"“{a_review.WORDS}”" in page


def test_a_protected_name_is_kept_from_those_who_may_not_see_it(client, case):
    RelatedPersonFactory(case=case, name="Robin Tully", protected=True)
    review = a_review.written(case)
    a_review.say(review, next__words="Robin Tully is rung on Monday.")

    page = words(see(client, UserFactory(role=Role.QUALITY), "review", case, review.pk))

    assert "Tully" not in page
    assert "[name protected] is rung on Monday" in page


def test_given_up_it_is_kept_and_owed(client, case):
    review = a_review.begun(case)

    page = words(
        send(
            client, case.officer, "drop-review", case, data={"because": "Begun on the wrong case."}
        )
    )

    assert "A review is owed still" in page
    review.refresh_from_db()
    assert review.state == ReviewState.DROPPED


def test_a_review_that_a_contested_recommendation_called_for_says_so_openly(client, case, senior):
    one = RecommendationFactory(
        case=case,
        state="contested",
        contested_because="It was seen to in May.",
        answered_by=case.officer,
    )
    review = a_review.begun(case, ReviewBecause.RECOMMENDED, recommendation=one)
    a_review.heard(review)
    a_review.fill_in(review)
    assert "is contested. Have it decided first" in words(
        see(client, case.officer, "sign-review", case)
    )

    a_review.say(
        review, contested__words="It looks at the risk to her anew, and leaves the visits."
    )
    signed_by_page(client, case)

    page = words(see(client, senior, "countersign-review", case, review.pk))
    assert "was contested when it was signed" in page


# Many rows


@pytest.mark.parametrize("name", ["write-review", "sign-review", "case-reviews"])
def test_a_page_costs_the_same_however_much_there_is(client, name):
    counts = []
    for rows in (5, 60):
        case = a_review.reviewed_case()
        for n in range(rows):
            a_review.call_out(case, days_ago=10 + n % 60)
            if name == "case-reviews":
                ReviewFactory(case=case, complete=True)
        if name != "case-reviews":
            review = a_review.begun(case)
            a_review.answer(review, a_review.keys_of(review, "call_out")[: rows // 2])
        see(client, case.officer, name, case)  # whatever is kept for the session
        with CaptureQueriesContext(connection) as captured:
            see(client, case.officer, name, case)
        counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("show", ["reading", "owed", "complete"])
def test_the_list_of_reviews_costs_the_same_however_many_there_are(client, show):
    head, counts = UserFactory(role=Role.HEAD), []
    client.force_login(head)
    for rows in (5, 55):
        for _ in range(rows):
            case = CaseFactory()
            ReviewFactory(case=case, complete=True, hollow=True)
            DeadlineFactory(case=case, kind="review_case")
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("reviews"), {"team": "all", "show": show})
        counts.append(len(captured))

    assert counts[0] == counts[1]
