"""Short machine lines that share most of their words are the test of over-merging (log lines of a server, made up)."""

import random

from benchmarks.templates_world import pairwise

from undertow.match import group_texts

FORMS = (
    "Failed password for {user} from {ip} port {port} ssh2",
    "Accepted password for {user} from {ip} port {port} ssh2",
    "Connection closed by {ip} [preauth]",
    "Received disconnect from {ip}: 11: Bye Bye [preauth]",
    "Invalid user {user} from {ip}",
    "input_userauth_request: invalid user {user} [preauth]",
    "pam_unix(sshd:auth): check pass; user unknown",
    "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={ip}",
    "reverse mapping checking getaddrinfo for {host} [{ip}] failed - POSSIBLE BREAK-IN ATTEMPT!",
    "Did not receive identification string from {ip}",
    "session opened for user {user} by (uid=0)",
    "session closed for user {user}",
    "jk2_init() Found child {port} in scoreboard slot {slot}",
    "workerEnv.init() ok /etc/httpd/conf/workers2.properties",
    "mod_jk child workerEnv in error state {slot}",
    "jk2_init() Can't find child {port} in scoreboard",
)


def lines(count: int, seed: int) -> tuple[list[str], list[int]]:
    rng = random.Random(seed)
    truth = [rng.randrange(len(FORMS)) for _ in range(count)]
    users = ["root", "admin", "ana", "bela", "test", "guest", "oracle", "web"]
    made = [
        FORMS[form].format(
            user=rng.choice(users),
            ip=f"192.0.2.{rng.randrange(256)}",
            port=rng.randrange(1024, 65536),
            host=f"host{rng.randrange(99)}.example.com",
            slot=rng.randrange(10),
        )
        for form in truth
    ]
    return made, truth


def test_lines_of_two_forms_are_not_run_together() -> None:
    texts, truth = lines(2000, 1)
    assert pairwise(group_texts(texts), truth)[0] == 1.0


def test_lines_of_one_form_are_found() -> None:
    texts, truth = lines(2000, 1)
    assert pairwise(group_texts(texts), truth)[1] >= 0.8
