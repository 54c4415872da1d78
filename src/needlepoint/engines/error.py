"""What the engines cannot work with, in words for the person who asked."""


class EngineError(Exception):
    """Many people cannot be screened with what was given. Each line says what is wrong and how to mend it."""

    def __init__(self, *lines: str) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))
