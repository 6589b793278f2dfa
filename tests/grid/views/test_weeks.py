"""The page of when somebody can come, and the forms that record it: without JavaScript, and with two people on them."""

import re
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.reference.codes import Sex
from grid.models import Commitment, PlaceSaid, SaidWeek
from grid.reference.groups import CanGo
from grid.services.weeks import say_of_place
from staff.kit import on
from staff.permissions import Role
from tests.factories import (
    CaseFactory,
    PlaceFactory,
    RelatedPersonFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    UserFactory,
    limit,
)
from tests.grid.a_week import (
    EIGHT,
    ELEVEN,
    EVENING,
    MONDAY,
    MORNING,
    NINE,
    NOW,
    SATURDAY,
    SIX,
    TUESDAY,
    lives_at,
    old_tie,
    point,
    say,
    site,
    tie,
)
from tests.staff.markup import Page, sound

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WEEK = {"by_way_of": "bus", "note": ""}


@pytest.fixture
def case(client):
    found = CaseFactory()
    client.force_login(found.officer)
    return found


def address(name, case, *numbers):
    return reverse(name, args=[case.crn, *numbers])


def words(answer):
    """The page as it is read: its text with every space made one."""
    assert answer.status_code == 200
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def see(client, case):
    return words(client.get(address("case-week", case)))


def table(client, case, name):
    """{day: its cells} of a table of the page, by the heading before it."""
    html = client.get(address("case-week", case)).content.decode()
    part = html.split(f'id="{name}"')[1].split("</table>")[0]
    rows = re.findall(r'<th scope="row"[^>]*>(\w+)</th>(.*?)</tr>', part, re.DOTALL)
    return {day: re.findall(r"<td[^>]*>([^<]*)</td>", cells) for day, cells in rows}


def drawn(client, case, name="say-week", *numbers):
    """What the form holds when it is opened, as a browser sends it back."""
    form = client.get(address(name, case, *numbers)).context["form"]
    sent = {key: form[key].value() for key in form.fields}
    return {key: "" if value is None else value for key, value in sent.items()}


# The page


def test_nobody_has_asked_yet(client, case):
    text = see(client, case)

    assert "Nobody has asked yet" in text
    assert "Until somebody has asked them, no group can be offered." in text
    assert "Record when they can come" in text
    assert "Work, the school run, a curfew and the like would be listed here." in text
    assert "no postcode that we can place is recorded" in text
    assert "Places with a room for groups would be listed here" in text


def test_the_week_as_they_said_it_and_what_is_left_of_it(client, case):
    say(
        case, {TUESDAY: [EVENING], SATURDAY: [MORNING]}, [(MONDAY, ELEVEN, SIX)], note="Shifts move"
    )
    tie(case, "football", TUESDAY, SIX, EIGHT, now=now())
    tie(case, "court", SATURDAY, NINE, ELEVEN, now=now(), **once(SATURDAY))

    nothing = ["No", "No", "No"]
    assert table(client, case, "said") == {
        "Monday": ["11am to midday", "All afternoon", "5pm to 6pm"],
        "Tuesday": ["No", "No", "All evening"],
        "Wednesday": nothing,
        "Thursday": nothing,
        "Friday": nothing,
        "Saturday": ["All morning", "No", "No"],
        "Sunday": nothing,
    }
    assert table(client, case, "left")["Tuesday"] == ["No", "No", "5pm to 6pm, 8pm to 10pm"]
    assert table(client, case, "left")["Saturday"] == ["All morning", "No", "No"]
    text = see(client, case)
    assert "Asked on 1 October 2018 at 9am by" in text
    assert "How they get about By bus or train" in text
    assert "Shifts move" in text
    assert "Every Tuesday, 6pm to 8pm" in text
    assert f"Saturday {on(once(SATURDAY)['last_on'])}, 9am to 11am" in text


def once(weekday):
    day = localdate() + DAY * ((weekday - localdate().weekday()) % 7)
    return {"first_on": day, "last_on": day}


def test_where_nothing_comes_every_week_all_of_it_is_left(client, case):
    say(case)

    assert "All of it: they are tied to nothing that comes every week." in see(client, case)


def test_places_the_nearest_first_with_what_they_said_of_them(client, case):
    point("RG1 2AA", 471000)
    point("RG1 1AA", 472000)
    point("OX1 1AA", 491000)
    lives_at(case, "RG1 2AA")
    far, near = site("OX1 1AA", name="A far office"), site(name="Near office")
    unknown = site("", name="Nowhere known")
    order = RestrictionFactory(case=case, terms="areas")
    RestrictedAreaFactory(restriction=order, outline={"centre": [491000, 173000], "radius": 50})
    known = {"case": case, "by": case.officer, "now": NOW}
    say_of_place(place=near, can_go=CanGo.PREFERS, because="", **known)
    say_of_place(place=unknown, can_go=CanGo.CANNOT, because="A feud", **known)

    text = see(client, case)

    assert text.index("Near office About 15 minutes, by bus or train They prefer it") < text.index(
        "A far office About 97 minutes, by bus or train An order keeps them from there"
    )
    assert "Nowhere known Not known They cannot or must not go there: A feud" in text
    assert address("say-of-place", case, far.pk) in client.get(address("case-week", case)).content.decode()  # fmt: skip


