"""What the policy on interventions says as the service comes with it, before a provider has set a version of their own.

Source: grid/policy/interventions.json, whose notes say of each figure whether it is published or local policy.
"""

import json
from pathlib import Path
from typing import Any

_PATH = Path(__file__).parents[1] / "policy" / "interventions.json"
BODY: dict[str, Any] = json.loads(_PATH.read_text(encoding="utf-8"))["body"]
