"""Who has died, with the family still to be told; and a death that was recorded by mistake."""

from datetime import timedelta

from cases.management.demo import life
from cases.reference.deaths import Hear
from cases.services.deaths import record_death, say_heard, undo_death
from oversight.management.demo.acts import senior_of

TOLD_BY = "The hospital’s bereavement office, by telephone"
FAMILY = "A brother in Didcot. Ring after six."
HEARD = "Spoke to the duty manager; they tell the court."
BY_MISTAKE = "Thames Valley Police, by telephone: a man of the same name at the same address"
ALIVE = "He came to the desk himself, with his passport. The police had his cousin’s name."


def befall(acts):
    case, on = acts.case("died"), acts.day(life.DIED["died"])
    death = record_death(
        case=case, died_on=on - timedelta(days=1), told_by=TOLD_BY, in_custody=False, family=FAMILY,
        by=case.officer, now=acts.at(on),
    )  # fmt: skip
    say_heard(
        death=death, whom=Hear.NPS, on=on, words=HEARD, by=senior_of(case), now=acts.at(on, 14)
    )
    case, on = acts.case("death_undone"), acts.day(life.DIED["death_undone"])
    death = record_death(
        case=case, died_on=None, told_by=BY_MISTAKE, in_custody=None, by=case.officer, now=acts.at(on)
    )  # fmt: skip
    undone = acts.at(acts.day(life.UNDONE["death_undone"]), 16)
    undo_death(death=death, because=ALIVE, by=senior_of(case), now=undone)
