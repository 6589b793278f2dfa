"""Information in: the box that takes it, what each reader may see of it, and reading it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from cases.models import Identifier, Information, NonAssociation, PlanAction, Raise, Reading
from cases.reference.information import InformationKind, ReadAs, ReadingState, Relation, SaidBy
from cases.services.information import record_information
from cases.services.names import key_names
from staff.models import Entry
from staff.permissions import Role
from tests.cases.views.a_case import see, words
from tests.factories import (
    AbsenceFactory,
    AssignmentFactory,
    CaseFactory,
    InformationFactory,
    PlanActionFactory,
    ReadingFactory,
    RelatedPersonFactory,
    UserFactory,
    limit,
)

pytestmark = pytest.mark.django_db
SAID = {
    "kind": "call_out",
    "said_by": "police",
    "who": "Sgt Lane",
    "happened_on": "today",
    "text": "Shouting in the street.",
    "harm": "no",
    "sharing": "no",
}


@pytest.fixture
def hub():
    return UserFactory(role=Role.HUB)


def record(client, user, about, **given):
    client.force_login(user)
    data = SAID | {"about": about} | given
    return client.post(reverse("record-information"), data, follow=True)


def told(case, by, **given):
    """What came in about the case, recorded now."""
    known = {
        "kind": InformationKind.OTHER,
        "said_by": SaidBy.POLICE,
        "who": "Sgt Lane",
        "happened_on": localdate(),
        "text": "Shouting in the street.",
        "harm": False,
    }
    return record_information(crn=case.crn, by=by, today=localdate(), now=now(), **known | given)


def banner(page):
    return [str(message) for message in page.context["messages"]]


def reading_of(case):
    return Reading.objects.get(case=case)


# The box


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SPO, Role.HUB, Role.HEAD])
def test_whoever_hears_something_records_it_by_crn_in_one_step(client, role):
    case = CaseFactory()

    page = record(client, UserFactory(role=role), case.crn.lower())

    information = Information.objects.get()
    assert (information.text, information.harm) == ("Shouting in the street.", False)
    assert reading_of(case).main
    assert (
        f"{case.officer.name} has been told and reads it within 2 working days" in banner(page)[0]
    )


def test_from_a_case_the_box_is_filled_in(client, hub):
    client.force_login(hub)

    page = client.get(reverse("record-information"), {"crn": "X123456"})

    assert 'value="X123456"' in words(page)


def test_a_name_is_never_taken_for_a_person_before_one_is_chosen(client, hub):
    case, other = CaseFactory(surname="Hale"), CaseFactory(surname="Hale")

    page = record(client, hub, "hale")

    assert not Information.objects.exists()
    assert case.crn in words(page)
    assert other.crn in words(page)
    assert "Shouting in the street." in words(page)


def test_the_one_who_is_chosen_is_the_one_it_is_about(client, hub):
    CaseFactory(surname="Hale")
    meant = CaseFactory(surname="Hale")

    record(client, hub, "hale", chosen=meant.crn)

    assert reading_of(meant).main


def test_one_whose_name_was_misheard_is_offered_and_may_be_chosen(client, hub):
    meant = CaseFactory(surname="Kowalski", sort_name="kowalski jan")
    key_names()

    page = record(client, hub, "Kovalsky")
    record(client, hub, "Kovalsky", chosen=meant.crn)

    assert "Nearly what you typed: " in words(page)
    assert reading_of(meant).main


def test_nobody_is_chosen_who_does_not_answer_to_what_was_typed(client, hub):
    CaseFactory(surname="Hale")

    record(client, hub, "hale", chosen=CaseFactory(surname="Lane").crn)

    assert not Information.objects.exists()


def test_a_name_that_nobody_answers_to_says_what_to_try(client, hub):
    page = record(client, hub, "Nobody Such")

    assert "Try the CRN" in words(page)
    assert "Shouting in the street." in words(page)


def test_a_crn_that_is_not_there_keeps_what_was_typed(client, hub):
    page = record(client, hub, "X999999")

    assert "There is no case X999999" in words(page)
    assert "Shouting in the street." in words(page)


def test_a_crn_that_was_merged_into_another_offers_the_one_who_has_it_now(client, hub):
    case = CaseFactory()
    Identifier.objects.create(
        case=case, kind=Identifier.Kind.MERGED_CRN, value="X777777", match="X777777"
    )

    page = record(client, hub, "X777777")
    record(client, hub, "X777777", chosen=case.crn)

    assert f"({case.crn})" in words(page)
    assert reading_of(case).main


def test_of_a_kept_case_the_page_says_the_masked_row_and_that_it_was_passed_on(client, hub):
    case = CaseFactory(surname="Qzxwvkjq")
    limit(case, restricted=True, let_in=[case.officer])

    page = record(client, hub, case.crn)

    assert reading_of(case).state == ReadingState.UNREAD
    assert banner(page) == [
        f"{case.crn}: This case is limited. Ask the head of service."
        " What you recorded has been passed to those who hold the case."
    ]
    assert "qzxwvkjq" not in words(page).lower()
    assert case.officer.name not in words(page)


def test_a_kept_case_is_not_found_by_name(client, hub):
    case = CaseFactory(surname="Qzxwvkjq")
    limit(case, restricted=True, let_in=[case.officer])

    assert "Try the CRN" in words(record(client, hub, "Qzxwvkjq"))


def test_others_whom_it_names_are_recorded_with_what_they_did(client, hub):
    case, other = CaseFactory(), CaseFactory()

    page = record(client, hub, case.crn, other_1=other.crn.lower(), relation_1="attacked")

    assert reading_of(other).relation == Relation.ATTACKED
    assert NonAssociation.objects.exists()
    assert "The officers of those it names have been told too." in banner(page)[0]


def test_of_an_officer_who_is_away_it_says_who_covers(client, hub):
    case, cover = CaseFactory(), UserFactory(first_name="B.", last_name="Lane")
    AbsenceFactory(user=case.officer, cover=cover, from_on=localdate(), to_on=localdate())

    page = record(client, hub, case.crn)

    assert "cover: B. Lane) has been told" in banner(page)[0]


@pytest.mark.parametrize(
    "half", [{"other_2": "X999999"}, {"relation_2": "attacked"}], ids=["no relation", "no CRN"]
)
def test_half_a_mention_is_asked_about(client, hub, half):
    page = record(client, hub, CaseFactory().crn, **half)

    assert not Information.objects.exists()
    assert "Error:" in words(page)
    assert '<details class="govuk-details" open>' in words(page)


def test_a_document_that_came_with_it_is_kept(client, hub):
    file = SimpleUploadedFile("their name.txt", b"Called to an argument.", "text/plain")

    record(client, hub, CaseFactory().crn, attached=file)

    assert Information.objects.get().document.name.startswith("information-")


def test_no_more_of_a_file_is_read_than_what_shows_that_it_is_too_large(client, hub, monkeypatch):
    monkeypatch.setattr("cases.forms.information.LARGEST", 3)
    file = SimpleUploadedFile("long.txt", b"Called to an argument.", "text/plain")

    record(client, hub, CaseFactory().crn, attached=file)

    assert Information.objects.get().document.size == 4


def test_a_document_that_would_act_is_refused_and_the_words_are_kept(client, hub):
    file = SimpleUploadedFile("x.txt", b"<!doctype html><script>x()</script>", "text/plain")

    page = record(client, hub, CaseFactory().crn, attached=file)

    assert not Information.objects.exists()
    assert "Shouting in the street." in words(page)


def test_the_page_says_what_one_recorded_today_and_whether_it_was_read(client, hub):
    case = CaseFactory()
    told(case, hub)
    ReadingFactory(information=InformationFactory(by=UserFactory(), at=now()))
    client.force_login(hub)

    page = client.get(reverse("record-information"))

    assert [one["crn"] for one in page.context["recorded"]] == [case.crn]
    assert "To be read" in words(page)


# What has come in about a case


def test_a_case_lists_what_came_in_with_who_said_it_and_how_far_it_goes(client, hub):
    case = CaseFactory()
    told(case, hub, harm=True)

    page = words(see(client, case.officer, "case-information", case))

    assert "Shouting in the street." in page
    assert "Police: Sgt Lane" in page
    assert "Not to be shared with the person" in page
    assert "Somebody could be hurt." in page


def test_the_list_is_paged_by_key(client):
    case = CaseFactory()
    for _ in range(21):
        ReadingFactory(case=case)

    first = see(client, case.officer, "case-information", case)
    rest = client.get(first.context["next"])

    assert len(first.context["rows"]) == 20
    assert [one.number for one in rest.context["rows"]] == [case.readings.earliest("pk").pk]


@pytest.mark.parametrize("page", ["case-information", "see-information"])
def test_information_costs_the_same_however_much_there_is(client, page):
    client.force_login(UserFactory(role=Role.SPO))
    counts = []
    for rows in (5, 60):
        case = CaseFactory()
        for _ in range(rows):
            information = InformationFactory()
            reading = ReadingFactory(case=case, information=information)
            ReadingFactory(information=information, main=False, relation=Relation.SEEN_WITH)
        beside = [reading.pk] if page == "see-information" else []
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(page, args=[case.crn, *beside]))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_protected_names_of_either_case_are_kept_from_those_who_may_not_see_them(client, hub):
    case, other = CaseFactory(), CaseFactory(officer=CaseFactory().officer)
    RelatedPersonFactory(case=case, name="Quintessa Vole", protected=True)
    told(
        case,
        hub,
        text="He went to see Quintessa Vole.",
        others=[(other.crn, Relation.SEEN_WITH)],
    )

    own = words(see(client, case.officer, "see-information", case, reading_of(case).pk))
    theirs = words(see(client, other.officer, "see-information", other, reading_of(other).pk))

    assert "Quintessa" in own
    assert "Quintessa" not in theirs


def test_words_about_a_kept_case_are_withheld_on_the_other_case_that_they_name(client, hub):
    kept, case = CaseFactory(surname="Qzxwvkjq"), CaseFactory()
    told(kept, hub, text="Her address is Foxglove House.", others=[(case.crn, Relation.ATTACKED)])
    limit(kept, restricted=True, let_in=[kept.officer])

    for page, beside in (("see-information", [reading_of(case).pk]), ("case-information", [])):
        shown = words(see(client, case.officer, page, case, *beside))
        assert "Foxglove" not in shown
        assert "qzxwvkjq" not in shown.lower()
        assert f"Attacked {kept.crn}" in shown
        assert "This case is limited. Ask the head of service." in shown


def test_the_name_of_a_kept_case_is_taken_out_of_words_about_another(client, hub):
    case, kept = CaseFactory(), CaseFactory(surname="Qzxwvkjq", forename="Zbigniew")
    told(
        case,
        hub,
        who="Zbigniew Qzxwvkjq himself",
        text="Attacked by Qzxwvkjq.",
        others=[(kept.crn, Relation.ATTACKED)],
    )
    Reading.objects.filter(case=case).update(
        state=ReadingState.READ,
        read_as=ReadAs.NOTHING,
        because="Qzxwvkjq has moved.",
        read_on=localdate(),
        read_by=hub,
    )
    limit(kept, restricted=True, let_in=[kept.officer])

    page = words(see(client, case.officer, "see-information", case, reading_of(case).pk))

    assert "qzxwvkjq" not in page.lower()
    assert f"Was attacked by {kept.crn}" in page


def test_another_whom_the_reader_may_open_is_named_and_linked(client, hub):
    case = CaseFactory()
    other = CaseFactory(team=case.team)
    told(case, hub, others=[(other.crn, Relation.ATTACKED)])

    page = words(see(client, case.officer, "see-information", case, reading_of(case).pk))

    assert f"Was attacked by {other.name} ({other.crn})" in page
    assert reverse("case", args=[other.crn]) in page


# Reading it


def read(client, user, case, **given):
    client.force_login(user)
    address = reverse("read-information", args=[case.crn, reading_of(case).pk])
    data = {"read_as": "nothing", "because": "Known already."} | given
    return client.post(address, data, follow=True)


def test_whoever_holds_the_case_reads_it_on_the_same_page(client, hub):
    case = CaseFactory()
    told(case, hub)

    page = read(client, case.officer, case)

    assert reading_of(case).read_by == case.officer
    assert "Nothing more is owed on it" in banner(page)[0]
    assert "Known already." in words(page)


def test_what_it_called_for_stands_with_it_for_whoever_reads_it_later(client, hub):
    case = CaseFactory()
    told(case, hub)
    what = {"what": "Ring the safety worker", "by_whom": "The officer", "by_on": "tomorrow"}
    read(client, case.officer, case, read_as="plan", **what)
    PlanActionFactory(case=case, what="Of another day")
    (action,) = reading_of(case).actions.all()

    own = words(see(client, case.officer, "see-information", case, reading_of(case).pk))
    hubs = words(see(client, hub, "see-information", case, reading_of(case).pk))

    done = reverse("finish-action", args=[case.crn, action.pk])
    assert "Ring the safety worker" in own
    assert "Of another day" not in own
    assert done in own
    assert "Ring the safety worker" in hubs
    assert done not in hubs


def test_a_colleague_of_the_team_sees_it_and_does_not_answer_for_it(client, hub):
    case = CaseFactory()
    told(case, hub)
    colleague = UserFactory(team=case.team)

    page = see(client, colleague, "see-information", case, reading_of(case).pk)

    assert page.context["form"] is None
    assert read(client, colleague, case).status_code == 404
    assert reading_of(case).state == ReadingState.UNREAD


def test_a_rise_is_made_on_the_page_that_reads_it(client, hub):
    case = CaseFactory()
    told(case, hub)

    read(client, case.officer, case, read_as="raised", rise="risk:RHRH", part="source")

    assert reading_of(case).raised == Raise.objects.get()
    assert Raise.objects.get().because == "Known already."


def test_only_what_can_rise_is_offered(client, hub):
    case = CaseFactory()
    told(case, hub)

    page = read(client, case.officer, case, read_as="raised", rise="risk:nonsense", part="source")

    assert not Raise.objects.exists()
    assert "Known already." in words(page)


def test_an_action_is_put_in_the_plan_and_rests_on_it(client, hub):
    case = CaseFactory()
    told(case, hub)

    read(
        client,
        case.officer,
        case,
        read_as="plan",
        what="Visit at home.",
        by_whom="The officer",
        by_on="tomorrow",
    )

    assert PlanAction.objects.get().reading == reading_of(case)
    assert reading_of(case).read_as == ReadAs.PLAN


def test_an_action_that_says_nothing_is_asked_for(client, hub):
    case = CaseFactory()
    told(case, hub)

    read(client, case.officer, case, read_as="plan")

    assert reading_of(case).state == ReadingState.UNREAD


def test_the_second_of_two_readers_is_told_and_loses_nothing(client, hub):
    case = CaseFactory()
    told(case, hub)
    read(client, case.officer, case)

    page = read(client, case.officer, case, because="My own view of it.")

    assert "has read this already" in words(page)
    assert "My own view of it." in words(page)


def test_information_of_another_case_is_not_found_here(client, hub):
    case, other = CaseFactory(), CaseFactory()
    told(other, hub)

    page = see(client, case.officer, "see-information", case, reading_of(other).pk)

    assert page.status_code == 404


# Kept apart


def test_a_pair_is_no_longer_kept_apart_once_a_reason_is_given(client, hub):
    case, other = CaseFactory(), CaseFactory()
    told(case, hub, others=[(other.crn, Relation.ATTACKED)])
    pair = NonAssociation.objects.get()
    client.force_login(case.officer)

    client.post(
        reverse("end-non-association", args=[case.crn, pair.pk]), {"because": "Moved to Leeds."}
    )

    pair.refresh_from_db()
    assert pair.ended_because == "Moved to Leeds."
    assert Entry.objects.filter(action="ended_non_association", crn=other.crn).exists()


def test_those_to_keep_apart_are_named_only_where_the_reader_may_open_their_case(client, hub):
    case, other = CaseFactory(), CaseFactory(surname="Qzxwvkjq")
    told(case, hub, others=[(other.crn, Relation.ATTACKED)])

    theirs = words(see(client, case.officer, "case-information", case))
    seniors = words(see(client, UserFactory(role=Role.SPO), "case-information", case))

    assert "Keep apart from" in theirs
    assert other.crn in theirs
    assert "Qzxwvkjq" not in theirs
    assert f"Alex Qzxwvkjq ({other.crn})" in seniors


# On every page of a case


def strip_of(client, user, case):
    client.force_login(user)
    page = client.get(reverse("case-person", args=[case.crn]))
    return " ".join(f"{one.lead} {one.text}" for one in page.context["case_header"].facts)


def test_every_page_says_what_nobody_has_read_until_somebody_has(client, hub):
    case = CaseFactory()
    told(case, hub, kind=InformationKind.HEALTH, harm=True)

    before = strip_of(client, case.officer, case)
    read(client, case.officer, case)

    assert "not yet read: somebody could be hurt" in before
    assert "not yet read" not in strip_of(client, case.officer, case)


def test_every_page_says_whom_to_keep_apart_and_names_no_kept_case(client, hub):
    case, kept = CaseFactory(), CaseFactory(surname="Qzxwvkjq")
    told(case, hub, others=[(kept.crn, Relation.ATTACKED)])
    limit(kept, restricted=True, let_in=[kept.officer])

    said = strip_of(client, UserFactory(role=Role.SPO, team=case.team), case)

    assert f"Keep apart from {kept.crn}" in said
    assert "Qzxwvkjq" not in said


def test_the_overview_shows_the_latest_and_whom_to_keep_apart(client, hub):
    case, other = CaseFactory(), CaseFactory()
    told(case, hub, others=[(other.crn, Relation.ATTACKED)])

    page = words(see(client, case.officer, "case", case))

    assert "Shouting in the street." in page
    assert "Keep apart from" in page


def test_the_overview_leaves_information_to_those_who_may_see_it(client, hub):
    case = CaseFactory()
    told(case, hub)
    facilitator = UserFactory(role=Role.FACILITATOR)
    AssignmentFactory(case=case, user=facilitator, from_on=localdate())

    assert "Shouting" not in words(see(client, facilitator, "case", case))


@pytest.mark.parametrize("cover", [None, "B. Lane"])
def test_a_case_says_until_when_its_officer_is_away_and_who_covers(client, cover):
    case = CaseFactory()
    user = cover and UserFactory(first_name="B.", last_name="Lane")
    AbsenceFactory(user=case.officer, cover=user, from_on=localdate(), to_on=localdate())

    header = see(client, UserFactory(role=Role.SPO), "case", case).context["case_header"]

    assert header.officer.startswith(f"{case.officer.name} (away until ")
    assert ("cover: B. Lane)" if cover else "no cover: ask the team's senior)") in header.officer
