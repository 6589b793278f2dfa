"""A mail server for tests: takes every message, says which, and stalls when it is told to."""

import re
import socketserver
import threading

PATIENCE = 60  # seconds for which it keeps a sender waiting


class MailServer(socketserver.ThreadingTCPServer):
    """Takes every message; while `stalled`, keeps its sender waiting after it has all of it."""

    daemon_threads = allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.taken: list[str] = []  # Message-IDs
        self.stalled = False
        self.go_on = threading.Event()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 ready")
        for line in self.rfile:
            command = line.split()[0].upper() if line.split() else b""
            if command == b"DATA":
                self.say("354 go on")
                self.take()
            self.say("221 bye" if command == b"QUIT" else "250 ok")

    def take(self):
        letter = b""
        while not letter.endswith(b"\r\n.\r\n"):
            letter += self.rfile.readline()
        self.server.taken += re.findall(r"(?im)^message-id:\s*<([^@]+)@", letter.decode())
        if self.server.stalled:
            self.server.go_on.wait(PATIENCE)

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())
