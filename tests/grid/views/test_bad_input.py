"""Whatever is sent to a page of interventions and groups: it never fails, says what is wrong beside the question, and nothing is lost.

Every form is sent with all its answers bad at once, each in another way at every turn: fields are looked at one by one.
"""

import html
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from tests.grid.a_busy_office import open_office, signed_in
from tests.grid.bad_input import AS_ITS_PAGE, BEYOND_A_KEY, HUGE, LONG, answer_to
from tests.grid.forms_sent import FORMS
from tests.many_requests import asked_for
from tests.once import undone

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
NO_DAY = ("juggling", "0001-01-01", "9999-12-31", "a\0b")
NO_TIME = ("25:00", HUGE, "a\0b", "-1")
NO_NUMBER = ("juggling", "-1", HUGE, "1e400")
NO_KEY = (BEYOND_A_KEY, "-1", "a\0b", "juggling")
BAD = {
    "day": NO_DAY, "time": NO_TIME, "hours": NO_TIME, "number": NO_NUMBER, "key": NO_KEY, "keys": NO_KEY,
    "text": ("a\0b", LONG),
}  # fmt: skip
ODD = {  # what may be taken, and must not fail
    "day": ("31 December 2100", "1 January 1900"),
    "time": ("0:00", "23:59"),
    "hours": ("0:00 to 23:59",),
    "number": ("0",),
    "text": (b"a\xed\xa0\x80b", "<b>&amp;\U0001f600"),
    "key": ("",),
    "keys": (("1", "2"),),
}
SHOWN_AGAIN = {"day", "time", "hours", "number", "text"}


WRITTEN_ANEW = {
    "say-of-place",
    "change-room",
    "leader-hours",
    "end-leader-training",
}
NOTHING_ASKED = {
    "accept-intervention", "take-back-commitment", "keep-place", "give-place", "open-room-again", "cancel-leader-leave",
}  # fmt: skip
OF_NOBODY = {  # in whose addresses is no key
    "plan-series", "plan-series, looked at", "add-room", "add-leader", "ask-for-quarter", "policy, answering", "policy, waiting",
    "policy, groups", "policy, an intervention",
}  # fmt: skip
OTHERS = (0, 99_999_999, BEYOND_A_KEY, HUGE)
EVERY = pytest.mark.parametrize("which", FORMS)
ASKING = pytest.mark.parametrize("which", sorted(FORMS.keys() - NOTHING_ASKED))
KEYED = pytest.mark.parametrize("which", sorted(FORMS.keys() - OF_NOBODY))


@pytest.fixture(scope="module", autouse=True)
def each_is_asked_for_often():
    with asked_for(addresses=500):
        yield


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    with open_office(django_db_blocker) as opened:
        yield opened


@pytest.fixture(scope="module")
def clients(office):
    made = signed_in(office, Client)
    return lambda user: made[user.pk]


@pytest.fixture
def sent(office, which):
    return FORMS[which](office)


@pytest.fixture
def send(clients, sent, which):
    """Sends this, as browsers do; gives what came of it."""
    address = reverse(sent.name or which, args=sent.keys) + sent.query

    def sending(said, kind=FORM):
        body = urlencode(said, doseq=True) if isinstance(said, dict) else said
        answer = answer_to(lambda: clients(sent.by).post(address, body, content_type=kind))
        assert not answer.failed, (said, answer.failed)
        assert answer.status in {200, 302, 400, 404}, (said, answer.status)
        return answer

    return sending


def pages_form(answer):
    """The form that is shown again; of the register, the card of whom something is wrong."""
    return answer.response.context["form"]


def refused_by_name(answer, name, said):
    """It is said beside the question, and the summary leads there."""
    form = pages_form(answer)
    bare = name.removeprefix(f"{form.prefix}-")
    assert bare in form.errors, (name, said, dict(form.errors))
    if not form[bare].is_hidden:
        assert f'href="#{form[bare].auto_id}"' in answer.content, (name, said)
        assert f'id="{form[bare].auto_id}' in answer.content, (name, said)


def shown_again(answer, asked, said):
    page = html.unescape(answer.content)
    for name, one in asked.items():
        typed = str(said[name])
        if (
            one.kind in SHOWN_AGAIN
            and not one.plain
            and "\0" not in typed
            and not typed.startswith(("0001", "9999"))
        ):
            assert typed in page, (name, typed[:40])


