"""Failure: what was asked cannot be done, told to the one who asked."""


class Failure(Exception):
    """It cannot be done; the message is for the person who asked, and says what to do."""
