from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Contact, Search
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.views.a_case import contact, full_case, see, words
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    ComplianceDecisionFactory,
    RelatedPersonFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return CaseFactory()


def log(client, case, user=None, **query):
    return words(see(client, user or case.officer, "case-contacts", case, **query))


def find(client, case, text, user=None):
    client.force_login(user or case.officer)
    address = reverse("case-contacts", args=[case.crn])
    return client.post(address, {"notes-text": text}, follow=True)


def write(client, case, user=None, **data):
    client.force_login(user or case.officer)
    given = {
        "kind": "CTOB",
        "on": "today",
        "time": "00:00",
        "notes": "Rang about the flat.",
        "sensitive": "no",
    }
    return client.post(reverse("record-contact", args=[case.crn]), given | data, follow=True)


def test_each_appointment_leads_to_its_page_and_nothing_else_does(client, case):
    held = contact(case, appointment=True)
    call = contact(case, appointment=False)

    page = log(client, case)

    assert reverse("appointment", args=[case.crn, held.pk]) in page
    assert reverse("appointment", args=[case.crn, call.pk]) not in page


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ({"appointments": "on"}, {"kept", "missed", "excused"}),
        ({"missed": "on"}, {"missed"}),
        ({"sensitive": "on"}, {"call"}),
        ({"who": "N01"}, {"call"}),
        ({}, {"kept", "missed", "excused", "call"}),
    ],
)
def test_the_log_is_narrowed_to_what_is_asked_for(client, case, query, kept):
    contact(case, notes="Note of kept.", appointment=True, attended=True, complied=True)
    contact(case, notes="Note of missed.", appointment=True, attended=False, complied=False)
    contact(case, notes="Note of excused.", appointment=True, attended=False, complied=True)
    contact(case, notes="Note of call.", sensitive=True, staff_code="N01", staff_name="A. Lee")

    page = log(client, case, **query)

    assert {
        one for one in ("kept", "missed", "excused", "call") if f"Note of {one}." in page
    } == kept


@pytest.mark.parametrize(("older", "newer"), [(9, 1), (1, 9)])
def test_an_outcome_that_has_had_two_names_is_offered_once_under_its_last(
    client, case, older, newer
):
    contact(case, older, outcome_code="ATTC", outcome_name="Attended - Complied")
    contact(case, newer, outcome_code="ATTC", outcome_name="Attended and complied")
    last = "Attended - Complied" if older < newer else "Attended and complied"

    page = log(client, case)

    assert page.count('<option value="ATTC">') == 1
    assert f'<option value="ATTC">{last}</option>' in page


def test_long_notes_open_in_place_and_short_ones_stand_open(client, case):
    contact(case, notes=f"Begins here. {'word ' * 200} ends here.")
    contact(case, notes="Short and whole.")

    page = log(client, case)

    assert page.count('<span class="govuk-details__summary-text">Begins here.') == 1
    assert "ends here." in page
    assert '<p class="govuk-body">Short and whole.</p>' in page


def test_what_awaits_a_decision_is_marked_so(client, case):
    missed = AppointmentFactory(case=case, at=now() - timedelta(days=3))
    Contact.objects.filter(pk=missed.pk).update(outcome_code="AFTA", attended=False, complied=False)
    ComplianceDecisionFactory(appointment=missed)

    assert "Awaiting decision" in log(client, case)


def test_what_is_looked_for_stands_in_no_address(client, case):
    contact(case, notes="He keeps a blue bicycle.")
    contact(case, notes="Rang about work.")

    page = find(client, case, "Blue  Bicycle")

    assert "He keeps a blue bicycle." in words(page)
    assert "Rang about work." not in words(page)
    assert page.redirect_chain
    assert all("icycle" not in address for address, _ in page.redirect_chain)
    assert "Notes with “Blue Bicycle”" in words(page)


def test_a_search_goes_on_to_the_next_page_and_together_with_filters(client, case):
    for n in range(45):
        contact(case, days_ago=n, notes="bicycle", type_code="CTOB" if n % 2 else "CTOA")
    contact(case, notes="Rang about work.")

    page = find(client, case, "bicycle")
    later = client.get(page.context["next"])
    calls = client.get(f"{page.redirect_chain[-1][0]}&kind=CTOB")

    assert page.context["log"].shown + later.context["log"].shown == 45
    assert calls.context["log"].shown == 22


