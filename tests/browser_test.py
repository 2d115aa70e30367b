#!/usr/bin/env python3
"""The page in a real browser, against the real server with the demo shop, in both languages, wide and narrow."""
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from program import HUITOU, ROOT, main, new_home


def test_the_page_in_a_browser():
    with new_home() as home:
        home.run("demo", "--customers", "3000", "--load")
        with home.serve() as (address, token):
            shots = ROOT / "build" / "screenshots"
            shots.mkdir(parents=True, exist_ok=True)
            done = subprocess.run(["node", "e2e/run.mjs"], cwd=ROOT / "web", capture_output=True, text=True, timeout=1800,
                                  env={**os.environ, "HUITOU_URL": f"{address}/?token={token}", "HUITOU_SHOTS": str(shots)})
            print(done.stdout[-4000:])
            assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]


def walk(script):
    done = subprocess.run(["node", f"e2e/{script}.mjs"], cwd=ROOT / "web", capture_output=True, text=True, timeout=1800,
                          env={**os.environ, "HUITOU_BIN": str(HUITOU), "HUITOU_WEB": str(ROOT / "web" / "dist"),
                               "HUITOU_SHOTS": str(ROOT / "build" / "screenshots")})
    print(done.stdout[-4000:])
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]


def test_a_file_from_drop_to_findings():
    walk("data")


def test_a_source_from_the_form_to_figures():
    walk("sources")


def test_a_segment_by_clicking_and_typing():
    walk("segments")


def test_a_survey_from_the_form_to_the_answer():
    walk("surveys")


if __name__ == "__main__":
    main([test_the_page_in_a_browser, test_a_file_from_drop_to_findings, test_a_source_from_the_form_to_figures,
          test_a_segment_by_clicking_and_typing, test_a_survey_from_the_form_to_the_answer])
