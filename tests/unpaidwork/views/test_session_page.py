"""The page of one session: each thing that stands before its sheet leads to where it is done, and says whose it is."""

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse

from staff.permissions import Role
from tests.clock import frozen
from tests.factories import (
    RegistrationFactory,
    RestrictionFactory,
    UserFactory,
    WorkAllocationFactory,
    WorkFactory,
    WorkSessionFactory,
    limit,
)
from tests.unpaidwork.a_coordinator import coordinator
from tests.unpaidwork.a_risk import answers_for, cleared, signed_risk
from tests.unpaidwork.a_sheet import DAY, MORNING, planned, publish, published, supervisor_of
from unpaidwork.models import WorkSession
from unpaidwork.services.retesting import retest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with frozen(MORNING):
        yield


def page_of(client, session, user=None):
    client.force_login(user or coordinator())
    answer = client.get(reverse("work-session", args=[session.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def gap(page, words):
    """(address, what is said beside it) of the thing still to do that says these words."""
    (item,) = [one for one in re.findall(r"<li>(.*?)</li>", page, re.DOTALL) if words in one]
    found = re.search(r'href="([^"]*)"', item)
    return found and found[1], words_of(re.sub(r".*</a>", "", item, flags=re.DOTALL))


def test_a_missing_risk_assessment_leads_to_it_and_is_the_officers(client):
    case = WorkFactory().case

    found = gap(page_of(client, planned(case)), "No risk assessment")

    assert found == (
        reverse("work-risk", args=[case.crn]),
        f"For {case.officer.name}, their officer.",
    )


def test_of_somebody_the_nps_manages_it_is_the_coordinators_own(client):
    case = WorkFactory().case
    case.retained_by = "Pat Hill"
    case.save()

    found = gap(page_of(client, planned(case)), "No risk assessment")

    assert found == (reverse("work-risk", args=[case.crn]), "")


def test_an_enquiry_nobody_has_made_leads_to_where_it_is_explained_and_names_the_officer(client):
    case = WorkFactory().case

    href, whose = gap(page_of(client, planned(case)), "nobody has asked")

    assert href == reverse("work-risk", args=[case.crn])
    assert whose == f"For {case.officer.name}, their officer."
    assert client.get(href).status_code == 200


def test_the_full_analysis_leads_to_where_it_is_explained_and_names_the_officer(client):
    case = cleared()
    RegistrationFactory(case=case, type_code="WEAP")
    case.assessments.all().delete()

    href, whose = gap(page_of(client, planned(case)), "The full analysis")

    assert href == reverse("work-risk", args=[case.crn])
    assert whose == f"For {case.officer.name}, their officer."


def test_an_order_whose_terms_nobody_saw_leads_to_the_restrictions(client):
    case = cleared()
    RestrictionFactory(case=case, terms="not_seen", copy_seen_on=None, copy_seen_by=None)

    found = page_of(client, planned(case))
    (href,) = set(re.findall(rf'href="({reverse("case-restrictions", args=[case.crn])})"', found))

    assert client.get(href).status_code == 200


def test_a_flag_without_an_instruction_leads_to_the_instructions(client):
    case = cleared()
    RegistrationFactory(case=case, type_code="ARSO")

    found = gap(page_of(client, planned(case)), "No instruction says")

    assert found == (reverse("work-instructions", args=[case.crn]), "")


def test_an_entry_past_its_review_is_for_whoever_takes_a_case_that_has_no_officer(client):
    case = cleared()
    RegistrationFactory(case=case, type_code="RCCO", review_on=DAY - timedelta(days=9))
    case.officer = None
    case.save()

    href, whose = gap(page_of(client, planned(case)), "its review was due")

    assert href == reverse("work-risk", args=[case.crn])
    assert whose == "For their officer: nobody has the case yet."


def test_a_supervisor_who_does_not_fit_leads_to_who_supervises(client):
    case = cleared()
    case.work_risks.all().delete()
    said = answers_for(case)
    said["managing.no_woman"] = said["managing.no_woman"] | {"said": "yes", "words": "As told."}
    signed_risk(case, answers=said)
    session = planned(case)
    session.staff.update(sex="woman")

    assert gap(page_of(client, session), "supervised by a woman") == ("#id_staff", "")


def test_a_case_that_is_kept_from_the_reader_leads_nowhere(client):
    case, user = WorkFactory().case, coordinator()
    session = planned(case)
    limit(case, kept_out=[user])

    page = page_of(client, session, user)

    assert gap(page, "Limited access: 1")[0] is None
    assert case.crn not in page.split('id="gaps"')[1].split("</section>")[0]


# Once it is out


def test_of_a_sheet_that_is_out_it_is_said_that_nothing_stands_in_the_way_and_nothing_is_to_be_done(
    client,
):
    page = words_of(page_of(client, published()))

    assert "The sheet is published. Nothing stands in the way of it now" in page
    assert "publish the sheet" not in page
    assert "Publish it again" not in page


def test_of_a_sheet_that_is_out_it_is_said_what_holds_somebody_back_now(client):
    case = cleared()
    session = published(case)
    case.work_risks.all().delete()

    page = words_of(page_of(client, session))

    assert "The sheet is published. 1 thing to put right" in page
    assert "before you can publish" not in page
    assert "Publish it again" not in page


def test_it_is_published_again_to_take_off_whoever_was_suspended_since(client):
    case = cleared()
    session = planned(case, cleared())
    place = session.attendances.get(case=case)
    place.allocation = WorkAllocationFactory(work=place.work, case=case, project=session.project)
    place.save()
    session = publish(session)
    RestrictionFactory(case=case, terms="not_seen", copy_seen_on=None, copy_seen_by=None)
    retest([case.pk], None, MORNING + timedelta(minutes=10))

    page = words_of(page_of(client, session))
    with frozen(MORNING + timedelta(minutes=20)):
        client.post(reverse("publish-sheet", args=[session.pk]))
        after = words_of(page_of(client, session))

    assert "1 person whose work was suspended since" in page
    assert "Publish it again to take their name off it." in page
    assert "Nothing stands in the way" not in page
    assert "suspended since" not in after


def test_a_sheet_of_a_day_that_is_over_is_not_offered_to_be_published(client):
    session = planned()
    WorkSession.objects.update(on=DAY - timedelta(days=2))

    page = words_of(page_of(client, session))

    assert "Publish the sheet" not in page
    assert "Who is expected" in page


# Who supervises


def opens_the_choice(page):
    return re.search(r'<details[^>]*app-no-print" open>', page) is not None


def test_a_session_that_nobody_supervises_leads_to_the_choice_and_opens_it(client):
    session = planned(cleared())
    session.staff.clear()

    page = page_of(client, session)

    assert gap(page, "Nobody is down to supervise") == ("#id_staff", "")
    assert opens_the_choice(page)


def test_the_choice_stays_shut_where_what_is_lacking_is_put_right_elsewhere(client):
    page = page_of(client, planned(WorkFactory().case))

    assert gap(page, "No risk assessment")[0] != "#id_staff"
    assert "Choose who supervises" in page
    assert not opens_the_choice(page)


def test_what_is_lacking_of_the_site_leads_to_the_project(client):
    session = planned(cleared())
    session.project.checks.all().delete()

    assert gap(page_of(client, session), "afety check") == (
        reverse("project", args=[session.project_id]),
        "",
    )


def test_the_choice_says_who_is_at_another_site_then_and_choosing_them_is_refused(client):
    glen = planned(project__name="Lower Glen", from_at=time(9, 30), to_at=time(16, 30))
    session, free = WorkSessionFactory(on=DAY), UserFactory(role=Role.SUPERVISOR)

    page = words_of(page_of(client, session))
    sent = {"staff": [free.pk, supervisor_of(glen).pk]}
    refused = client.post(reverse("staff-session", args=[session.pk]), sent, follow=True)

    assert "Jo Bell On Lower Glen, 9:30am to 4:30pm" in page
    assert page.count("On Lower Glen") == 1
    assert "Nobody is at two sites at once" in words_of(refused.content.decode())
    assert not session.staff.exists()


def test_whoever_supervised_a_week_ago_and_is_at_another_site_is_not_ticked(client):
    before = published()
    session = WorkSessionFactory(project=before.project, on=DAY + timedelta(days=7))
    WorkSessionFactory(on=DAY + timedelta(days=7)).staff.add(supervisor_of(before))

    page = page_of(client, session)

    assert "Ticked: who supervised" not in page
    assert not re.search(r'name="staff"[^>]*checked', page)
