"""What every command starts from: the store's folder, who acts, and how to speak."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from qms_tui.store.base import Actor, Store


class Fault(click.ClickException):
    """An error told in one line on stderr. `exit_code`: 1 the answer is "no", 2 usage, 3 the store refused."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code: int = exit_code  # type: ignore[misc]  # click declares it for the class, and reads the instance

    def show(self, file: object = None) -> None:
        from qms_tui.cli.output import one_line_text

        click.echo(f"qms-tui: {one_line_text(self.format_message())}", err=True)


@dataclass
class Settings:
    """The global options; `given_store` is what --store says."""

    given_store: Path | None = None
    as_name: str | None = None
    language: str | None = None
    ascii: bool = False

    @cached_property
    def store(self) -> Path:
        """A folder that need not exist yet; only a command that needs it finds out where it is."""
        return self.given_store or default_store()

    def program(self) -> str:
        """The command, for a line to be pasted: with the options that lead to this store and this person."""
        import shlex

        store = [] if self.given_store is None else ["--store", str(self.given_store)]
        name = [] if self.as_name is None else ["--as", self.as_name]
        return shlex.join(["qms-tui", *store, *name])

    def folders(self) -> "tuple[Path, ...]":
        """Where own checklists lie."""
        from qms_tui.checklist.own import own_folders

        return own_folders(self.store)

    def actor(self) -> "Actor":
        from qms_tui.store.actor import actor

        return actor(self.as_name)

    @contextmanager
    def open(self) -> "Iterator[Store]":
        from qms_tui.cli.output import say
        from qms_tui.store import mounts
        from qms_tui.store.open import open_store

        def tell(words: str) -> None:
            say(words, err=True)

        store = open_store(self.store, tell=tell, name=self.actor().name)
        if warning := mounts.warning(mounts.file_system(self.store.absolute()), self.store):
            tell(warning)
        command = click.get_current_context(silent=True)
        if command is not None:
            command.find_root().call_on_close(store.close)  # after the last word: closing may write a checkpoint
        try:
            yield store
        finally:
            if command is None:
                store.close()


def default_store() -> Path:
    """`QMS_STORE`, else a folder in the user's data directory."""
    named = os.environ.get("QMS_STORE")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("qms-tui", appauthor=False)


pass_settings = click.make_pass_decorator(Settings)
