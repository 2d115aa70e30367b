#!/usr/bin/env python3
"""How many events a second are taken durably over HTTP, the load generator (wrk) on the same machine.

Usage: bench/events.py [--program build/release/bin/huitou] [--seconds 10] [--connections 128] [--sync-delay-ms 2]

Single events at full load, the same at half that load for its latency, batches of 100 at full load. With
--sync-delay-ms every sync to the disk takes so much longer. Says the load of the machine before it began, and
how long the engine took to have all of them.
"""
import argparse
import base64
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

LUA = """
local threads = 0
function setup(thread) threads = threads + 1; thread:set("number", threads) end
function init() sent = 0; wrk.method = "POST"; wrk.headers["Authorization"] = "Basic KEY"; wrk.headers["Content-Type"] = "application/json" end
local function event()
  sent = sent + 1
  return string.format('{"type":"track","event":"Product Viewed","messageId":"RUN-%d-%d","userId":"u%d","anonymousId":"a%d","originalTimestamp":"2025-01-01T10:00:00.000Z",' ..
    '"context":{"page":{"path":"/products/%d"},"sessionId":%d},"properties":{"product_id":"P%d","category":"coffee","price":12.5}}', number, sent, sent % 10000, sent % 10000, sent % 500, sent, sent % 500)
end
function request()
  local size = SIZE
  if size == 1 then return wrk.format(nil, "/v1/track", nil, event()) end
  local events = {}
  for i = 1, size do events[i] = event() end
  return wrk.format(nil, "/v1/batch", nil, '{"batch":[' .. table.concat(events, ",") .. ']}')
end
"""
SLOW_SYNC = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>
static int slow(const char *name, int file) {
  usleep(DELAY);
  return ((int (*)(int))dlsym(RTLD_NEXT, name))(file);
}
int fsync(int file) { return slow("fsync", file); }
int fdatasync(int file) { return slow("fdatasync", file); }
"""


def slow_sync(folder, milliseconds):
    source, library = Path(folder, "slow_sync.c"), Path(folder, "slow_sync.so")
    source.write_text(SLOW_SYNC.replace("DELAY", str(milliseconds * 1000)))
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return str(library)


def wrk(address, key, options, run, size, delay_ms=0):
    """(requests a second, 99th percentile in ms, requests answered with anything but 2xx)"""
    script = LUA.replace("KEY", base64.b64encode(f"{key}:".encode()).decode()).replace("SIZE", str(size)).replace("RUN", run)
    if delay_ms:
        script += f"function delay() return {delay_ms} end\n"
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        done = subprocess.run(["wrk", "-t2", f"-c{options.connections}", f"-d{options.seconds}s", "--latency", "-s", file.name, address],
                              capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done).group(1))
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", done).groups()
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
    return rate, float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit], int(refused.group(1)) if refused else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/release/bin/huitou")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=128)
    parser.add_argument("--sync-delay-ms", type=float, default=0)
    options = parser.parse_args()
    os.environ["HUITOU_PROGRAM"] = str(Path(options.program).resolve())
    from program import new_home
    print(f"load of the machine before: {os.getloadavg()[0]:.2f}, {os.cpu_count()} cores, sync delay {options.sync_delay_ms} ms")
    with new_home() as home, tempfile.TemporaryDirectory() as folder:
        key = home.ask("events", "keys", "add", "bench")[0]["write_key"]
        if options.sync_delay_ms:
            os.environ["LD_PRELOAD"] = slow_sync(folder, options.sync_delay_ms)
        with home.serve() as (address, _):
            os.environ.pop("LD_PRELOAD", None)
            full, p99, refused = wrk(address, key, options, "full", 1)
            print(f"single events, full load:  {full:>10,.0f} /s   p99 {p99:>8.1f} ms   refused {refused}")
            half, p99, refused = wrk(address, key, options, "half", 1, round(1000 * options.connections / (full / 2)))
            print(f"single events, half load:  {half:>10,.0f} /s   p99 {p99:>8.1f} ms   refused {refused}")
            batches, p99, refused = wrk(address, key, options, "batch", 100)
            print(f"batches of 100:            {100 * batches:>10,.0f} events/s   p99 {p99:>8.1f} ms   refused {refused}")
            began = time.monotonic()
            while any(note.startswith("Note") for note in home.run("events", "counts").splitlines()):
                time.sleep(0.5)
            print(f"moved to the engine {time.monotonic() - began:.1f} s after the last; in the table: {home.ask('events', 'counts', '--days', '36500')[0]['events']:,}")


if __name__ == "__main__":
    main()
