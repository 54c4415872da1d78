"""The case file: ten lines of plain words about one person."""

from needlepoint.exchange.case.read import read_case, read_document

__all__ = ["read_case", "read_document"]
