"""A peer behind HTTP: requests over one connection, and the processor time of its process."""
import http.client
import json
import time
import urllib.parse

import peer


class Door:
    def __init__(self, host, port, process):
        self.connection, self.process = http.client.HTTPConnection(host, port, timeout=300), process

    def ask(self, method, path, body=None, kind="application/json"):
        self.connection.request(method, path, body if body is None or isinstance(body, bytes) else json.dumps(body), {"Content-Type": kind})
        answer = self.connection.getresponse()
        data = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{answer.status} {path}: {data[:300]!r}")
        return json.loads(data)

    def wait(self, path):
        for _ in range(600):
            try:
                return self.ask("GET", path)
            except (OSError, RuntimeError, http.client.HTTPException):
                self.connection.close()
                time.sleep(0.2)
        raise RuntimeError("the server did not come up")

    def cpu(self):
        return peer.processor(self.process)


quote = urllib.parse.quote
