"""Words for a cell of a table that somebody opens in a spreadsheet."""

#: A spreadsheet takes a cell that begins so for a formula, and may run it.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(words: str) -> str:
    """These words, so that a spreadsheet takes them for words."""
    return f"'{words}" if words[:1] in _BEGINS_A_FORMULA else words
