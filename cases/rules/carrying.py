"""What is pulled forward from one assessment into the next, to be confirmed.

Source: supervision reference 4; report 2.1 (assessments copied from an earlier order).
"""

from cases.reference.questions import QUESTIONS

PATTERN, COVERS = "pattern.", ".covers"


def carried_forward(answers):
    """(answers, codes) to begin the next one with: the codes are those to confirm.

    What past behaviour an answer was about goes with it, so that what came since is still asked about.
    """
    kept = {code: value for code, value in answers.items() if _carries(code)}
    return kept, sorted(code for code in kept if not code.endswith(COVERS))


def _carries(code):
    return QUESTIONS[code].carries if code in QUESTIONS else code.startswith(PATTERN)
