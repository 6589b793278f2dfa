"""The tables of the GRID: the table of contents."""

from grid.models.escalation import Escalation, EscalationStep
from grid.models.placement import Judgement, Placement

__all__ = ["Escalation", "EscalationStep", "Judgement", "Placement"]
