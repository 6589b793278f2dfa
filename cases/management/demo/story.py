"""The form of a story: what is fixed of a case that the tour leads to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """What is fixed of a case. Days are days before today; what is not said is made up as for anybody."""

    title: str
    forename: str
    surname: str
    age: int  # when convicted
    group: str
    kind: str  # of sentence
    days: int  # since it was passed, or since release
    months: int
    offence: str  # category, then the place in its list
    age_first: int
    offence_number: int = 0
    sanctions: int = 0  # 0: as many as the band asks for
    woman: bool = False
    iom: bool = False
    place: str = "group"
    needs: tuple = ()
    why: str = ""
    holder: str = "officer"  # whose cohort holds it; "other" for the second team, "" for nobody
    background: str = "british"
    registers: tuple = ()  # (code, part, days, firearm)
    people: tuple = ()  # (kind, name, relationship, age, lives with, victim)
    elsewhere: tuple = ()  # (name, place in the list of those outside the provider's area)
    enquiries: tuple = ()  # (kind, because, days, outcome)
    put_right: tuple = ()  # (kind of enquiry, why and what stood) whose reply was recorded wrongly first
    not_answered: tuple = ()  # (kind of enquiry, name) whom the reply leaves out
    misdated: tuple = ()  # (kind of enquiry, name) who was asked about under another birth
    papers: bool = False  # what was sent and what came is kept
    interim: str = "never"  # what became of the interim plan
    acted: tuple = ()  # (kind of enquiry whose reply is cited, done)
    information: tuple = ()  # (kind, said by, who, days, words, harm, read, other story by surname)
    raised: str = ""  # the register that was raised in a sentence
    imported: bool = False  # and its checks not taken up
    lines: tuple = ()  # (contact type, days, outcome, words, and what of the past it tells)
    assessed: str = ""  # signed, over (an open check), returned or draft
    leaves: tuple = ()  # what the draft leaves out
    planned: str = ""  # signed or draft
    plan_leaves: tuple = ()
    agreed: str = "yes"
    asks_override: bool = False
    route: tuple = ()  # taken away: days ago, what, why, the route and words of its replacement
    past: tuple = ()  # (years ago, offence code, words)
    requirements: tuple = ()  # (kind, length)
    workers: tuple = ()  # (capacity, role whose sign-in works on it)
    limit: str = ""  # restricted, excluded or unlisted
    retained_by: str = ""
    institution: str = ""
    language: str = ""
    care_leaver: bool = False
    stalled: bool = False  # activity that is planned, and no day of which was ever held
    meets: tuple = ()  # of the last weeks: (type, days ago, outcome, words)
    review: str = ""  # hollow, honest, draft, waiting or returned
    recommended: str = ""  # open, accepted, contested or upheld
    life: str = (
        ""  # what befalls the case (cases.management.demo.life); they come to everything until then
    )
    away: int = 0  # days since which nobody sees them
    booked: bool = False  # appointments to come all the same
    finished: bool = False  # everything that the court ordered is done
    defects: tuple = ()
