"""What the person is asked of how to get in touch. Source: product rules, safe contact; not asked is no answer."""

from cases.reference.codes import Titled


class Asked(Titled):
    """An answer that may be missing: nothing is taken for granted from silence."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_ASKED = "not_asked", "Not asked"


STANDS_FOR = {Asked.YES: True, Asked.NO: False, Asked.NOT_ASKED: None}
ANSWER = {stands: asked.value for asked, stands in STANDS_FOR.items()}
