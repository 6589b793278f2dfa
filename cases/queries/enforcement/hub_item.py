"""One item of the hub's queue: what it is, who has it, what was asked and answered, and everything that became of it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from cases.models import Claim, Deadline, HubQuestion
from cases.queries.due import ABOUT, listed_row, title_of
from cases.queries.enforcement.hub_list import (
    asked_again,
    can_be_done,
    due_in_words,
    how_late_here,
    who_has,
    works_on,
)
from cases.queries.enforcement.queue import chased
from cases.queries.people import officer_of
from cases.queries.recipients import let_in
from cases.reference.deadlines import HUB_KINDS
from cases.reference.enforcement import ClaimEnd
from cases.rules.enforcement.chasing import ANSWER, say_silent
from staff.kit import Happening, Line, Link, Tag, on, tag
from staff.models import User
from staff.permissions import Action, Role
from staff.rules.keeping import say_moment

PEOPLE = ("asked_by", "answered_by")
OF_AN_ITEM = ("letter", "breach", "recall")  # what it is about, which is the name of its page too
ITEM = "deadline__letter__warning"  # what of it is said in its title


@dataclass(frozen=True)
class ItemPage:
    title: str
    tag: Tag
    lines: list[Line]
    first: Link | None  # the one thing to do: claim it, or do it where it is done
    others: list[Link]  # what else whoever has it may do; those that post decide at once
    happened: list[Happening]  # the latest first


@dataclass(frozen=True)
class AskedShown:
    """One question that waits, on the page of its case."""

    key: int
    title: str
    lines: list[Line]
    answer: str
    about: Link | None  # the letter, breach or recall that is to be looked at, or put right


def find_item(case, pk):
    """An item of the queue of this case, also one that is done; or None."""
    rows = Deadline.objects.filter(case=case, kind__in=HUB_KINDS, pk=pk)
    found = rows.select_related(*ABOUT).first()
    if found:
        found.case = case
    return found


def find_question(case, pk):
    """One of this case, answered or not; or None."""
    rows = HubQuestion.objects.filter(deadline__case=case, pk=pk).select_related(ITEM, *PEOPLE)  # fmt: skip
    found = rows.first()
    if found:
        found.deadline.case = case
    return found


def item_page(item, user, names, may, now, last_post):
    today = localtime(now).date()
    works = works_on([item], now)[item.pk]
    open_ = item.met_on is None
    late = how_late_here(item.due_on, now, last_post) if open_ else ""
    mine = bool(open_ and works.claim and works.claim.by_id == user.pk)
    done_at = listed_row(item, names, may, today).next if open_ else None
    return ItemPage(
        title=title_of(item),
        tag=_tag(item, works, late),
        lines=_lines(item, works, user, names, today, last_post, late),
        first=_first(item, works, may, done_at, mine) if open_ else None,
        others=_others(item, works, may, mine) if open_ else [],
        happened=history_of(item, names, today),
    )


def asked_of(case, names, now):
    """The questions on this case that wait, the first wanted first."""
    rows = HubQuestion.objects.open().filter(deadline__case=case).select_related(ITEM, *PEOPLE)  # fmt: skip
    today = localtime(now).date()
    return [
        AskedShown(
            key=one.pk,
            title=_title(one),
            lines=question_lines(one, names, today),
            answer=reverse("answer-hub", args=[case.crn, one.pk]),
            about=see_what(one, case),
        )
        for one in rows.order_by("until", "pk")
    ]


def past_of(case, names, now):
    """What was asked of this case and waits no more, the latest first."""
    rows = HubQuestion.objects.filter(deadline__case=case).select_related(ITEM, *PEOPLE)
    today = localtime(now).date()
    found = [one for one in rows.order_by("-asked_at", "-pk") if _closed_at(one)]
    return [entry for one in found for _, entry in reversed(_of_question(one, names, today))]


def question_lines(question, names, today):
    asks = "What has to be put right" if question.returned else "What they ask"
    return [
        Line("About", title_of(question.deadline), detail=f"Due {on(question.deadline.due_on)}"),
        Line(asks, names.text(question.asks)),
        Line("Asked by", question.asked_by.name, detail=say_moment(localtime(question.asked_at), today)),
        Line("Answer by", say_moment(localtime(question.until), today)),
    ]  # fmt: skip


def see_what(question, case):
    """Where what is asked about is: whoever answers looks at it, and puts right there what was returned."""
    for page in OF_AN_ITEM:
        if key := getattr(question.deadline, f"{page}_id"):
            return Link(f"See the {page}", reverse(page, args=[case.crn, key]))
    return None


def may_be_given(item):
    """Those of the hub who may work on it and do not, by name."""
    works = Claim.objects.live().filter(deadline=item).values("by")
    others = User.objects.filter(is_active=True, role=Role.HUB).exclude(pk__in=works)
    return sorted(let_in(item.case, others.values("pk")), key=lambda one: (one.name, one.pk))


def history_of(item, names, today):
    claims = Claim.objects.filter(deadline=item).select_related("by").order_by("at", "pk")
    questions = HubQuestion.objects.filter(deadline=item).select_related(ITEM, *PEOPLE)
    found = [entry for one in claims for entry in _of_claim(one, names, today)]
    found += [entry for one in questions.order_by("asked_at", "pk") for entry in _of_question(one, names, today)]  # fmt: skip
    found += list(_of_chases(item, names, today))
    return [one for _, one in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _lines(item, works, user, names, today, last_post, late):
    lines = [Line("Due", due_in_words(item, last_post), detail=late), Line("Why", names.text(item.why))]  # fmt: skip
    if item.met_on:
        done = "No longer owed" if item.void else "Done"
        return [*lines, Line(done, on(item.met_on))]
    if works.from_at and (works.claim or works.question):
        lines.append(Line("The day in court", can_be_done(works, today)))
    if works.again_on and (works.claim or works.question):
        lines.append(Line("The answer", asked_again(works)))
    return [
        *lines,
        Line("With", who_has(item, works, user, today)),
        Line("Officer", officer_of(item.case)),
    ]


def _tag(item, works, late):
    if item.met_on:
        return tag("not-needed" if item.void else "met")
    if works.question:
        return tag("returned" if works.question.returned else "awaiting-answer")
    if works.claim:
        return tag("under-way")
    return tag("overdue") if late else tag("due")


def _first(item, works, may, done_at, mine):
    at = [item.case.crn, item.pk]
    if works.from_at:  # until then the court may only move it or call it off
        return Link("See the breach", reverse("breach", args=[item.case.crn, item.breach_id]))
    if (
        mine or works.again_on and not works.claim and not works.question
    ):  # the NPS may answer before
        return done_at
    if Action.WORK_QUEUE in may and not works.claim and not works.question:
        return Link("Claim it", reverse("claim-item", args=at), post=True)
    if works.question and Action.ANSWER_FAILURE in may:
        key = works.question.pk
        return Link("Answer it", reverse("answer-hub", args=[item.case.crn, key]))
    return None


def _others(item, works, may, mine):
    at = [item.case.crn, item.pk]
    if Action.WORK_QUEUE not in may:
        return []
    give = Link("Give it to somebody else", reverse("give-item", args=at))
    if works.question:
        words = "Take the question back"
        return [Link(words, reverse("take-back-question", args=[at[0], works.question.pk]), post=True)]  # fmt: skip
    if not mine:
        return [give]
    chase = []
    if item.kind == ANSWER and Action.SUBMIT_BREACH in may:
        chase.append(
            Link("The NPS has not answered", reverse("chase-nps", args=[at[0], item.breach_id]))
        )
    return [
        *chase,
        Link("Ask the officer", reverse("ask-officer", args=at)),
        Link("Return it to the officer", reverse("return-item", args=at)),
        give,
        Link("I am still working on it", reverse("keep-item", args=at), post=True),
        Link("Put it back", reverse("let-go-item", args=at), post=True),
    ]


def _title(question):
    return "The admin hub returned this" if question.returned else "The admin hub asks"


def _closed_at(question):
    return question.answered_at or question.taken_back_at


def _entry(at, title, by, text, today):
    local = localtime(at)
    return at, Happening(
        title, say_moment(local, today), by=by, text=text, on=local.date().isoformat()
    )


def _of_claim(one, names, today):
    yield _entry(one.at, "Claimed", one.by.name, "", today)
    if one.ended_at and one.ended not in (
        ClaimEnd.ASKED,
        ClaimEnd.RETURNED,
    ):  # told by the question
        yield _entry(one.ended_at, ClaimEnd(one.ended).title, one.by.name, names.text(one.words), today)  # fmt: skip


def _of_chases(item, names, today):
    """When the NPS was asked for its answer, of an item that waits for one."""
    if item.kind != ANSWER:
        return
    for one in chased().filter(breach=item.breach_id, item=item.pk).select_related("by").order_by("pk"):  # fmt: skip
        by = f"{one.by.name}, {names.text(one.outside)}"
        yield _entry(one.at, say_silent(one.again_on), by, names.text(one.words), today)


def _of_question(one, names, today):
    asked = "Returned to the officer" if one.returned else "The officer was asked"
    found = [_entry(one.asked_at, asked, one.asked_by.name, names.text(one.asks), today)]
    if one.senior_told_at:
        found.append(_entry(one.senior_told_at, "Nobody had answered: the seniors were told", "", "", today))  # fmt: skip
    if one.answered_at:
        title = "Put right" if one.returned else "Answered"
        found.append(_entry(one.answered_at, title, one.answered_by.name, names.text(one.answer), today))  # fmt: skip
    if one.taken_back_at:
        found.append(_entry(one.taken_back_at, "No answer is needed any more", "", "", today))
    return found
