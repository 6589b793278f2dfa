"""The victim liaison officer hears of each thing that happens, once, and nobody reads there who or where a victim is."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cases.models import Case, Deadline, Notice, Sentence, VictimNotice
from cases.reference.codes import CustodyStatus, Register
from cases.reference.pauses import PauseKind
from cases.reference.victim_liaison import VictimCause
from cases.services.deaths import record_death, undo_death
from cases.services.pauses import begin_pause, end_pause
from cases.services.reopening import reopen_case
from cases.services.restrictions import end_restriction
from cases.services.timetable import run_due
from cases.services.transfers import accept_transfer
from cases.services.victim_liaison import (
    add_notice,
    end_liaison,
    name_liaison,
    need_not_tell,
    tell_liaison,
)
from cases.services.victim_notices import raise_for_victims
from staff.errors import RuleBroken
from staff.models import Entry
from staff.permissions import Role
from tests.cases.an_ending import at_its_end, prepared
from tests.factories import (
    NOW,
    TODAY,
    AddressFactory,
    CaseFactory,
    RegistrationFactory,
    RelatedPersonFactory,
    RestrictionFactory,
    SentenceFactory,
    TransferFactory,
    UserFactory,
    VictimLiaisonFactory,
    VictimNoticeFactory,
)
from unpaidwork.services.endings import end_case

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LONG_AGO = TODAY - 300 * DAY


def in_contact(case=None):
    """A case on which a victim is in contact, for long."""
    case = case or CaseFactory()
    RegistrationFactory(case=case, type_code=Register.VICTIM_CONTACT, started_on=LONG_AGO)
    return case


def held(case, kind=PauseKind.CUSTODY, now=NOW, **columns):
    known = {"from_on": now.date(), "where": "HMP Bullingdon", "source": "The police", "last_seen_on": None}  # fmt: skip
    return begin_pause(case=case, kind=kind, by=case.officer, now=now, **known | columns)


def sweep(case, now=NOW):
    return raise_for_victims(case_ids=[case.pk], today=now.date(), now=now)


def told(notice, now=NOW, **columns):
    known = {"on": now.date(), "whom": "P. Lee", "how": "telephone", "said": "He has moved."}
    return tell_liaison(notice=notice, by=notice.case.officer, now=now, **known | columns)


def owed(case):
    return Deadline.objects.unmet().ours().filter(case=case, kind="tell_victim_liaison").first()


def causes(case):
    return sorted(VictimNotice.objects.filter(case=case).values_list("cause", flat=True))


def changed(sentence, at, **columns):
    """As an extract would bring it: what stood is kept, on that day."""
    Sentence.objects.filter(pk=sentence.pk).update(**columns)
    newest = sentence.events.model.objects.order_by("-pgh_id").first()
    sentence.events.model.objects.filter(pk=newest.pk).update(pgh_created_at=at)


def test_custody_is_told_the_next_working_day_and_the_seniors_hear_when_it_is_not():
    case = in_contact()

    held(case)

    notice = VictimNotice.objects.get()
    assert (notice.cause, notice.happened_on) == (VictimCause.RECALL, TODAY)
    assert owed(case).due_on == TODAY + DAY
    assert Entry.objects.filter(action="raised_for_victim", crn=case.crn).exists()


def test_without_a_victim_in_contact_nothing_is_raised():
    case = CaseFactory()
    VictimLiaisonFactory(case=case, ended_on=TODAY, ended_because="No longer wants contact")

    held(case)

    assert not VictimNotice.objects.exists()


def test_a_named_liaison_officer_is_told_though_no_register_says_so():
    case = CaseFactory()
    VictimLiaisonFactory(case=case, since_on=LONG_AGO)

    held(case, PauseKind.WARRANT)

    assert causes(case) == [VictimCause.AT_LARGE]


def test_whoever_acts_on_the_case_hears_when_somebody_else_records_it():
    case = in_contact()
    other = UserFactory(role=Role.HUB)

    begin_pause(
        case=case, kind=PauseKind.WARRANT, from_on=TODAY, where="", source="The court", last_seen_on=None, by=other, now=NOW
    )  # fmt: skip

    words = Notice.objects.filter(user=case.officer).values_list("text", flat=True)
    assert f"Tell the victim liaison officer what has happened on {case.crn}." in words


def test_a_move_an_extract_brings_is_raised_by_the_night_and_once():
    case = in_contact()
    AddressFactory(case=case, from_on=TODAY - 200 * DAY, to_on=TODAY - 3 * DAY, status_code="P")
    AddressFactory(case=case, from_on=TODAY - 2 * DAY)

    run_due(now=NOW)
    AddressFactory(case=case, from_on=TODAY - 2 * DAY, lines="4, Example St", status_code="")
    run_due(now=NOW + DAY)

    assert causes(case) == [VictimCause.ADDRESS]
    assert VictimNotice.objects.get().words == "They moved to another address"
    assert owed(case)


def test_what_happened_before_a_victim_was_in_contact_or_long_ago_is_not_raised():
    case = CaseFactory()
    RegistrationFactory(case=case, type_code=Register.VICTIM_CONTACT, started_on=TODAY - 10 * DAY)
    AddressFactory(case=case, from_on=TODAY - 11 * DAY)
    other = in_contact()
    AddressFactory(case=other, from_on=TODAY - 43 * DAY)

    assert sweep(case) == sweep(other) == 0


def test_an_arrest_the_record_brings_as_well_is_one_happening_and_a_recall_after_release_another():
    case = in_contact()
    sentence = SentenceFactory(case=case, custody_status=CustodyStatus.ON_LICENCE)
    held(case)
    changed(sentence, NOW + 2 * DAY, custody_status=CustodyStatus.RECALLED)
    sweep(case, NOW + 2 * DAY)
    assert causes(case) == [VictimCause.RECALL]

    changed(sentence, NOW + 30 * DAY, custody_status=CustodyStatus.ON_LICENCE, released_on=TODAY + 29 * DAY)  # fmt: skip
    sweep(case, NOW + 30 * DAY)
    changed(sentence, NOW + 40 * DAY, custody_status=CustodyStatus.RECALLED)
    sweep(case, NOW + 40 * DAY)

    assert causes(case) == [VictimCause.RECALL, VictimCause.RECALL, VictimCause.RELEASE]
    release = VictimNotice.objects.get(cause=VictimCause.RELEASE)
    assert release.happened_on == TODAY + 29 * DAY


def test_another_day_of_release_is_told_while_they_are_inside():
    case = in_contact()
    sentence = SentenceFactory(
        case=case, custody_status=CustodyStatus.SENTENCED, expected_release_on=TODAY + 90 * DAY
    )
    changed(sentence, NOW, expected_release_on=TODAY + 30 * DAY)

    sweep(case)
    sweep(case, NOW + DAY)

    assert VictimNotice.objects.get().words == "The day of their release has changed"


def test_an_order_that_ends_is_told_and_one_the_record_names_is_not_told_when_its_terms_are_written():
    case = in_contact()
    order = RestrictionFactory(case=case, recorded_at=NOW - 100 * DAY, from_on=LONG_AGO)
    sweep(case)
    assert causes(case) == []

    end_restriction(restriction=order, because="Discharged by the court", by=case.officer, now=NOW)

    assert causes(case) == [VictimCause.CONDITION]


def test_of_a_death_they_hear_though_the_case_is_closed_and_of_a_mistake_only_if_they_heard():
    case = in_contact()
    death = record_death(
        case=case, died_on=None, told_by="Her sister", in_custody=None, by=case.officer, now=NOW
    )
    assert owed(case), "it runs on after they have died"
    told(VictimNotice.objects.get())
    senior = UserFactory(role=Role.SPO, team=case.team)

    undo_death(death=death, because="She rang", by=senior, now=NOW + DAY)

    assert causes(case) == [VictimCause.DEATH, VictimCause.OTHER]
    assert owed(case).triggered_on == TODAY + DAY


def test_a_death_undone_before_anybody_was_told_is_taken_back():
    case = in_contact()
    death = record_death(
        case=case, died_on=None, told_by="Her sister", in_custody=None, by=case.officer, now=NOW
    )
    senior = UserFactory(role=Role.SPO, team=case.team)

    undo_death(death=death, because="She rang", by=senior, now=NOW + DAY)

    notice = VictimNotice.objects.get()
    assert (notice.answered_at, notice.told_on) == (NOW + DAY, None)
    assert "by mistake" in notice.said
    assert owed(case) is None


def test_an_end_is_told_once_and_again_when_the_case_ends_anew():
    case = in_contact(at_its_end())
    senior = UserFactory(role=Role.SPO, team=case.team)
    said = {"on": TODAY.isoformat(), "words": "P. Lee was told by secure e-mail."}
    end_case(ending=prepared(case, **{"tell-victim": said}), by=senior, now=NOW)
    assert causes(case) == [VictimCause.ENDED]
    assert owed(case)

    reopen_case(case=case, because="A new order", by=senior, now=NOW + DAY)
    assert owed(case), "nothing is lost on opening it anew"
    Case.objects.filter(pk=case.pk).update(state="no_sentence")
    case.sentences.update(terminated_on=TODAY + 2 * DAY)
    sweep(case, NOW + 2 * DAY)
    sweep(case, NOW + 3 * DAY)

    assert causes(case) == [VictimCause.ENDED, VictimCause.ENDED]


def test_a_case_that_another_provider_takes_is_told():
    case = in_contact()
    senior = UserFactory(role=Role.SPO, team=case.team)
    offer = TransferFactory(
        case=case, kind="provider", to_officer=None, outside="Another CRC", offered_by=case.officer
    )

    accept_transfer(transfer=offer, by=senior, now=NOW, outside_officer="B. Gray")

    assert causes(case) == [VictimCause.ENDED]
    assert owed(case)


def test_the_clock_follows_what_has_waited_longest():
    case = in_contact()
    first = VictimNoticeFactory(case=case, raised_at=NOW - 2 * DAY)
    second = add_notice(
        case=case, words="He wrote to the court", happened_on=TODAY, by=case.officer, now=NOW
    )
    assert owed(case).triggered_on == TODAY - 2 * DAY

    told(first)
    assert owed(case).triggered_on == TODAY
    need_not_tell(notice=second, because="It is no business of theirs", by=case.officer, now=NOW)

    assert owed(case) is None
    first.refresh_from_db()
    assert (first.told_whom, first.answered_by) == ("P. Lee", case.officer)


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"said": "n/a"}, "Say what you told them"),
        ({"whom": "-"}, "by name"),
        ({"on": TODAY - DAY}, "before that"),
        ({"on": TODAY + DAY}, "in the future"),
        ({"said": "He may go near Bethany Roe."}, "What you told them"),
    ],
)
def test_a_telling_that_shows_nothing_or_names_a_victim_is_refused(columns, why):
    notice = VictimNoticeFactory(case=in_contact())
    RelatedPersonFactory(case=notice.case, name="Bethany Roe", victim=True, protected=True)

    with pytest.raises(RuleBroken, match=why):
        told(notice, **columns)


def test_what_was_answered_is_not_answered_again():
    notice = VictimNoticeFactory(case=in_contact())
    told(notice)

    with pytest.raises(RuleBroken, match="already"):
        need_not_tell(notice=notice, because="She moved away", by=notice.case.officer, now=NOW)


def test_another_liaison_officer_takes_the_place_of_the_first():
    case = in_contact()
    first = VictimLiaisonFactory(case=case, since_on=LONG_AGO)
    second = name_liaison(
        case=case, officer="B. Gray", unit="Thames Valley", reach="01632 960 302", since_on=TODAY, by=case.officer, now=NOW
    )  # fmt: skip

    first.refresh_from_db()
    assert (first.ended_on, first.ended_because) == (TODAY, "B. Gray is the victim liaison officer now")  # fmt: skip
    end_liaison(
        liaison=second,
        on=TODAY,
        because="The victim wants no contact",
        by=case.officer,
        today=TODAY,
    )
    assert not case.victim_liaison.standing().exists()


STEPS = ("held", "record_held", "sweep", "back", "record_out", "moved", "sweep")


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(order=st.permutations(STEPS), days=st.integers(min_value=0, max_value=1))
def test_whatever_the_order_of_services_extracts_and_sweeps_each_thing_is_raised_once(order, days):
    with transaction.atomic():
        case = in_contact()
        sentence = SentenceFactory(case=case, custody_status=CustodyStatus.ON_LICENCE)
        now = NOW
        for step in order:
            _take(step, case, sentence, now)
            now += days * DAY
        for _ in range(2):
            sweep(case, now)

        found = causes(case)
        assert found.count(VictimCause.ADDRESS) == 1
        assert found.count(VictimCause.RECALL) == 1
        assert found.count(VictimCause.RELEASE) <= 1
        transaction.set_rollback(True)


def _take(step, case, sentence, now):
    running = case.pauses.running().first()
    match step:
        case "held":
            held(case, now=now)
        case "back" if running:
            end_pause(pause=running, to_on=now.date(), because="Bailed by the court", by=case.officer, now=now)  # fmt: skip
        case "record_held":
            changed(sentence, now, custody_status=CustodyStatus.RECALLED)
        case "record_out" if (
            Sentence.objects.get(pk=sentence.pk).custody_status == CustodyStatus.RECALLED
        ):
            changed(sentence, now, custody_status=CustodyStatus.ON_LICENCE, released_on=now.date())
        case "moved":
            AddressFactory(case=case, from_on=now.date())
        case "sweep":
            sweep(case, now)


def test_the_night_takes_as_many_statements_for_many_cases_as_for_few(
    django_assert_max_num_queries,
):
    cases = [in_contact() for _ in range(12)]
    for case in cases:
        AddressFactory(case=case, from_on=TODAY)

    with django_assert_max_num_queries(32):
        made = raise_for_victims(case_ids=[case.pk for case in cases], today=TODAY, now=NOW)

    assert made == 12
