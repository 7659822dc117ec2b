"""The system: from declarations to a checked value, and the other forms in which it is written."""
