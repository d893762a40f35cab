"""A number that names nothing."""


class Unknown(LookupError):
    """No record has that number. One line: what was asked for, and where to look.

    Where a command shows that it is `words` and, behind them, `by_command`.
    """

    def __init__(self, words: str, by_command: str = "") -> None:
        super().__init__("; ".join(filter(None, (words, by_command))))
        self.words = words

    def __str__(self) -> str:
        return str(self.args[0])
