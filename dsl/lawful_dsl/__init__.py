"""The languages of Lawful, `.law` and `.flow`: from text to a checked program, and back to text."""
