"""What supervisors are told, on the case and for everybody of whom nothing is said: pages and API."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from rest_framework.test import APIClient

from cases.models import Registration
from staff.permissions import Role
from tests.factories import (
    AttendanceFactory,
    InstructionFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RestrictionFactory,
    UserFactory,
    WorkFactory,
    limit,
)
from unpaidwork.models import Instruction
from unpaidwork.queries.instructions import missing_instructions

pytestmark = pytest.mark.django_db
SAID = {
    "must_not": "Do not let them work where children are or pass.",
    "watch_for": "Going towards the play area.",
    "do": "Move them away and keep them in sight.",
    "ring": "The duty officer, 01865 000000",
}


def flagged(code="ARSO", **given):
    work = WorkFactory()
    return RegistrationFactory(case=work.case, type_code=code, **given)


def filled(about, **given):
    """As the form is sent."""
    day = localdate() + timedelta(days=60)
    return {**SAID, "owner": str(about.case.officer_id), "review_on": day.isoformat(), **given}


def write_page(flag):
    return reverse("write-instruction", args=[flag.case.crn, f"register-{flag.pk}"])


def read(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_page_shows_each_flag_with_its_instruction_or_the_gap(client):
    flag = flagged()
    order = RestrictionFactory(case=flag.case)
    InstructionFactory(registration=None, restriction=order, case=flag.case, do="Ring at once.")
    client.force_login(flag.case.officer)

    page = read(client.get(reverse("work-instructions", args=[flag.case.crn])))

    assert page.index("Registered sex offender") < page.index("Restraining order")
    assert "Nothing tells supervisors what this means. Nobody can be placed until it does." in page
    assert "As supervisors read it" in page
    assert "What to do Ring at once." in page


def test_a_case_with_no_flag_is_not_said_to_be_without_risk(client):
    case = WorkFactory().case
    client.force_login(case.officer)

    page = read(client.get(reverse("work-instructions", args=[case.crn])))

    assert "That none is recorded is not the same as no risk." in page


def test_a_suggestion_is_shown_and_nothing_is_saved_by_showing_it(client):
    flag = flagged()
    client.force_login(flag.case.officer)

    page = read(client.get(write_page(flag)))

    assert "nothing is saved until you save it" in page
    assert "Do not let them work, wait or take breaks where" in page
    assert not Instruction.objects.exists()


def test_what_stands_in_brackets_must_be_filled_in(client):
    flag = flagged()
    client.force_login(flag.case.officer)

    page = read(client.post(write_page(flag), filled(flag, must_not="Keep them from [whom].")))

    assert "Fill in what stands in brackets" in page
    assert not Instruction.objects.exists()


def test_an_officer_writes_it_and_the_gap_is_closed(client):
    flag = flagged()
    client.force_login(flag.case.officer)

    page = client.post(write_page(flag), filled(flag), follow=True)

    assert missing_instructions([flag.case], localdate()) == {}
    assert SAID["do"] in read(page)


@pytest.mark.parametrize("part", sorted(SAID))
def test_a_name_is_refused_beside_its_box_and_what_was_typed_is_kept(client, part):
    flag = flagged()
    RelatedPersonFactory(case=flag.case, name="Robin Lane", protected=True)
    client.force_login(flag.case.officer)

    answer = client.post(write_page(flag), filled(flag, **{part: "Tell Robin, 01865 000000."}))

    page = answer.content.decode()
    assert f"#id_{part}" in page
    assert "Tell Robin, 01865 000000." in page
    assert not Instruction.objects.exists()


def test_a_reader_who_may_not_see_a_name_sees_none_and_cannot_write(client):
    flag = flagged()
    InstructionFactory(registration=flag, do="Ring if Robin comes.")
    RelatedPersonFactory(case=flag.case, name="Robin Lane", protected=True)
    client.force_login(UserFactory(role=Role.HUB))

    page = read(client.get(reverse("work-instructions", args=[flag.case.crn])))

    assert "Robin" not in page
    assert "Kept back from supervisors. It names somebody around them." in page
    assert client.get(write_page(flag)).status_code == 403


def test_writing_anew_begins_with_what_stands(client):
    flag = flagged()
    InstructionFactory(registration=flag, do="Ring the team.")
    client.force_login(flag.case.officer)

    page = read(client.get(write_page(flag)))

    assert "What they read now" in page
    assert page.count("Ring the team.") == 2


@pytest.mark.parametrize("key", ["register-0", "order-1", "nothing", "register-x"])
def test_a_flag_that_is_not_there_is_not_found(client, key):
    flag = flagged()
    client.force_login(flag.case.officer)

    address = reverse("write-instruction", args=[flag.case.crn, key])

    assert client.get(address).status_code == 404
    assert client.post(address, filled(flag)).status_code == 404


def test_what_is_over_is_ended_with_a_reason(client):
    written = InstructionFactory(registration=flagged())
    Registration.objects.update(active=False)
    client.force_login(written.case.officer)
    address = reverse("end-instruction", args=[written.case.crn, written.pk])
    listed = client.get(reverse("work-instructions", args=[written.case.crn])).content.decode()

    refused = read(client.post(address, {"because": "n/a"}))
    client.post(address, {"because": "The police took them off it."})

    written.refresh_from_db()
    assert address in listed
    assert "Say why it is no longer needed." in refused
    assert written.ended_because == "The police took them off it."


# Everybody of whom nothing is said


def listed(client, user=None):
    client.force_login(user or UserFactory(role=Role.COORDINATOR))
    return client.get(reverse("missing-instructions"))


def test_everybody_of_whom_nothing_is_said_is_listed_who_works_first_first(client):
    later, sooner = flagged(), flagged("WEAP")
    AttendanceFactory(work=sooner.case.works.get(), session__on=localdate() + timedelta(days=1))
    said = InstructionFactory(registration=flagged()).case
    idle = RegistrationFactory(type_code="ARSO").case

    page = read(listed(client))

    assert page.index(sooner.case.list_name) < page.index(later.case.list_name)
    assert "Weapons Nothing is said" in page
    assert "2 people" in page
    assert said.surname not in page
    assert idle.surname not in page


def test_an_empty_list_says_that_nothing_is_owed(client):
    assert "Nothing is owed." in read(listed(client))


def test_a_kept_case_is_a_masked_row_of_the_list(client):
    flag = flagged()
    user = UserFactory(role=Role.COORDINATOR)
    limit(flag.case, kept_out=[user])

    page = read(listed(client, user))

    assert "This case is limited." in page
    assert flag.case.surname not in page


def test_a_list_of_sixty_takes_as_many_statements_as_one_of_five_and_goes_on(client):
    counts = []
    for number in (5, 55):
        for _ in range(number):
            flagged()
        listed(client)
        with CaptureQueriesContext(connection) as seen:
            page = listed(client)
        counts.append(len(seen))

    assert counts[0] == counts[1]
    assert "60 people" in read(page)
    assert "after=" in page.content.decode()


# By the API


def api(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_the_api_lists_flags_and_takes_what_they_mean():
    flag = flagged()
    client = api(flag.case.officer)
    address = reverse("api-work-instructions", args=[flag.case.crn])
    (bare,) = client.get(address).json()
    sent = filled(flag, flag=bare["key"], owner=flag.case.officer.username)

    written = client.post(address, sent, format="json")

    assert bare["instruction"] is None
    assert written.status_code == 201
    assert written.json()[0]["do"] == SAID["do"]


def test_the_api_refuses_a_blank_and_a_name_in_the_words_of_the_page():
    flag = flagged()
    RelatedPersonFactory(case=flag.case, name="Robin Lane")
    client = api(flag.case.officer)
    address = reverse("api-work-instructions", args=[flag.case.crn])
    sent = filled(flag, flag=f"register-{flag.pk}", owner=flag.case.officer.username)

    refused = [
        client.post(address, sent | wrong, format="json")
        for wrong in ({"must_not": ""}, {"do": "Ring Robin."}, {"owner": "nobody"})
    ]

    assert [answer.status_code for answer in refused] == [422, 422, 422]
    assert "names somebody" in str(refused[1].json())
    assert not Instruction.objects.exists()


def test_the_api_ends_what_is_over():
    written = InstructionFactory(registration=flagged(active=False))
    address = reverse("api-end-instruction", args=[written.case.crn, written.pk])

    answer = api(written.case.officer).post(address, {"because": "Taken off it."}, format="json")

    written.refresh_from_db()
    assert answer.status_code == 204
    assert written.ended_on
