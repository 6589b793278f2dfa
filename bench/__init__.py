"""Benchmarks of the system against the least that the work could cost, both measured side by side in one run."""
