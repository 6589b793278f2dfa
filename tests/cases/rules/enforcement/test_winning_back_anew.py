"""When the next contact is owed anew: called off, missed, moved too late, nothing after it, or seen again."""

from datetime import date

import pytest

from cases.rules.enforcement.winning_back import Agreed, Kept, owed_anew

ON, BY = date(2018, 11, 26), date(2018, 11, 28)
SEEN = {"written_on": date(2018, 11, 21), "by": BY, "on": ON}
AWAY = {"written_on": date(2018, 11, 21), "by": BY, "on": None}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (SEEN, ""),
        ({**SEEN, "kept": Kept.UNSAID}, ""),
        ({**SEEN, "kept": Kept.CALLED_OFF}, "called off"),
        ({**SEEN, "kept": Kept.MISSED}, "did not come on 26 November 2018"),
        ({**SEEN, "kept": Kept.MISSED, "more_booked": True}, "did not come"),
        ({**SEEN, "kept": Kept.CAME}, "nothing is booked after it"),
        ({**SEEN, "kept": Kept.CAME, "more_booked": True}, ""),
        ({**SEEN, "on": BY}, ""),
        ({**SEEN, "on": date(2018, 11, 29)}, "later than it may be"),
        ({**SEEN, "on": date(2018, 11, 29), "kept": Kept.UNSAID}, ""),
        ({**SEEN, "kept": Kept.MISSED, "paused": True}, ""),
        (AWAY, ""),
        ({**AWAY, "back_on": date(2018, 11, 20)}, ""),
        ({**AWAY, "back_on": date(2018, 11, 21)}, "can be seen again since 21 November 2018"),
        ({**AWAY, "back_on": date(2018, 11, 21), "paused": True}, ""),
    ],
)
def test_what_was_agreed_stands_or_is_owed_anew(given, said):
    found = owed_anew(Agreed(**given))

    assert said in found
    assert bool(found) == bool(said)
