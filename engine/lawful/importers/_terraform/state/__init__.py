"""State: what resources there are, what is known of them, where they stand and what refers to what."""
