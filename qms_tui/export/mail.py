"""Sending a text to one person by SMTP."""

import smtplib
from email.message import EmailMessage
from typing import NamedTuple


class Server(NamedTuple):
    """Where mail is handed in. Logs in when a user is named, after STARTTLS when that is asked for."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    starttls: bool = False


class NotSent(OSError):
    """The server did not take the mail; one line: the address, and what it said."""


def send(server: Server, to: str, subject: str, text: str) -> None:
    """Hand in one mail. Raises NotSent."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, to, subject
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday reply comes back
    message.set_content(text)
    try:
        with smtplib.SMTP(server.host, server.port, timeout=20) as smtp:
            if server.starttls:
                smtp.starttls()
            if server.user:
                smtp.login(server.user, server.password)
            smtp.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        said = " ".join(str(error).split()) or type(error).__name__
        raise NotSent(f"{to}: {server.host}:{server.port}: {said}") from error
