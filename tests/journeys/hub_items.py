"""Fifty mixed items of the hub's queue, planted by the services in an empty database; and what became of each.

Run inside Django, as `site.manage("shell", "-c", ...)` does.
"""

import json
from collections import Counter
from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.timezone import localdate, localtime, now

from cases.management.demo.signins import PASSWORD
from cases.models import Breach, Claim, Deadline, HubQuestion, Letter, Message, Notice, Reachable
from cases.queries.enforcement.pack import pack_of
from cases.reference.enforcement import BreachState
from cases.rules.enforcement.pack import to_do
from cases.rules.enforcement.queue import ask_until
from cases.rules.gaps import warnings
from cases.services.enforcement.breaches.amendments import ask_amendment
from cases.services.enforcement.hub_questions import answer_hub, ask_officer, return_to_officer
from cases.services.enforcement.letters import make_ready, write_letter
from cases.services.enforcement.letters_back import letter_came_back, write_again
from cases.services.enforcement.letters_sent import send_letter
from cases.services.enforcement.queue import claim
from cases.services.policy import newest_policy, set_policy
from staff.models import Entry
from staff.permissions import Role
from tests.cases.a_breach import on, written
from tests.cases.a_letter import NONE_BOOKED, PROOF, a_letter
from tests.cases.services.enforcement import a_recall
from tests.factories import AddressFactory, CaseFactory, TeamFactory, UserFactory

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
EMAILS, PAPER, RETURNED, TO_WRITE = 6, 18, 3, 3
PACKS, WITH_THE_NPS, SENT_BACK = 6, 3, 3
ITEMS = 50
LATE_BY_NOW = EMAILS + 12  # of the letters: since yesterday or longer
IN_HAND = 3  # that somebody claimed and went home
TIME_TO_BEGIN = timedelta(seconds=50)  # before the last post of the day
State = BreachState


class Planting:
    """One team, its officer and its senior; three of the hub, of whom one has gone home."""

    def __init__(self):
        self.at = now()
        team = TeamFactory()
        self.senior = UserFactory(role=Role.SPO, team=team)
        self.officer = self._user("officer", Role.OFFICER, team=team)
        self.planter = UserFactory(role=Role.HUB)
        self.gone = UserFactory(role=Role.HUB, first_name="Gone", last_name="Home")
        self.watcher = UserFactory(role=Role.HUB)
        for username in ("hub", "asha.rowe"):
            self._user(username, Role.HUB)
        self.team = team

    def _user(self, username, role, **given):
        user = UserFactory(username=username, role=role, first_name=username, **given)
        user.set_password(PASSWORD)
        user.save()
        return user

    def case(self):
        return CaseFactory(team=self.team, officer=self.officer)

    def letter(self, how="post"):
        """A warning that is written, and may go once it is read."""
        case = self.case()
        if how == "email":
            value = f"{case.crn.lower()}@example.org"
            Reachable.objects.create(case=case, kind="email", value=value, safe=True)
        letter = a_letter(self.planter, self.at, case, may_email=how == "email")
        words = {"no_appointment": NONE_BOOKED, "how": how}
        return write_letter(letter=letter, words=words, welsh=False, by=self.planter, now=self.at)

    def returned_letter(self):
        """It went, came back, and is written again."""
        known = {"by": self.planter, "now": self.at}
        letter = make_ready(letter=self.letter(), **known)
        letter = send_letter(letter=letter, proof=PROOF, **known)
        because = {"on": localdate(), "because": "Not known at this address"}
        return write_again(letter=letter_came_back(letter=letter, **because, **known), **known)

    def breach(self, *steps):
        case = self.case()
        AddressFactory(case=case, safe_to_write=True)
        breach = written(case, at=self.at)
        for step in steps:
            given = {"explained": explained(breach, self.at)} if step == State.SUBMITTED else {}
            on(breach, step, by=self.planter, now=self.at, **given)
            breach.refresh_from_db()
        return breach

    def changed_breach(self):
        breach = self.breach(State.SUBMITTED)
        today = localdate()
        ask_amendment(
            breach=breach, what="Put the day of the second failure right.", asked_by="Jo Hall, NPS Reading",
            asked_on=today, due_on=today, by=self.planter, now=self.at,
        )  # fmt: skip
        return breach

    def recall(self, *, sent):
        case = self.case()
        recall = a_recall.discussed(case, self.at)
        a_recall.written(recall, now=self.at)
        a_recall.signed(recall, now=self.at)
        recall = a_recall.countersigned(recall, by=self.senior, now=self.at)
        return a_recall.sent(recall, by=self.planter, now=self.at) if sent else recall


def explained(breach, at):
    """A sentence for whatever the pack warns of."""
    found = warnings(to_do(pack_of(breach, at, localtime(at).date())))
    return {one.key: "The NPS was rung, and says that it can still be laid." for one in found}


