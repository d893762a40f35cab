"""Who acts: the operating-system user, and by which SSH key when the account is shared."""

import os
import pwd
from hashlib import sha256
from pathlib import Path

from qms_tui.store.base import Actor


def system_user() -> str:
    """The name of the process's real user, from the password database and not from the environment."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid{os.getuid()}"


def actor(as_name: str | None = None) -> Actor:
    """The actor; with `as_name` that name, and `via` says whose account and, where sshd tells it, which key it was."""
    user = system_user()
    name = " ".join((as_name or "").split())
    if not name or name == user:
        return Actor(user)
    key = ssh_key()
    return Actor(name, f"{user} {key}" if key else user)


def ssh_key() -> str | None:
    """`SHA256:...` as `ssh-keygen -l` prints it, of the key that opened this session.

    sshd names the file in SSH_USER_AUTH when `ExposeAuthInfo` is on; its lines are `publickey TYPE BASE64`.
    """
    path = os.environ.get("SSH_USER_AUTH")
    if not path:
        return None
    import base64

    try:
        lines = Path(path).read_text(encoding="ascii", errors="replace").splitlines()
        keys = [line.split()[2] for line in lines if line.startswith("publickey ") and len(line.split()) >= 3]
        blob = base64.b64decode(keys[-1], validate=True)
    except (OSError, ValueError, IndexError):
        return None
    return "SHA256:" + base64.b64encode(sha256(blob).digest()).decode().rstrip("=")
