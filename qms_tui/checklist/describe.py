"""How an item was read, in the words of the format."""

from qms_tui.checklist.model import Item


def details(item: Item) -> list[str]:
    """What the file says of an item, in its own words, so that its author can check how it was read."""
    fields = {
        "expect": ", ".join(item.expect),
        "target": item.target,
        "severity": item.severity,
        "evidence": item.evidence if item.evidence != "optional" else "",
        "na": "" if item.na else "no",
    }
    limits = [item.limits.text] if item.limits else []
    return [str(item.answer), *limits, *item.clause, *(f"{name}: {value}" for name, value in fields.items() if value)]
