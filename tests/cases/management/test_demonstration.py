"""What `make_demo` has made, looked at. It is made once for all of these: none of them needs it made anew."""

from io import StringIO

import pytest
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command

from cases.agencies.files import examine
from cases.management.demo import signins
from cases.models import Agency, Case, DocumentContent, Reachable
from cases.rules.uploads import MEDIA_TYPES, why_refused
from staff.models import User
from staff.permissions import Role
from tests.cases.management.a_demonstration import SMALL, make, picture
from tests.demonstration import demonstrated

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    with demonstrated(django_db_blocker, tmp_path_factory, SMALL):
        assert Case.objects.count() == SMALL.people
        yield


def test_a_second_time_says_so_and_does_nothing(tmp_path):
    before = picture()

    said = make(tmp_path, people=200)

    assert said == "The demonstration caseload is already here. Nothing was done.\n"
    assert picture() == before


def test_each_role_has_a_sign_in_that_the_password_rules_accept():
    accounts = signins.accounts()

    assert [user.role for user in accounts] == list(Role)
    for user in accounts:
        validate_password(signins.PASSWORD, user)
        assert check_password(signins.PASSWORD, user.password)


def test_nobody_else_invented_can_sign_in():
    others = User.objects.exclude(username__in=list(Role))

    assert others.exists()
    assert not [user for user in others if user.has_usable_password()]


def test_the_sign_ins_are_printed_with_the_address_a_line_for_each_role():
    said = StringIO()

    call_command("show_signins", address="http://localhost:9000", stdout=said)

    lines = said.getvalue().splitlines()
    assert "http://localhost:9000" in lines[0]
    assert [line.split(signins.PASSWORD)[0].split()[-1] for line in lines[-12:]] == list(Role)


def test_telephone_numbers_and_addresses_of_mail_can_be_nobodys():
    numbers = Reachable.objects.exclude(kind="email").values_list("value", flat=True)
    mail = [*Reachable.objects.filter(kind="email").values_list("value", flat=True)]
    mail += User.objects.values_list("email", flat=True)

    assert all(number.startswith(("07700 900", "01632 960")) for number in numbers)
    assert all(address.endswith("example.test") for address in mail)


def test_agencies_can_be_reached_only_where_nobody_is():
    for one in Agency.objects.all():
        assert one.email.endswith("example.test") or not one.email
        assert one.telephone.startswith("01632 960") or not one.telephone
        assert "example.test/" in one.portal or not one.portal
        assert one.address.endswith("ZZ99 9ZZ") or not one.address


def test_the_papers_of_the_stories_are_what_we_would_have_kept():
    for kept in DocumentContent.objects.select_related("document"):
        found = examine(bytes(kept.content))

        assert not why_refused(found)
        assert MEDIA_TYPES[found.kind] == kept.document.media_type
