import json
from datetime import date
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from cases.management.demo import likelihood, signins
from cases.management.demo.reviewing import ReviewDealer
from cases.models import Case
from staff.models import User
from staff.permissions import Role
from tests.cases.management.a_demonstration import SMALL, make, picture
from tests.demonstration import demonstrated
from tests.factories import CaseFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def first(django_db_setup, django_db_blocker, tmp_path_factory):
    """What was seen and planted where another process, or this one, made it."""
    with demonstrated(django_db_blocker, tmp_path_factory, SMALL) as planted:
        return picture(), planted


def made_and_undone(tmp_path, **options):
    with transaction.atomic():
        make(tmp_path, **options)
        seen = picture()
        transaction.set_rollback(True)
    return seen, json.loads((tmp_path / "truth.json").read_text())


def test_the_same_people_seed_and_day_give_the_same_caseload_and_another_seed_another(
    first, tmp_path
):
    again = made_and_undone(tmp_path)
    other = made_and_undone(tmp_path, seed=4)

    assert again == first
    assert other[0] != first[0]


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


def test_outside_a_demonstration_there_are_no_sign_ins_to_print():
    UserFactory(username="officer")
    said = StringIO()

    call_command("show_signins", stdout=said)

    assert "was not made by make_demo" in said.getvalue()
    assert signins.PASSWORD not in said.getvalue()


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


def test_whoever_had_nothing_to_answer_on_the_working_day_before_is_dealt_no_review():
    """Made on a Sunday: eight days before it is a Saturday, and the review would be of the Friday."""
    sunday, began = date(2026, 11, 29), date(2026, 7, 1)
    missed = [
        SimpleNamespace(outcome="UAAB", on=date(2026, 11, day)) for day in (10, 16)
    ]  # the second counts on Saturday the 21st, and not on the 20th
    plan = SimpleNamespace(
        told=None, limit=None, ours=True, officer="officer", officer_since=began, arrived_on=began,
        imported=False, raises=[], meetings=missed, actions=[], registers=[], victims=[], routes=[],
        assessments=[SimpleNamespace(state="signed", signed_on=began)], sentence_plans=[], review=None,
    )  # fmt: skip

    ReviewDealer(sunday).deal(plan)

    assert plan.review is None
