"""Bringing in an extract of nDelius in one transaction, by sets. `run.import_caseload` is the way in.

Source: the import contract in docs/import.md; architecture, "set-based at scale".
"""
