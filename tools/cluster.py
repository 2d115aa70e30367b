#!/usr/bin/env python3
"""A real ClickHouse cluster for tests: 2 shards x 2 replicas and a ZooKeeper, all below one folder.

    cluster.py start   --dir DIR [--json FILE]    start it and write how to reach it
    cluster.py stop    --dir DIR                  end every process of it
    cluster.py kill    --dir DIR --node N         end server N (0 to 3, shard = N // 2) or `zookeeper` at once
    cluster.py restart --dir DIR --node N         start it again
    cluster.py run     --dir DIR -- PROGRAM ...   start, run the program with HUITOU_CLUSTER set, stop

Needs Debian's packages clickhouse-server (18.16), zookeeper and a Java runtime; nothing is installed
as a service. Everything listens on 127.0.0.1 only, on ports that were free.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from cluster_files import CONFIG, USERS, ZOO_CFG

NAME = "huitou"
SHARDS = 2
REPLICAS = 2
ZOOKEEPER = "zookeeper"
START_ATTEMPTS = 4
START_SECONDS = 90
STOP_SECONDS = 3


class Failure(Exception):
    """Something the person who called has to know."""


# ---- processes ------------------------------------------------------------------------------------

def is_running(pid, folder):
    """Does process `pid` live, and is it one of ours? Numbers are used again, so its command must name our folder."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            if file.read().rpartition(")")[2].split()[0] in ("Z", "X"):
                return False
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return folder.encode() in file.read()
    except OSError:
        return False


def send_signal(pid, folder, sign):
    if is_running(pid, folder):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)


def wait_ended(pids, folder, seconds):
    end = time.monotonic() + seconds
    while any(is_running(pid, folder) for pid in pids):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def launch(command, home, log):
    with open(os.path.join(home, log), "ab") as out:
        process = subprocess.Popen(command, cwd=home, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                   start_new_session=True)
    return process


def tail(path, lines=15):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return "".join(file.readlines()[-lines:])
    except OSError:
        return ""


# ---- addresses ------------------------------------------------------------------------------------

def free_ports(count):
    """Ports below those the kernel gives to outgoing connections, so that none takes them before we do."""
    sockets, ports = [], []
    for port in random.sample(range(15000, 32000), 4000):
        with contextlib.suppress(OSError):
            probe = socket.socket()
            sockets.append(probe)
            probe.bind(("127.0.0.1", port))
            ports.append(port)
        if len(ports) == count:
            break
    for probe in sockets:
        probe.close()
    if len(ports) < count:
        raise Failure("no free ports between 15000 and 32000")
    return ports


def java_classes():
    return ":".join(["/usr/share/java/zookeeper.jar", "/usr/share/java/slf4j-simple.jar"])


def server_binary():
    for name in ("clickhouse-server", "/usr/sbin/clickhouse-server"):
        found = shutil.which(name)
        if found:
            return [found]
    found = shutil.which("clickhouse")
    if found:
        return [found, "server"]
    raise Failure("clickhouse-server is missing: apt-get install clickhouse-server")


# ---- ZooKeeper ------------------------------------------------------------------------------------

def zookeeper_serves(port):
    """True when it answers `srvr` as a server that hands out sessions; an open port is not enough."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"srvr")
            answer = b""
            while chunk := connection.recv(4096):
                answer += chunk
        return b"Mode:" in answer
    except OSError:
        return False


def start_zookeeper(state):
    home = os.path.join(state["dir"], ZOOKEEPER)
    os.makedirs(os.path.join(home, "data"), exist_ok=True)
    port = state["zookeeper"]["port"]
    config = os.path.join(home, "zoo.cfg")
    with open(config, "w", encoding="utf-8") as file:
        file.write(ZOO_CFG.format(home=home, port=port))
    java = shutil.which("java")
    if not java:
        raise Failure("java is missing: apt-get install default-jre-headless zookeeper")
    process = launch([java, "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dzookeeper.forceSync=no",
                      "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-cp", java_classes(),
                      "org.apache.zookeeper.server.quorum.QuorumPeerMain", config], home, "zookeeper.log")
    state["zookeeper"]["pid"] = process.pid
    save(state)
    wait_answer(lambda: zookeeper_serves(port), process, "zookeeper", os.path.join(home, "zookeeper.log"))


def wait_answer(answers, process, name, log):
    end = time.monotonic() + START_SECONDS
    while not answers():
        if process.poll() is not None:
            raise Failure(f"{name} ended with {process.returncode}:\n{tail(log)}")
        if time.monotonic() > end:
            raise Failure(f"{name} does not answer after {START_SECONDS} s:\n{tail(log)}")
        time.sleep(0.05)
    if process.poll() is not None:
        raise Failure(f"{name} ended with {process.returncode} and another program answers on its port")


# ---- servers --------------------------------------------------------------------------------------

def ask(node, query):
    """The server's answer, or None where it gives none."""
    try:
        request = urllib.request.Request(node["url"] + "/", data=query.encode())
        with urllib.request.urlopen(request, timeout=2) as answer:
            return answer.read().decode().strip()
    except (OSError, urllib.error.URLError, ValueError):
        return None


