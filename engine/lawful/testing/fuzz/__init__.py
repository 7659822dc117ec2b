"""Fuzz: a search for changes of several flows, harmless one by one, that break a promise together."""
