"""Who may lead groups, as the rules of staffing know them: training, leave, what takes their time, what they have led.

Source: product rules, groups (facilitators with training and leave, cover). What staff have not stated about themselves
is never guessed.
"""

from collections import Counter, defaultdict
from datetime import timedelta

from django.db.models import Q
from django.utils.timezone import localtime

from cases.models import Absence, Appointment, Contact
from cases.queries.booking import busy_of
from cases.rules.cover import Days
from grid.models import LeaderHours, LeaderTraining, SessionLeader
from grid.queries.policy import interventions_on
from grid.queries.rooms import bounds, title_of
from grid.rules.sessions import Stretch, week_of
from grid.rules.staffing import Leader, Trained
from staff.models import User
from staff.permissions import Role
from staff.reference import StatedSex

SUNDAY = timedelta(days=6)
A_WOMAN = {StatedSex.WOMAN: True, StatedSex.MAN: False}  # None: blank, or they would rather not say


def who_leads():
    """Accounts that are open, of facilitators and of whoever has been trained to lead something."""
    trained = LeaderTraining.objects.values("user")
    return User.objects.filter(Q(role=Role.FACILITATOR) | Q(pk__in=trained), is_active=True)


def leaders_for(sessions, *, series=None, today, place=None, code=""):
    """Everybody who may lead groups, with whatever bears on leading these `grid.rules.sessions.Session`s, by name.

    Also whoever leads a session of the `series`, though their account be closed. Its own sessions take nobody's time.
    `place` and `code` of the intervention: where there is no series yet. The same statements for one and for hundreds.
    """
    days = [one.on for one in sessions] or [today]
    start, end = week_of(min(days)), week_of(max(days)) + SUNDAY
    users = _users(series)
    keys = [one.pk for one in users]
    place = series.place if series else place
    code = series.code if series else code
    trained, away = _trained(keys), away_of(keys, start, end)
    busy, hours = _busy(users, bounds(start, end), series), _hours(keys)
    led, led_of_series = _led(keys, code, series)
    return [
        Leader(
            user=one.pk,
            name=one.name,
            woman=A_WOMAN.get(one.sex),
            trained=tuple(trained[one.pk]),
            away=tuple(away[one.pk]),
            busy=tuple(sorted(busy[one.pk], key=lambda each: each.starts_at)),
            active=one.is_active,
            here=place is not None and place.team_id is not None and one.team_id == place.team_id,
            led_of_series=led_of_series[one.pk],
            led=led[one.pk],
            hours=tuple(hours[one.pk]),
        )
        for one in users
    ]


def away_of(keys, from_on, to_on):
    """{user pk: [Days away from one day to another]}, those cancelled left out."""
    absences = Absence.objects.filter(
        user__in=keys, cancelled_on=None, from_on__lte=to_on, to_on__gte=from_on
    )
    found = defaultdict(list)
    for user, *days in absences.order_by("from_on", "pk").values_list("user", "from_on", "to_on"):
        found[user].append(Days(*days))
    return found


def _users(series):
    leads = who_leads()
    if series:
        of_it = SessionLeader.objects.standing().filter(session__series=series)
        leads = leads | User.objects.filter(pk__in=of_it.values("user"))
    return sorted(leads, key=lambda one: (one.name, one.pk))


def _trained(keys):
    rows = LeaderTraining.objects.filter(user__in=keys).order_by("skill", "from_on")
    found = defaultdict(list)
    for one in rows:
        found[one.user_id].append(Trained(one.skill, one.from_on, one.until))
    return found


def _hours(keys):
    """{user pk: [(day of the week, from, to)]} in which they said they work."""
    found = defaultdict(list)
    for one in LeaderHours.objects.filter(user__in=keys).order_by("weekday", "from_at"):
        found[one.user_id].append((one.weekday, one.from_at, one.to_at))
    return found


def _busy(users, moments, series):
    """{user pk: [Stretch]}: other sessions they lead, and appointments that are theirs."""
    keys = [one.pk for one in users]
    found = defaultdict(list)
    for user, starts_at, ends_at, code in _sessions(keys, moments, series):
        found[user].append(Stretch(localtime(starts_at), localtime(ends_at), title_of(code)))
    for user, contact in _appointments(users, moments):
        busy = busy_of(contact)
        if busy.timed:
            found[user].append(Stretch(busy.starts_at, busy.ends_at, "an appointment"))
    return found


def _sessions(keys, moments, series):
    start, end = moments
    rows = SessionLeader.objects.standing().filter(
        user__in=keys, starts_at__lt=end, ends_at__gt=start
    )
    if series:
        rows = rows.exclude(session__series=series)
    return rows.values_list("user", "starts_at", "ends_at", "session__series__code")


def _appointments(users, moments):
    """(user pk, the line of the log) of what is booked with them, or brought in and theirs. Two statements.

    Group sessions are among their sessions already.
    """
    start, end = moments
    keys = {one.pk: one.staff_code for one in users}
    theirs = Q(officer__in=keys) | Q(visit__with_whom__in=keys)
    booked = Appointment.objects.standing().filter(
        theirs,
        group_attendance=None,
        contact__started_at__gte=start,
        contact__started_at__lt=end,
        contact__outcome_code="",
    )
    for one in booked.select_related("contact", "visit"):
        second = one.visit.with_whom_id if hasattr(one, "visit") else None
        yield from ((user, one.contact) for user in {one.officer_id, second} & set(keys))
    brought = Contact.objects.appointments().filter(
        booking=None,
        outcome_code="",
        started_at__gte=start,
        started_at__lt=end,
        case__officer__in=keys,
    )
    for one in brought.select_related("case"):
        officer = one.case.officer_id
        if not keys[officer] or one.staff_code in ("", keys[officer]):
            yield officer, one


def _led(keys, code, series):
    """How many sessions of the intervention, and of the series, each has led: their registers are sent."""
    rows = SessionLeader.objects.standing().filter(
        user__in=keys, session__series__code=code, session__sent_at__isnull=False
    )
    led: Counter[int] = Counter()
    of_series: Counter[int] = Counter()
    for user, of in rows.values_list("user", "session__series"):
        led[user] += 1
        of_series[user] += series is not None and of == series.pk
    return led, of_series


def leads_between(keys, from_on, to_on):
    """Counter {user pk: sessions they are named for} from one day to another, both included."""
    start, end = bounds(from_on, to_on)
    named = SessionLeader.objects.standing().filter(
        user__in=keys, starts_at__lt=end, ends_at__gt=start
    )
    return Counter(named.values_list("user", flat=True))


def skills_on(today):
    """What the policy in force asks of whoever leads, each once, by name."""
    terms = interventions_on(today).terms.values()
    return sorted({one.skill for one in terms if one.skill})


def leads_after(user, day, skill):
    """How many sessions they are named for after this day, of series that ask for this skill."""
    _, end = bounds(day, day)
    named = SessionLeader.objects.standing().filter(user=user, starts_at__gte=end)
    return named.filter(session__series__skill=skill).count()
