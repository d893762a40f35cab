"""A number that names nothing."""


class Unknown(LookupError):
    """No record has that number. One line: what was asked for, and where to look."""

    def __str__(self) -> str:
        return str(self.args[0])
