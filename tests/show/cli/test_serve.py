"""`onrecord serve` says its address and ends with Ctrl-C as done; a port in use is said in words."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request


def test_the_pages_are_served_at_the_address_that_is_said(store):
    command = [
        sys.executable,
        "-c",
        "from onrecord.show.cli import main; main()",
        "serve",
        "--port",
        "0",
        "--store",
        store,
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        said = process.stderr.readline()
        address = said.split(" at ")[1].split()[0]
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own address
                assert answer.status == 200
        finally:
            os.kill(process.pid, signal.SIGINT)
        assert process.wait(timeout=20) == 0


def test_a_port_in_use_is_wrong_use(run, store):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = run("serve", "--port", taken.getsockname()[1], "--store", store)
    assert ran.code == 2
    assert "choose another with --port" in ran.err


def test_a_missing_store_is_said_before_anything_is_served(run):
    assert run("serve", "--port", "0").code == 1
