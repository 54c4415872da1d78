"""The parts of the manual that are made from the knowledge, the code and the tests: one module for each kind of page."""
