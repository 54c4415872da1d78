"""Needlepoint: dry needling from *may I be needled?* to *did it help, and was it safe?*"""

__version__ = "0.1.0"