def test_what_they_said_before_is_shown_with_who_recorded_it(client, case):
    say(case, {MONDAY: [MORNING]}, [(MONDAY, SIX, EIGHT)], note="Nights", by=UserFactory(first_name="Jo", last_name="Field"))  # fmt: skip
    say(case, now=NOW + DAY)

    text = see(client, case)

    assert "Asked on 1 October 2018 at 9am by Jo Field Monday: morning, 6pm to 8pm Nights" in text
    assert "Asked on 2 October 2018 at 9am by" in text


def test_whoever_may_not_record_it_reads_it_and_is_offered_nothing_to_send(client, case):
    say(case)
    tie(case, now=now())
    client.force_login(UserFactory(role=Role.QUALITY))

    page = client.get(address("case-week", case))

    assert "Every Tuesday, 9am to 6pm" in words(page)
    assert "Ask them again" not in words(page)
    assert "take-back" not in page.content.decode()
    assert client.get(address("say-week", case)).status_code == 403


def test_names_that_the_reader_may_not_see_are_not_shown(client, case):
    RelatedPersonFactory(case=case, name="Kayla Moon", protected=True)
    say(case, note="Kayla Moon fetches them")
    tie(case, "supper with Kayla", now=now())
    known = {"case": case, "by": case.officer, "now": NOW}
    say_of_place(place=PlaceFactory(), can_go=CanGo.CANNOT, because="Kayla works there", **known)
    assert see(client, case).count("Kayla") >= 3
    client.force_login(UserFactory(role=Role.HUB))

    text = see(client, case)

    assert "Kayla" not in text
    assert "[name protected] fetches them" in text
    assert "Kayla" not in client.get(address("say-week", case)).content.decode()


def test_a_case_kept_from_the_reader_is_not_opened(client, case):
    say(case, note="Secret")
    limit(case, restricted=True)

    answer = client.get(address("case-week", case))

    assert answer.status_code == 403
    assert "Secret" not in answer.content.decode()


def test_long_words_and_many_rows_ask_no_more_of_the_database(client, case):
    def statements():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address("case-week", case)).status_code == 200
        return len(asked)

    def fill(rows):
        for n in range(rows):
            place = site(name=f"{'Long' * 40} {PlaceFactory().pk}")
            say(case, now=NOW + n * DAY, by=UserFactory())
            tie(case, f"{'w' * 90} {Commitment.objects.count()}", now=now())
            known = {"case": case, "by": UserFactory(), "now": NOW}
            say_of_place(place=place, can_go=CanGo.PREFERS, because="b" * 300, **known)

    fill(5)
    few = statements()
    fill(55)

    assert statements() == few
    assert see(client, case).count("They prefer it") == 60


# Recording it


def test_what_they_say_is_recorded_and_nothing_else_is_offered_from_then_on(client, case):
    sent = WEEK | {"free": ["1-evening", "5-morning"], "hours_0": "9am to 11am, 6pm to 8pm", "week": "0", "note": "Shifts"}  # fmt: skip

    page = client.post(address("say-week", case), sent, follow=True)

    assert "From now on no group is offered to them at any other time." in words(page)
    week = SaidWeek.objects.get()
    assert (week.by_way_of, week.note, week.women_only) == ("bus", "Shifts", None)
    assert set(week.times.values_list("weekday", "part", "from_at", "to_at")) == {
        (TUESDAY, "evening", None, None),
        (SATURDAY, "morning", None, None),
        (MONDAY, "", NINE, ELEVEN),
        (MONDAY, "", SIX, EIGHT),
    }


def test_it_is_begun_with_what_they_said_before_and_can_be_sent_as_it_is(client, case):
    first = say(case, {TUESDAY: [EVENING], SATURDAY: [MORNING]}, [(MONDAY, NINE, ELEVEN)], by_way_of="car", note="Shifts")  # fmt: skip

    sent = drawn(client, case)

    assert (sent["week"], sent["free"]) == (first.pk, ["1-evening", "5-morning"])
    assert (sent["hours_0"], sent["by_way_of"], sent["note"]) == ("9am to 11am", "car", "Shifts")
    client.post(address("say-week", case), sent)
    again = SaidWeek.objects.in_force().get()
    assert again.pk != first.pk
    times = {tuple(one) for one in again.times.values_list("weekday", "part", "from_at", "to_at")}
    assert times == set(first.times.values_list("weekday", "part", "from_at", "to_at"))


