"""The answer in a terminal: the same words as on paper, within 80 columns."""

from needlepoint.exchange.terminal.screen import print_screen

__all__ = ["print_screen"]
