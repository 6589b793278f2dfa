"""The pages and endpoints of a breach, from the pack to the court: what each says, does, and refuses.

Source: product rules, failures and gates.
"""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from rest_framework.test import APIClient

from cases.models import Breach
from cases.reference.enforcement import BreachState
from cases.rules.calendar import add_working_days
from cases.services.enforcement.breaches.amendments import ask_amendment
from cases.services.enforcement.breaches.court import set_hearing
from cases.services.enforcement.breaches.writing import said_of
from staff.permissions import Role
from staff.rules.dates import say_date
from tests.cases.a_breach import COURT, NPS, SAID, a_senior, brought_to, on, referred, written
from tests.cases.views.a_case import see
from tests.factories import CaseFactory, RelatedPersonFactory, UserFactory

pytestmark = pytest.mark.django_db
State = BreachState
DAY = timedelta(days=1)
STATEMENTS = 40  # of the page of a breach, however much has happened on it
FORMS = {  # the pages that record a step, by the state in which each is open
    "say-nps-answer": State.SUBMITTED,
    "chase-nps": State.SUBMITTED,
    "say-issued": State.ACCEPTED,
    "set-hearing": State.SUMMONS,
    "say-asked": State.SUMMONS,
    "breach-outcome": State.SUMMONS,
    "ask-amendment": State.SUBMITTED,
    "withdraw-breach": State.PREPARING,
}


