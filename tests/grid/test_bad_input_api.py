"""Whatever is sent to an endpoint of interventions and groups: it never fails, names what cannot be read, and nothing changes.

Every body is sent with all it holds bad at once, each in another way at every turn: what it holds is looked at one by one.
"""

import json
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from tests.grid.a_busy_office import open_office, signed_in
from tests.grid.bad_input import BEYOND_A_KEY, HUGE, LONG, answer_to
from tests.grid.bodies_sent import BODIES
from tests.many_requests import asked_for
from tests.once import undone

pytestmark = pytest.mark.django_db
JSON = "application/json"
BAD = {
    "text": (None, {}, [], "a\0b", LONG),
    "day": ({}, [[[]]], True, "0001-01-01", "9999-12-31", "25:00", HUGE),
    "time": ({}, [], True, "25:00", "9999-12-31", HUGE, "a\0b"),
    "number": (None, {}, [1], "juggling", 1.5, LONG),
    "key": ({}, [1], "juggling", "a\0b"),
    "code": (None, {}, [], True, "juggling", HUGE, "a\0b"),
    "word": (None, {}, [], "a\0b"),
    "flag": ({}, [], "juggling", HUGE, "a\0b"),
    "keys": (None, {}, True, "juggling", HUGE, [None], [[1]]),
    "rows": (None, {"a": {"b": [1]}}, True, "juggling", HUGE, [None], [[]]),
}
ODD = {  # what may be taken, and must not fail
    "text": (0, "", "\U0001f600"),
    "day": ("2100-12-31", "1900-01-01", None),
    "time": ("00:00", "23:59:59.999999", None),
    "number": (0, -1, BEYOND_A_KEY, 2**31, 2**15),
    "key": (0, -1, HUGE, BEYOND_A_KEY, True, None),
    "code": ("",),
    "word": ("juggling", "nobody"),
    "flag": (None, 1, "no"),
    "keys": ([], [0], [HUGE], [BEYOND_A_KEY], [True], [1, 1]),
    "rows": ([],),
}


ROW = {  # what stands in a row, by its name
    "weekday": "number", "part": "code", "from_at": "time", "to_at": "time", "on": "day", "attendance": "number", "version": "number",
}  # fmt: skip
WRITTEN_ANEW = {
    "api-said-of-place",
    "api-change-room",
    "api-leader-hours",
    "api-end-leader-training",
}
REFUSED_NOW = {
    "api-said-of-place, taken back",
    "api-group-register-send",
    "api-put-back-in-quarter",
}
NOTHING_ASKED = {
    "api-group-referral-accept", "api-take-back-commitment", "api-said-of-place, taken back", "api-open-room-again",
    "api-cancel-leader-leave",
}  # fmt: skip
OF_NOBODY = {"api-add-room", "api-record-leader-training", "api-plan-series", "api-ask-for-quarter"}
IN_ROWS = (
    "api-case-week", "api-group-register-rest", "api-leader-hours", "api-plan-series", "api-call-off-group-sessions",
)  # fmt: skip
OTHERS = (0, 99_999_999, BEYOND_A_KEY, HUGE)
EVERY = pytest.mark.parametrize("which", BODIES)
ASKING = pytest.mark.parametrize("which", sorted(BODIES.keys() - NOTHING_ASKED))
KEYED = pytest.mark.parametrize("which", sorted(BODIES.keys() - OF_NOBODY))


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
    made = signed_in(office, APIClient)
    return lambda user: made[user.pk]


@pytest.fixture
def sent(office, which):
    return BODIES[which](office)


@pytest.fixture
def send(clients, sent, which):
    """Sends this; gives what came of it."""

    def sending(said, kind=JSON, keys=None):
        address = reverse(sent.name or which, args=sent.keys if keys is None else keys)
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        call = getattr(clients(sent.by), sent.method)
        answer = answer_to(lambda: call(address, body, content_type=kind))
        assert not answer.failed, (body[:200], answer.failed)
        assert answer.status in {200, 201, 204, 400, 404, 409, 415, 422}, (
            body[:200],
            answer.status,
        )
        if answer.status >= 400:
            assert not answer.took, (body[:200], answer.changed, answer.done)
        return answer

    return sending


def unnamed(answer, name, said):
    """Blank where it is said by name that it cannot be read; else what is said."""
    named = answer.status == 400 and name in answer.response.json()["errors"]
    return "" if named else f"{name}, {said!r}: {answer.status} {answer.content[:300]}"


@ASKING
def test_what_cannot_be_read_is_refused_by_name(send, sent):
    for turn in range(max(map(len, BAD.values()))):
        bad = {name: BAD[one.kind][turn % len(BAD[one.kind])] for name, one in sent.asked.items()}
        answer = send(sent.good(**bad))
        for name, said in bad.items():
            assert unnamed(answer, name, said) == ""


