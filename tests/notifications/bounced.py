"""Mails as mail servers return them."""

import uuid

from notifications.return_path import ReturnPaths

PATHS = ReturnPaths("secret", "contoh.go.id")
MESSAGE = uuid.UUID("0192f0c1-7a3b-7c4d-8e5f-001122334455")
RETURN_PATH = PATHS.make(MESSAGE)


def report(
    *,
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "smtp; 550 5.1.1 <budi@contoh.example>: User unknown",
    to: str = RETURN_PATH,
) -> bytes:
    """A delivery status as Postfix sends it (RFC 3464)."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.contoh.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.contoh.example
Arrival-Date: Fri,  9 Jan 2026 09:00:00 +0700 (WIB)

Final-Recipient: rfc822; budi@contoh.example
Original-Recipient: rfc822;budi@contoh.example
Action: {action}
Status: {status}
Remote-MTA: dns; mx.contoh.example
Diagnostic-Code: {diagnostic}

--b1
Content-Type: text/rfc822-headers

From: kinerja@contoh.go.id
To: budi@contoh.example
Subject: Pengingat
Auto-Submitted: auto-generated

--b1--
""".replace("\n", "\r\n").encode()


def plain(subject: str, body: str, *, sender: str = "MAILER-DAEMON@mail.example", more: str = "") -> bytes:
    """A bounce in words only, as qmail and old appliances send it."""
    return f"From: {sender}\nTo: {RETURN_PATH}\nSubject: {subject}\n{more}\n{body}\n".encode()
