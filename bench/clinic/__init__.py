"""The clinic with many people: fill a database, sign in, and work in it with many at once."""
