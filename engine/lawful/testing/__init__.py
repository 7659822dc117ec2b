"""What tests of Lawful are made of: the naive reference checker, and what is built on it."""
