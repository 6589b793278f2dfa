"""What is said where an answer was left empty is a sentence of its own, and not a label with "Enter" before it."""

import pytest

from unpaidwork.forms.project_places import PickUpForm
from unpaidwork.forms.projects import DaysForm, ProjectForm
from unpaidwork.forms.work import AdjustForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("form", "given", "field", "says"),
    [
        (AdjustForm, {}, "note", "Say in a line what it rests on"),
        (DaysForm, {"stands": {}}, "from_on", "Enter the first day on which it runs"),
        (PickUpForm, {"stands": {}}, "code", "Enter a code for the pick-up point"),
        (ProjectForm, {"stands": {}}, "code", "Enter the code of the project, as in nDelius"),
        (ProjectForm, {"stands": {}}, "from_on", "Enter the first day of the project"),
    ],
)
def test_an_answer_left_empty_is_asked_for_in_a_sentence(form, given, field, says):
    assert form({}, **given).errors[field] == [says]
