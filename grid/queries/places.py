"""Whether somebody who waits may be given a place in a series, and everything that stands beside it, to be read first.

Sources: product rules, groups; report 2.3 (hours and reach) and 2.4 (somebody they were to be kept apart from). Nobody
else is named.
"""

from dataclasses import dataclass, replace

from django.utils.timezone import localtime

from cases.models import Contact, Sentence
from cases.queries.among import among
from cases.queries.booking import busy_of
from cases.reference.codes import HELD
from cases.rules.booking import Beside, Weight
from cases.rules.words import counted
from grid.models import GroupAttendance, SeriesPlace
from grid.queries.bound import Bound, bound_of, had_under, live_activity
from grid.queries.lacking import had_before
from grid.queries.seekers import seekers_of
from grid.queries.series import as_open
from grid.reference.interventions import INTERVENTIONS, Hook
from grid.rules.coming import Suited, against
from grid.rules.company import Company
from grid.rules.groups_open import OpenSeries, say_parts
from grid.rules.intervention_policy import InterventionPolicy, Terms
from grid.rules.joining import Joiner, Taken, joining
from grid.rules.order_end import OrderEnd
from grid.rules.session_days import binds, days_to_plan
from grid.rules.sessions import Session, Stretch, next_session

HAD_THEM = "They have been at every session of it that is still to come. Choose another series."
OVER = "Every session of this series has begun. Choose another series."
KNOWN = ("series__place", "referral", "case")


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found when somebody looked whether they may have a place. `days`: of a RAR that would be planned anew."""

    series: OpenSeries | None  # as far as they lack it; None: no session of it stands
    bound: Bound | None
    beside: tuple[Beside, ...]
    begins: Session | None = None
    days: int = 0

    @property
    def refused(self):
        return [one.text for one in self.beside if one.weight is Weight.REFUSES]

    @property
    def words(self):
        """What is to be read before it is given, in sentences."""
        return [one.text for one in self.beside if one.weight is not Weight.REFUSES]


def find_place(case, pk):
    """A place of this case by its key, or None."""
    return SeriesPlace.objects.select_related(*KNOWN).filter(case=case, pk=pk).first()


def hook_for(referral, terms: Terms, instead) -> Hook:
    """By what they come: as they were referred; to something else meanwhile only where its own terms allow that."""
    hook = Hook(referral.hook)
    return Hook.VOLUNTARY if instead and hook not in terms.hooks else hook


def look(referral, series, policy: InterventionPolicy, now, *, instead=False) -> Looked:
    """What stands beside a place in this series for whoever is referred, what refuses it first. Reads, and writes nothing."""
    today = localtime(now).date()
    opened = next(iter(as_open([series], now)), None)
    terms, case = policy.terms[series.code], referral.case_id
    hook = hook_for(referral, terms, instead)
    bound = bound_of({case: (hook, series.code)}, today)[case]
    if opened is None:
        return Looked(None, bound, (Beside("over", OVER, Weight.REFUSES),))
    had = had_before(referral, series, instead=instead)
    whole, opened = opened, opened.for_whoever_had(had)
    if next_session(whole.sessions, now) and not next_session(opened.sessions, now):
        return Looked(opened, bound, (_refuses("had", HAD_THEM),))
    begins = opened.next_entry(now)
    seeker = seekers_of([case], today)[case]
    joiner = _joiner(seeker, opened, OrderEnd(bound.until if bound else None, hook), now)
    theirs = [one for one in opened.sessions if begins and one.number >= begins.number]
    days, told = _days(bound, terms, series.code, theirs)
    found = [
        *_right_series(referral, series, instead),
        *_nothing_binds(bound, hook),
        *joining(joiner, opened, now, must_finish=series.must_finish),
        *_hours(seeker, opened, begins, hook, policy),
        *told,
        *_goes_on(opened, had, begins),
    ]
    order = list(Weight)
    found.sort(key=lambda one: order.index(one.weight))
    return Looked(opened, bound, tuple(found), begins, days)


def _right_series(referral, series, instead):
    """A place of what they wait for, or of its form one to one, ends the waiting: of anything else it does not."""
    same = referral.code in (series.code, INTERVENTIONS[series.code].equal_to)
    if same and instead:
        yield _refuses("not_instead", "This is what they wait for, so they do not do it meanwhile.")
    elif not same and not instead:
        title = INTERVENTIONS[referral.code].title
        yield _refuses(
            "other",
            f"This series is of something else: they wait for {title}. Give it to them meanwhile, and they keep their "
            "place in the queue.",
        )


def _nothing_binds(bound, hook):
    if bound is None:
        yield _refuses(
            "nothing_binds",
            f"They were referred by this, and none runs now: {hook.title.lower()}. Look at the referral again.",
        )


def _joiner(seeker, opened, end, now):
    custody = custody_of([seeker.case])
    return Joiner(
        case=seeker.case,
        end=end,
        company=seeker.company,
        apart_days=seeker.apart_days.get(opened.place, frozenset()),
        taken=tuple(_taken(seeker.case, opened, now)),
        held=seeker.case in custody,
        free_on=custody.get(seeker.case),
    )


def custody_of(case_ids):
    """{case: the day on which they are free of all of it, None where one is not known}, of those who are in custody."""
    held = Sentence.objects.current().filter(case__in=among(case_ids), custody_status__in=HELD)
    found: dict[int, list] = {}
    for case, expected, conditional in held.values_list(
        "case", "expected_release_on", "conditional_release_on"
    ):
        found.setdefault(case, []).append(expected or conditional)
    return {case: max(days) if all(days) else None for case, days in found.items()}


def _taken(case, opened, now):
    """What they are expected at from now on: sessions of other series, and the rest of their diary."""
    groups = GroupAttendance.objects.expected().filter(case=case, ends_at__gt=now)
    groups = groups.filter(appointment__called_off_at=None)
    theirs = list(groups.select_related("session__series"))
    for one in theirs:
        series = one.session.series
        if series.pk != opened.pk:
            title = INTERVENTIONS[series.code].title
            yield Taken(
                Stretch(localtime(one.starts_at), localtime(one.ends_at), title), series=True
            )
    others = Contact.objects.to_come(now).filter(case=case)
    for contact in others.exclude(pk__in=[one.appointment_id for one in theirs]):
        busy = busy_of(contact, told=True)
        if busy.timed:
            yield Taken(Stretch(busy.starts_at, busy.ends_at, busy.what))


def _hours(seeker, opened, begins, hook, policy: InterventionPolicy):
    """What lies outside their week or out of reach. With whom they would be, and until when, is asked with the rest."""
    if begins is None or seeker.case in opened.members:
        return
    nobody = replace(seeker, company=Company(), apart_days={})
    any_time = Suited(opened.code, OrderEnd(None, hook))
    waiting = replace(policy.waiting, notice_days=0)
    empty = replace(
        opened, women_only=False, members=frozenset(), kept=frozenset(), women=frozenset()
    )
    if found := against(nobody, any_time, empty, waiting, begins.on):
        yield _refuses(found.reason.value, found.words)


def _days(bound, terms: Terms, code, sessions):
    """(days of a RAR that would be planned, what is told of those that go beyond it)."""
    if bound is None or bound.rar is None or not terms.days_counted:
        return 0, []
    days = [one.on for one in sessions if binds(one.on, bound.until)]
    if activity := live_activity(bound.rar, code):
        room = max(0, activity.days - len(had_under([activity.pk])[activity.pk]))
        planned = 0
    else:
        room = room_of(bound.rar)
        planned = days_to_plan(days, room=room)
    required = days_to_plan(days, room=room)
    beyond = len({one.on for one in sessions}) - required
    if not beyond:
        return planned, []
    words = (
        f"{counted(required, 'day')} of their requirement {'is' if required == 1 else 'are'} left for it: they come to "
        f"the other {counted(beyond, 'day')} by their own choice."
    )
    return planned, [Beside("by_choice", words, Weight.TELLS)]


def _goes_on(opened, had, begins):
    """That they come to what they lack alone, where they have had some of it."""
    theirs = [one.number for one in opened.sessions if begins and one.number >= begins.number]
    if had and theirs:
        text = f"They have been at {say_parts(had)} already, and are booked for {say_parts(theirs)} alone."
        yield Beside("goes_on", text, Weight.TELLS)


def room_of(rar):
    """Days of the requirement that are neither credited, booked, still to be said nor planned; None: not recorded."""
    if rar.order.enough:
        return 0
    if rar.tally.ordered is None:
        return None
    free = rar.tally.to_book - len(rar.tally.unsaid)
    return max(0, min(free, rar.tally.ordered - rar.planned_elsewhere()))


def _refuses(code, text):
    return Beside(code, text, Weight.REFUSES)
