"""Benches: how long things take on large systems. No test: what they say turns on the machine."""
