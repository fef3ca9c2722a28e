"""Measures a server from outside: requests a second and latency with wrk, processor time from the system."""
import http.client
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time


def cpu(process):
    """Seconds of processor time that the living threads of a process have used, to the nanosecond."""
    return sum(int(task.read_text().split()[0]) for task in pathlib.Path(f"/proc/{process}/task").glob("*/schedstat")) / 1e9


def memory(process, line="VmRSS"):
    """Resident memory in MB; VmHWM is its peak, RssAnon what is not mapped from files."""
    for found in pathlib.Path(f"/proc/{process}/status").read_text().splitlines():
        if found.startswith(line + ":"):
            return int(found.split()[1]) / 1024
    return 0.0


def requests_of(address, paths, process):
    """Asks each path once over one connection: latencies in ms, processor µs a request of the server, bytes an answer."""
    connection = http.client.HTTPConnection(address)
    times, size, before = [], 0, cpu(process)
    for path in paths:
        since = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        times.append(1000 * (time.perf_counter() - since))
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} for {path}: {body[:200]!r}")
        size += len(body)
    used = 1e6 * (cpu(process) - before) / len(paths)
    times.sort()
    return {"p50_ms": round(times[len(times) // 2], 3), "p99_ms": round(times[min(len(times) - 1, len(times) * 99 // 100)], 3),
            "cpu_us": round(used, 1), "bytes": size // len(paths)}


def load(address, paths, process, connections, seconds=5):
    """The paths in turn, from so many connections, with wrk; None where it is not installed."""
    if not shutil.which("wrk"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        listed = pathlib.Path(folder, "paths")
        listed.write_text("\n".join(paths) + "\n")
        script = pathlib.Path(folder, "paths.lua")
        script.write_text('local paths = {}\nfor line in io.lines("%s") do paths[#paths + 1] = line end\nlocal at = 0\n'
                          'request = function() at = at %% #paths + 1; return wrk.format("GET", paths[at]) end\n' % listed)
        before = cpu(process)
        ran = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", str(script), f"http://{address}"],
                             capture_output=True, text=True, check=True).stdout
        used = cpu(process) - before
    count = int(re.search(r"(\d+) requests in", ran)[1])
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0}
    shares = {name: float(value) * unit[of] for name, value, of in re.findall(r"(50|99)%\s+([\d.]+)(us|ms|s)\b", ran)}
    return {"connections": connections, "per_second": round(float(re.search(r"Requests/sec:\s+([\d.]+)", ran)[1]), 1),
            "p50_ms": round(shares["50"], 3), "p99_ms": round(shares["99"], 3), "cpu_us": round(1e6 * used / max(1, count), 1),
            "failed": sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", ran)))}


class Server:
    """Wenyuan serving an index, until the block ends; `ready_ms` is how long it took to answer /readyz."""

    def __init__(self, program, folder, settings=None):
        self.program, self.folder = os.path.realpath(program), str(folder)
        self.settings = {f"WENYUAN_{name.upper()}": value for name, value in (settings or {}).items()}

    def __enter__(self):
        since = time.monotonic()
        self.process = subprocess.Popen([self.program, "serve", "--bind", "127.0.0.1:0"], cwd=self.folder, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | self.settings)
        self.pid = self.process.pid
        try:
            said = self.process.stdout.readline()
            if "http://" not in said:
                raise RuntimeError(f"the server did not start: {said!r}; is the program older than this harness?")
            self.address = said.split("http://")[1].strip()
            while True:
                try:
                    connection = http.client.HTTPConnection(self.address)
                    connection.request("GET", "/readyz")
                    if connection.getresponse().status == 200:
                        break
                except ConnectionError:
                    pass
                time.sleep(0.001)
        except BaseException:
            self.process.kill()
            raise
        self.ready_ms = round(1000 * (time.monotonic() - since), 1)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def used_by(command, folder, env=None):
    """Runs a command: wall and processor seconds, peak MB, and the last line it printed."""
    since = time.monotonic()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.DEVNULL, env=env)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        printed = out.read().strip().splitlines()
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return {"seconds": round(time.monotonic() - since, 2), "cpu_s": round(usage.ru_utime + usage.ru_stime, 2),
            "peak_mb": round(usage.ru_maxrss / 1024), "printed": printed[-1] if printed else ""}
