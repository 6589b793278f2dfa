"""A case is given to an officer: those who could have it stand side by side, what is warned of is answered, why is kept."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now
from rest_framework.test import APIClient

from cases.models import Case, Deadline, Giving, NonAssociation, PostcodePoint, Transfer
from cases.services.deadlines import open_deadline
from cases.services.transfers import accept_transfer, offer_transfer
from oversight.queries.giving import comparison_of, officers_of
from oversight.rules.workload import capacity
from oversight.services.giving import give_case
from staff.errors import RuleBroken
from staff.models import Entry, Team
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.factories import (
    NOW,
    AbsenceFactory,
    AddressFactory,
    AllocationFactory,
    AppointmentFactory,
    CaseFactory,
    GivingFactory,
    PlaceFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RestrictedAreaFactory,
    RestrictionFactory,
    TeamFactory,
    TransferFactory,
    UserFactory,
    WorkRiskFactory,
    limit,
)
from tests.oversight.an_officer import a_case, a_week, an_hour, an_officer, contract, training

pytestmark = pytest.mark.django_db
WHY = "She saw him at court, and he knows her."
SAID = "Ann Orr, who is trained, works on it with her each week."
LONG = " ".join([SAID] * 9)


@pytest.fixture
def case(team):
    """Placed, under an order, and held by nobody."""
    found = a_case(an_officer(TeamFactory()))
    Case.objects.filter(pk=found.pk).update(officer=None, officer_since=None, team=team)
    return Case.objects.get(pk=found.pk)


def whole(team, **given):
    """An officer against whom nothing speaks."""
    officer = an_officer(team, **given)
    contract(officer)
    for kind in ("domestic_abuse", "child"):
        training(officer, kind)
    return officer


def see(client, user, name, *args, **asked):
    client.force_login(user)
    return client.get(reverse(name, args=args), asked)


def page(*args, **asked):
    return " ".join(see(*args, **asked).content.decode().split())


def give(case, officer, senior, said=(), because=WHY):
    return give_case(
        case=case, officer=officer, because=because, said=dict(said), by=senior, now=now()
    )


def compared(case, team):
    return comparison_of(case, officers_of(team), localdate())


def keys(case, officer):
    return [one.key for one in compared(case, officer.team).of(officer.pk).found]


# The page on which they stand side by side


def test_officers_stand_side_by_side_in_the_order_of_their_names_with_the_arithmetic(
    client, team, senior, case
):
    for name in ("Young", "Adams", "Moss"):
        whole(team, first_name="Pat", last_name=name)
    a_case(whole(team, first_name="Full", last_name="Zed"))

    shown = page(client, senior, "name-officer", case.crn)

    assert shown.index("Pat Adams") < shown.index("Pat Moss") < shown.index("Pat Young") < shown.index("Full Zed")  # fmt: skip
    assert "0.0% now, " in shown
    assert "How this was worked out" in shown
    assert "Domestic abuse<br>Child safeguarding" in shown
    assert "0 cases in 7 days, none in a year" in shown
    assert "4 officers who may have it, in the order of their names" in shown
    assert "None of 4: each of the team may have it." in shown


def test_how_full_somebody_is_before_and_after_adds_up(team, case):
    officer = whole(team)
    a_case(officer)

    found = compared(case, team)
    row = found.of(officer.pk)

    held = found.loads[officer.pk].full
    assert (row.officer.points, row.percent[0]) == (held.total, held.percent)
    with_it = capacity(held.total + found.facts.points, held.available)
    assert row.percent[1] == with_it.percent > held.percent


def test_whoever_cannot_have_it_is_left_out_by_name_with_why_and_counted(
    client, team, senior, case
):
    whole(team, last_name="Open")
    shut = whole(team, first_name="Kept", last_name="Out")
    limit(case, kept_out=[shut])

    shown = page(client, senior, "name-officer", case.crn)

    assert "1 of 2 officers cannot be given it:" in shown
    assert "<li>Limited access to this case keeps Kept Out out.</li>" in shown
    assert "1 officer who may have it" in shown
    assert reverse("give-case", args=[case.crn, shut.pk]) not in shown


def test_nobody_in_the_team_is_said(client, senior, case):
    shown = page(client, senior, "name-officer", case.crn)

    assert "Officers of the team who may have the case would be here." in shown
    assert "None of 0" in shown


def test_officers_of_another_team_are_compared_where_they_are_asked_for(client, senior, case):
    other = TeamFactory()
    far = whole(other, first_name="Far", last_name="Away")
    whole(senior.team)

    assert far.name not in page(client, senior, "name-officer", case.crn)
    assert far.name in page(client, senior, "name-officer", case.crn, team=other.code)


def test_what_a_case_asks_and_who_held_it_before_stand_above(client, team, senior, case):
    before = whole(team, first_name="Held", last_name="Before")
    other = whole(team, first_name="New", last_name="Name")
    until = localdate() - timedelta(days=40)
    AllocationFactory(case=case, officer=before, active=False, from_on=until, to_on=until)
    RegistrationFactory(case=case, type_code="ADVP")

    shown = page(client, senior, "name-officer", case.crn)

    assert "domestic abuse" in shown
    assert "Held Before until " in shown
    assert keys(case, before) == []
    assert keys(case, other) == ["held-before"]


def test_leave_with_its_cover_induction_leaving_and_offers_stand_beside_somebody(
    client, team, senior, case
):
    officer, cover = whole(team), whole(team, first_name="Cover", last_name="Person")
    today = localdate()
    AbsenceFactory(user=officer, from_on=today, to_on=today + timedelta(days=3), cover=cover)
    AbsenceFactory(
        user=officer, from_on=today + timedelta(days=20), to_on=today + timedelta(days=30)
    )
    TransferFactory(to_officer=officer)

    shown = page(client, senior, "name-officer", case.crn)

    assert "Cover Person covers." in shown
    assert "nobody covers." in shown
    assert "and 1 offered that they have not answered" in shown
    assert keys(case, officer) == ["away"]


def test_somebody_with_too_much_for_weeks_is_warned_of(team, case):
    officer = whole(team)
    for weeks in range(5):
        a_week(officer, weeks_ago=weeks)

    assert "excessive" in keys(case, officer)


def test_a_long_name_and_many_officers_stay_whole(client, team, senior, case):
    for number in range(30):
        whole(team, first_name="Bartholomew-Augustine", last_name=f"Featherstonehaugh-Cholmondeley{number:02}")  # fmt: skip

    shown = page(client, senior, "name-officer", case.crn)

    assert shown.count("Bartholomew-Augustine Featherstonehaugh-Cholmondeley29") >= 1
    assert "30 officers who may have it" in shown


def test_many_officers_and_cases_cost_no_more_statements(client, team, senior, case):
    one = whole(team)
    a_case(one)
    TransferFactory(to_officer=one)

    def cost():
        with CaptureQueriesContext(connection) as statements:
            see(client, senior, "name-officer", case.crn)
        return len(statements)

    cost()
    alone = cost()
    for _ in range(6):
        officer = whole(team)
        a_case(officer)
        a_case(officer)
        AbsenceFactory(user=officer, from_on=localdate(), to_on=localdate(), cover=one)
        TransferFactory(to_officer=officer)

    assert cost() == alone


# Where they are seen


def a_home(case, easting=451000, northing=206000):
    AddressFactory(case=case, postcode="OX1 1AA")
    PostcodePoint.objects.create(postcode="OX11AA", easting=easting, northing=northing)


def an_office(name, postcode, easting, northing, **given):
    PostcodePoint.objects.get_or_create(
        postcode=postcode.replace(" ", ""), defaults={"easting": easting, "northing": northing}
    )
    return PlaceFactory(name=name, postcode=postcode, **given)


def test_the_way_is_reckoned_to_the_nearest_place_of_their_diary(client, team, senior, case):
    a_home(case)
    near = an_office("Botley", "OX2 2BB", 451500, 206000)
    an_office("Whitby", "YO1 1AA", 489000, 511000, team=team)
    diary, none = whole(team), whole(team)
    AppointmentFactory(at=now() - timedelta(days=7), officer=diary, place=near)

    found = compared(case, team)

    assert [one.name for one in found.seen[diary.pk].places] == ["Botley"]
    assert found.of(diary.pk).minutes == 8  # 650 metres on foot, at 5 kilometres an hour
    assert [one.name for one in found.seen[none.pk].places] == ["Whitby"]
    assert keys(case, none) == ["travel"]
    shown = page(client, senior, "name-officer", case.crn)
    assert "Botley: about 8 minutes each way" in shown
    assert "Whitby, as their team does: about " in shown


def test_where_nobody_knows_a_home_or_a_place_it_is_said(client, team, senior, case):
    whole(team)

    shown = page(client, senior, "name-officer", case.crn)

    assert "Where they see people is not known: no diary, and no place of their team" in shown
    assert "can be said only where two postcodes are known" in shown
    assert "recorded nowhere but by limited access" in shown


def test_a_place_used_once_in_a_while_is_not_where_they_work_from(team, case):
    often, once = PlaceFactory(name="Often"), PlaceFactory(name="Once")
    officer = whole(team)
    for day in range(1, 12):
        AppointmentFactory(at=now() - timedelta(days=day), officer=officer, place=often)
    AppointmentFactory(at=now() - timedelta(days=3), officer=officer, place=once)

    assert [one.name for one in compared(case, team).seen[officer.pk].places] == ["Often"]


def test_nobody_is_told_to_report_where_an_order_forbids_them_to_be(team, senior, case):
    an_office("Canal Street", "OX3 3CC", 451000, 206000, team=team)
    officer = whole(team)
    banned = RestrictionFactory(case=case, terms="areas", recorded_by=senior, copy_seen_by=senior)
    RestrictedAreaFactory(restriction=banned)

    assert keys(case, officer) == ["offices"]
    with pytest.raises(RuleBroken, match="in an area that an order keeps this person from"):
        give(case, officer, senior)


def test_nor_is_the_case_offered_to_whoever_sees_people_only_there(client, team, senior):
    an_office("Canal Street", "OX3 3CC", 451000, 206000, team=team)
    barred, elsewhere = whole(team, last_name="Canal"), whole(TeamFactory(), last_name="Elsewhere")
    held = a_case(elsewhere)
    banned = RestrictionFactory(case=held, terms="areas")
    RestrictedAreaFactory(restriction=banned)
    offer = {
        "case": held,
        "kind": "officer",
        "note": "Sees the children on Saturdays.",
        "now": now(),
    }

    with pytest.raises(RuleBroken, match="an order keeps this person from"):
        offer_transfer(**offer, to_officer=barred, by=elsewhere)

    client.force_login(elsewhere)
    shown = client.get(reverse("offer-case", args=[held.crn])).content.decode()
    assert barred.username not in shown


def test_whoever_holds_somebody_they_must_not_meet_is_warned_of(team, case):
    officer, other = whole(team), whole(team)
    NonAssociation.objects.create(one=case, other=a_case(officer), why="x", from_on=localdate())

    assert (keys(case, officer), keys(case, other)) == (["apart"], [])


# Whom she asked for


def she_asked_for_a_woman(case):
    Case.objects.filter(pk=case.pk).update(sex="F")
    WorkRiskFactory(
        case=case, state="signed", women_choice="women_only", signed_at=NOW,
        signed_by=UserFactory(), begun_by=UserFactory(), good_until=localdate() + timedelta(days=180), evidence={"facts": []},
    )  # fmt: skip


def test_what_officers_state_of_themselves_is_shown_only_where_it_matters(
    client, team, senior, case
):
    whole(team, sex="man")
    assert "States of themselves" not in page(client, senior, "name-officer", case.crn)

    she_asked_for_a_woman(case)

    assert "States of themselves" in page(client, senior, "name-officer", case.crn)


def test_a_woman_who_asked_for_a_woman_has_one_or_it_is_said_why_not(team, case):
    she_asked_for_a_woman(case)
    man, woman = whole(team, sex="man"), whole(team, sex="woman")

    assert (keys(case, man), keys(case, woman)) == (["wish"], [])


# Giving it to one of them


def test_the_case_is_theirs_and_why_stands_with_who_held_it(client, team, senior, case):
    officer = whole(team)
    open_deadline(case=case, kind="name_officer", triggered_on=localdate(), why="It arrived", by=None, today=localdate())  # fmt: skip
    client.force_login(senior)

    done = client.post(
        reverse("give-case", args=[case.crn, officer.pk]), {"because": WHY}, follow=True
    ).content.decode()

    case.refresh_from_db()
    assert case.officer == officer
    assert f"{officer.name} holds {case.crn} from now on" in done
    assert WHY in done
    assert f"Chosen by {senior.name}" in done
    assert not Deadline.objects.unmet().filter(kind="name_officer").exists()
    kept = Giving.objects.get()
    assert (kept.compared, kept.left_out, kept.rules_version) == (1, 0, 1)
    assert kept.percent_after > kept.percent_before
    assert Entry.objects.get(action="named_officer").detail["warned"] == []


def given(client, senior, case, officer):
    client.force_login(senior)
    return client.post(
        reverse("give-case", args=[case.crn, officer.pk]), {"because": WHY}, follow=True
    ).content.decode()


def unowned_too(team, many):
    for _ in range(many):
        a_case(an_officer(TeamFactory()))
    others = Case.objects.filter(officer__team__in=Team.objects.exclude(pk=team.pk))
    others.update(officer=None, officer_since=None, team=team)


@pytest.mark.parametrize(
    ("many", "said"),
    [(1, "1 case of {} is still without an officer"), (3, "3 cases of {} are still without")],
)
def test_the_page_after_it_leads_to_the_others_that_nobody_holds(
    client, team, senior, case, many, said
):
    unowned_too(team, many)

    done = given(client, senior, case, whole(team))
    way = html.unescape(re.search(r'banner__link" href="([^"]+)">([^<]+)<', done)[1])
    listed = client.get(way)

    assert said.format(team.name) in html.unescape(done)
    assert len(listed.context["rows"]) == many


def test_the_last_that_nobody_held_leads_nowhere_and_says_so(client, team, senior, case):
    done = given(client, senior, case, whole(team))

    assert f"No other case of {team.name} is without an officer." in html.unescape(done)
    assert "still without an officer" not in done


def test_what_the_reader_may_not_open_is_not_counted_among_them(client, team, senior, case):
    unowned_too(team, 2)
    limit(Case.objects.filter(officer=None).exclude(pk=case.pk).first(), restricted=True)

    done = given(client, senior, case, whole(team))

    assert f"1 case of {team.name} is still without an officer" in html.unescape(done)


def test_those_of_other_teams_are_not_counted_and_nor_are_those_that_somebody_holds(
    client, team, senior, case
):
    elsewhere = a_case(an_officer(TeamFactory()))
    Case.objects.filter(pk=elsewhere.pk).update(officer=None, officer_since=None)
    a_case(whole(team))

    assert "is still without" not in given(client, senior, case, whole(team))


def test_a_name_with_marks_in_it_stays_a_name_in_what_is_said(client, team, senior, case):
    unowned_too(team, 1)
    officer = whole(team, last_name="<b>O’Neil</b>")

    done = given(client, senior, case, officer)

    assert "<b>O’Neil" not in done
    assert "&lt;b&gt;O’Neil&lt;/b&gt; holds" in done


def test_a_warning_is_a_box_that_one_sentence_answers(client, team, senior, case):
    officer = an_officer(team)
    contract(officer)
    RegistrationFactory(case=case, type_code="ADVP")
    shown = page(client, senior, "give-case", case.crn, officer.pk)
    assert "This is a domestic abuse case" in shown
    url, box = reverse("give-case", args=[case.crn, officer.pk]), "said_training_domestic_abuse"

    unsaid = client.post(url, {"because": WHY}).content.decode()
    assert "Say in one sentence why it is right all the same" in unsaid
    empty = client.post(url, {"because": WHY, box: "n/a"}).content.decode()
    assert "Say in one sentence why it is right all the same" in empty
    assert WHY in empty
    assert Case.objects.get(pk=case.pk).officer is None

    client.post(url, {"because": WHY, box: SAID})

    assert Case.objects.get(pk=case.pk).officer == officer
    (warned,) = Giving.objects.get().warned
    assert (warned["key"], warned["said"]) == ("training:domestic_abuse", SAID)
    assert Entry.objects.get(action="named_officer").detail["warned"] == ["training:domestic_abuse"]
    assert SAID not in str(Entry.objects.get(action="named_officer").detail)


def test_a_sentence_that_is_too_long_is_said_to_be_and_kept_whatever_the_warning_says(
    client, team, senior, case
):
    """A warning of how full somebody is has a per cent sign in it, which is not for Django to fill in."""
    officer = an_officer(team)
    contract(officer, "4")
    for _ in range(5):
        a_case(officer)
    client.force_login(senior)

    url = reverse("give-case", args=[case.crn, officer.pk])
    sent = client.post(url, {"because": WHY, "said_capacity": LONG})

    refused = html.unescape(" ".join(sent.content.decode().split()))
    assert sent.status_code == 200
    assert f"Say it in 500 characters or fewer: With it {officer.name} would be at " in refused
    assert "% of what they have room for" in refused
    assert WHY in refused
    assert LONG in refused
    assert Case.objects.get(pk=case.pk).officer is None


def test_what_was_warned_of_is_read_by_that_officer_and_whoever_may_name_one(
    client, team, senior, case
):
    officer, colleague = an_officer(team), an_officer(team)
    for one in (officer, colleague):
        contract(one)
    RegistrationFactory(case=case, type_code="ADVP")
    give(case, officer, senior, {"training:domestic_abuse": SAID})

    for reader in (senior, officer):
        assert SAID in page(client, reader, "case-holder", case.crn)
    shown = page(client, colleague, "case-holder", case.crn)
    assert WHY in shown
    assert SAID not in shown


def test_a_protected_name_in_why_is_kept_from_who_may_not_see_it(client, team, senior, case):
    officer = whole(team)
    RelatedPersonFactory(case=case, name="Maureen Sandford", protected=True)
    give(case, officer, senior, because="Maureen Sandford trusts her, and nobody else.")

    assert "Maureen Sandford" in page(client, officer, "case-holder", case.crn)
    assert "Maureen Sandford" not in page(client, an_officer(team), "case-holder", case.crn)


def test_what_has_come_up_meanwhile_is_asked_and_nothing_typed_is_lost(team, senior, case):
    officer = whole(team)
    AbsenceFactory(user=officer, from_on=localdate(), to_on=localdate())

    with pytest.raises(RuleBroken, match="is away until"):
        give(case, officer, senior)

    assert Case.objects.get(pk=case.pk).officer is None


@pytest.mark.parametrize("why", ["n/a", "ok", ""])
def test_why_is_asked_once_and_words_that_say_nothing_are_refused(team, senior, case, why):
    with pytest.raises(RuleBroken, match="why you name them"):
        give(case, whole(team), senior, because=why)

    assert not Giving.objects.exists()


def test_a_case_that_somebody_holds_is_compared_and_offered_from_there(client, team, senior):
    holder, other = whole(team), whole(team)
    held = a_case(holder)

    shown = page(client, senior, "name-officer", held.crn)

    assert f"{holder.name} holds this case. Offer it to another officer instead." in shown
    assert reverse("give-case", args=[held.crn, other.pk]) in shown
    assert reverse("give-case", args=[held.crn, holder.pk]) not in shown
    assert "Holds it now" in shown
    assert f"{holder.name} holds this case now. Say why it does not stay with them." in shown
    assert "Nobody of our staff" in shown
    assert "Compare officers" in page(client, senior, "case-holder", held.crn)
    assert "compare officers first" in page(client, senior, "offer-case", held.crn)
    assert "compare officers first" not in page(client, holder, "offer-case", held.crn)
    with pytest.raises(RuleBroken, match="holds this case"):
        give(held, other, senior)
    own = page(client, senior, "give-case", held.crn, holder.pk)
    assert "Offer it to another officer instead." in own
    assert "Why them?" not in own


def test_an_offer_asks_the_same_sentences_and_why_is_kept_once_it_is_accepted(client, team, senior):
    other = an_officer(team)
    contract(other)
    held = a_case(whole(team))
    RegistrationFactory(case=held, type_code="ADVP")
    url = reverse("give-case", args=[held.crn, other.pk])
    said = {"because": WHY, "note": "Sees the children on Saturdays."}
    client.force_login(senior)
    unsaid = client.post(url, said).content.decode()
    assert "Say in one sentence why it is right all the same" in unsaid
    assert not Transfer.objects.exists()

    said |= {"said_training_domestic_abuse": SAID, "said_held_before": "Off sick until the spring."}
    done = client.post(url, said, follow=True).content.decode()

    assert f"Offered to {other.name}, who has been told." in done
    offer = Transfer.objects.get()
    assert (offer.to_officer, offer.note, Giving.objects.get().because) == (other, said["note"], WHY)  # fmt: skip
    assert Entry.objects.get(action="compared_officers").detail["warned"] == ["training:domestic_abuse", "held-before"]  # fmt: skip
    assert WHY not in done
    accept_transfer(transfer=offer, by=other, now=now())
    assert WHY in page(client, senior, "case-holder", held.crn)


def test_why_stands_with_the_time_it_was_decided_for_and_with_no_other(client, team, senior, case):
    """Named long ago, then somebody else had it, and it came back by an extract."""
    officer, today = whole(team), localdate()
    days = {number: today - timedelta(days=number) for number in (300, 200, 100)}
    for one, first, last in ((officer, 300, 200), (whole(team), 200, 100), (officer, 100, None)):
        AllocationFactory(case=case, officer=one, active=last is None, from_on=days[first], to_on=days.get(last))  # fmt: skip
    GivingFactory(case=case, officer=officer, because=WHY, given_at=an_hour(days[300]))

    shown = page(client, senior, "case-holder", case.crn)

    assert shown.count(WHY) == 1
    assert shown.index(WHY) > shown.index(f"From {say_date(days[200])}")


def test_whoever_holds_it_is_not_counted_twice(team, senior):
    holder = whole(team)
    held = a_case(holder)

    row = compared(held, team).of(holder.pk)

    assert row.officer.points == 0
    assert row.percent[0] == 0


def test_a_case_that_is_offered_waits_for_its_answer(client, team, senior, case):
    TransferFactory(case=case, to_officer=whole(team), from_officer=None, offered_by=senior)

    shown = page(client, senior, "name-officer", case.crn)

    assert "It is offered to somebody already." in shown
    assert "/holder/name/" not in shown.split("Officers side by side", 1)[1].split("Left out", 1)[0]


def test_a_case_that_is_not_ours_leads_to_who_holds_it(client, team, senior):
    theirs = CaseFactory(team=team, officer=None, retained_by="Pat Lane, NPS")
    whole(team)

    shown = see(client, senior, "name-officer", theirs.crn)

    assert shown.url == reverse("case-holder", args=[theirs.crn])
    with pytest.raises(RuleBroken, match="We do not supervise them"):
        give(theirs, whole(team), senior)


@pytest.mark.parametrize("changed", [{"is_active": False}, {"role": Role.SPO}])
def test_whoever_is_no_officer_at_work_has_no_page_and_is_refused(
    client, team, senior, case, changed
):
    gone = whole(team, **changed) if "role" not in changed else UserFactory(team=team, **changed)

    assert see(client, senior, "give-case", case.crn, gone.pk).status_code == 404
    with pytest.raises(RuleBroken, match="cannot hold a case"):
        give(case, gone, senior)


def test_for_what_hours_are_taken_off_is_not_read_by_a_senior_of_another_team(
    client, team, senior, case
):
    other = TeamFactory()
    whole(other)

    shown = page(client, senior, "name-officer", case.crn, team=other.code)

    assert "How this was worked out" in shown
    assert "Taken off" in shown


# By the API


def ask(user, name, *args, method="get", **data):
    client = APIClient()
    client.force_login(user)
    address = reverse(name, args=args)
    return (
        client.get(address, data) if method == "get" else client.post(address, data, format="json")
    )


def test_the_api_compares_and_names_by_the_same_rules(team, senior, case):
    officer, shut = an_officer(team, last_name="A"), whole(team, last_name="B")
    contract(officer)
    limit(case, kept_out=[shut])
    RegistrationFactory(case=case, type_code="ADVP")

    found = ask(senior, "api-compare-officers", case.crn).json()

    first, second = found["results"]
    assert (first["officer"], first["refused"], first["trained_in"]) == (officer.username, False, [])  # fmt: skip
    assert [(one["key"], one["refuses"]) for one in first["found"]] == [("training:domestic_abuse", False)]  # fmt: skip
    assert (second["refused"], second["found"][0]["refuses"]) == (True, True)
    given = {"officer": officer.username, "because": WHY}
    assert ask(senior, "api-holder", case.crn, method="post", **given).status_code == 422

    named = ask(senior, "api-holder", case.crn, method="post", **given, said={"training:domestic_abuse": SAID})  # fmt: skip

    assert named.json()["officer"] == officer.username
    assert Giving.objects.get().warned[0]["said"] == SAID


def test_the_api_offers_what_somebody_holds_by_the_same_sentences(team, senior):
    holder, other = whole(team), whole(team)
    held = a_case(holder)
    given = {"officer": other.username, "because": WHY, "note": "Sees the children on Saturdays."}
    assert ask(senior, "api-offer-compared", held.crn, method="post", **given).status_code == 422

    made = ask(senior, "api-offer-compared", held.crn, method="post", **given, said={"held-before": SAID})  # fmt: skip

    assert (made.status_code, made.json()["to_officer"]) == (201, other.username)
    assert Giving.objects.get().because == WHY


def test_a_head_who_hands_over_by_the_api_is_asked_the_same(team, senior):
    head, holder, other = UserFactory(role=Role.HEAD), whole(team), whole(team)
    held = a_case(holder)
    RegistrationFactory(case=held, type_code="ADVP")
    untrained = an_officer(team)
    contract(untrained)
    given = {"kind": "officer", "note": "Sees the children on Saturdays.", "because": WHY}
    for to in (other, untrained):
        refused = ask(head, "api-transfers", held.crn, method="post", **given, to_officer=to.username)  # fmt: skip
        assert (refused.status_code, Transfer.objects.exists()) == (422, False)

    said = {"held-before": SAID}
    own = ask(holder, "api-transfers", held.crn, method="post", **given, to_officer=untrained.username, said=said)  # fmt: skip
    assert (own.status_code, "trained" in own.content.decode()) == (422, False)
    made = ask(head, "api-transfers", held.crn, method="post", **given, to_officer=other.username, said=said)  # fmt: skip

    assert made.status_code == 201
    assert Giving.objects.get().warned[0]["said"] == SAID


def test_a_case_of_no_team_is_compared_with_the_reader_s_own(team, senior):
    officer = whole(team)
    nobodys = a_case(an_officer(TeamFactory()))
    Case.objects.filter(pk=nobodys.pk).update(officer=None, officer_since=None, team=None)
    head = UserFactory(role=Role.HEAD, team=team)

    found = ask(head, "api-compare-officers", nobodys.crn).json()

    assert [one["officer"] for one in found["results"]] == [officer.username]


def test_the_api_refuses_a_team_or_an_officer_it_does_not_know(team, senior, case):
    whole(team)

    assert ask(senior, "api-compare-officers", case.crn, team="nowhere").status_code == 400
    stranger = {"officer": "nobody", "because": WHY}
    assert ask(senior, "api-holder", case.crn, method="post", **stranger).status_code == 400


# From where it is reached


def test_it_is_reached_from_my_work_from_arrivals_and_from_the_case(client, team, senior, case):
    open_deadline(case=case, kind="name_officer", triggered_on=localdate(), why="It arrived", by=None, today=localdate())  # fmt: skip
    here = reverse("name-officer", args=[case.crn])

    assert here in page(client, senior, "my-work")
    assert here in page(client, senior, "case-holder", case.crn)
