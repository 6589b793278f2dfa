"""The policy on workload as it is seeded, for the tests of the rules that read it."""

import json
from pathlib import Path

from oversight.rules.policy import read_workload_policy

SEED = json.loads(
    (Path(__file__).parents[3] / "oversight/policy/workload.json").read_text(encoding="utf-8")
)
POLICY = read_workload_policy(SEED["body"], 1)
GRID = json.loads(
    (Path(__file__).parents[3] / "grid/policy/grid.json").read_text(encoding="utf-8")
)["body"]["groups"]