def plant():
    """{"items": {key: what it is}, "last_post": ..., "session": of somebody who only looks}."""
    world = Planting()
    emails = [world.letter("email") for _ in range(EMAILS)]
    paper = [world.letter() for _ in range(PAPER)]
    letters = emails + paper + [world.returned_letter() for _ in range(RETURNED)]
    packs = [world.breach() for _ in range(PACKS)]
    for _ in range(WITH_THE_NPS):
        world.changed_breach()
    for _ in range(SENT_BACK):
        world.breach(State.SUBMITTED, State.RETURNED)
    for _ in range(TO_WRITE):
        world.breach(State.SUBMITTED, State.ACCEPTED)
    for sent in (False, True):
        world.recall(sent=sent)
    _date(letters)
    _talk(world, paper, packs)
    claim_idle(world, paper)
    told = {
        "items": {one.pk: described(one) for one in queue()},
        "last_post": set_last_post(world.senior).isoformat(),
        "session": session_of(world.watcher),
    }
    return f"PLANTED {json.dumps(told)}"


def queue():
    return Deadline.objects.of_the_hub().select_related("case", "letter").order_by("pk")


def described(one):
    how = one.letter.words.get("how", "post") if one.letter else ""
    return {
        "kind": one.kind, "crn": one.case.crn, "due": (one.due_on - localdate()).days, "how": how, "letter": one.letter_id,
        "case": one.case_id,
    }  # fmt: skip


def _date(letters):
    """The first letters are late, the others due tomorrow; everything else is due today, so late after the last post."""
    today = localdate()
    begun = {"triggered_on": today - 9 * DAY}
    queue().update(due_on=today, **begun)
    Deadline.objects.of_the_hub().filter(kind="send_letter").update(due_on=today + DAY)
    for place, letter in enumerate(letters[:LATE_BY_NOW]):
        days = 3 if place < EMAILS else 1
        Deadline.objects.filter(letter=letter).update(due_on=today - days * DAY)


def _talk(world, paper, packs):
    """What was asked and returned before: one answered, one put right, and one that nobody answered by its hour."""
    before = world.at - 2 * HOUR
    known, latest = {"by": world.planter, "now": before}, ask_until(before)
    one, other = (Deadline.objects.get(letter=letter, met_on=None) for letter in paper[:2])
    claim(deadline=one, **known)
    asked = ask_officer(deadline=one, asks="Which address is it?", until=latest, **known)
    answer_hub(question=asked, answer="It is 1 Fern Road.", by=world.officer, now=world.at)
    claim(deadline=other, **known)
    asked = return_to_officer(deadline=other, words="The day is wrong.", **known)
    answer_hub(question=asked, answer="It was Tuesday.", by=world.officer, now=world.at)
    waits = Deadline.objects.get(breach=packs[0], kind="submit_breach", met_on=None)
    claim(deadline=waits, **known)
    unanswered = ask_officer(deadline=waits, asks="Who told them the rules?", until=latest, **known)
    HubQuestion.objects.filter(pk=unanswered.pk).update(until=world.at - HOUR)


def claim_idle(world, paper):
    for letter in paper[2 : 2 + IN_HAND]:
        item = Deadline.objects.get(letter=letter, met_on=None)
        claim(deadline=item, by=world.gone, now=world.at - HOUR)


def set_last_post(by):
    """The last post of today goes at the full minute that comes soon; said in local time."""
    newest, today = newest_policy("enforcement"), localdate()
    soon = localtime(now() + TIME_TO_BEGIN + timedelta(minutes=1)).replace(second=0, microsecond=0)
    body = newest.body | {"last_post": f"{soon:%H:%M}"}
    known = {"reason": "For the exercise", "by": by, "today": today}
    set_policy(name="enforcement", body=body, changing=newest.version, from_on=today, **known)
    return soon


def session_of(user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def tell(keys):
    """What became of the items with these keys, each number as it is found."""
    items = Deadline.objects.filter(pk__in=keys)
    letters = Letter.objects.filter(deadlines__in=items)
    told = {
        "done": list(items.filter(met_on__isnull=False, void=False).values_list("pk", flat=True)),
        "met": _often("met_deadline", "deadline", keys),
        "claims": Counter(Claim.objects.filter(deadline__in=keys, ended="done").values_list("deadline", flat=True)),
        "live": list(Claim.objects.live().values_list("deadline", flat=True)),
        "ended_idle": Claim.objects.filter(ended="idle").count(),
        "letters": sorted(letters.values_list("pk", flat=True)),
        "letters_sent": _often("sent_letter", "letter", [one.pk for one in letters]),
        "states": Counter(letters.values_list("state", flat=True)),
        "documents": letters.exclude(document=None).values("document").distinct().count(),
        "messages": list(Message.objects.filter(kind="letter").order_by("key").values_list("key", "delivery")),
        "packs": sorted(one.steps.filter(state=State.SUBMITTED).exclude(words__startswith="Amended:").count() for one in Breach.objects.all()),
        "times": sorted(Breach.objects.values_list("times_submitted", flat=True)),
        "amended": _often("sent_amendment", "amendment"),
        "open": HubQuestion.objects.open().count(),
        "senior_told": Notice.objects.filter(user__role=Role.SPO, text__startswith="Nobody has answered by").count(),
        "hands": sorted(set(Claim.objects.filter(deadline__in=keys, ended="done").values_list("by__username", flat=True))),
        "follows": dict(Counter(Deadline.objects.of_the_hub().values_list("kind", flat=True))),
    }  # fmt: skip
    return f"TOLD {json.dumps(told)}"


def _often(action, about, keys=None):
    """{key: how often the audit trail says so}"""
    found = Entry.objects.filter(action=action).values_list(f"detail__{about}", flat=True)
    return Counter(one for one in found if keys is None or one in set(keys))
