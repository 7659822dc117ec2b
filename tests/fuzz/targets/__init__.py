"""Targets: what a fuzzer that follows the branches of the code calls, one file for each thing that is read."""
