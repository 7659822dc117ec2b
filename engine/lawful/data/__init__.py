"""Tables of facts about the world that several parts share, each dated and with its source."""