def test_each_box_of_the_table_is_named_by_its_day_and_part(client, case):
    html = client.get(address("say-week", case)).content.decode()

    ids = re.findall(r'<input class="govuk-checkboxes__input" id="([^"]+)" name="free"', html)
    assert len(ids) == len(set(ids)) == 21
    labels = dict(re.findall(r'for="(id_free[^"]*)">(.+?)</label>', html))
    labels = {at: re.sub("<[^>]+>", "", label) for at, label in labels.items()}
    assert list(labels) == ids
    assert len(set(labels.values())) == 21
    assert (labels["id_free"], labels["id_free_20"]) == ("Monday, Morning", "Sunday, Evening")
    assert all(f'for="id_hours_{day}">' in html for day in range(7))
    assert "so that no group is offered at a time at which they work or fetch children" in html


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Say at least one time of the week"),
        ({"free": ["0-morning"], "hours_0": "9am to 11am"}, "is ticked already as part of the day"),
        ({"hours_3": "morning"}, "Thursday: Write hours as from and to"),
        ({"hours_3": "5pm to 9am"}, "9am is not after 5pm"),
        ({"free": ["0-morning"], "by_way_of": ""}, "How do they get about?"),
        ({"free": ["9-morning"]}, "Choose one of the answers given"),
    ],
)
def test_what_cannot_be_meant_is_said_and_what_was_typed_stays(client, case, changed, said):
    sent = WEEK | {"week": "0", "note": "Typed already"} | changed

    page = client.post(address("say-week", case), sent)

    assert said in words(page)
    assert "There is a problem" in words(page)
    assert "Typed already" in words(page)
    assert page.context["form"]["hours_0"].value() == changed.get("hours_0")
    assert not SaidWeek.objects.exists()


def test_only_women_are_asked_about_groups_for_women_alone(client, case):
    assert "women_only" not in drawn(client, case)
    woman = CaseFactory(sex=Sex.FEMALE, officer=case.officer)
    assert "Does she want groups for women alone?" in words(client.get(address("say-week", woman)))

    client.post(address("say-week", woman), WEEK | {"free": ["1-evening"], "women_only": "yes", "week": "0"})  # fmt: skip

    assert SaidWeek.objects.get().women_only is True
    assert "She wants groups for women alone" in see(client, woman)


def test_what_a_colleague_recorded_meanwhile_is_shown_and_nothing_typed_is_lost(client, case):
    say(case, note="Shifts")
    sent = drawn(client, case)
    colleague = UserFactory(first_name="Jo", last_name="Field")
    theirs = say(case, {TUESDAY: [EVENING], MONDAY: [MORNING]}, by=colleague, by_way_of="car", note="Shifts")  # fmt: skip

    page = client.post(address("say-week", case), sent | {"free": ["4-evening"], "note": "Mine"})

    text = words(page)
    assert "Changed by somebody else while you were writing" in text
    assert "Jo Field recorded what they said at 9am on 1 October 2018" in text
    changed = {one.question: one.stands for one in page.context["clashes"]}
    assert changed == {"Monday": "morning", "How do they get about?": "By car"}
    form = page.context["form"]
    assert (form["free"].value(), form["note"].value()) == (["4-evening"], "Mine")
    assert SaidWeek.objects.in_force().get() == theirs

    client.post(address("say-week", case), sent | {"free": ["4-evening"], "note": "Mine", "week": form["week"].value()})  # fmt: skip
    mine = SaidWeek.objects.in_force().get()
    assert (mine.note, mine.recorded_by) == ("Mine", case.officer)


def test_where_nobody_had_asked_and_a_colleague_was_quicker(client, case):
    sent = drawn(client, case)
    say(case, note="Theirs")

    page = client.post(address("say-week", case), sent | WEEK | {"free": ["4-evening"]})

    changed = {one.question: one.stands for one in page.context["clashes"]}
    assert changed == {
        "Tuesday": "evening",
        "How do they get about?": "By bus or train",
        "What else to know of their week": "Theirs",
    }


# What they are tied to


WEEKLY = {
    "words": "work", "how_often": "weekly", "weekday": "1", "from_at": "9am", "to_at": "5:30pm", "first_on": "",
    "last_on": "",
}  # fmt: skip


def test_something_that_comes_every_week_is_added(client, case):
    page = client.post(address("add-commitment", case), WEEKLY, follow=True)

    assert "Recorded. No group is offered to them at that time." in words(page)
    assert "Work Every Tuesday, 9am to 5:30pm" in words(page)
    made = Commitment.objects.get()
    assert (made.weekday, made.first_on, made.last_on) == (TUESDAY, None, None)


