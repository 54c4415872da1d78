"""An invented clinic to try things on; every person in it is made up and marked so."""
