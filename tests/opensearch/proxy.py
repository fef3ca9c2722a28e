"""A cluster that has no room now and then: refuses bulk requests whole, or some of their documents, or takes them and
loses the answer."""

import http.client
import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Proxy:
    """Stands before a node."""

    def __init__(self, target: str) -> None:
        self.did: Counter[str] = Counter()
        self.bulks = 0
        host = urlsplit(target).netloc
        lock = threading.Lock()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def forward(self, body: bytes) -> tuple[int, bytes]:
                connection = http.client.HTTPConnection(host, timeout=60)
                headers = {"Content-Type": "application/json"} if body else {}
                connection.request(self.command, self.path, body or None, headers)
                got = connection.getresponse()
                answer = got.status, got.read()
                connection.close()
                return answer

            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if not self.path.startswith("/_bulk"):
                    self.answer(*self.forward(body))
                    return
                with lock:
                    proxy.bulks += 1
                    number = proxy.bulks
                if number % 5 == 1:
                    proxy.did["refused"] += 1
                    self.answer(429, b'{"error": {"type": "rejected", "reason": "no room"}}')
                elif number % 5 == 2:
                    proxy.did["answer lost"] += 1
                    self.forward(body)
                    self.close_connection = True
                elif number % 5 == 3:
                    proxy.did["some documents refused"] += 1
                    self.some_refused(body)
                else:
                    self.answer(*self.forward(body))

            def some_refused(self, body: bytes) -> None:
                lines = body.decode().splitlines()
                entries, at = [], 0
                while at < len(lines):
                    size = 1 if "delete" in json.loads(lines[at]) else 2
                    entries.append(lines[at : at + size])
                    at += size
                kept = [entry for place, entry in enumerate(entries) if place % 3]
                items: list[dict] = []
                if kept:
                    sent = "".join(line + "\n" for entry in kept for line in entry)
                    items = json.loads(self.forward(sent.encode())[1])["items"]
                full = {"status": 429, "error": {"type": "rejected", "reason": "no room"}}
                answered = [
                    items.pop(0) if place % 3 else {next(iter(json.loads(entry[0]))): full}
                    for place, entry in enumerate(entries)
                ]
                self.answer(200, json.dumps({"took": 1, "errors": True, "items": answered}).encode())

            do_GET = do_POST = do_PUT = do_DELETE = handle_any

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Ends it."""
        self.server.shutdown()
