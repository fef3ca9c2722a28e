"""Real OpenSearch nodes in processes of their own, from the published jars of the server."""

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
STARTED_WITHIN = 120


def tools_missing() -> str | None:
    """What a node needs and this machine has not."""
    for tool in ("java", "javac", "jar", "mvn"):
        if not shutil.which(tool):
            return f"{tool} (a JDK of 17 or newer, and Maven)"
    return None


def prepare(*settings: str) -> None:
    """Fetches what a node of these settings is started from."""
    subprocess.run([HERE / "node.sh", "prepare", ROOT / "target" / "opensearch", *settings], check=True)


def free_ports(count: int) -> list[int]:
    """Ports that nothing listens on."""
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def ask(
    url: str, method: str = "GET", body: object = None, timeout: float = 30, trust: ssl.SSLContext | None = None
) -> dict:
    """Asks a node and reads its JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=timeout, context=trust) as answer:
        return json.loads(answer.read())


class Node:
    """One node, asked over TLS where there is something to trust."""

    def __init__(
        self, name: str, ports: tuple[int, int], home: Path, settings: list[str], trust: ssl.SSLContext | None
    ) -> None:
        http, transport = ports
        self.url = f"{'https' if trust else 'http'}://127.0.0.1:{http}"
        self.trust = trust
        self.log = home / f"{name}.log"
        data = home / name
        data.mkdir(parents=True, exist_ok=True)
        command = [HERE / "node.sh", str(http), data, f"node.name={name}", f"transport.port={transport}", *settings]
        environment = os.environ | {"HEAP": os.environ.get("HEAP", "512m")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)

    def wait(self) -> None:
        """Waits until it answers."""
        end = time.monotonic() + STARTED_WITHIN
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                ask(self.url, timeout=2, trust=self.trust)
                return
            except (OSError, urllib.error.URLError):
                time.sleep(0.3)
        sys.exit(f"a node did not start:\n{self.log.read_text()[-3000:]}")

    def signal(self, number: int) -> None:
        """Sends it a signal: SIGKILL is a power cut, SIGSTOP a node that hangs."""
        self.process.send_signal(number)

    def kill(self) -> None:
        """Ends it as a power cut does."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


class Cluster:
    """So many nodes that know each other."""

    def __init__(
        self, count: int, home: Path, settings: Sequence[str] = (), trust: ssl.SSLContext | None = None
    ) -> None:
        ports = free_ports(2 * count)
        pairs = list(zip(ports[::2], ports[1::2], strict=True))
        shared = [f"cluster.name=test-{ports[0]}", *settings]
        if count == 1:
            shared.append("discovery.type=single-node")
        else:
            shared.append("discovery.seed_hosts=" + ",".join(f"127.0.0.1:{transport}" for _, transport in pairs))
            names = ",".join(f"n{number}" for number in range(count))
            shared += [
                f"cluster.initial_cluster_manager_nodes={names}",
                "cluster.fault_detection.leader_check.timeout=2s",
                "cluster.fault_detection.follower_check.timeout=2s",
            ]
        self.nodes = [Node(f"n{number}", pair, home, shared, trust) for number, pair in enumerate(pairs)]
        for node in self.nodes:
            node.wait()
        self.health(f"wait_for_nodes={count}&timeout=90s")

    def health(self, asked: str) -> dict:
        """The health of the cluster, as any living node knows it."""
        for node in self.nodes:
            if node.process.poll() is None:
                try:
                    return ask(f"{node.url}/_cluster/health?{asked}", timeout=120, trust=node.trust)
                except OSError:
                    continue
        sys.exit("no node of the cluster answers")

    @property
    def urls(self) -> list[str]:
        """The addresses of all nodes, dead ones too."""
        return [node.url for node in self.nodes]

    def close(self) -> None:
        """Ends all nodes."""
        for node in self.nodes:
            if node.process.poll() is None:
                node.signal(signal.SIGCONT)
                node.kill()
