"""Measurements: `python -m tests.benchmarks NAME … [--json]`.

Each prints ours, floor, ratio and runs (quality.md): a figure counts as a ratio against the least program
that does the same work, measured in the same run. Nothing here is a test and nothing asserts a time.
"""
