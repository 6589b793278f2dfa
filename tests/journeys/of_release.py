"""What journeys of release have in common: who takes part in them, and how a service says that it takes somebody on."""

from datetime import timedelta

from django.utils.timezone import localdate
from playwright.sync_api import expect

from staff.permissions import Role
from tests.journeys.conftest import DESKTOP
from tests.journeys.test_escalation import signed_in
from tests.journeys.widths import PHONE


def worker_and_officer(open_page, sign_in, scripts):
    """Through the Gate and the responsible officer, each in a browser of their own; without scripts on a telephone."""
    width = DESKTOP if scripts else {"width": PHONE, "height": 900}
    return [
        signed_in(open_page, sign_in, role, viewport=width, java_script_enabled=scripts)
        for role in (Role.RESETTLEMENT, Role.OFFICER)
    ]


def say_they_are_seen(service, days):
    """The service answers by its link: they will be seen in so many days."""
    service.fill("received_by", "Jo Field")
    service.choose("answer", "We will see them")
    service.fill("first_on", (localdate() + timedelta(days=days)).strftime("%d/%m/%Y"))
    service.fill("first_time", "2pm")
    service.fill("first_where", "14 Mill Street")
    service.press("Send the answer")
    expect(service.page.get_by_role("heading", name="Thank you")).to_be_visible()
