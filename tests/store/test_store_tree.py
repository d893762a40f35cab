"""The map in parts against a dict: whatever the order of the changes, the same documents make the same parts."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from store_helpers import HastyDisk

from qms_tui.store import tree as tree_module
from qms_tui.store.parts import Parts
from qms_tui.store.tree import Item, Tree

keys = st.integers(0, 400).map(lambda n: f"{n % 20:02d}\0{n:03d}é")
items = st.none() | st.builds(
    Item,
    st.dictionaries(st.sampled_from("ab"), st.integers(0, 3) | st.text(max_size=2).filter(str.isprintable)),
    st.lists(st.integers(1, 99), min_size=1, max_size=3, unique=True).map(lambda ns: tuple(sorted(ns))),
)
batches = st.lists(st.dictionaries(keys, items, max_size=60), max_size=5)


@settings(max_examples=60, deadline=None)
@given(batches=batches, asked=st.lists(keys, max_size=20))
def test_against_a_dict(batches: list[dict[str, Item | None]], asked: list[str]) -> None:
    before, tree_module.BRANCHES = tree_module.BRANCHES, 3  # so that a few keys make several levels
    with tempfile.TemporaryDirectory() as folder:
        try:
            tree = Tree(Parts(HastyDisk(), Path(folder)), "t", 4)
            root, truth = "", {}
            for batch in batches:
                root = tree.update(root, batch)
                truth = {key: item for key, item in {**truth, **batch}.items() if item is not None}
            assert list(tree.scan(root)) == [(key, *truth[key]) for key in sorted(truth)]
            assert {key: tree.get(root, key) for key in asked} == {key: truth.get(key) for key in asked}
            some = sorted(set(asked))
            assert list(tree.many(root, some)) == [(key, *truth[key]) for key in some if key in truth]
            for prefix in ("", "07\0", "07", "99"):
                wanted = sorted((key for key in truth if key.startswith(prefix)), reverse=True)
                assert list(tree.prefixed(root, prefix)) == wanted
            assert tree.update("", truth) == root
        finally:
            tree_module.BRANCHES = before
