"""What is kept: organisations, people, visits, entries, notes, and the trail of who saw and changed what."""
