"""Tables: what types of resources are, and what their settings mean. A type that is new is a line here."""
