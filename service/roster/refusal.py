"""A file that cannot be read at all."""

from service.roster.rows import RosterFile, RowProblem


class FileRefused(Exception):
    """The reading of a file ends, because none of its rows can be trusted. ``message`` is translatable."""

    def __init__(
        self, code: str, message: str, *, line: int = 1, column: str | None = None, **parameters: str
    ) -> None:
        self.code = code
        self.message = message
        self.line = line
        self.column = column
        self.parameters = parameters
        super().__init__(message.format_map(parameters))

    def problem(self, file: RosterFile) -> RowProblem:
        """The refusal as a problem of ``file``."""
        return RowProblem(file, self.line, self.column, self.code, self.message, self.parameters)
