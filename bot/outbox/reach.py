"""Which channels somebody can be told something on later."""

REACHED = frozenset({"web", "telegram", "zalo_bot", "zalo_oa", "terminal"})