@ASKING
def test_what_is_left_is_asked_for(send, sent):
    for name, one in sent.asked.items():
        if not one.optional:
            said = sent.good()
            del said[name]
            assert unnamed(send(said), name, "left") == ""


@pytest.mark.parametrize("which", IN_ROWS)
def test_a_row_that_cannot_be_read_is_refused_by_name(send, sent):
    for name, one in sent.asked.items():
        if one.kind != "rows" or not isinstance(one.good[0], dict):
            continue
        (row,) = one.good
        for part in row:
            left = {other: value for other, value in row.items() if other != part}
            assert unnamed(send(sent.good(**{name: [left]})), name, part) == ""
            for bad in BAD[ROW[part]]:
                assert (
                    unnamed(send(sent.good(**{name: [row | {part: bad}]})), name, (part, bad)) == ""
                )
            for odd in ODD[ROW[part]]:
                send(sent.good(**{name: [row | {part: odd}]}))
        send(sent.good(**{name: [row, row]}))


@ASKING
def test_what_is_odd_is_taken_or_refused(send, sent):
    for name, one in sent.asked.items():
        for odd in ODD[one.kind]:
            answer = send(sent.good(**{name: odd}))
            assert answer.done or not answer.changed, (name, odd, answer.changed)


@EVERY
def test_what_is_no_body_of_ours_is_refused(send, sent):
    good = json.dumps(sent.good()).encode()
    for said, kind in (
        (b"", JSON),
        (b"{}", JSON),
        (b"null", JSON),
        (b"[]", JSON),
        (b'"because"', JSON),
        (b"{", JSON),
        (b'{"because": "\xed\xa0\x80"}', JSON),
        (good[:-1] + b', "because": "\\ud800"}', JSON),
        (good[:-1] + b', "version": 1e400}', JSON),
        (good[:-1] + b', "version": NaN}', JSON),
        (b'{"version": %s}' % (b"9" * 5000), JSON),
        (b"[" * 5000, JSON),
        (good, f"{JSON}; charset=bz2"),
        (good, "text/plain"),
        (b"because=1", "application/x-www-form-urlencoded"),
        (good, "multipart/form-data"),
    ):
        answer = send(said, kind)
        if any(not one.optional for one in sent.asked.values()):
            assert answer.status >= 400, (said[:50], kind)


@ASKING
def test_a_name_that_stands_twice_means_the_last(send, sent):
    for name in sent.asked:
        twice = json.dumps(sent.good())[:-1] + f', "{name}": {{}}}}'
        assert unnamed(send(twice.encode()), name, "twice") == ""


@KEYED
def test_what_is_not_there_is_not_found(send, sent):
    for place, known in enumerate(sent.keys):
        for other in OTHERS if isinstance(known, int) else ("Nobody9",):
            keys = (*sent.keys[:place], other, *sent.keys[place + 1 :])
            assert send(sent.good(), keys=keys).status == 404, other


@EVERY
def test_the_same_body_sent_twice_does_it_once(clients, send, sent, which):
    address = reverse(sent.name or which, args=sent.keys)
    with undone():
        first = getattr(clients(sent.by), sent.method)(address, sent.good(), format="json")
        assert first.status_code in {200, 201, 204} or which in REFUSED_NOW, first.content
        answer = send(sent.good())

        if which.split(",")[0] not in WRITTEN_ANEW:
            assert not answer.took, (answer.status, answer.changed, answer.done)


ASKED_FOR = {  # {address: (whose, keys, what may be asked)}
    "api-groups": (("code", "place", "women_only", "when", "left", "after"), ()),
    "api-waiting-list": (("expects", "site", "time", "women", "team", "after"), ("making_amends",)),
    "api-unmet-needs": (("intervention", "decision", "site", "time", "team", "after"), ()),
    "api-demand": (("women_only",), ("making_amends",)),
    "api-waiting-lists": (("after",), ()),
    "api-quarters": (("after",), ()),
}
SAID = ("juggling", HUGE, "a\0b")


@pytest.mark.parametrize("name", ASKED_FOR)
def test_what_is_asked_in_an_address_is_answered_or_refused(office, clients, name):
    asked, keys = ASKED_FOR[name]
    for one in asked:
        for said in SAID:
            address = f"{reverse(name, args=keys)}?{urlencode({one: said})}"
            answer = answer_to(lambda address=address: clients(office.head).get(address))
            assert not answer.failed, (one, said, answer.failed)
            assert answer.status in {200, 400}, (one, said, answer.status)
