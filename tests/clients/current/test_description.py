"""Thousands of requests made from the API's own description, right and wrong ones."""

import os
import re
import subprocess
import sys
from pathlib import Path

from asked import Server

MODULES = Path(__file__).parents[1]


def test_every_operation_keeps_to_its_description(server: Server) -> None:
    ran = subprocess.run(
        [
            Path(sys.executable).with_name("schemathesis"),
            *("run", f"{server.url}/openapi.json", "--no-color"),
            # Some rules span fields, such as a year that must not be after another: no description can tell them.
            *("--checks", "all", "--exclude-checks", "ignored_auth,positive_data_acceptance"),
            *("--max-examples", "40", "--continue-on-failure", "--request-timeout", "60"),
            *("--seed", os.environ.get("WENYUAN_SEED", "1")),
        ],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env=os.environ | {"SCHEMATHESIS_HOOKS": "described", "PYTHONPATH": str(MODULES)},
    )
    assert ran.returncode == 0, ran.stdout.partition(" FAILURES ")[2][:12_000] + ran.stdout[-2_000:] + ran.stderr
    made = re.search(r"(\d+) generated", ran.stdout)
    assert made, ran.stdout
    assert int(made[1]) >= 1000
