"""A mail server of the smallest kind: keeps what it is handed, takes its time over it, and can refuse."""

import socketserver
import threading
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        sink: Sink = self.server.sink  # type: ignore[attr-defined]
        self.say("220 sink")
        while line := self.rfile.readline():
            verb = line.split(b" ")[0].strip().upper()
            if verb == b"DATA":
                self.say("354 go on")
                sink.keep(self.read_message())
                time.sleep(sink.delay)  # it has the message, and whoever sent it does not know that yet
            if verb == b"RCPT" and sink.answer != 250:
                self.say(f"{sink.answer} no")
            else:
                self.say("221 bye" if verb == b"QUIT" else "250 ok")
            if verb == b"QUIT":
                return

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def read_message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines) if line else b""  # cut off: not taken


class Sink:
    """`messages` in the order they came; `delay`: seconds before it says so; `answer`: the code for every address."""

    def __init__(self, delay: float = 0) -> None:
        self.delay, self.answer = delay, 250
        self.messages: list[EmailMessage] = []

    def keep(self, raw: bytes) -> None:
        if raw:
            self.messages.append(message_from_bytes(raw, policy=policy.default))  # type: ignore[arg-type]

    def __enter__(self) -> "Sink":
        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = daemon_threads = True

            def handle_error(self, *given: Any) -> None:
                """Whoever was talking has been killed: that is what this is for."""

        self.server = Server(("127.0.0.1", 0), Conversation)
        self.server.sink = self  # type: ignore[attr-defined]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server.server_address[1]}"
