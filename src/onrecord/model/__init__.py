"""Types only: what the program reads, claims, assembles and judges. Everything is frozen."""
