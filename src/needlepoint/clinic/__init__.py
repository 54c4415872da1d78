"""The clinic: people, visits and notes in a browser. It gathers, asks the core, shows, and keeps; it decides nothing clinical."""
