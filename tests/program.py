"""The real program, for tests that go from files to figures. Python's standard library only."""
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
HUITOU = Path(os.environ.get("HUITOU_PROGRAM", ROOT / "build" / "ci" / "bin" / "huitou"))


class Home:
    """A home and the commands sent to it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.server = None  # the process, while `serve` runs it

    def command(self, *words):
        return [str(HUITOU), "--home", str(self.folder), *map(str, words)]

    def run(self, *words, expect=0):
        """What it prints, or its errors where it is expected to fail; both where `expect` is None."""
        done = subprocess.run(self.command(*words), capture_output=True, text=True, timeout=600, stdin=subprocess.DEVNULL)
        if expect is None:
            return done.stdout + done.stderr
        assert done.returncode == expect, f"huitou {' '.join(map(str, words))} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout if expect == 0 else done.stderr

    def ask(self, *words):
        """The answer as a list of dicts, a row each."""
        answer = json.loads(self.run(*words, "--format", "json"))
        names = [column["name"] for column in answer["columns"]]
        return [dict(zip(names, row)) for row in answer["rows"]]

    @contextlib.contextmanager
    def serve(self):
        """A running server; gives (address, token)."""
        server = subprocess.Popen(self.command("serve", "--port", "0"), stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL)
        self.server = server
        try:
            lines = []
            for line in server.stdout:
                lines.append(line)
                found = re.search(r"(http://[^/\s]+)/\?token=(\S+)", line)
                if found:  # what it says further must not fill the pipe
                    threading.Thread(target=server.stdout.read, daemon=True).start()
                    yield found.group(1), found.group(2)
                    return
            raise AssertionError("no address was printed:\n" + "".join(lines))
        finally:
            server.terminate()
            try:
                server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                server.kill()


@contextlib.contextmanager
def new_home(cluster=None):
    """An empty home in a temporary folder; with the cluster's description, on the cluster."""
    with tempfile.TemporaryDirectory(prefix="huitou-test-") as folder:
        home = Home(Path(folder) / "home")
        home.run("init")
        if cluster:
            shards = json.dumps(cluster["shards"])
            with open(home.folder / "huitou.toml", "a", encoding="utf-8") as settings:
                settings.write(f'\n[cluster]\nname = "{cluster["name"]}"\nshards = {shards}\n')
            text = (home.folder / "huitou.toml").read_text(encoding="utf-8")
            text = re.sub(r'(?m)^engine = .*$', 'engine = "cluster"', text)
            if not re.search(r'(?m)^engine = ', text):
                text = 'engine = "cluster"\n' + text
            (home.folder / "huitou.toml").write_text(text, encoding="utf-8")
        yield home


@contextlib.contextmanager
def new_cluster():
    """A real ClickHouse cluster of 2 shards with 2 replicas each."""
    folder = tempfile.mkdtemp(prefix="huitou-cluster-")
    tool = [sys.executable, str(ROOT / "tools" / "cluster.py")]
    try:
        subprocess.run([*tool, "start", "--dir", folder, "--json", f"{folder}/description.json"], check=True,
                       stdout=subprocess.DEVNULL, timeout=600)
        yield json.loads(Path(folder, "description.json").read_text())
    finally:
        subprocess.run([*tool, "stop", "--dir", folder], stdout=subprocess.DEVNULL, timeout=120)
        shutil.rmtree(folder, ignore_errors=True)


class Skip(Exception):
    """Why a test cannot run here."""


def main(tests):
    """Runs the functions, prints one line each, ends with `N passed, N failed`."""
    passed, failed = 0, 0
    for test in tests:
        began = time.monotonic()
        try:
            test()
            passed += 1
            print(f"ok      {test.__name__} ({time.monotonic() - began:.1f} s)")
        except Skip as reason:
            print(f"skipped {test.__name__}: {reason}")
        except Exception:  # a failed test is reported, whatever it was, and the next one runs
            failed += 1
            print(f"FAILED  {test.__name__}\n{traceback.format_exc()}")
        sys.stdout.flush()
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