def server_ready(node):
    """It runs queries, is the server we mean, and has a session at ZooKeeper."""
    replica = ask(node, "SELECT substitution FROM system.macros WHERE macro = 'replica'")
    if replica != node["replica"]:
        return False
    return ask(node, "SELECT count() > 0 FROM system.zookeeper WHERE path = '/'") == "1"


def shards_xml(nodes):
    xml = ""
    for shard in range(SHARDS):
        xml += "<shard><internal_replication>true</internal_replication>"
        for node in nodes:
            if node["shard"] == shard:
                xml += f"<replica><host>127.0.0.1</host><port>{node['tcp']}</port></replica>"
        xml += "</shard>"
    return xml


def write_configuration(state, node):
    home = node["home"]
    for folder in ("data", "tmp", "user_files", "format_schemas"):
        os.makedirs(os.path.join(home, folder), exist_ok=True)
    with open(os.path.join(home, "config.xml"), "w", encoding="utf-8") as file:
        file.write(CONFIG.format(name=NAME, home=home, tcp=node["tcp"], http=node["http"], shard=node["shard"] + 1,
                                 interserver=node["interserver"], replica=node["replica"],
                                 zookeeper=state["zookeeper"]["port"], shards=shards_xml(state["nodes"])))
    with open(os.path.join(home, "users.xml"), "w", encoding="utf-8") as file:
        file.write(USERS)


def launch_server(node):
    home = node["home"]
    process = launch([*server_binary(), "--config-file", os.path.join(home, "config.xml")], home, "output.log")
    node["pid"] = process.pid
    return process


def start_servers(state, nodes):
    """Starts can fail while tables or sessions come up, so each server has several attempts."""
    waiting = list(nodes)
    reason = ""
    for _ in range(START_ATTEMPTS):
        processes = [(node, launch_server(node)) for node in waiting]
        save(state)
        failed = []
        for node, process in processes:
            try:
                wait_answer(lambda node=node: server_ready(node), process, node["replica"],
                            os.path.join(node["home"], "error.log"))
            except Failure as failure:
                reason = str(failure)
                send_signal(node["pid"], state["dir"], signal.SIGKILL)
                process.wait()
                failed.append(node)
        waiting = failed
        if not waiting:
            return
        time.sleep(0.5)
    raise Failure(f"{len(waiting)} servers did not start in {START_ATTEMPTS} attempts; the last said: {reason}")


# ---- state ----------------------------------------------------------------------------------------

def state_path(folder):
    return os.path.join(folder, "cluster.json")


def save(state):
    path = state_path(state["dir"])
    with open(path + ".new", "w", encoding="utf-8") as file:
        json.dump(state, file, indent=1)
    os.replace(path + ".new", path)


def load(folder):
    try:
        with open(state_path(folder), encoding="utf-8") as file:
            return json.load(file)
    except OSError as error:
        raise Failure(f"no cluster in {folder}: {error.strerror}") from error


