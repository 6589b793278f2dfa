"""The tables of the GRID."""

from grid.models.placement import Escalation, Judgement, Placement

__all__ = ["Escalation", "Judgement", "Placement"]
