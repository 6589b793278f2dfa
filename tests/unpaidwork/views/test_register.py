"""The register on the page: a press each, a page a person in twenty seconds, and nothing of a case beyond a name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import ComplianceDecision, RelatedPerson
from cases.services.compliance import decide
from staff.rules.dates import say_time
from tests.clock import frozen
from tests.factories import TODAY, OffenceFactory, RestrictionFactory, SentenceFactory, limit
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_session import (
    AFTER,
    NINE,
    a_session,
    clock,
    join,
    left,
    logged,
    read_sheet,
    supervisor_of,
    the_only,
)
from unpaidwork.models import Acknowledgement, Attendance, Sync
from unpaidwork.services.register import record_arrival, record_leaving

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shortly_after_four():
    with frozen(AFTER):
        yield


@pytest.fixture
def session():
    return a_session()


@pytest.fixture
def supervisor(session):
    return supervisor_of(session)


@pytest.fixture
def one(session):
    return the_only(session)


def words(response):
    return response.content.decode()


def see(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def post(client, user, name, *args, follow=True, **data):
    client.force_login(user)
    return client.post(reverse(name, args=args), data, follow=follow)


def fresh(one):
    return Attendance.objects.get(pk=one.pk)


def here(one, at=NINE):
    one = fresh(one)
    by = supervisor_of(one.session)
    return record_arrival(attendance=one, version=one.version, arrived_at=at, by=by, now=AFTER)


def all_here(session):
    """The first is said to be here; the others stand as that one does. To say it of each reads the whole sheet each time."""
    first = fresh(here(session.attendances.earliest("pk")))
    stands = {
        name: getattr(first, name)
        for name in ("came", "arrived_at", "version", "recorded_at", "recorded_by")
    }
    session.attendances.exclude(pk=first.pk).update(**stands)


def leaves(client, user, one, **given):
    usual = {
        "version": fresh(one).version, "came": "left", "arrived_at": "9am", "left_at": "4pm", "quality": "GD",
        "behaviour": "GD", "task": "Clearing paths", "hi_vis": "on",
    }  # fmt: skip
    return post(client, user, "work-attendance", one.session_id, one.pk, **usual | given)


# One press


def test_a_supervisor_says_by_one_press_that_somebody_is_here(client, session, supervisor, one):
    with frozen(clock(9, 12)):
        page = words(see(client, supervisor, "work-register", session.pk))
        done = words(post(client, supervisor, "work-arrival", session.pk, one.pk, version=1))

    assert one.case.name in page
    assert "Here since 9:12am" in done
    assert supervisor.name in done
    assert fresh(one).arrived_at == clock(9, 12)


def test_whoever_is_early_is_here_from_when_the_session_begins(client, session, supervisor, one):
    with frozen(clock(8, 40)):
        post(client, supervisor, "work-arrival", session.pk, one.pk, version=1)
        page = words(see(client, supervisor, "work-register", session.pk))

    assert "Here since 9am" in page
    assert fresh(one).arrived_at == NINE


def test_a_press_on_an_old_page_says_what_stands_and_changes_nothing(
    client, session, supervisor, one
):
    here(one)
    page = words(post(client, supervisor, "work-arrival", session.pk, one.pk, version=1))

    assert "Somebody else wrote meanwhile" in page
    assert fresh(one).version == 2


def test_the_wrong_person_is_taken_back(client, session, supervisor, one):
    here(one)
    page = words(post(client, supervisor, "take-back-arrival", session.pk, one.pk, version=2))

    assert "Expected" in page
    assert fresh(one).came == "expected"


# A page a person


def test_what_the_session_says_stands_in_the_boxes_already(client, session, supervisor, one):
    here(one)
    form = see(client, supervisor, "work-attendance", session.pk, one.pk).context["form"]

    assert form["left_at"].value() == clock(16).time()
    assert form["arrived_at"].value() == clock(9).time()
    assert form["came"].value() == "left"
    assert form["hi_vis"].value() is True


def test_what_was_said_of_whoever_left_before_is_proposed_for_the_next(client):
    session = a_session(people=2)
    first, second = session.attendances.select_related("session").order_by("pk")
    by = supervisor_of(session)
    for one in (first, second):
        here(one)
    leaves(client, by, first, task="Painting fences")

    form = see(client, by, "work-attendance", session.pk, second.pk).context["form"]

    assert form["task"].value() == "Painting fences"


def test_one_person_is_written_up_and_is_in_the_log(client, session, supervisor, one):
    here(one)
    page = words(
        leaves(
            client, supervisor, one, task="other", task_other="Cutting hedges", skills=["tools"],
            note="Careful with the shears.", sensitive="on",
        )
    )  # fmt: skip

    assert "left, worked to the end: 9am to 4pm, 7 hours credited" in page
    assert "Cutting hedges" in logged(one).notes
    assert fresh(one).hi_vis is True


def test_what_is_left_out_is_said_and_what_was_typed_stays(client, session, supervisor, one):
    here(one)
    page = words(leaves(client, supervisor, one, quality="", note="Typed with cold fingers."))

    assert "There is a problem" in page
    assert "Say how they worked." in page
    assert "Typed with cold fingers." in page
    assert fresh(one).came == "here"


def test_who_wrote_meanwhile_is_said_and_sent_again_it_is_written_knowingly(
    client, session, supervisor, one
):
    here(one)
    record_leaving(attendance=fresh(one), version=2, said=left(left_at=clock(14)), by=supervisor, now=AFTER)  # fmt: skip
    first = leaves(client, coordinator(), one, version=2)

    assert "Somebody else wrote meanwhile" in words(first)
    assert 'name="version" value="3"' in words(first)


def test_whoever_did_not_come_is_said_with_what_they_told_us(client, session, supervisor, one):
    form = see(client, supervisor, "work-attendance", session.pk, one.pk)
    assert "outcome" not in form.context["form"].fields

    page = words(
        post(
            client, supervisor, "work-attendance", session.pk, one.pk, version=1, note="Bus broke."
        )
    )

    assert "Did not attend" in page
    assert ComplianceDecision.objects.get().state == "awaiting"
    assert "Bus broke." in logged(one).notes


def test_a_coordinator_gives_the_reason_of_an_absence(client, session, one):
    user = coordinator()
    read_sheet(session, user)
    page = words(
        post(client, user, "work-attendance", session.pk, one.pk, version=1, outcome="AAME")
    )

    assert "Absent with good reason: health" in page
    assert not ComplianceDecision.objects.exists()


def test_whoever_came_late_is_said_by_one_press(client, session, supervisor, one):
    post(client, supervisor, "work-attendance", session.pk, one.pk, version=1)
    page = words(see(client, supervisor, "work-register", session.pk))
    assert "Came late" in page

    with frozen(clock(10)):
        post(client, supervisor, "work-arrival", session.pk, one.pk, version=2)

    assert fresh(one).came == "here"
    assert not ComplianceDecision.objects.exists()


def test_what_is_put_right_begins_with_what_stood_and_needs_a_reason(
    client, session, supervisor, one
):
    here(one)
    leaves(client, supervisor, one, left_at="3pm", note="Left early.")
    form = see(client, supervisor, "work-attendance", session.pk, one.pk).context["form"]
    assert (form["left_at"].value(), form["note"].value()) == (clock(15).time(), "Left early.")

    without = words(leaves(client, supervisor, one))
    done = words(leaves(client, supervisor, one, because="He came back to load the van."))

    assert "Answer “Why is it put right?”" in without
    assert "7 hours credited" in done


def walks_off(client, user, one, **given):
    said = {"came": "left_early", "left_at": "11am", "note": "Said he had had enough."}
    return leaves(client, user, one, **said | given)


def test_leaving_without_leave_reaches_the_officer_and_the_hours_until_then_count(
    client, session, supervisor, one
):
    here(one)

    page = words(walks_off(client, supervisor, one))

    assert "Left before the end, without leave: 9am to 11am, 2 hours credited" in page
    assert "Awaiting decision" in page
    assert (fresh(one).came, fresh(one).credited_minutes) == ("left", 120)
    assert logged(one).outcome_code == "AFTC"
    assert "left before the end, without leave" in logged(one).notes
    assert "Said he had had enough." in logged(one).notes
    assert ComplianceDecision.objects.get().state == "awaiting"


def test_that_their_officer_accepts_it_makes_nobody_work_to_the_end(
    client, session, supervisor, one
):
    here(one)
    walks_off(client, supervisor, one)
    decide(
        decision=ComplianceDecision.objects.get(), to="acceptable", because="His child was taken ill.", by=one.case.officer, now=AFTER
    )  # fmt: skip

    page = words(see(client, supervisor, "work-register", session.pk))

    assert logged(one).outcome_code == "AFDA"
    assert "Left before the end, without leave: 9am to 11am" in page
    assert "worked to the end" not in page
    assert "Awaiting decision" not in page


def test_who_worked_to_the_end_and_did_not_comply_did_not_leave_before_it(
    client, session, supervisor, one
):
    here(one)
    leaves(client, supervisor, one)
    contact = logged(one)
    contact.outcome_code = "AFTC"  # as their officer puts it right in the case
    contact.save()

    page = words(see(client, supervisor, "work-register", session.pk))

    assert "Left, worked to the end: 9am to 4pm" in page
    assert "without leave" not in page


def test_leaving_without_leave_is_not_said_without_how_and_when(client, session, supervisor, one):
    here(one)

    without = words(walks_off(client, supervisor, one, note=""))
    to_the_end = words(walks_off(client, supervisor, one, left_at="4pm"))

    assert "Say in the note how they left" in without
    assert "Say when before the end they left." in to_the_end
    assert fresh(one).came == "here"


def test_that_they_had_leave_after_all_is_put_right_and_nobody_decides(
    client, session, supervisor, one
):
    here(one)
    walks_off(client, supervisor, one)
    form = see(client, supervisor, "work-attendance", session.pk, one.pk).context["form"]
    assert form["came"].value() == "left_early"

    done = words(leaves(client, supervisor, one, left_at="11am", because="The coordinator had let him go."))  # fmt: skip

    assert "Left before the end, with leave: 9am to 11am, 2 hours credited" in done
    assert "left before the end, with leave" in logged(one).notes
    assert logged(one).outcome_code == "ATTC"
    assert not ComplianceDecision.objects.filter(state="awaiting").exists()


def test_a_few_minutes_before_the_end_is_the_end(client, session, supervisor, one):
    here(one)

    page = words(leaves(client, supervisor, one, left_at="3.55pm"))

    assert "left, worked to the end: 9am to 3:55pm" in page
    assert "leave" not in logged(one).notes


def test_a_protected_name_in_a_note_is_not_shown_to_whoever_may_not_see_it_and_is_not_lost(
    client, session, supervisor, one
):
    RelatedPerson.objects.create(case=one.case, kind="partner", name="Robin Lane", protected=True)
    here(one)
    leaves(client, supervisor, one, note="He rang Robin Lane.")

    page = see(client, supervisor, "work-attendance", session.pk, one.pk)
    assert "Robin Lane" not in words(page)
    shown = page.context["form"]["note"].value()
    leaves(client, supervisor, one, note=shown, because="The hours were wrong.")

    assert fresh(one).note == "He rang Robin Lane."


# Twenty seconds


def test_one_person_takes_a_press_to_arrive_and_four_to_leave(client, session, supervisor, one):
    """Counted as interactions: a press of the row, two grades and the button; all else stands there already."""
    project = session.project
    project.tasks = ["Clearing paths"]
    project.save()
    post(client, supervisor, "work-arrival", session.pk, one.pk, version=1)
    page = see(client, supervisor, "work-attendance", session.pk, one.pk)
    form = page.context["form"]
    standing = {
        name: say_time(value) if hasattr(value, "hour") else value
        for name in form.fields
        if (value := form[name].value()) not in (None, "", [], False)
    }
    chosen = {"quality": "GD", "behaviour": "SA"}

    sent = standing | chosen | {"version": page.context["version"]}
    done = post(client, supervisor, "work-attendance", session.pk, one.pk, **sent)

    interactions = 1 + 1 + len(chosen) + 1  # here; leaves; the grades; save
    assert "credited" in words(done)
    assert fresh(one).task == "Clearing paths"
    assert interactions == 5


# Several at once, standing down, closing


def test_several_leave_at_once_but_for_those_without_a_tick(client):
    session = a_session(people=3)
    by = supervisor_of(session)
    people = [here(one) for one in session.attendances.order_by("pk")]
    page = see(client, by, "leave-together", session.pk)
    assert sorted(page.context["form"]["who"].value()) == sorted(f"{one.pk}-2" for one in people)

    done = words(
        post(
            client, by, "leave-together", session.pk, who=[f"{one.pk}-2" for one in people[:2]],
            task="Clearing paths", quality="GD", behaviour="GD", left_at="4pm", hi_vis="on",
        )
    )  # fmt: skip

    assert "2 left." in done
    assert sorted(session.attendances.values_list("came", flat=True)) == ["here", "left", "left"]


def test_a_session_is_stood_down_with_its_reason_and_then_takes_nothing_more(
    client, session, supervisor, one
):
    empty = words(post(client, supervisor, "stand-down", session.pk))
    page = words(post(client, supervisor, "stand-down", session.pk, because="The van broke down."))

    assert "There is a problem" in empty
    assert "as ours and nobody’s failure" in page
    assert "The van broke down." in page
    assert "Close the register" not in page
    assert logged(one).outcome_code == "AASD"
    assert post(client, supervisor, "work-arrival", session.pk, one.pk).status_code == 404


def test_the_button_to_close_stands_there_once_something_is_said_of_everybody(
    client, session, supervisor, one
):
    before = words(see(client, supervisor, "work-register", session.pk))
    refused = words(post(client, supervisor, "close-register", session.pk))
    here(one)
    ready = words(leaves(client, supervisor, one))
    closed = words(post(client, supervisor, "close-register", session.pk))

    assert "Close the register" not in before
    assert "1 person still expected" in refused
    assert "Close the register" in ready
    assert "The register is closed." in closed


def test_before_the_sheet_was_read_nobody_is_written_of_and_the_sheet_is_one_press_away(
    client, session, supervisor, one
):
    Acknowledgement.objects.all().delete()

    page = words(see(client, supervisor, "work-register", session.pk))
    tried = words(post(client, supervisor, "work-arrival", session.pk, one.pk, version=1))

    assert "Read the day sheet and say that you have" in page
    assert reverse("day-sheet", args=[session.pk]) in page
    assert reverse("work-arrival", args=[session.pk, one.pk]) not in page
    assert "Read the day sheet" in tried
    assert fresh(one).came == "expected"


def test_a_disagreement_of_a_tablet_is_shown_and_settled_there(client, session, supervisor, one):
    here(one)
    leaves(client, supervisor, one)
    sync = Sync.objects.create(
        key="00000000-0000-0000-0000-000000000009", session=session,
        device="00000000-0000-0000-0000-000000000001", attendance=one, state="conflict",
        because="Somebody wrote meanwhile.", said_at=AFTER, at=AFTER, by=supervisor,
        sent={"attendance": one.pk, "seen": 1, "came": "not_come", "note": "Never saw them."},
    )  # fmt: skip

    page = words(see(client, supervisor, "work-register", session.pk))
    stale = words(post(client, supervisor, "settle-disagreement", session.pk, sync.pk, version=1, choose="sent"))  # fmt: skip
    taken = words(post(client, supervisor, "settle-disagreement", session.pk, sync.pk, version=3, choose="sent"))  # fmt: skip

    assert "A tablet says something else of" in page
    assert "Never saw them." in page
    assert "Somebody else wrote meanwhile" in stale
    assert "Taken as it was sent." in taken
    assert fresh(one).came == "not_come"


# Who sees what


def test_a_supervisor_sees_no_offence_no_address_and_nobody_who_is_protected(
    client, session, supervisor, one
):
    case = one.case
    OffenceFactory(sentence=SentenceFactory(case=case), description="Wounding of a neighbour")
    RestrictionFactory(case=case, prohibits="Must not go to 9 Orchard Road.")
    RelatedPerson.objects.create(
        case=case, kind="partner", name="Robin Lane", protected=True, victim=True,
        address="9 Orchard Road", postcode="OX1 1AA",
    )  # fmt: skip
    read_sheet(session, supervisor)
    here(one)

    for name, args in (
        ("work-register", [session.pk]),
        ("work-attendance", [session.pk, one.pk]),
        ("leave-together", [session.pk]),
        ("report-incident", [session.pk]),
        ("stand-down", [session.pk]),
    ):
        page = words(see(client, supervisor, name, *args))
        for kept in ("Wounding", "Orchard", "Robin", "OX1 1AA"):
            assert kept not in page, (name, kept)


def test_a_case_that_is_kept_from_them_is_a_masked_row_and_takes_nothing(
    client, session, supervisor, one
):
    limit(one.case, restricted=True)

    page = words(see(client, supervisor, "work-register", session.pk))

    assert one.case.crn in page
    assert "This case is limited. Ask the head of service." in page
    assert one.case.name not in page
    for name in ("work-attendance", "work-arrival", "take-back-arrival"):
        assert post(client, supervisor, name, session.pk, one.pk, version=1).status_code == 404


def test_the_register_of_somebody_elses_session_is_not_found(client, session, one):
    other = supervisor_of(a_session())

    assert see(client, other, "work-register", session.pk).status_code == 404
    for name in ("work-attendance", "work-arrival"):
        assert post(client, other, name, session.pk, one.pk, version=1).status_code == 404


def test_somebody_of_another_session_is_not_on_this_one(client, session):
    theirs = the_only(a_session())

    found = see(client, coordinator(), "work-attendance", session.pk, theirs.pk)

    assert found.status_code == 404


def test_whoever_the_supervisor_does_not_reach_yet_is_counted_and_not_named(
    client, session, supervisor, one
):
    one.case.assignments.all().delete()

    page = words(see(client, supervisor, "work-register", session.pk))

    assert "1 more on this session" in page
    assert one.case.name not in page


def test_sixty_people_take_as_many_statements_as_five(client):
    def statements(number):
        session = a_session(people=number)
        user = supervisor_of(session)
        all_here(session)
        client.force_login(user)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("work-register", args=[session.pk]))
        return len(queries)

    statements(1)
    assert statements(5) == statements(60)


def test_long_names_and_nobody_at_all_are_drawn(client):
    session = a_session(people=0)
    empty = words(see(client, coordinator(), "work-register", session.pk))
    one = join(session)
    one.case.surname = "Featherstonehaugh-Cholmondeley" * 3
    one.case.save()

    assert "would be here" in empty
    assert one.case.surname in words(see(client, coordinator(), "work-register", session.pk))


def test_the_day_after_a_coordinator_writes_up_what_stands_on_paper(client, session, one):
    with frozen(AFTER + timedelta(days=1)):
        user = coordinator()
        post(client, user, "work-arrival", session.pk, one.pk, version=1)
        assert fresh(one).arrived_at == NINE
        page = words(leaves(client, user, one))

    assert "7 hours credited" in page
    assert fresh(one).session.on == TODAY
