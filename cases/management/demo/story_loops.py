"""What a story says of replies, interim plans, what came in and what was raised."""

from datetime import timedelta

from cases.management.demo import acting, checks, coming_in, interim, replies
from cases.reference.checks import Reply


def plan_loop(plan, story, today, earlier):
    """All of it, in the order in which it happened. `earlier`: the plans of the stories before."""
    for one in plan.enquiries:
        one.papers = story.papers
    for kind, name in story.not_answered:
        _leave_out(plan, kind, name)
    for kind, name in story.misdated:
        one = _enquiry(plan, kind)
        one.misdated = [each for each in one.about if each.name == name]
        _nothing_known(one)
    for kind, words in story.put_right:
        _enquiry(plan, kind).put_right = words
    if story.raised:
        register = next(one for one in plan.registers if one.code == story.raised)
        acting.raise_register(plan, register)
    for kind, done in story.acted:
        one = _enquiry(plan, kind)
        acting.act(plan, one.analysed_on, today, done=done, enquiry=one)
        one.changes, one.analysis = "plan", replies.ANALYSES["plan"][0]
    for told in story.information:
        _come_in(plan, told, today, earlier)
    interim.plan_interims(plan, today, story.interim)


def _enquiry(plan, kind):
    return next(one for one in plan.enquiries if one.kind == kind)


def _leave_out(plan, kind, name):
    """The reply says nothing of this one, and so is part of an answer."""
    one = _enquiry(plan, kind)
    one.unanswered = [each for each in one.about if each.name == name]
    _nothing_known(one)
    one.reply = str(Reply.PARTIAL)


def _nothing_known(one):
    one.reply, one.reply_text = str(Reply.NO_TRACE), replies.NO_TRACE
    one.changes, one.analysis = "nothing", replies.ANALYSES["nothing"][1]


def _come_in(plan, told, today, earlier):
    kind, said_by, who, days, words, harm, read_as, other = told
    came_on = checks.working_before(today - timedelta(days=days))
    one = coming_in.tell(plan, kind, (said_by, who, words), came_on, harm=harm)
    coming_in.ask_because_of(plan, one, today)
    if read_as:
        coming_in.read(plan, one.readings[0], today, read_as)
    for each in earlier.values():
        if each.surname == other:
            coming_in.name(one, each, "attacked_by")