def new_state(folder):
    ports = free_ports(1 + 3 * SHARDS * REPLICAS)
    nodes = []
    for number in range(SHARDS * REPLICAS):
        tcp, http, interserver = ports[1 + 3 * number:4 + 3 * number]
        nodes.append({"number": number, "shard": number // REPLICAS, "replica": f"node{number}",
                      "home": os.path.join(folder, f"node{number}"), "tcp": tcp, "http": http,
                      "interserver": interserver, "url": f"http://127.0.0.1:{http}", "pid": 0})
    shards = [[node["url"] for node in nodes if node["shard"] == shard] for shard in range(SHARDS)]
    return {"name": NAME, "dir": folder, "shards": shards, "nodes": nodes,
            "zookeeper": {"port": ports[0], "pid": 0}}


def pids_of(state):
    return [pid for pid in [*(node["pid"] for node in state["nodes"]), state["zookeeper"]["pid"]] if pid]


# ---- the commands ---------------------------------------------------------------------------------

def start(folder, json_path=None):
    if os.path.exists(state_path(folder)):
        if any(is_running(pid, folder) for pid in pids_of(load(folder))):
            raise Failure(f"a cluster runs in {folder}: stop it first")
        for name in (ZOOKEEPER, *(f"node{n}" for n in range(SHARDS * REPLICAS))):
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)
    os.makedirs(folder, exist_ok=True)
    state = new_state(folder)
    save(state)
    try:
        start_zookeeper(state)
        for node in state["nodes"]:
            write_configuration(state, node)
        start_servers(state, state["nodes"])
    except BaseException:
        stop(folder)
        raise
    if json_path:
        with open(json_path, "w", encoding="utf-8") as file:
            json.dump(state, file, indent=1)


def stop(folder):
    state = load(folder)
    servers = [node["pid"] for node in state["nodes"] if node["pid"]]
    for pids in (servers, [state["zookeeper"]["pid"]]):
        for pid in pids:
            send_signal(pid, folder, signal.SIGTERM)
        if not wait_ended(pids, folder, STOP_SECONDS):
            for pid in pids:
                send_signal(pid, folder, signal.SIGKILL)
            if not wait_ended(pids, folder, STOP_SECONDS):
                raise Failure(f"processes {pids} do not end")


def kill(folder, node):
    state = load(folder)
    pid = state["zookeeper"]["pid"] if node == ZOOKEEPER else state["nodes"][int(node)]["pid"]
    send_signal(pid, folder, signal.SIGKILL)
    if not wait_ended([pid], folder, STOP_SECONDS):
        raise Failure(f"process {pid} does not end")


def signal_node(folder, node, sign):
    """SIGSTOP: the server stays there and says nothing, until SIGCONT."""
    send_signal(load(folder)["nodes"][int(node)]["pid"], folder, sign)


def restart(folder, node):
    state = load(folder)
    kill(folder, node)
    if node == ZOOKEEPER:
        start_zookeeper(state)
    else:
        start_servers(state, [state["nodes"][int(node)]])


def run(folder, program):
    start(folder)
    try:
        environment = dict(os.environ, HUITOU_CLUSTER=state_path(folder))
        return subprocess.run(program, env=environment, check=False).returncode
    finally:
        stop(folder)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name in ("start", "stop", "kill", "restart", "pause", "resume", "run"):
        verb = verbs.add_parser(name)
        verb.add_argument("--dir", required=True, type=os.path.abspath)
        if name == "start":
            verb.add_argument("--json")
        if name in ("kill", "restart", "pause", "resume"):
            choices = [str(n) for n in range(SHARDS * REPLICAS)]
            choices += [ZOOKEEPER] if name in ("kill", "restart") else []
            verb.add_argument("--node", required=True, choices=choices)
        if name == "run":
            verb.add_argument("program", nargs="+")
    return parser.parse_args()


def main():
    given = arguments()
    try:
        if given.verb == "start":
            start(given.dir, given.json)
        elif given.verb == "stop":
            stop(given.dir)
        elif given.verb == "run":
            return run(given.dir, given.program)
        elif given.verb in ("pause", "resume"):
            signal_node(given.dir, given.node, signal.SIGSTOP if given.verb == "pause" else signal.SIGCONT)
        else:
            (kill if given.verb == "kill" else restart)(given.dir, given.node)
    except Failure as failure:
        print(f"cluster.py: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
