"""The sample extract beside these tests shows every outcome of placement. Its people are invented."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from cases.models import Case, CodeToReview, Enquiry, Limit, Standing
from cases.services.importing.run import import_caseload
from cases.services.reference import load_code_lists
from grid.models import Placement
from staff.permissions import Role
from tests.cases.importing.extracts import NOW, TODAY
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

EXTRACT = Path(__file__).parent / "extract"
PLACES = {  # as docs/import.md tells it
    "T160001": "L0",  # scored here, from previous sanctions and age at the first
    "T160002": "M50",
    "T160003": "MC75",  # domestic abuse perpetrator
    "T160004": "LC0",  # child protection, as the source of harm
    "T160005": "L0",  # child protection, as the parent
    "T160006": "MC75",  # a firearm
    "T160007": "M75",  # a weapon that is no firearm
    "T160008": "escalate",  # high risk of serious harm
    "T160009": "escalate",  # MAPPA level 2
    "T160010": "M0",  # MAPPA whose level is not decided
    "T160011": "cannot",  # no level of harm
    "T160012": "cannot",  # no score, and not what a score needs
    "T160013": "cannot",  # no date of birth
    "T160014": "retained",
    "T160015": "no_sentence",
    "T160016": "no_sentence",  # awaiting sentence
    "T160017": "no_sentence",  # deleted in nDelius
    "T160018": "M50",  # released: scored here from the release
    "T160019": "M0",  # the level of harm is an assessment's
    "T160020": "M90",  # and RSR proposes escalation
    "T160021": "L0",
    "T160022": "L0",
    "T160023": "L50",
}


@pytest.fixture
def imported():
    load_code_lists()
    UserFactory(username="auditor", role=Role.AUDITOR)
    return import_caseload(path=EXTRACT, by=None, today=TODAY, now=NOW)


def test_every_line_of_the_sample_lands_and_every_code_in_it_is_known(imported):
    assert imported.rejects == []
    assert not CodeToReview.objects.exists()
    assert imported.run.provider_code == "C16"


def test_the_sample_shows_every_outcome_of_placement(imported):
    call_command("place_caseload", "--as-of", date(2018, 11, 5).isoformat(), verbosity=0)

    found = {
        row.case.crn: row.group or row.place for row in Standing.objects.select_related("case")
    }
    assert found == PLACES
    assert Placement.objects.current().get(case__crn="T160014").because.endswith("Ruth Okoro")


def test_the_sample_shows_limits_and_checks_made_before(imported):
    restricted, excluded = Limit.objects.order_by("case__crn")
    assert (restricted.case.crn, restricted.restricted, restricted.listed) == (
        "T160021",
        True,
        False,
    )
    assert (excluded.restricted, [one.user.username for one in excluded.named.all()]) == (
        False,
        ["auditor"],
    )
    states = Enquiry.objects.order_by("kind").values_list("case__crn", "kind", "state")
    assert list(states) == [("T160003", "children", "replied"), ("T160003", "police", "sent")]
    assert Case.objects.count() == len(PLACES)