def words(answer):
    """What the page says, without its marks."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def at(breach, name, *more):
    return reverse(name, args=[breach.case.crn, breach.pk, *more])


def post(client, user, breach, name, *more, **data):
    client.force_login(user)
    return client.post(at(breach, name, *more), data, follow=True)


def look(client, user, breach, name="breach", *more):
    return see(client, user, name, breach.case, breach.pk, *more)


def now_in(breach):
    breach.refresh_from_db()
    return breach.state


def filled(client, user, breach, **given):
    """What the page of the pack holds as it is drawn, with what is given in its place."""
    page = look(client, user, breach, "breach-pack").content.decode()
    boxes = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page)
    inputs = re.findall(r'<input[^>]*name="(seen|court_name)"[^>]*value="([^"]*)"', page)
    inputs += [
        (name, value)
        for value, name in re.findall(
            r'<input[^>]*value="([^"]*)"[^>]*name="(seen|court_name)"', page
        )
    ]
    return {name: unescape(value).strip() for name, value in [*boxes, *inputs]} | given


def explained(form):
    """A sentence for each warning of the form, and the mark of what was read."""
    found = dict.fromkeys(re.findall(r'name="(said-[^"]+)"', form), "He is asked on Monday, by me.")
    return found | {"read": re.search(r'name="read" value="(\w+)"', form)[1]}


def today():
    return say_date(localdate())


@pytest.mark.parametrize("state", State)
def test_the_page_says_where_it_is_and_what_is_next(client, state):
    breach = brought_to(state)

    page = words(look(client, breach.case.officer, breach))

    assert state.title in page
    assert f"Breach, {breach.case.crn}" in page
    assert "Failure on" in page
    assert ("Withdraw it" in page) == (
        state not in {State.DECLINED, State.DECIDED, State.WITHDRAWN}
    )


def test_the_pack_lists_what_stands_in_the_way_and_is_filled_and_sent(client):
    breach = referred()
    officer = breach.case.officer
    told = breach.failures.get().pk
    page = words(look(client, officer, breach, "breach-pack"))
    assert "still to do before you can send the pack" in page
    assert "Nothing on record proves that they were told" in page
    assert f"#id_told-{told}" in look(client, officer, breach, "breach-pack").content.decode()
    refused = words(look(client, officer, breach, "send-breach-pack"))
    assert "Nothing on record proves" in refused

    said = {
        f"told-{told}": "Told in person on the first day of the order, by A Officer.",
        "report-risk": SAID,
    }
    saved = words(
        post(client, officer, breach, "breach-pack", **filled(client, officer, breach, **said))
    )
    assert "What you wrote is in the pack." in saved
    assert re.search(r"\d+ things to say first", saved)
    assert "Nothing stands in the way" not in saved
    breach.refresh_from_db()
    assert said_of(breach)["report.risk"] == SAID
    early = look(client, officer, breach, "send-breach-pack").content.decode()
    assert re.search(r"\d+ things to say first", early)
    assert 'name="said-' not in early
    assert "There is a problem" in words(post(client, officer, breach, "send-breach-pack"))
    assert now_in(breach) == State.PREPARING

    whole = {name: typed or SAID for name, typed in filled(client, officer, breach).items()}
    saved = words(post(client, officer, breach, "breach-pack", **whole))
    assert "Nothing stands in the way" in saved
    fields = explained(look(client, officer, breach, "send-breach-pack").content.decode())
    # What was said in the pack is not asked again; that its last safe day has passed no box of it says
    assert fields.keys() == {"read", "said-late"}
    sent = words(post(client, officer, breach, "send-breach-pack", **fields))

    assert "The pack is with the NPS" in sent
    assert now_in(breach) == State.SUBMITTED
    again = words(post(client, officer, breach, "send-breach-pack", **fields))
    assert "not open to this breach any more" in again
    assert breach.times_submitted == 1


def test_the_draft_is_a_pdf_that_is_kept_nowhere(client):
    breach = written()

    answer = look(client, breach.case.officer, breach, "breach-bundle")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert breach.case.crn in answer["Content-Disposition"]
    assert not breach.case.documents.exists()


def test_somebody_who_may_not_see_a_name_writes_around_it(client):
    breach = written()
    RelatedPersonFactory(case=breach.case, name="Robin Vale", protected=True)
    officer, hub = breach.case.officer, UserFactory(role=Role.HUB)
    said = {"report-progress": "Robin Vale says that he is kinder."}
    post(client, officer, breach, "breach-pack", **filled(client, officer, breach, **said))
    assert "Robin Vale" not in look(client, hub, breach, "breach-pack").content.decode()

    form = filled(client, hub, breach)
    form["report-progress"] += " So does she."
    post(client, hub, breach, "breach-pack", **form)

    breach.refresh_from_db()
    assert said_of(breach)["report.progress"] == "Robin Vale says that he is kinder. So does she."


def test_two_who_write_the_same_are_both_shown(client):
    breach = referred()
    officer, hub = breach.case.officer, UserFactory(role=Role.HUB)
    drawn = filled(client, hub, breach, **{"report-risk": "Another thing was said."})
    said = filled(client, officer, breach, **{"report-risk": SAID})
    post(client, officer, breach, "breach-pack", **said)

    clash = words(post(client, hub, breach, "breach-pack", **drawn))

    assert "Changed by somebody else while you were writing" in clash
    assert SAID in clash
    breach.refresh_from_db()
    assert said_of(breach)["report.risk"] == SAID


def test_the_nps_answers_the_court_decides_and_each_is_recorded(client):
    breach, hub = brought_to(State.SUBMITTED), UserFactory(role=Role.HUB)
    answered = {"to": "accepted", "outside": NPS, "on": today()}
    refused = words(post(client, hub, breach, "say-nps-answer", **answered | {"outside": ""}))
    assert "There is a problem" in refused
    assert "The answer is recorded" in words(
        post(client, hub, breach, "say-nps-answer", **answered)
    )
    issued = {"to": "summons", "court": COURT, "on": today()}
    assert "It is recorded" in words(post(client, hub, breach, "say-issued", **issued))
    day = {"on": today(), "at": "12:01am", "court": COURT}
    assert "The day in court is recorded" in words(post(client, hub, breach, "set-hearing", **day))
    put_off = {"attended": "yes", "result": "Adjourned for a report.", "adjourned": "no"}
    page = words(post(client, hub, breach, "say-hearing", **put_off))
    assert "They came. Adjourned for a report." in page
    assert "It is recorded" in words(post(client, hub, breach, "say-asked", outside="Listing", words="No day yet."))  # fmt: skip

    decided = {"code": "ABPM", "on": today(), "attended": "yes", "words": "Twenty more hours."}
    page = words(post(client, hub, breach, "breach-outcome", **decided))

    assert "Proven, the order goes on with changes" in page
    assert "Have it put right in nDelius" in page
    assert now_in(breach) == State.DECIDED


def test_whoever_records_a_warrant_reads_that_they_are_wanted_and_not_that_contact_goes_on(client):
    breach = brought_to(State.ACCEPTED)
    issued = {"to": "warrant", "court": COURT, "on": today()}

    page = words(post(client, UserFactory(role=Role.HUB), breach, "say-issued", **issued))

    owed = breach.case.deadlines.get(kind="ask_whereabouts")
    assert "they are wanted" in page
    assert f"The police are to be asked by {say_date(owed.due_on)} where they are" in page
    assert "ring the police today" not in page
    assert "Contact goes on meanwhile" not in page


def test_a_decision_that_was_recorded_wrongly_is_put_right_from_what_stands(client):
    breach = brought_to(State.SUMMONS)
    hub = UserFactory(role=Role.HUB)
    assert see(client, hub, "correct-breach-outcome", breach.case, breach.pk).status_code == 302
    decided = {"code": "ABCC", "on": today(), "attended": "yes", "words": "Twelve weeks.", "prison": "HMP Bullingdon"}  # fmt: skip
    post(client, hub, breach, "breach-outcome", **decided)
    here = reverse("correct-breach-outcome", args=[breach.case.crn, breach.pk])
    assert here in see(client, hub, "breach", breach.case, breach.pk).content.decode()
    reader = UserFactory(role=Role.AUDITOR)
    assert here not in see(client, reader, "breach", breach.case, breach.pk).content.decode()
    form = see(client, hub, "correct-breach-outcome", breach.case, breach.pk).content.decode()
    assert 'value="HMP Bullingdon"' in form
    assert "Twelve weeks." in form
    assert "Were they in court?" not in form  # no day in court was said with it

    right = decided | {"code": "ABPC", "prison": "", "words": "To go on.", "because": "The list was misread."}  # fmt: skip
    page = words(post(client, hub, breach, "correct-breach-outcome", **right))

    assert "The decision is put right" in page
    assert "The order goes on. Contact goes on as before." in page
    assert "It was recorded as “Proven, committed to custody”" in page
    assert not breach.case.pauses.running().exists()
    again = words(post(client, hub, breach, "correct-breach-outcome", **right))
    assert "Nothing is different from what is recorded" in again


def test_prison_is_recorded_only_with_a_decision_that_leads_there(client):
    breach = brought_to(State.SUMMONS)
    said = {"code": "ABPC", "on": today(), "attended": "yes", "prison": "HMP Bullingdon"}

    refused = words(post(client, breach.case.officer, breach, "breach-outcome", **said))

    assert "Nobody goes to prison from that decision" in refused
    post(client, breach.case.officer, breach, "breach-outcome", **said | {"code": "ABCC"})
    assert breach.case.pauses.running().get().where == "HMP Bullingdon"


def test_a_day_in_court_is_called_off(client):
    breach = brought_to(State.SUMMONS)
    set_hearing(breach=breach, at=now() + DAY, court=COURT, by=breach.case.officer, now=now())

    page = words(
        post(
            client, breach.case.officer, breach, "call-off-hearing", because="The court lost power."
        )
    )

    assert "Called off" in page
    assert "A day in court is set" in page


def test_a_change_is_asked_for_sent_and_read(client):
    breach, hub = brought_to(State.ACCEPTED), UserFactory(role=Role.HUB)
    asked = {
        "what": "Correct the dates.",
        "asked_by": NPS,
        "asked_on": today(),
        "due_on": say_date(localdate() + DAY),
    }
    assert "The change is recorded" in words(post(client, hub, breach, "ask-amendment", **asked))
    one = breach.amendments.get()
    form = look(client, hub, breach, "send-amendment", one.pk).content.decode()
    sent = explained(form) | {"changed": "The dates are those of the log."}
    gone = words(post(client, hub, breach, "send-amendment", one.pk, **sent))
    assert "The changed report has gone" in gone

    page = words(post(client, breach.case.officer, breach, "see-amendment", one.pk))

    assert "you have read what was changed" in page
    assert look(client, hub, breach, "send-amendment", one.pk).status_code == 302


def test_a_change_that_is_not_made_says_why(client):
    breach = brought_to(State.SUBMITTED)
    one = ask_amendment(
        breach=breach, what="Correct the dates.", asked_by=NPS, asked_on=localdate(), due_on=localdate(),
        by=breach.case.officer, now=now(),
    )  # fmt: skip

    page = words(
        post(
            client,
            breach.case.officer,
            breach,
            "refuse-amendment",
            one.pk,
            because="They took it back.",
        )
    )

    assert "They took it back." in page


def test_one_that_is_withdrawn_is_read_by_a_senior(client):
    breach = written()
    said = {"because": "proof", "words": "A letter from the hospital came.", "authority": NPS}
    assert "The breach is withdrawn" in words(
        post(client, breach.case.officer, breach, "withdraw-breach", **said)
    )
    senior = a_senior(breach.case)
    assert "A letter from the hospital came." in words(
        look(client, senior, breach, "read-withdrawn-breach")
    )

    page = words(post(client, senior, breach, "read-withdrawn-breach"))

    assert f"{senior.name}," in page
    assert look(client, senior, breach, "read-withdrawn-breach").status_code == 302


def test_the_officer_does_not_read_their_own_withdrawal(client):
    breach = brought_to(State.WITHDRAWN)

    assert look(client, breach.case.officer, breach, "read-withdrawn-breach").status_code == 403


@pytest.mark.parametrize(("name", "state"), FORMS.items())
def test_each_page_says_what_is_missing_and_is_shut_when_it_is_over(client, name, state):
    breach = brought_to(state)
    officer = breach.case.officer
    assert look(client, officer, breach, name).status_code == 200
    assert "There is a problem" in words(post(client, officer, breach, name))
    assert now_in(breach) == state

    on(breach, State.WITHDRAWN)

    assert "not open to this breach any more" in words(post(client, officer, breach, name))


def test_a_breach_of_somebody_else_is_not_there(client):
    breach, other = written(), CaseFactory()

    for name in ("breach", "breach-pack", "withdraw-breach"):
        assert see(client, other.officer, name, other, breach.pk).status_code == 404


def test_nobody_but_those_the_table_names_reaches_a_pack(client):
    breach = written()

    for role in (Role.COORDINATOR, Role.QUALITY, Role.HEAD):
        assert look(client, UserFactory(role=role), breach, "breach-pack").status_code == 403
    assert look(client, UserFactory(), breach, "breach-pack").status_code in {403, 404}


def test_my_work_leads_to_each_page(client):
    breach = brought_to(State.SUBMITTED)

    page = look(client, breach.case.officer, breach).content.decode()

    assert at(breach, "say-nps-answer") in page


def test_a_long_name_and_words_that_are_markup_are_words(client):
    case = CaseFactory(surname="<b>Wolfe" * 9, forename="O'Brien-D'Arcy")
    breach = brought_to(State.RETURNED, case)

    page = look(client, case.officer, breach).content.decode()

    assert "<b>Wolfe" not in page


def test_however_much_has_happened_the_page_asks_as_often(client):
    breach = brought_to(State.SUMMONS)
    asked = []
    look(client, breach.case.officer, breach)  # what is looked up once for all
    for many in (1, 6):
        for n in range(many):
            breach.hearings.create(
                at=now() - (n + 1) * DAY, court_name=COURT, result="x", called_off=True
            )
            breach.steps.create(
                state=breach.state, on=localdate(), at=now(), by=breach.case.officer
            )
        with CaptureQueriesContext(connection) as found:
            look(client, breach.case.officer, breach)
        asked.append(len(found))

    assert asked[0] == asked[1]
    assert asked[0] <= STATEMENTS


# The API


def call(user, breach, name, *more, method="post", **data):
    client = APIClient()
    client.force_login(user)
    crn = breach.case.crn
    args = [crn] if name == "api-breaches" else [crn, breach.pk, *more]
    return getattr(client, method)(reverse(name, args=args), data, format="json")


def test_an_api_client_takes_it_from_the_pack_to_the_court():
    breach = referred()
    officer, hub = breach.case.officer, UserFactory(role=Role.HUB)
    told = {f"told.{breach.failures.get().pk}": "Told in person on the first day, by A Officer."}
    day, again_on = localdate().isoformat(), add_working_days(localdate(), 2)
    refused = call(officer, breach, "api-send-breach-pack", explained={})
    assert refused.status_code == 422
    assert "Nothing on record proves" in refused.json()["detail"]
    gaps = call(officer, breach, "api-breach-pack", given=told).json()["to_do"]
    assert {one["weight"] for one in gaps} == {"warning"}

    steps = [
        call(officer, breach, "api-send-breach-pack", explained={one["key"]: SAID for one in gaps}),
        call(hub, breach, "api-chase-nps", outside=NPS, on=day, again_on=again_on.isoformat()),
        call(hub, breach, "api-nps-answer", to="accepted", on=day, outside=NPS),
        call(hub, breach, "api-breach-issued", to="summons", on=day, court=COURT),
        call(hub, breach, "api-breach-hearing", at=(localtime() + DAY).isoformat(), court=COURT),
        call(
            hub,
            breach,
            "api-ask-amendment",
            what="The dates.",
            asked_by=NPS,
            asked_on=day,
            due_on=day,
        ),
    ]
    assert [one.status_code for one in steps] == [200] * 6, [one.content for one in steps]
    shown = steps[-1].json()
    assert [one["again_on"] for one in shown["steps"] if one["again_on"]] == [again_on.isoformat()]
    hearing, change = shown["hearings"][0]["id"], shown["amendments"][0]["id"]
    explained = {one["key"]: SAID for one in gaps} | {"unchanged": SAID}
    more = [
        call(hub, breach, "api-call-off-hearing", hearing, because="The court lost power."),
        call(hub, breach, "api-ask-court", outside="Listing", words="No day yet."),
        call(
            hub,
            breach,
            "api-send-amendment",
            change,
            changed="The dates are right.",
            explained=explained,
        ),
        call(officer, breach, "api-see-amendment", change),
        call(hub, breach, "api-breach-outcome", code="ABPC", on=day),
        call(
            hub, breach, "api-correct-breach-outcome", code="ABCF", on=day, because="£80 as well."
        ),
    ]

    assert [one.status_code for one in more] == [200] * 6, [one.content for one in more]
    assert more[-1].json()["state"] == "decided"
    assert more[-1].json()["outcome"] == "ABCF"
    listed = call(officer, breach, "api-breaches", method="get").json()
    assert [one["id"] for one in listed] == [breach.pk]


def test_the_api_withdraws_and_a_senior_reads():
    breach = written()
    said = {"because": "error", "words": "The day was wrong.", "authority": NPS}

    withdrawn = call(breach.case.officer, breach, "api-withdraw-breach", **said)
    read = call(a_senior(breach.case), breach, "api-read-withdrawn-breach")

    assert (withdrawn.status_code, read.status_code) == (200, 200)
    assert Breach.objects.get(pk=breach.pk).seen_by_senior_at
    assert call(breach.case.officer, breach, "api-withdraw-breach", **said).status_code == 422


def test_the_api_refuses_and_does_not_make_a_hearing_or_a_change_of_another_breach():
    breach, other = brought_to(State.SUMMONS), brought_to(State.SUMMONS)
    hearing = set_hearing(
        breach=other, at=now() - DAY + 2 * DAY, court=COURT, by=other.case.officer, now=now()
    )

    officer = breach.case.officer
    assert (
        call(
            officer, breach, "api-say-hearing", hearing.pk, attended=True, result="Put off."
        ).status_code
        == 404
    )
    assert call(officer, breach, "api-refuse-amendment", 0, because="No.").status_code == 404
    assert call(officer, breach, "api-nps-answer", to="decided", on="x").status_code == 400


def test_once_the_nps_has_it_whoever_withdraws_says_who_told_them(client):
    breach = brought_to(State.SUMMONS)
    said = {"because": "proof", "words": "A letter from the hospital came.", "authority": NPS}
    asked = words(post(client, breach.case.officer, breach, "withdraw-breach", **said))
    assert "Who told the NPS, and the court where it is there, and when?" in asked
    assert Breach.objects.get(pk=breach.pk).state == State.SUMMONS

    told = "A Officer rang Jo Hall, who told the court."
    page = words(post(client, breach.case.officer, breach, "withdraw-breach", **said, told=told))

    assert f"Who told the NPS and the court {told}" in page
