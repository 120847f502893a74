"""What mail to a return path says."""

import pytest

from notifications.bounces import MOST_BYTES, NotABounce, read_bounce
from notifications.return_path import ReturnPaths
from store.message.delivery_reports import Outcome
from tests.notifications.bounced import MESSAGE, PATHS, RETURN_PATH, plain, report


def test_a_report_of_failure_names_the_message_and_blames_the_address() -> None:
    bounce = read_bounce(report(), PATHS)
    assert (bounce.message, bounce.outcome, bounce.bad_address) == (MESSAGE, Outcome.BOUNCED, True)
    assert bounce.answer == "550 5.1.1 <budi@contoh.example>: User unknown"


def test_a_full_mailbox_fails_and_is_no_fault_of_the_address() -> None:
    bounce = read_bounce(report(status="5.2.2", diagnostic="smtp; 552 5.2.2 Mailbox full"), PATHS)
    assert (bounce.outcome, bounce.bad_address) == (Outcome.BOUNCED, False)


def test_an_expired_attempt_fails_though_its_status_is_temporary() -> None:
    bounce = read_bounce(report(status="4.4.7", diagnostic="smtp; delivery time expired"), PATHS)
    assert (bounce.outcome, bounce.bad_address) == (Outcome.BOUNCED, False)
    assert bounce.answer == "4.4.7 delivery time expired"


def test_where_the_status_says_nothing_the_diagnostic_does() -> None:
    bounce = read_bounce(report(status="5.0.0", diagnostic="smtp; 550 5.1.1 User unknown"), PATHS)
    assert bounce.bad_address


def test_a_report_without_diagnostic_is_told_by_its_status() -> None:
    bounce = read_bounce(report(status="5.1.1", diagnostic=""), PATHS)
    assert (bounce.answer, bounce.bad_address) == ("5.1.1", True)


def test_a_delay_is_no_failure() -> None:
    bounce = read_bounce(report(action="delayed", status="4.4.1", diagnostic="smtp; timed out"), PATHS)
    assert (bounce.outcome, bounce.bad_address) == (Outcome.DELAYED, False)


def test_a_report_of_success_is_a_delivery() -> None:
    assert read_bounce(report(action="delivered", status="2.1.5"), PATHS).outcome is Outcome.DELIVERED


@pytest.mark.parametrize("action", ("relayed", "expanded", "nonsense"))
def test_what_has_only_gone_on_says_nothing(action: str) -> None:
    with pytest.raises(NotABounce, match="nothing about the delivery"):
        read_bounce(report(action=action, status="2.0.0"), PATHS)


def test_a_diagnostic_over_several_lines_is_told_in_one() -> None:
    bounce = read_bounce(report(diagnostic="smtp; 550-5.1.1 No such\n    550 5.1.1 user"), PATHS)
    assert bounce.answer == "550-5.1.1 No such 550 5.1.1 user"


def test_the_envelope_counts_before_the_headers() -> None:
    mail = report(to="somebody@else.example")
    assert read_bounce(mail, PATHS, [RETURN_PATH]).message == MESSAGE


def test_a_server_that_writes_the_recipient_into_a_header_of_its_own_is_understood() -> None:
    mail = f"X-Original-To: {RETURN_PATH}\r\n".encode() + report(to="undisclosed-recipients:;")
    assert read_bounce(mail, PATHS).message == MESSAGE


@pytest.mark.parametrize(
    "address",
    (
        "kinerja@contoh.go.id",
        f"bounce+{MESSAGE.hex}.0000000000000000@contoh.go.id",
        ReturnPaths("a stranger's", "contoh.go.id").make(MESSAGE),
    ),
)
def test_a_forged_return_path_is_refused(address: str) -> None:
    with pytest.raises(NotABounce, match="return path of ours"):
        read_bounce(report(to=address), PATHS)


def test_the_headers_do_not_count_where_the_envelope_is_known() -> None:
    with pytest.raises(NotABounce, match="return path of ours"):
        read_bounce(report(), PATHS, ["kinerja@contoh.go.id"])


def test_an_absence_note_is_no_bounce() -> None:
    note = plain(
        "Cuti: Undelivered?",
        "Saya sedang cuti.",
        sender="budi@contoh.example",
        more="Auto-Submitted: auto-replied\n",
    )
    with pytest.raises(NotABounce, match="absence note"):
        read_bounce(note, PATHS)


def test_an_answer_by_a_person_is_no_bounce() -> None:
    with pytest.raises(NotABounce, match="neither its sender nor its subject"):
        read_bounce(plain("Re: Pengingat", "Baik, terima kasih.", sender="budi@contoh.example"), PATHS)


def test_a_bounce_in_words_is_told_by_the_line_with_its_status() -> None:
    body = (
        "Hi. This is the qmail-send program.\n\n<budi@contoh.example>:\nhost said: 550 5.1.1 unknown user\n"
    )
    bounce = read_bounce(plain("failure notice", body), PATHS)
    assert (bounce.message, bounce.outcome, bounce.bad_address) == (MESSAGE, Outcome.BOUNCED, True)
    assert bounce.answer == "host said: 550 5.1.1 unknown user"


def test_a_bounce_in_words_without_a_status_fails_and_blames_nobody() -> None:
    bounce = read_bounce(plain("Delivery failure", "It could not be delivered."), PATHS)
    assert (bounce.outcome, bounce.bad_address) == (Outcome.BOUNCED, False)
    assert bounce.answer == "Delivery failure"


def test_a_warning_in_words_is_a_delay() -> None:
    bounce = read_bounce(
        plain("Warning: message delayed 4 hours", "It will be retried until it is 5 days old."), PATHS
    )
    assert bounce.outcome is Outcome.DELAYED


def test_a_bounce_by_exim_is_known_by_its_header() -> None:
    mail = plain("x", "gone", sender="x@mail.example", more="X-Failed-Recipients: budi@contoh.example\n")
    assert read_bounce(mail, PATHS).outcome is Outcome.BOUNCED


def test_a_bounce_in_indonesian_is_known_by_its_subject() -> None:
    mail = plain("Pesan tidak terkirim", "Kotak surat tidak ada", sender="sistem@mail.example")
    assert read_bounce(mail, PATHS).outcome is Outcome.BOUNCED


def test_a_status_in_what_was_sent_is_not_the_servers_word() -> None:
    body = (
        "It could not be delivered.\n\n--- Below this line is a copy of the message.\n\nPasal 5.1.1 berlaku\n"
    )
    assert not read_bounce(plain("failure notice", body), PATHS).bad_address


@pytest.mark.parametrize(
    "content",
    (
        b"",
        b"\x00\xff\xfe",
        b"To: " + b"<" * 5000,
        b"Content-Type: multipart/report\r\n\r\n",
        f"To: {RETURN_PATH}\nContent-Type: multipart/report; boundary=x\n\n--x\n".encode()
        + b"Content-Type: message/delivery-status\n\nx",
        f"To: {RETURN_PATH}\nSubject: =?utf-8?q?=FF=FE?=\nFrom: \xff <".encode("latin-1"),
    ),
)
def test_rubbish_is_no_bounce(content: bytes) -> None:
    with pytest.raises(NotABounce):
        read_bounce(content, PATHS)


def test_a_huge_mail_is_read_from_its_beginning() -> None:
    mail = report() + b"x" * (MOST_BYTES * 2)
    assert read_bounce(mail, PATHS).outcome is Outcome.BOUNCED
