"""Keeping it: back up, restore, verify, hand out one person's record, delete lawfully."""
