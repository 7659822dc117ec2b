"""Hidden: what is known only later, or is not told any more and may be all the same."""
