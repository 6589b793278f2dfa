"""Minutes of meetings of agencies are on their own page and nowhere else, whoever looks. Source: supervision reference 3.3."""

import pytest
from django.utils.timezone import localdate, now

from staff.permissions import Role
from tests import test_leaks
from tests.factories import (
    AgencyMeetingFactory,
    CourtRequestFactory,
    DocumentFactory,
    RegistrationFactory,
    UserFactory,
)
from tests.test_leaks import crawl

pytestmark = pytest.mark.django_db
MINUTED = "Zqminutesvx"


def test_a_senior_who_may_read_everything_finds_minutes_on_their_page_alone(client, monkeypatch):
    meeting = AgencyMeetingFactory(
        took_part="absent", came_to="Nobody could go", answered_at=now(), answered_by=UserFactory(),
        held_at=now(), minutes=MINUTED, minutes_came_on=localdate(),
    )  # fmt: skip
    case = meeting.case
    meeting.document = DocumentFactory(case=case)
    meeting.save()
    meeting.document.content.content = MINUTED.encode()
    meeting.document.content.save()
    CourtRequestFactory(case=case, needed_by=now())
    RegistrationFactory(case=case, type_code="RCPR")
    numbers = {
        "meeting": lambda kept: meeting.pk,
        "court_request": lambda kept: kept.court_requests.get().pk,
        "document": lambda kept: meeting.document_id,
    }
    monkeypatch.setattr(test_leaks, "NUMBERS", numbers)

    bodies = crawl(client, UserFactory(role=Role.SPO, team=case.team), case)

    assert {name for name, body in bodies.items() if MINUTED in body} == {
        "minutes",
        "minutes-file",
        "api-minutes",
    }
