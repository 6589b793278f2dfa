"""Booking an appointment: all but the time is chosen beforehand, and what it enforces is never left blank.

Source: product rules, failures ("every appointment names the requirement or condition it enforces, or is
voluntary") and how it should feel (the usual booking takes under half a minute).
"""

from django import forms

from cases.forms.appointments import WhenForm
from cases.queries.booking import parts_of
from cases.queries.booking_page import said_activity, said_route
from cases.reference.appointments import TYPES, Interpreter, ToldHow, Where
from cases.rules.booking import LONGEST, SHORTEST, USUAL
from cases.rules.enforcing import choices, chosen
from cases.rules.repeats import MOST_TIMES, Repeats, times_of
from staff.forms import LongTextField, Radios

ONCE = "0"
MINUTES = (15, 30, 45, 60, 90, 120, 180)
BY_TYPE = {  # the kinds that say themselves how they meet, whatever is chosen
    one.code: one.where
    for one in TYPES.values()
    if one.where in (Where.TELEPHONE, Where.VIDEO, Where.HOME)
}
EVERY = frozenset({"1", "2", "3", "4"})  # weeks
AT_AN_OFFICE = frozenset({"COAP", "COAI"})
REPEATS = (
    (ONCE, "Once"),
    ("1", "Every week"),
    ("2", "Every 2 weeks"),
    ("3", "Every 3 weeks"),
    ("4", "Every 4 weeks"),
)


