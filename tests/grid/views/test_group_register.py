"""The register on its page: a card a person, one button for all of it, and nothing typed that is lost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import NonAssociation, OutcomeCorrection, RelatedPerson
from cases.reference.codes import Register
from cases.services.outcomes import record_outcome
from grid.models import SeriesSession
from grid.reference.group_marks import Mark
from grid.services.group_register import say_of, send_register
from staff.models import Entry
from staff.permissions import Role
from tests.clock import frozen
from tests.factories import RegistrationFactory, UserFactory, limit
from tests.grid.a_group_session import (
    AFTER,
    MORNING,
    NEXT_DAY,
    TUESDAY,
    a_session,
    called_off_singly,
    everybody,
    fresh,
    join,
    lead,
    leader,
    leader_of,
    logged,
    said,
    the_only,
)
from tests.staff.markup import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_evening():
    with frozen(AFTER):
        yield


@pytest.fixture
def session():
    return a_session()


@pytest.fixture
def one(session):
    return the_only(session)


def words(response):
    return response.content.decode()


def see(client, session, *, by=None, name="group-register", args=()):
    client.force_login(by or leader_of(session))
    return client.get(reverse(name, args=[session.pk, *args]))


def page_of(client, session, **known):
    return words(see(client, session, **known))


def post(client, session, *, by=None, do="save", version=None, cards=()):
    """What is sent by the form as it stands: `cards` are (attendance, what is filled in); the others are left as they are."""
    filled = {one.pk: given for one, given in cards}
    version = version or SeriesSession.objects.get(pk=session.pk).version
    data = {"version": version, "do": do}
    for one in everybody(session):
        given = {"version": one.version} | filled.get(one.pk, {})
        if one.pk in filled or not one.mark:
            data |= {f"person-{one.pk}-{name}": value for name, value in given.items()}
    client.force_login(by or leader_of(session))
    return client.post(reverse("group-register", args=[session.pk]), data, follow=True)


def say(one, mark=Mark.TOOK_PART, *, by=None, **more):
    one = fresh(one)
    return say_of(
        attendance=one, version=one.version, said=said(one, mark, **more), by=by or leader_of(one.session),
        now=AFTER,
    )  # fmt: skip


def send(session):
    session = SeriesSession.objects.get(pk=session.pk)
    return send_register(session=session, version=session.version, by=leader_of(session), now=AFTER)


def marks(session):
    return [one.mark for one in everybody(session)]


# As it is opened


def test_a_card_a_person_with_six_answers_and_none_of_them_chosen(client):
    session = a_session(people=2)

    page = Page(page_of(client, session))

    for one in everybody(session):
        card = page.all("div", id=f"person-{one.pk}")[0]
        radios = page.all("input", type="radio", name=f"person-{one.pk}-mark")
        assert card["role"] == "group"
        assert page.all("h2", id=card["aria-labelledby"])[0].text == one.case.name
        assert [each["value"] for each in radios] == [mark.value for mark in Mark]
        assert not any("checked" in each.attributes for each in radios)
    assert len(page.all("h1")) == 1
    assert len(page.all("form", method="post", class_="app-no-print")) == 1


def test_it_says_which_session_where_and_who_leads(client, session):
    lead(session, leader("Kim Dale"))

    page = page_of(client, session)

    assert "Session 1 of 1. Tuesday 2 October 2018, 6pm to 8pm" in page
    assert f"Room 1, {session.series.place.name}" in page
    assert "Fran Field, Kim Dale" in page
    assert "1 person: 1 still to be said." in page
    assert "Up to 15 minutes late" in page


def test_every_box_has_a_label_and_no_two_things_one_id(client):
    page = Page(page_of(client, a_session(people=3)))

    ids = [one["id"] for one in page.elements if one["id"]]
    labelled = {one["for"] for one in page.all("label")}
    boxes = [
        one
        for name in ("input", "select", "textarea")
        for one in page.all(name)
        if one["type"] != "hidden" and one["id"] and one["id"].startswith("id_")
    ]
    assert len(ids) == len(set(ids))
    assert boxes
    assert all(one["id"] in labelled for one in boxes)


def test_whom_it_was_read_about_is_in_the_trail(client, one):
    see(client, one.session)

    entry = Entry.objects.get(action="read_group_register")
    assert (entry.crn, entry.detail) == (one.case.crn, {"session": one.session_id})


def test_nobody_expected_and_long_names_are_drawn(client):
    session = a_session(people=0)
    empty = page_of(client, session)
    one = join(session)
    one.case.surname = "Featherstonehaugh-Cholmondeley" * 3
    one.case.save()

    assert "would be here" in empty
    assert one.case.surname in page_of(client, session)


def test_twelve_people_take_as_many_statements_as_four(client):
    def statements(number):
        session = a_session(people=number)
        for one in everybody(session)[: number // 2]:
            say(one)
            RegistrationFactory(case=one.case, type_code=Register.SELF_HARM)
        user = leader_of(session)
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("group-register", args=[session.pk]))
        return len(queries)

    statements(2)
    assert statements(4) == statements(12)


# What must be known in the room


def test_what_must_be_known_to_run_the_room_is_on_the_card_in_a_few_words(client, one):
    RegistrationFactory(case=one.case, type_code=Register.RISK_TO_STAFF)
    RegistrationFactory(case=one.case, type_code=Register.SELF_HARM)
    RegistrationFactory(case=one.case, type_code=Register.RISK_TO_CHILDREN)
    limit(one.case, let_in=[leader_of(one.session)])
    one.case.limit.safety = "Two members of staff at all times."
    one.case.limit.save()

    page = page_of(client, one.session)

    for fact in ("At risk: children.", "Risk to staff.", "Risk of suicide or self-harm."):
        assert f"<strong>{fact}</strong>" in page
    assert "Two members of staff at all times." in page


def test_that_nothing_is_recorded_is_not_that_there_is_no_risk(client, session):
    assert "That is not the same as no risk." in page_of(client, session)


def test_nobody_is_told_who_is_kept_apart_from_whom_or_whom_an_order_protects(client):
    session = a_session(people=2)
    one, other = everybody(session)
    NonAssociation.objects.create(
        one=one.case, other=other.case, why="Qzxwvkjq attacked", from_on=TUESDAY
    )
    RelatedPerson.objects.create(
        case=one.case, kind="victim", name="Robin Qzxwvkjq", relationship="Victim", victim=True
    )

    page = page_of(client, session)

    assert "Qzxwvkjq" not in page
    assert "eep apart" not in page
    assert page.count(other.case.name) == page.count(one.case.name)


def test_nothing_of_safety_is_on_the_paper_that_lies_in_the_room(client, one):
    RegistrationFactory(case=one.case, type_code=Register.SELF_HARM)

    page = page_of(client, one.session)

    paper = page[page.index("To fill in on paper") :]
    assert one.case.name in paper
    assert one.case.crn in paper
    assert "self-harm" in page
    assert "self-harm" not in paper


# Saved


def test_everything_is_saved_by_one_button_and_is_in_the_cases(client):
    session = a_session(people=4)
    one, two, three, four = everybody(session)
    cards = [
        (one, {"mark": "took_part", "late_minutes": "10"}),
        (two, {"mark": "excused", "excuse": "AAME", "note": "A letter from the hospital."}),
        (three, {"mark": "not_come"}),
    ]

    page = words(post(client, session, cards=cards))

    assert "Saved for 3 people." in page
    assert marks(session) == ["took_part", "excused", "not_come", ""]
    assert [logged(each).outcome_code for each in everybody(session)] == ["ATTC", "AAME", "AFTA", ""]  # fmt: skip
    assert "Came and took part, 10 minutes late" in page
    assert "4 people: 1 came, 2 did not come and 1 still to be said." in page


def test_pressing_save_with_nothing_filled_in_says_so_and_saves_nothing(client):
    session = a_session(people=2)

    page = words(post(client, session, cards=[(each, {}) for each in everybody(session)]))

    assert "There was nothing new to save. Choose how it was with somebody" in page
    assert marks(session) == ["", ""]


def test_what_is_refused_stands_beside_the_person_as_typed_and_the_others_are_saved(client):
    session = a_session(people=3)
    one, two, three = everybody(session)
    cards = [
        (one, {"mark": "took_part"}),
        (two, {"mark": "sent_home", "note": "n/a"}),
        (three, {"note": "Rang at five.", "late_minutes": "5"}),
    ]

    answer = post(client, session, cards=cards)

    page = Page(words(answer))
    assert marks(session) == ["took_part", "", ""]
    assert "<title>Error: Register" in words(answer)
    summary = page.all("div", class_="govuk-error-summary")[0].text
    assert f"{two.case.name}: Say what they did" in summary
    assert f"{three.case.name}: Choose what came of it" in summary
    for each in (two, three):
        assert page.all("a", href=f"#id_person-{each.pk}-mark")
        assert page.all("input", id=f"id_person-{each.pk}-mark")
        assert page.all("div", id=f"id_person-{each.pk}-mark_error")
    chosen = [
        each["name"] for each in page.all("input", type="radio") if "checked" in each.attributes
    ]
    assert chosen == [f"person-{two.pk}-mark"]
    assert page.all("textarea", name=f"person-{three.pk}-note")[0].text.strip() == "Rang at five."
    assert not page.all("input", type="radio", name=f"person-{one.pk}-mark")


def test_what_was_not_taken_is_still_there_when_the_page_is_opened_again(client):
    session = a_session(people=2)
    one, two = everybody(session)
    cards = [(one, {"mark": "took_part"}), (two, {"note": "Rang at five."})]
    post(client, session, cards=cards)

    page = Page(page_of(client, session))

    assert page.all("textarea", name=f"person-{two.pk}-note")[0].text.strip() == "Rang at five."
    assert not page.all("textarea", name=f"person-{one.pk}-note")
    assert not page.all("div", class_="govuk-error-summary")


def test_minutes_that_are_no_number_are_said_beside_the_box(client, one):
    page = Page(
        words(
            post(client, one.session, cards=[(one, {"mark": "took_part", "late_minutes": "ten"})])
        )
    )

    assert page.all("div", id=f"id_person-{one.pk}-late_minutes_error")
    assert fresh(one).mark == ""


def test_a_note_is_marked_as_kept_from_the_person(client, one):
    given = {"mark": "took_part", "note": "They fear another.", "sensitive": "on"}

    page = words(post(client, one.session, cards=[(one, given)]))

    assert logged(one).sensitive is True
    assert "Note, kept from the person: They fear another." in page


def test_nothing_at_all_is_said_by_saving_an_empty_register(client, one):
    post(client, one.session)

    assert fresh(one).mark == ""
    assert not Entry.objects.filter(action="recorded_group_attendance").exists()


def test_before_it_begins_only_an_agreed_absence_may_be_chosen(client, one):
    with frozen(MORNING):
        page = Page(page_of(client, one.session))
        post(client, one.session, cards=[(one, {"mark": "took_part"})])
        assert fresh(one).mark == ""
        post(client, one.session, cards=[(one, {"mark": "excused", "excuse": "AAEM"})])

    radios = page.all("input", type="radio", name=f"person-{one.pk}-mark")
    assert [each["value"] for each in radios] == ["excused"]
    assert not page.all("button", value="rest")
    assert not page.all("button", value="send")
    assert logged(one).outcome_code == "AAEM"


# Two who lead


def test_two_who_lead_see_what_the_other_wrote_and_what_they_typed_is_not_lost(client, one):
    other = lead(one.session, leader("Kim Dale"))
    say(one, Mark.NOT_COME, by=other)
    typed = {"version": 1, "mark": "took_part", "note": "Came at ten past."}

    answer = post(client, one.session, cards=[(one, typed)])

    page = Page(words(answer))
    assert fresh(one).mark == Mark.NOT_COME
    assert "Somebody else wrote meanwhile. Now it says: did not come (Kim Dale" in words(answer)
    assert page.all("textarea", name=f"person-{one.pk}-note")[0].text.strip() == "Came at ten past."
    assert page.all("input", name=f"person-{one.pk}-version")[0]["value"] == "2"

    post(client, one.session, cards=[(one, typed | {"version": 2})])

    assert fresh(one).mark == Mark.TOOK_PART
    assert OutcomeCorrection.objects.get().was_code == "AFTA"


def test_two_who_say_the_same_agree(client, one):
    say(one, by=lead(one.session, leader("Kim Dale")))

    page = words(post(client, one.session, cards=[(one, {"version": 1, "mark": "took_part"})]))

    assert "There is a problem" not in page
    assert fresh(one).version == 2


def test_what_is_typed_on_a_register_that_was_sent_meanwhile_stands_beside_what_it_says(
    client, one
):
    say(one)
    send(one.session)
    typed = {"version": 1, "mark": "not_come", "note": "Rang at nine."}

    page = words(post(client, one.session, cards=[(one, typed)]))
    again = page_of(client, one.session)

    assert "Nothing was saved: the register was sent" in page
    for shown in (page, again):
        assert "You typed, and it is not saved: Did not come; Rang at nine." in shown
    assert "Nothing was saved" not in again
    assert fresh(one).mark == Mark.TOOK_PART


# The rest, and sending


def test_everybody_not_marked_came_by_one_press_with_what_is_typed_of_them(client):
    session = a_session(people=4)
    one, two, *_ = everybody(session)
    cards = [(one, {"mark": "not_come"}), (two, {"note": "Helped others."})]

    page = words(post(client, session, do="rest", cards=cards))

    assert marks(session) == ["not_come", "took_part", "took_part", "took_part"]
    assert fresh(two).note == "Helped others."
    assert "Saved for 4 people." in page


def test_the_rest_came_though_one_card_is_refused(client):
    session = a_session(people=3)
    one, *_ = everybody(session)

    page = words(post(client, session, do="rest", cards=[(one, {"mark": "sent_home"})]))

    assert marks(session) == ["", "took_part", "took_part"]
    assert f"{one.case.name}: Say what they did" in page


def test_of_whom_somebody_wrote_meanwhile_it_is_not_said_that_they_came(client):
    session = a_session(people=2)
    one, two = everybody(session)
    other = lead(session, leader("Kim Dale"))
    say(one, Mark.NOT_COME, by=other)

    page = words(post(client, session, do="rest", cards=[(one, {"version": 1}), (two, {})]))

    assert "Somebody else wrote meanwhile" in page
    assert marks(session) == ["not_come", ""]


def test_it_is_saved_and_sent_by_one_press(client):
    session = a_session(people=2)
    cards = [(one, {"mark": "took_part"}) for one in everybody(session)]

    page = words(post(client, session, do="send", cards=cards))

    assert SeriesSession.objects.get().sent_by == leader_of(session)
    assert "The register is sent." in page
    assert "Sent by Fran Field, 2 October 2018 at 8:05pm." in page
    assert "still to be said" not in page


def test_one_that_is_not_whole_is_saved_and_not_sent(client):
    session = a_session(people=2)
    one, _ = everybody(session)

    page = words(post(client, session, do="send", cards=[(one, {"mark": "took_part"})]))

    assert "The register says nothing of 1 person." in page
    assert SeriesSession.objects.get().sent_at is None
    assert marks(session) == ["took_part", ""]


def test_it_is_not_sent_over_what_another_wrote_since_it_was_opened(client):
    session = a_session(people=2)
    one, two = everybody(session)
    say(one, Mark.NOT_COME, by=lead(session, leader("Kim Dale")))

    page = words(post(client, session, do="send", version=1, cards=[(two, {"mark": "took_part"})]))

    assert "Somebody else wrote on this register meanwhile. Look at it, then send it." in page
    assert SeriesSession.objects.get().sent_at is None


def test_an_empty_register_is_sent_with_one_button(client):
    session = a_session(people=0)
    assert 'value="send"' in page_of(client, session)

    post(client, session, do="send")

    assert SeriesSession.objects.get().sent_at == AFTER


def test_that_it_was_sent_late_is_said(client, one):
    say(one)
    with frozen(NEXT_DAY):
        assert "Overdue" in page_of(client, one.session)
        post(client, one.session, do="send")
        page = page_of(client, one.session)

    assert "Sent by Fran Field, 3 October 2018 at 9am, after its day." in page
    assert "Overdue" not in page


# What the case says already


def test_what_their_officer_recorded_stands_there_and_is_not_asked_again(client, one):
    record_outcome(
        appointment=one.appointment,
        outcome="AAME",
        notes="",
        sensitive=False,
        by=one.case.officer,
        now=AFTER,
    )

    page = Page(page_of(client, one.session))

    text = page.all("div", id=f"person-{one.pk}")[0].text
    assert "Absent with good reason: health" in text
    assert one.case.officer.name in text
    assert not page.all("input", type="radio")
    assert page.all("a", href=reverse("group-attendance", args=[one.session_id, one.pk]))


def test_what_was_called_off_by_itself_stands_there_and_cannot_be_put_right(client, one):
    called_off_singly(one)

    page = Page(page_of(client, one.session))

    assert "Called off, they asked" in page.all("div", id=f"person-{one.pk}")[0].text
    assert not page.all("input", type="radio")
    assert not page.all("a", href=reverse("group-attendance", args=[one.session_id, one.pk]))


def test_a_session_that_we_called_off_says_that_nobody_is_at_fault(client, one):
    user = leader_of(one.session)
    SeriesSession.objects.update(state="called_off", state_because="The heating failed")
    one.session.led_by.update(stands=False)
    one.session.attendances.update(stands=False)
    called_off_singly(one)

    page = Page(page_of(client, one.session, by=user))

    words_of_it = " ".join(page.words)
    assert "called off by us: nobody is at fault" in words_of_it
    assert "The heating failed" in words_of_it
    assert not page.all("button", name="do")
    assert not page.all("input", type="radio")


# Put right on its own page


def correct(client, one, *, by=None, follow=True, **given):
    client.force_login(by or leader_of(one.session))
    address = reverse("group-attendance", args=[one.session_id, one.pk])
    return client.post(address, {"version": fresh(one).version} | given, follow=follow)


def test_it_is_put_right_on_a_page_of_its_own_with_what_stands_filled_in(client, one):
    say(one, late_minutes=5, note="Well prepared.")
    send(one.session)

    begun = Page(page_of(client, one.session, name="group-attendance", args=[one.pk]))
    done = words(correct(client, one, mark="not_come", because="Another of that name was here"))

    assert begun.all("textarea", name="note")[0].text.strip() == "Well prepared."
    assert begun.all("input", name="late_minutes")[0]["value"] == "5"
    assert "it is put right, here and in their case" in done
    assert fresh(one).mark == Mark.NOT_COME
    assert OutcomeCorrection.objects.get().because == "Another of that name was here"


def test_once_it_is_sent_a_reason_is_asked_for(client, one):
    say(one)
    send(one.session)

    page = words(correct(client, one, mark="not_come", note="Rang later."))

    assert "Answer “Why is it put right?”" in page
    assert "Rang later." in page
    assert fresh(one).mark == Mark.TOOK_PART


def test_before_it_is_sent_no_reason_is_asked_for(client, one):
    say(one)

    correct(client, one, mark="not_come")

    assert fresh(one).mark == Mark.NOT_COME


def test_whoever_puts_right_what_stands_no_more_is_shown_what_does(client, one):
    say(one)
    say_again = leader_of(one.session)

    page = Page(words(correct(client, one, by=say_again, version=1, mark="not_come")))

    assert "Somebody else wrote meanwhile" in " ".join(page.words)
    assert page.all("input", name="version")[0]["value"] == "2"
    assert fresh(one).mark == Mark.TOOK_PART


def test_of_whom_nothing_is_said_nothing_is_put_right(client, one):
    answer = see(client, one.session, name="group-attendance", args=[one.pk])

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/register/#person-{one.pk}")


def test_a_name_that_the_reader_may_not_see_is_not_shown_and_not_lost(client, one):
    RelatedPerson.objects.create(
        case=one.case, kind="partner", name="Robin Quill", relationship="Partner", protected=True
    )
    say(one, note="Spoke of Robin Quill.")

    register = page_of(client, one.session)
    page = page_of(client, one.session, name="group-attendance", args=[one.pk])
    correct(client, one, mark="took_part", late_minutes="5", note="Spoke of [name protected].")

    assert "Quill" not in register + page
    assert fresh(one).note == "Spoke of Robin Quill."


# Whose it is


def test_it_is_found_by_nobody_who_neither_leads_it_nor_has_people_on_it(client, one):
    say(one)
    for user in (leader("Kim Dale"), UserFactory(role=Role.SPO)):
        assert see(client, one.session, by=user).status_code == 404
        answer = see(client, one.session, by=user, name="group-attendance", args=[one.pk])
        assert answer.status_code == 404


def test_a_senior_is_shown_those_of_their_team_and_how_many_more_there_are(client):
    session = a_session(people=3)
    theirs, *others = everybody(session)
    user = UserFactory(role=Role.SPO, team=theirs.case.team)

    page = page_of(client, session, by=user)

    assert theirs.case.name in page
    assert not any(each.case.name in page for each in others)
    assert "2 more people are on this register" in page
    post(client, session, by=user, do="rest")
    assert [bool(mark) for mark in marks(session)] == [True, False, False]


def test_a_case_that_is_kept_from_whoever_leads_is_a_line_with_what_keeps_them_safe(client):
    session = a_session(people=2)
    one, other = everybody(session)
    kept = limit(one.case, kept_out=[leader_of(session)])
    kept.safety = "Never alone with one member of staff"
    kept.save()

    page = page_of(client, session)

    assert one.case.name not in page
    assert one.case.crn in page
    assert "Never alone with one member of staff." in page
    assert other.case.name in page
    entry = Entry.objects.get(action="read_group_register", refused=True)
    assert entry.crn == one.case.crn


def test_somebody_else_s_attendance_is_not_put_right_by_the_address_of_another_session(client, one):
    other = the_only(a_session(by=leader("Kim Dale"), starts_at=AFTER + timedelta(days=7)))
    say(one)

    client.force_login(leader_of(other.session))

    assert (
        client.get(reverse("group-attendance", args=[other.session_id, one.pk])).status_code == 404
    )