def test_nobody_finds_a_protected_name_that_they_may_not_see(client, case):
    RelatedPersonFactory(case=case, name="Beryl Quick", protected=True)
    contact(case, notes="Saw Beryl Quick at the door.")
    colleague = UserFactory(team=case.team)

    assert "at the door" in words(find(client, case, "beryl"))
    assert "at the door" not in words(find(client, case, "beryl", colleague))
    assert "at the door" not in words(find(client, case, "quick at", colleague))
    assert "at the door" in words(find(client, case, "at the door", colleague))


def test_somebody_elses_search_is_not_opened(client, case):
    contact(case, notes="He keeps a blue bicycle.")
    search = Search.objects.create(by=UserFactory(), text="bicycle")

    page = log(client, case, find=str(search.key))

    assert "bicycle”" not in page
    assert "Type the words again" in page


@pytest.mark.parametrize("key", ["nonsense", "0", "x" * 80])
def test_an_address_that_is_no_search_shows_the_whole_log(client, case, key):
    contact(case, notes="He keeps a blue bicycle.")

    assert "He keeps a blue bicycle." in log(client, case, find=key)


def test_looking_for_nothing_asks_for_a_word(client, case):
    page = words(find(client, case, ""))

    assert "Enter find in the notes" in page


def test_the_log_takes_as_many_statements_for_much_as_for_little(
    client, django_assert_max_num_queries
):
    counts = []
    for rows in (5, 60):
        case = full_case(rows)
        for n in range(rows):
            ComplianceDecisionFactory(
                appointment=AppointmentFactory(case=case, at=now() - timedelta(days=n))
            )
        client.force_login(case.officer)
        with django_assert_max_num_queries(30) as captured:
            client.get(reverse("case-contacts", args=[case.crn]))
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_a_contact_that_nobody_had_arranged_is_recorded_from_anywhere_on_the_case(client, case):
    page = log(client, case)
    assert f'href="{reverse("record-contact", args=[case.crn])}" data-key="new-contact"' in page

    page = words(write(client, case))

    assert "In the log: phone call to them." in page
    assert "Rang about the flat." in page


def test_the_moment_is_now_until_somebody_says_otherwise(client, case):
    form = see(client, case.officer, "record-contact", case).context["form"]

    assert form["on"].value() == localdate()
    assert say_date(localdate()) in str(form["on"])


def test_seen_face_to_face_it_says_that_it_counts(client, case):
    assert "counts as contact this month" in words(write(client, case, kind="COUP"))


def test_oversight_is_offered_to_seniors_alone(client, case):
    senior = UserFactory(role=Role.SPO, team=case.team)

    def offered(user):
        form = see(client, user, "record-contact", case).context["form"]
        return [code for code, _ in form.fields["kind"].choices]

    assert "C002" not in offered(case.officer)
    assert "C002" in offered(senior)


def test_what_was_kept_from_the_person_last_time_is_kept_again_for_that_kind_alone(client, case):
    write(client, case, kind="CTOB", sensitive="yes")

    page = see(client, case.officer, "record-contact", case)
    assert page.context["form"]["sensitive"].value() == "before"
    assert "Kept from them: Phone call to them." in words(page)
    write(client, case, kind="CTOB", sensitive="before")
    write(client, case, kind="CTOA", sensitive="before")

    assert Contact.objects.filter(type_code="CTOB", sensitive=True).count() == 2
    assert not Contact.objects.get(type_code="CTOA").sensitive


def test_headings_are_put_in_and_nothing_is_recorded(client, case):
    page = write(client, case, headings="1")

    assert not Contact.objects.exists()
    assert page.context["form"]["notes"].value().startswith("Rang about the flat.")
    assert "Set tasks:" in page.context["form"]["notes"].value()


def test_what_is_refused_is_said_and_everything_typed_is_kept(client, case):
    page = words(write(client, case, on="1/1/2017"))

    assert "more than a year ago" in page
    assert "Rang about the flat." in page
    assert "Rang about the flat." in words(see(client, case.officer, "record-contact", case))
