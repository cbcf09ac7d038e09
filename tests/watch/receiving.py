"""A receiver on this machine that keeps what was posted and answers as it is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass
class Receiving:
    """`answers` are given in turn, then 204; `posted` are paths, headers and bodies."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    posted: list[tuple[str, Message, bytes]] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [str(headers["webhook-id"]) for _, headers, _ in self.posted]


@contextmanager
def receiving(*answers: int) -> Iterator[Receiving]:
    """A server on a free port of 127.0.0.1."""
    held = Receiving(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            held.posted.append((self.path, self.headers, body))
            status = held.answers.pop(0) if held.answers else 204
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("location", "/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    held.url = f"http://127.0.0.1:{server.server_port}/hook?team=4"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