def test_something_on_several_days_of_the_week_is_a_row_for_each(client, case):
    form = sound(Page(client.get(address("add-commitment", case)).content.decode()))
    boxes = [one["value"] for one in form.all("input", name="weekday", type="checkbox")]
    assert boxes == [str(day) for day in range(7)]

    page = client.post(address("add-commitment", case), WEEKLY | {"weekday": ["4", "0", "1"]}, follow=True)  # fmt: skip

    assert "Recorded. No group is offered to them at those times." in words(page)
    assert sorted(Commitment.objects.values_list("weekday", flat=True)) == [0, 1, 4]
    for day in ("Monday", "Tuesday", "Friday"):
        assert f"Work Every {day}, 9am to 5:30pm" in words(page)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Tuesday: That is on record already."),
        ({"weekday": ["0", "7"]}, "Choose one of the answers given for “On which days?”"),
        ({"weekday": []}, "Say on which day"),
        ({"to_at": "9am"}, "9am to 9am is no time at all."),
    ],
)
def test_where_one_of_several_days_is_refused_none_is_kept_and_all_stay_ticked(
    client, case, changed, said
):
    old_tie(case, from_at=time(9), to_at=time(17, 30))
    sent = WEEKLY | {"weekday": ["0", "1", "3"], "words": "Work"} | changed

    answer = client.post(address("add-commitment", case), sent)

    assert said in words(answer)
    assert Commitment.objects.count() == 1
    page = sound(Page(answer.content.decode()))
    boxes = page.all("input", name="weekday", type="checkbox")
    ticked = [one["value"] for one in boxes if "checked" in one.attributes]
    assert ticked == [day for day in sent["weekday"] if day != "7"]
    assert page.one("input", name="words")["value"] == "Work"


def test_something_that_comes_once_is_of_its_day_alone(client, case):
    day = localdate() + 10 * DAY
    sent = WEEKLY | {"how_often": "once", "on": on(day), "words": "court"}

    client.post(address("add-commitment", case), sent)

    made = Commitment.objects.get()
    assert (made.weekday, made.first_on, made.last_on) == (day.weekday(), day, day)


def test_a_night_shift_says_that_it_ends_on_the_next_day(client, case):
    sent = WEEKLY | {"from_at": "10pm", "to_at": "6am"}

    page = client.post(address("add-commitment", case), sent, follow=True)

    assert "Every Tuesday, 10pm to 6am the next day" in words(page)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"words": ""}, "What is it?"),
        ({"weekday": []}, "Say on which day"),
        ({"how_often": "once"}, "Say on which day"),
        ({"how_often": ""}, "How often?"),
        ({"to_at": "9am"}, "is no time at all"),
        ({"from_at": "nine"}, "Enter a time"),
        ({"first_on": "tomorrow", "last_on": "today"}, "is before its first"),
    ],
)
def test_what_is_missing_is_asked_for_where_it_was_asked(client, case, changed, said):
    page = client.post(address("add-commitment", case), WEEKLY | changed)

    assert said in words(page)
    assert "There is a problem" in words(page)
    assert not Commitment.objects.exists()


def test_what_was_taken_back_is_gone_from_the_page_and_said_once(client, case):
    made = tie(case, now=now())
    page = client.post(address("take-back-commitment", case, made.pk), follow=True)

    assert "Taken back." in words(page)
    assert "Every Tuesday" not in words(page)
    again = client.post(address("take-back-commitment", case, made.pk), follow=True)
    assert "That was taken back already." in words(again)
    assert client.get(address("take-back-commitment", case, made.pk)).status_code == 405


def test_what_somebody_else_is_tied_to_is_not_taken_back_from_here(client, case):
    other = tie(CaseFactory(), now=now())

    assert client.post(address("take-back-commitment", case, other.pk)).status_code == 404
    assert Commitment.objects.get().taken_back_at is None


# Places


def test_what_they_say_of_a_place_is_recorded_changed_and_taken_off(client, case):
    place = site(name="Reading office")
    page = address("say-of-place", case, place.pk)

    assert "Say why they cannot" in words(client.post(page, {"can_go": "cannot", "because": ""}))
    client.post(page, {"can_go": "cannot", "because": "A feud"})
    assert PlaceSaid.objects.get().because == "A feud"
    assert drawn(client, case, "say-of-place", place.pk) == {"can_go": "cannot", "because": "A feud"}  # fmt: skip
    done = client.post(page, {"can_go": "neither", "because": ""}, follow=True)
    assert "Recorded what they said of Reading office." in words(done)
    client.post(page, {"can_go": "neither", "because": ""})

    assert not PlaceSaid.objects.exists()


def test_a_place_that_is_none_is_not_found(client, case):
    assert client.get(address("say-of-place", case, 999999)).status_code == 404
