"""What an objective about each area might say, to begin from and to be put in their own words.

Source: report 2.2 (plans that did not follow from the assessment); HMI Probation's questions on
interventions (how much, how often, by whom).
"""

from cases.reference.needs import NeedArea

# (what is to be different, a first step)
SUGGESTIONS = {
    NeedArea.ACCOMMODATION: (
        ("Has somewhere safe to live that will last", "See the housing team together, with papers in hand"),
        ("Keeps the place they have", "Go through rent and neighbours once a month"),
    ),
    NeedArea.ETE: (
        ("Is in work or training that fits their life", "See the employment adviser and agree a first course"),
        ("Can read and write what work asks of them", "Sit the first reading assessment"),
    ),
    NeedArea.FINANCE: (
        ("Knows what comes in and goes out, and pays what matters", "Make a budget with the debt adviser"),
    ),
    NeedArea.RELATIONSHIPS: (
        ("Settles arguments without fear or force", "Begin one-to-one work on conflict at home"),
        ("Sees their children safely", "Agree with social care who is present, where and when"),
    ),
    NeedArea.LIFESTYLE: (
        ("Spends time with people who do not offend", "Choose one weekly activity and go with them the first time"),
    ),
    NeedArea.DRUGS: (
        ("Uses less, and more safely, then not at all", "Go together to the first drug treatment appointment"),
    ),
    NeedArea.ALCOHOL: (
        ("Drinks less, and not where it leads to harm", "Keep a drink diary and bring it each week"),
    ),
    NeedArea.EMOTIONAL: (
        ("Knows when they are getting worse and whom to ring", "Write a crisis plan with their doctor's surgery"),
    ),
    NeedArea.THINKING: (
        ("Stops and thinks before acting", "Begin one-to-one work on thinking, six sessions"),
    ),
    NeedArea.ATTITUDES: (
        ("Sees what the offence did to others", "Work through the harm to the victim, three sessions"),
    ),
    NeedArea.HEALTH: (
        ("Is registered with a doctor and gets the care they need", "Register with a doctor together"),
    ),
}  # fmt: skip