class BookForm(WhenForm):
    type_code = forms.ChoiceField(label="What kind of appointment?")
    officer = forms.ChoiceField(label="Who sees them?")
    where = forms.ChoiceField(
        label="Where?",
        help_text="Telephone and video appointments are what they say, whatever is chosen here.",
    )
    at_words = forms.CharField(
        label="Where exactly, if it is somewhere else?",
        help_text="For example the jobcentre in Friar Street. Said in the letter or message.",
        max_length=200,
        required=False,
    )
    minutes = forms.ChoiceField(
        label="How long?", choices=[(str(n), f"{n} minutes") for n in MINUTES]
    )
    enforces = forms.ChoiceField(
        label="What does it enforce?",
        help_text="An absence can be a failure to comply only with what is named here. Voluntary: it never is.",
    )
    rar_activity = forms.ChoiceField(
        label="Which rehabilitation activity is it?",
        help_text="Only for a day that is to be credited. It is then under the requirement of that activity.",
        required=False,
    )
    replaces = forms.ChoiceField(
        label="Does it take the place of a route that was taken away?",
        help_text="The decision waits with the senior until what takes its place is booked.",
        required=False,
    )
    interpreter = forms.ChoiceField(
        label="Is an interpreter needed?",
        choices=Interpreter.choices(),
        widget=Radios(reveals={Interpreter.BOOKED: ["interpreter_note"]}, small=True),
    )
    interpreter_note = forms.CharField(
        label="Which language, and who comes?",
        max_length=200,
        help_text="For example Polish, A. Nowak.",
    )
    told_how = forms.ChoiceField(
        label="How have they been told?",
        help_text="Asked about again before an absence is called a failure.",
        choices=ToldHow.choices(),
    )
    remind = forms.BooleanField(
        label="Remind them the day before",
        help_text="It goes only where they have said that it is safe, and agreed to it.",
        required=False,
    )
    repeat = forms.ChoiceField(label="Does it repeat?", choices=REPEATS)
    times = forms.IntegerField(
        label="How many times in all?",
        help_text=f"At most {MOST_TIMES}. Leave it where the appointment is once.",
        min_value=2,
        max_value=MOST_TIMES,
        required=False,
    )
    prepared = LongTextField(
        label="What do you want to talk about?",
        help_text="Shown to whoever sees them, before the meeting. They are not shown it.",
        rows=3,
        max_length=2000,
        required=False,
    )

    def __init__(self, *args, offered, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = names
        self.staff = {str(one.pk): one for one in offered.staff}
        self.places = {f"place-{one.pk}": one for one in offered.places}
        self.running = offered.running
        self.activities = {str(one.pk): one for one in offered.activities}
        self.routes = {str(one.pk): one for one in offered.routes}
        self.offer("type_code", [(one.code, one.title) for one in offered.types])
        self.offer(
            "officer", [("", "Choose"), *((key, one.name) for key, one in self.staff.items())]
        )
        self.offer("where", self._ways())
        self.offer("enforces", [(one.key, names.text(one.words)) for one in choices(self.running)])
        self._offer_or_drop("rar_activity", self.activities, said_activity, "No activity")
        self._offer_or_drop("replaces", self.routes, said_route, "No")
        self._keep_length()

    def _ways(self):
        ours = [(key, one.name) for key, one in self.places.items()]
        rest = [(one.value, one.title) for one in (Where.ELSEWHERE, Where.TELEPHONE, Where.VIDEO)]
        return [*ours, *rest]

    def _offer_or_drop(self, name, found, said, none):
        if not found:
            del self.fields[name]
            return
        self.offer(
            name, [("", none), *((key, self.names.text(said(one))) for key, one in found.items())]
        )

    def _keep_length(self):
        """The length of an appointment that is made again, where it is not one of the usual."""
        given = str(self["minutes"].value() or "")
        if given.isdecimal() and SHORTEST <= int(given) <= LONGEST and int(given) not in MINUTES:
            usual = [(str(n), f"{n} minutes") for n in sorted({*MINUTES, int(given)})]
            self.offer("minutes", usual)

    def times_typed(self):
        found = super().times_typed()
        every, number = str(self["repeat"].value() or ONCE), str(self["times"].value() or "")
        if not found or every not in EVERY or not number.isdecimal():
            return found
        repeats = Repeats(int(every), min(max(int(number), 2), MOST_TIMES))
        return times_of(found[0], repeats)

    def says_more(self):
        """Whether anything of what is seldom changed has been, or is to be put right."""
        changed = {"interpreter": Interpreter.NOT_NEEDED, "repeat": ONCE, "prepared": None}
        return any(
            self.errors.get(name) for name in (*changed, "interpreter_note", "times")
        ) or any((self[name].value() or usual) != usual for name, usual in changed.items())

    def minutes_typed(self):
        given = str(self["minutes"].value() or "")
        return int(given) if given.isdecimal() else USUAL

    def way_typed(self):
        """As `way`, of what is chosen so far, whether or not it is sound."""
        kind, where = (str(self[name].value() or "") for name in ("type_code", "where"))
        known = where in self.places or where in set(Where)
        return self._way(kind, where if known else Where.ELSEWHERE)

    def activity_typed(self):
        return "rar_activity" in self.fields and bool(self["rar_activity"].value())

    def clean(self):
        said = self.cleaned_data
        kind, where = said.get("type_code"), said.get("where")
        if kind in AT_AN_OFFICE and where and where not in self.places and self.places:
            self.add_error(
                "where", "This kind of appointment is at an office. Choose one, or another kind"
            )
        if where == Where.ELSEWHERE and kind not in BY_TYPE and not said.get("at_words"):
            self.add_error("at_words", "Say where they are to come")
        if said.get("repeat") not in (None, ONCE) and not said.get("times"):
            self.add_error("times", "Say how many times in all")
        return said

    def way(self):
        """(how they meet, the place of ours or None)"""
        return self._way(self.cleaned_data["type_code"], self.cleaned_data["where"])

    def _way(self, kind, where):
        if kind in BY_TYPE:
            return BY_TYPE[kind], None
        place = self.places.get(where)
        if place is None:
            return Where(where), None
        return (Where.ELSEWHERE if kind == "COOO" else Where.OFFICE), place

    def repeats(self):
        said = self.cleaned_data
        return None if said["repeat"] == ONCE else Repeats(int(said["repeat"]), said["times"])

    def given(self):
        said, named = self.cleaned_data, chosen(self.cleaned_data["enforces"], self.running)
        where, place = self.way()
        return {
            "type_code": said["type_code"],
            "starts_at": self.starts_at(),
            "minutes": int(said["minutes"]),
            "where": where,
            "officer": self.staff[said["officer"]],
            "place": place,
            "at_words": "" if place else said["at_words"],
            "enforces": named.enforces,
            **parts_of(named),
            "rar_activity": self.activities.get(said.get("rar_activity", "")),
            "replaces": self.routes.get(said.get("replaces", "")),
            "interpreter": said["interpreter"],
            "interpreter_note": said["interpreter_note"] or "",
            "told_how": said["told_how"],
            "remind": said["remind"],
            "prepared": said["prepared"],
            "repeats": self.repeats(),
            "seen": self.codes_seen(),
        }