@ASKING
def test_what_cannot_be_meant_is_refused_beside_each_question_and_nothing_is_lost(send, sent):
    for turn in range(len(NO_DAY)):
        bad = {name: BAD[one.kind][turn % len(BAD[one.kind])] for name, one in sent.asked.items()}
        said = sent.good(**bad)
        answer = send(said)

        assert not answer.took, (bad, answer.changed, answer.done)
        questions = {name: one for name, one in sent.asked.items() if not one.plain}
        if questions:
            assert answer.status == 200
            for name in questions:
                refused_by_name(answer, name, bad[name])
            shown_again(answer, questions, said)


@ASKING
def test_what_is_left_is_asked_for(send, sent):
    for name, one in sent.asked.items():
        if one.optional or one.plain:
            continue
        said = sent.good()
        del said[name]
        answer = send(said)

        assert not answer.took, (name, answer.changed, answer.done)
        refused_by_name(answer, name, "left")


@ASKING
def test_what_is_odd_is_taken_or_refused(send, sent):
    for name, one in sent.asked.items():
        for odd in ODD[one.kind]:
            answer = send(sent.good(**{name: odd}))
            assert answer.done or answer.changed <= AS_ITS_PAGE, (name, odd, answer.changed)


@EVERY
def test_what_is_no_form_of_ours_takes_nothing(send, sent):
    """Nothing at all, what is no form, and a name that no column can hold."""
    for said, kind in (
        ({}, FORM),
        (b'{"because": 1}', "application/json"),
        (b"rubbish", "multipart/form-data; boundary=x"),
    ):
        answer = send(said, kind)
        if not all(one.optional for one in sent.asked.values()):
            assert not answer.took, (said, answer.changed, answer.done)
    send(sent.good() | {"a\0b": "1"})


@EVERY
def test_the_same_form_sent_twice_does_it_once(clients, send, sent, which):
    with undone():
        first = clients(sent.by).post(
            reverse(sent.name or which, args=sent.keys) + sent.query,
            urlencode(sent.good(), doseq=True),
            content_type=FORM,
        )
        assert first.status_code in {200, 302}
        answer = send(sent.good())

        if which not in WRITTEN_ANEW:
            assert not answer.took, (which, answer.changed, answer.done)


@KEYED
def test_what_is_not_there_is_not_found(clients, sent, which):
    for place, known in enumerate(sent.keys):
        for other in OTHERS if isinstance(known, int) else ("Nobody9",):
            keys = (*sent.keys[:place], other, *sent.keys[place + 1 :])
            address = reverse(sent.name or which, args=keys)
            answer = answer_to(lambda address=address: clients(sent.by).post(address, sent.good()))
            assert (answer.failed, answer.status) == ("", 404), (which, other)
            assert not answer.took, (other, answer.changed, answer.done)


ASKED_FOR = {  # {address: what may be asked in it, and its keys}
    "groups": (("code", "place", "women_only", "when", "left", "after"), ()),
    "waiting-lists": (("after",), ()),
    "waiting-list": (("expects", "site", "time", "women", "team", "after"), ("making_amends",)),
    "waiting-list-csv": (("expects", "site", "time", "women", "team"), ("making_amends",)),
    "unmet-needs": (("code", "decision", "site", "time", "team", "after"), ()),
    "demand": (("women",), ("making_amends",)),
    "interventions": (("need", "sex", "hook", "place"), ()),
    "plan-series": (("code",), ()),
    "set-interventions-policy": (("of",), ()),
}
SAID = ("juggling", HUGE, "a\0b")


@pytest.mark.parametrize("name", ASKED_FOR)
def test_what_is_asked_in_an_address_is_answered(office, clients, name):
    asked, keys = ASKED_FOR[name]
    for one in asked:
        for said in SAID:
            address = f"{reverse(name, args=keys)}?{urlencode({one: said})}"
            answer = answer_to(lambda address=address: clients(office.head).get(address))
            assert not answer.failed, (one, said, answer.failed)
            assert answer.status in {200, 404}, (one, said, answer.status)


@pytest.mark.parametrize("name", ["keep-place", "give-place"])
@pytest.mark.parametrize("asked", ["referral", "series"])
@pytest.mark.parametrize("said", SAID)
def test_a_place_that_was_not_offered_is_not_taken(office, clients, name, asked, said):
    known = {"referral": office.offered.pk, "series": office.series.pk} | {asked: said}
    address = f"{reverse(name, args=[office.offered.case.crn])}?{urlencode(known)}"

    answer = answer_to(lambda: clients(office.officer).post(address))

    assert (answer.failed, answer.status) == ("", 302)
    assert not answer.took, (said, answer.changed, answer.done)
