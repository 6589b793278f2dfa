"""Reviews planted to try the detector of reviews that change nothing: half hollow, half honest.

Kept apart from the rule it tries: nothing here imports it or its tables, and the words are its own. They
were written before the rule's, and are not changed to suit it: `tests/bench/test_planted.py` holds the first.
"""
