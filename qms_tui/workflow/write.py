"""The one way from a use case to the disk: every changed document is validated whole, then committed."""

from collections.abc import Callable

from qms_tui.store.base import Receipt, Store, Tx


def commit(store: Store, tx: Tx) -> Receipt:
    """Validate and commit. Raises InvalidDocument, and what Store.commit raises; then nothing has changed."""
    return store.commit(_valid(store, tx))


def transact(store: Store, build: Callable[[], Tx]) -> Receipt:
    """As `commit`, of what `build` makes of the newest state while nobody else writes."""
    import qms_tui.records.models  # noqa: F401 - before the lock is held

    return store.transact(lambda: _valid(store, build()))


def _valid(store: Store, tx: Tx) -> Tx:
    from qms_tui.records.models import check  # pydantic costs a quarter of a start; reading needs none of it

    for op in tx.ops:
        whole = {**(store.get(op.table, op.id) or {}), **op.set}
        check(op.table, {key: value for key, value in whole.items() if value is not None})
    return tx
