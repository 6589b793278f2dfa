"""Whether a page can be used by everybody, as far as axe-core can tell."""

from axe_playwright_python.sync_playwright import Axe

AXE = Axe()
WHAT_FAILS = {"resultTypes": ["violations"]}  # and not every rule that was kept, which takes longer
# The one thing excepted: GOV.UK Frontend marks a radio that reveals more with aria-expanded, knowingly
# (alphagov/govuk-frontend issue 979); axe calls it wrong.
EXCEPTED_RULE, EXCEPTED_CLASS, EXCEPTED_ATTRIBUTE = (
    "aria-allowed-attr",
    "govuk-radios__input",
    "aria-expanded",
)


def check_accessible(page) -> None:
    """Fail with every violation, where it is and how to mend it."""
    found = AXE.run(page, options=WHAT_FAILS).response["violations"]
    faults = [
        _words(rule, node) for rule in found for node in rule["nodes"] if not _excepted(rule, node)
    ]
    assert not faults, f"{page.url} has {len(faults)} accessibility faults:\n\n" + "\n\n".join(
        faults
    )


def _excepted(rule: dict, node: dict) -> bool:
    return (
        rule["id"] == EXCEPTED_RULE
        and EXCEPTED_CLASS in node["html"]
        and EXCEPTED_ATTRIBUTE in node["failureSummary"]
    )


def _words(rule: dict, node: dict) -> str:
    where = " ".join(str(step) for step in node["target"])
    return f"{rule['id']}: {rule['help']}\n  at {where}\n  {node['html'][:300]}\n  {node['failureSummary']}"
