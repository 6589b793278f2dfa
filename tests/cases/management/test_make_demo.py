import json
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import transaction

from cases.agencies.files import examine
from cases.management.demo import likelihood, signins
from cases.models import (
    Address,
    Agency,
    Assessment,
    Case,
    Contact,
    DocumentContent,
    Enquiry,
    Information,
    InterimPlan,
    Override,
    Person,
    Plan,
    PlanAction,
    Reachable,
    RelatedPerson,
    ReplyInHand,
    Subject,
)
from cases.rules.uploads import MEDIA_TYPES, why_refused
from staff.models import User
from staff.permissions import Role
from tests.factories import CaseFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2018, 10, 1)
FEW = 100


def make(tmp_path, **options):
    said = StringIO()
    defaults = {"people": FEW, "seed": 3, "today": TODAY, "truth": tmp_path / "truth.json"}
    call_command("make_demo", **defaults | options, stdout=said, stderr=StringIO())
    return said.getvalue()


def picture():
    """What a reader could see of the caseload, without the keys of rows."""
    return [
        list(
            Case.objects.order_by("crn").values_list(
                "crn", "sort_name", "born_on", "officer__username"
            )
        ),
        list(
            Person.objects.order_by("case__crn").values_list("ethnicity", "nationality", "may_text")
        ),
        list(Address.objects.order_by("pk").values_list("lines", "postcode")),
        list(Contact.objects.order_by("pk").values_list("type_code", "started_at", "notes")),
        list(Enquiry.objects.order_by("pk").values_list("kind", "state", "due_on")),
        list(RelatedPerson.objects.order_by("pk").values_list("name", "born_on", "authority")),
        list(Subject.objects.order_by("pk").values_list("name", "born_on", "reply")),
        list(
            InterimPlan.objects.order_by("pk").values_list("case__crn", "expires_on", "agreement")
        ),
        list(PlanAction.objects.order_by("pk").values_list("what", "by_on", "done_on")),
        list(Assessment.objects.order_by("pk").values_list("case__crn", "state", "completed_on")),
        list(Plan.objects.order_by("pk").values_list("case__crn", "state", "agreed", "answers")),
        list(Override.objects.order_by("pk").values_list("case__crn", "state", "expires_on")),
        list(Information.objects.order_by("pk").values_list("kind", "text", "at")),
        sorted(ReplyInHand.objects.values_list("key", "text")),
    ]


def made_and_undone(tmp_path, **options):
    with transaction.atomic():
        make(tmp_path, **options)
        seen = picture()
        transaction.set_rollback(True)
    return seen, json.loads((tmp_path / "truth.json").read_text())


def test_the_same_people_seed_and_day_give_the_same_caseload_and_another_seed_another(tmp_path):
    first = made_and_undone(tmp_path)
    again = made_and_undone(tmp_path)
    other = made_and_undone(tmp_path, seed=4)

    assert again == first
    assert other[0] != first[0]


def test_a_second_time_says_so_and_does_nothing(tmp_path):
    make(tmp_path)
    before = picture()

    said = make(tmp_path, people=200)

    assert said == "The demonstration caseload is already here. Nothing was done.\n"
    assert picture() == before


def test_it_refuses_a_database_that_holds_anybody_else_and_leaves_no_sign_in_there(tmp_path):
    CaseFactory()

    with pytest.raises(CommandError, match="cases that make_demo did not make"):
        make(tmp_path)

    assert signins.accounts() == []
    assert not User.objects.filter(username__in=list(Role)).exists()


def test_it_refuses_where_a_user_already_has_a_name_it_needs(tmp_path):
    UserFactory(username="officer")

    with pytest.raises(CommandError, match="names the demonstration needs"):
        make(tmp_path)

    assert not Case.objects.exists()


def test_it_refuses_too_few_people_to_show_one_of_everything(tmp_path):
    with pytest.raises(CommandError, match="At least 100 people"):
        make(tmp_path, people=99)


def test_each_role_has_a_sign_in_that_the_password_rules_accept(tmp_path):
    make(tmp_path)

    accounts = signins.accounts()

    assert [user.role for user in accounts] == list(Role)
    for user in accounts:
        validate_password(signins.PASSWORD, user)
        assert check_password(signins.PASSWORD, user.password)


def test_nobody_else_invented_can_sign_in(tmp_path):
    make(tmp_path)

    others = User.objects.exclude(username__in=list(Role))

    assert others.exists()
    assert not [user for user in others if user.has_usable_password()]


def test_the_sign_ins_are_printed_with_the_address_a_line_for_each_role(tmp_path):
    make(tmp_path)
    said = StringIO()

    call_command("show_signins", address="http://localhost:9000", stdout=said)

    lines = said.getvalue().splitlines()
    assert "http://localhost:9000" in lines[0]
    assert [line.split(signins.PASSWORD)[0].split()[-1] for line in lines[-12:]] == list(Role)


def test_outside_a_demonstration_there_are_no_sign_ins_to_print():
    UserFactory(username="officer")
    said = StringIO()

    call_command("show_signins", stdout=said)

    assert "was not made by make_demo" in said.getvalue()
    assert signins.PASSWORD not in said.getvalue()


def test_telephone_numbers_and_addresses_of_mail_can_be_nobodys(tmp_path):
    make(tmp_path)

    numbers = Reachable.objects.exclude(kind="email").values_list("value", flat=True)
    mail = [*Reachable.objects.filter(kind="email").values_list("value", flat=True)]
    mail += User.objects.values_list("email", flat=True)

    assert all(number.startswith(("07700 900", "01632 960")) for number in numbers)
    assert all(address.endswith("example.test") for address in mail)


def test_agencies_can_be_reached_only_where_nobody_is(tmp_path):
    make(tmp_path)

    for one in Agency.objects.all():
        assert one.email.endswith("example.test") or not one.email
        assert one.telephone.startswith("01632 960") or not one.telephone
        assert "example.test/" in one.portal or not one.portal
        assert one.address.endswith("ZZ99 9ZZ") or not one.address


def test_the_papers_of_the_stories_are_what_we_would_have_kept(tmp_path):
    make(tmp_path)

    for kept in DocumentContent.objects.select_related("document"):
        found = examine(bytes(kept.content))

        assert not why_refused(found)
        assert MEDIA_TYPES[found.kind] == kept.document.media_type


@pytest.mark.parametrize(
    "sanctions, age_convicted, age_first, age_out, offence, expected",
    [
        (1, 30, 30, 30, "drink_driving", 11.1),
        (14, 52, 18, 52, "motoring", 35.2),
        (40, 24, 12, 24, "theft", 95.0),
    ],
)
def test_the_demonstrations_own_reckoning_of_ogrs3_is_the_published_one(
    sanctions, age_convicted, age_first, age_out, offence, expected
):
    score = likelihood.two_year_score(
        woman=False,
        sanctions=sanctions,
        age_convicted=age_convicted,
        age_first=age_first,
        age_out=age_out,
        offence=offence,
    )

    assert score == pytest.approx(expected, abs=0.05)
