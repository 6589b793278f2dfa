"""What Celery asks of unpaid work each minute."""

import pytest

from cases.models import Assignment
from tests.clock import frozen
from tests.unpaidwork.a_sheet import MORNING, published, supervisor_of
from unpaidwork import tasks

pytestmark = pytest.mark.django_db


def test_supervisors_reach_their_people_although_another_step_of_the_minute_fails(monkeypatch):
    def fails(*, today):
        raise ValueError

    monkeypatch.setattr(tasks, "owe_new_instructions", fails)
    with frozen(MORNING):
        session = published()
        Assignment.objects.all().delete()

        with pytest.raises(ExceptionGroup):
            tasks.sweep_sheets()

    assert Assignment.objects.filter(user=supervisor_of(session)).exists()
