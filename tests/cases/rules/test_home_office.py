"""Of whom the Home Office is asked: never of whom nobody knows, and not of British or Irish citizens, dual nationals among them."""

import pytest

from cases.reference.codes import Given
from cases.rules.home_office import Nationality, is_asked_about, nationality_of


@pytest.mark.parametrize(
    ("first", "second", "comes_to"),
    [
        ("British", "", Nationality.BRITISH),
        ("BRIT", "", Nationality.BRITISH),
        ("Welsh", "", Nationality.BRITISH),
        ("Polish", " british ", Nationality.BRITISH),
        (Given.NOT_ASKED, "British", Nationality.BRITISH),
        ("Irish", "", Nationality.IRISH),
        ("Nigerian", "Irish", Nationality.IRISH),
        ("Polish", "", Nationality.OTHER),
        ("Stateless", "", Nationality.OTHER),
        ("British Virgin Islander", "", Nationality.OTHER),
        (Given.NOT_ASKED, "", Nationality.NOT_KNOWN),
        (Given.NOT_STATED, "", Nationality.NOT_KNOWN),
        ("UNKNOWN", "Polish", Nationality.NOT_KNOWN),
        ("", "", Nationality.NOT_KNOWN),
    ],
)
def test_what_the_record_comes_to(first, second, comes_to):
    assert nationality_of(first, second) == comes_to


def test_only_another_nationality_or_the_register_has_the_home_office_asked():
    asked = {one for one in Nationality if is_asked_about(one, registered=False)}

    assert asked == {Nationality.OTHER}
    assert is_asked_about(Nationality.NOT_KNOWN, registered=True)
