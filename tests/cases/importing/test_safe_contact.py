"""An extract never undoes what the person told us of how to get in touch."""

import pytest

from cases.models import Person
from cases.services.contact_details import remove_contact, set_contact_details
from staff.errors import RuleBroken
from tests.cases.importing.extracts import NOW, TODAY, bring_in, offender
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
HOME = {"addressNumber": "4", "streetName": "Mill Lane", "town": "Reading", "postcode": "RG1 1AA", "from": "2018-01-01", "status": {"code": "M"}}  # fmt: skip
MOBILE = {"type": "MOBILE", "number": "07700 900123"}


def sent(numbers=(MOBILE,), addresses=(HOME,), allows=True, language="Polish"):
    return offender(
        contactDetails={
            "allowSMS": allows,
            "phoneNumbers": list(numbers),
            "addresses": list(addresses),
        },
        offenderProfile={
            "offenderLanguages": {"primaryLanguage": language, "requiresInterpreter": True}
        },
    )


@pytest.fixture
def case(tmp_path):
    bring_in(tmp_path, sent())
    return Person.objects.get().case


def say(case, **given):
    set_contact_details(case=case, given=given, by=UserFactory(), today=TODAY, now=NOW)


@pytest.mark.parametrize("answer, safe", [("yes", True), ("no", False)])
def test_a_number_keeps_its_answer_whatever_is_sent(case, tmp_path, answer, safe):
    say(case, **{f"safe_{case.reachable.get().pk}": answer})

    for numbers in ((MOBILE,), (), (MOBILE,)):
        bring_in(tmp_path, sent(numbers=numbers))

        assert case.reachable.get().safe is safe


def test_a_number_is_taken_out_here_once_it_is_no_longer_sent_and_not_before(case, tmp_path):
    say(case, **{f"safe_{case.reachable.get().pk}": "yes"})
    known = {"case": case, "by": UserFactory(), "now": NOW}

    for numbers in ((MOBILE,), (), (MOBILE,)):
        bring_in(tmp_path, sent(numbers=numbers))
        assert case.reachable.get().imported is bool(numbers)
    with pytest.raises(RuleBroken, match="taken out there"):
        remove_contact(reachable=case.reachable.get(), **known)
    run = bring_in(tmp_path, sent(numbers=()))
    remove_contact(reachable=case.reachable.get(), **known)

    assert run.counts["offender"]["updated"] == 1
    assert bring_in(tmp_path, sent(numbers=())).counts["offender"]["unchanged"] == 1
    assert not case.reachable.exists()


def test_a_number_that_nobody_asked_about_goes_when_it_is_no_longer_sent(case, tmp_path):
    bring_in(tmp_path, sent(numbers=()))

    assert not case.reachable.exists()


def test_what_nobody_asked_them_here_is_taken_from_the_extract(case, tmp_path):
    bring_in(tmp_path, sent(allows=False, language="Welsh"))

    person = Person.objects.get()
    assert (person.may_text, person.first_language) == (False, "Welsh")


def test_once_they_were_asked_no_extract_says_that_we_may(case, tmp_path):
    say(case, may_text="no", needs_interpreter="no", first_language="English")

    bring_in(tmp_path, sent(allows=True))

    person = Person.objects.get()
    assert person.may_text is False
    assert (person.needs_interpreter, person.first_language) == (False, "English")


@pytest.mark.parametrize("answer, safe", [("yes", True), ("no", False)])
def test_the_answer_about_an_address_goes_with_the_place(case, tmp_path, answer, safe):
    say(case, **{f"write_{case.addresses.get().pk}": answer})

    bring_in(tmp_path, sent(addresses=[HOME | {"from": "2018-02-01"}]))

    assert case.addresses.get().safe_to_write is safe


def test_another_place_is_asked_about_anew(case, tmp_path):
    say(case, **{f"write_{case.addresses.get().pk}": "yes"})
    left = HOME | {"to": "2018-10-01", "status": {"code": "P"}}

    bring_in(tmp_path, sent(addresses=[left, HOME | {"streetName": "Canal Street"}]))

    asked = dict(case.addresses.values_list("lines", "safe_to_write"))
    assert asked == {"4 Mill Lane": True, "4 Canal Street": None}


def test_the_same_extract_again_changes_nothing(case, tmp_path):
    say(case, may_text="no", **{f"safe_{case.reachable.get().pk}": "no"})
    bring_in(tmp_path, sent())

    run = bring_in(tmp_path, sent())

    assert run.counts["offender"]["unchanged"] == 1
