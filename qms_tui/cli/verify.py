"""`qms-tui verify`: is the record what was written?"""

from typing import TYPE_CHECKING, Any

import click

from qms_tui.cli.context import Fault, Settings, pass_settings
from qms_tui.cli.output import one_line_text, print_json, say
from qms_tui.i18n import _

if TYPE_CHECKING:
    from qms_tui.workflow.proof import Proof


@click.command()
@click.argument("audit", required=False, metavar="[AUDIT]")
@click.option(
    "--head",
    "heads",
    multiple=True,
    metavar="N:HASH",
    help="A transaction and its hash, as somebody wrote them down (may be given several times).",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_settings
def verify(settings: Settings, audit: str | None, heads: tuple[str, ...], as_json: bool) -> None:
    """Prove the whole store, or one AUDIT of it: every line, pinned checklists, attached files. Exit 1 when not."""
    from qms_tui.workflow.proof import prove

    proof = prove(settings.store, audit, dict(map(_head, heads)))
    if as_json:
        print_json(_document(settings, proof))
    else:
        _print(proof)
    if not proof.good:
        raise click.exceptions.Exit(1)


def _head(text: str) -> tuple[int, str]:
    n, _colon, digest = text.strip().lower().partition(":")
    if n.isascii() and n.isdecimal() and int(n) and 32 <= len(digest) <= 64 and set(digest) <= set("0123456789abcdef"):
        return int(n), digest
    raise Fault(
        _("--head: '{text}' is no transaction with its hash; write it as store info prints it: N:HASH").format(
            text=text
        ),
        2,
    )


def _document(settings: Settings, proof: "Proof") -> dict[str, Any]:
    return {
        "path": str(settings.store),
        "good": proof.good,
        "lines": proof.lines,
        "head": {"n": proof.head[0], "h": proof.head[1]},
        "evidence": {"files": proof.files, "bytes": proof.size},
        "audit": proof.audit,
        "changed_by": list(proof.changed_by),
        "flaws": [flaw._asdict() for flaw in proof.flaws],
        "notes": [note._asdict() for note in proof.notes],
    }


def _print(proof: "Proof") -> None:
    for note in proof.notes:
        say(one_line_text(str(note)), err=True)
    for flaw in proof.flaws:
        say(one_line_text(str(flaw)))
    say(_("lines     {lines}").format(lines=proof.lines))
    say(_("head      {n}:{h}").format(n=proof.head[0], h=proof.head[1] or _("its hash is not known")))
    say(_("evidence  {files} ({size} bytes)").format(files=proof.files, size=proof.size))
    if proof.audit:
        say(f"{proof.audit}  n {', '.join(map(str, proof.changed_by))}")
    if proof.good:
        say(_("good: every line continues the one before, every attached file is as it was kept"))
    else:
        say(_("not proven: flaws: {n}").format(n=len(proof.flaws)))
