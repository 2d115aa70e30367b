#!/usr/bin/env python3
"""Real source databases for tests: a MariaDB and a PostgreSQL on 127.0.0.1, all below one folder.

    databases.py start   --dir DIR [--json FILE]         start both and write how to reach them
    databases.py stop    --dir DIR                       end them
    databases.py kill    --dir DIR --server mysql        end one at once, as a power cut does
    databases.py restart --dir DIR --server postgresql   kill it and start it again
    databases.py sql     --dir DIR --server mysql        run the SQL that comes in as `owner`
    databases.py run     -- PROGRAM ...                  start, run the program with HUITOU_DATABASES set, stop

Both have a database `shop`, a user `owner` who may do everything in it and a user `reader` who may read.
Needs Debian's packages mariadb-server-core, mariadb-client-core, postgresql and openssl; no service is used. Neither
server works as root: there they run as `nobody`.
"""

import argparse
import contextlib
import glob
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from cluster import Failure, free_ports, send_signal, tail, wait_ended

SERVERS = ("mysql", "postgresql")
START_SECONDS = 60
STOP_SECONDS = 20
HOST = "127.0.0.1"


def program(name):
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/bin")
    versions = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))
    if not found and not versions:
        raise Failure(f"{name} is missing: apt-get install mariadb-server-core mariadb-client-core postgresql openssl")
    return versions[-1] if versions else found


def identity():
    """How the servers are started: not as root."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def own(path):
    os.makedirs(path, exist_ok=True)
    os.chmod(path, 0o700)
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(path, nobody.pw_uid, nobody.pw_gid)


def call(command, home, **more):
    done = subprocess.run(command, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                          **identity(), **more)
    if done.returncode != 0:
        raise Failure(f"{command[0]} failed: {done.stdout.decode('utf-8', 'replace')[-2000:]}")
    return done.stdout.decode("utf-8", "replace")


def launch(command, home):
    with open(os.path.join(home, "output.log"), "ab") as out:
        return subprocess.Popen(command, cwd=home, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                start_new_session=True, **identity())


def certify(home):
    """A certificate for 127.0.0.1 that signs itself: `certificate` and `key` in the server's home."""
    names = {"certificate": f"{home}/certificate.pem", "key": f"{home}/key.pem"}
    call([program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
          "-addext", f"subjectAltName=IP:{HOST}", "-keyout", names["key"], "-out", names["certificate"]], home)
    os.chmod(names["key"], 0o600)
    return names


# ---- MariaDB --------------------------------------------------------------------------------------

def mysql_client(server, user, password):
    return [program("mariadb"), "--no-defaults", f"--host={HOST}", f"--port={server['port']}", "--protocol=tcp",
            f"--user={user}", f"--password={password}", "--default-character-set=utf8mb4", "--batch", "--skip-column-names"]


def create_mysql(server):
    home = server["home"]
    call([program("mariadb-install-db"), "--no-defaults", f"--datadir={home}/data", "--skip-test-db",
          "--auth-root-authentication-method=normal"], home)


def start_mysql(server):
    home = server["home"]
    return launch([program("mariadbd"), "--no-defaults", f"--datadir={home}/data", f"--socket={home}/socket",
                   f"--pid-file={home}/pid", f"--port={server['port']}", f"--bind-address={HOST}",
                   "--innodb-buffer-pool-size=256M", "--innodb-flush-log-at-trx-commit=2", "--skip-log-bin",
                   "--max-allowed-packet=128M", "--character-set-server=utf8mb4", "--default-time-zone=+08:00", "--skip-name-resolve",
                   f"--ssl-cert={server['certificate']}", f"--ssl-key={server['key']}"], home)


def furnish_mysql(server):
    text = f"CREATE DATABASE shop; CREATE USER owner@'{HOST}' IDENTIFIED BY '{server['owner_password']}';" \
           f"CREATE USER reader@'{HOST}' IDENTIFIED BY '{server['password']}';" \
           f"GRANT ALL ON shop.* TO owner@'{HOST}'; GRANT PROCESS, CONNECTION ADMIN ON *.* TO owner@'{HOST}';" \
           f"GRANT SELECT, EXECUTE ON shop.* TO reader@'{HOST}';"
    call([program("mariadb"), "--no-defaults", f"--socket={server['home']}/socket", "--user=root"], server["home"],
         input=text.encode())


def mysql_ready(server):
    command = [program("mariadb"), "--no-defaults", f"--socket={server['home']}/socket", "--user=root", "-e", "SELECT 1"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


# ---- PostgreSQL -----------------------------------------------------------------------------------

def create_postgresql(server):
    call([program("initdb"), "-D", f"{server['home']}/data", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8",
          "-A", "trust", "--no-sync"], server["home"])
    with open(f"{server['home']}/data/pg_hba.conf", "w", encoding="utf-8") as file:
        file.write("local all postgres trust\n" f"host all all {HOST}/32 scram-sha-256\n")


def start_postgresql(server):
    home = server["home"]
    settings = {"listen_addresses": HOST, "port": server["port"], "unix_socket_directories": home, "fsync": "off",
                "shared_buffers": "256MB", "timezone": "Asia/Shanghai", "max_wal_size": "1GB", "log_statement": "none",
                "ssl": "on", "ssl_cert_file": server["certificate"], "ssl_key_file": server["key"]}
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    return launch([program("postgres"), "-D", f"{home}/data", *words], home)


def furnish_postgresql(server):
    text = f"CREATE ROLE owner LOGIN PASSWORD '{server['owner_password']}'; GRANT pg_signal_backend TO owner;" \
           f"CREATE ROLE reader LOGIN PASSWORD '{server['password']}'; CREATE DATABASE shop OWNER owner;"
    rights = "ALTER DEFAULT PRIVILEGES FOR ROLE owner GRANT SELECT ON TABLES TO reader; GRANT USAGE, CREATE ON SCHEMA public TO owner;"
    client = [program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", server["home"], "-p", str(server["port"]), "-U", "postgres"]
    for database, words in (("postgres", text), ("shop", rights)):
        call([*client, "-d", database], server["home"], input=words.encode())


def postgresql_ready(server):
    command = [program("psql"), "-X", "-h", server["home"], "-p", str(server["port"]), "-U", "postgres", "-d", "postgres",
               "-c", "SELECT 1"]
    return subprocess.run(command, capture_output=True, check=False, **identity()).returncode == 0


KINDS = {"mysql": (create_mysql, start_mysql, furnish_mysql, mysql_ready),
         "postgresql": (create_postgresql, start_postgresql, furnish_postgresql, postgresql_ready)}


# ---- state ----------------------------------------------------------------------------------------

def state_path(folder):
    return os.path.join(folder, "databases.json")


def save(state):
    with open(state_path(state["dir"]) + ".new", "w", encoding="utf-8") as file:
        json.dump(state, file, indent=1)
    os.replace(state_path(state["dir"]) + ".new", state_path(state["dir"]))


def load(folder):
    try:
        with open(state_path(folder), encoding="utf-8") as file:
            return json.load(file)
    except OSError as error:
        raise Failure(f"no databases in {folder}: {error.strerror}") from error


# ---- the commands ---------------------------------------------------------------------------------

def launch_server(state, name):
    server = state[name]
    _, begin, _, ready = KINDS[name]
    process = begin(server)
    server["pid"] = process.pid
    save(state)
    end = time.monotonic() + START_SECONDS
    while not ready(server):
        if process.poll() is not None or time.monotonic() > end:
            raise Failure(f"{name} does not start: {tail(os.path.join(server['home'], 'output.log'))}")
        time.sleep(0.05)


def start(folder, json_path=None):
    if os.path.exists(state_path(folder)):
        raise Failure(f"{folder} has been used: give another")
    os.makedirs(folder, exist_ok=True)
    os.chmod(folder, 0o755)
    ports = free_ports(len(SERVERS))
    state = {"dir": folder}
    for name, port in zip(SERVERS, ports):
        home = os.path.join(folder, name)
        own(home)
        state[name] = {"home": home, "host": HOST, "port": port, "database": "shop", "user": "reader", "owner": "owner",
                       "password": secrets.token_hex(12), "owner_password": secrets.token_hex(12), "pid": 0,
                       **certify(home)}
    save(state)
    try:
        for name in SERVERS:
            create, _, furnish, _ = KINDS[name]
            create(state[name])
            launch_server(state, name)
            furnish(state[name])
    except BaseException:
        stop(folder)
        raise
    if json_path:
        shutil.copyfile(state_path(folder), json_path)
    return state


def pids_of(state, name):
    return [state[name]["pid"]] if state[name]["pid"] else []


def stop(folder):
    state = load(folder)
    for name in SERVERS:
        for pid in pids_of(state, name):
            send_signal(pid, folder, signal.SIGINT if name == "postgresql" else signal.SIGTERM)
    for name in SERVERS:
        if not wait_ended(pids_of(state, name), folder, STOP_SECONDS):
            kill(folder, name)


def kill(folder, name):
    state = load(folder)
    for pid in pids_of(state, name):
        # PostgreSQL's children notice the end of their parent and go.
        send_signal(pid, folder, signal.SIGKILL if name == "mysql" else signal.SIGQUIT)
    if not wait_ended(pids_of(state, name), folder, STOP_SECONDS):
        raise Failure(f"{name} does not end")


def restart(folder, name):
    kill(folder, name)
    launch_server(load(folder), name)


def sql(state, name, text):
    """Runs statements as the owner; gives what the client prints: rows of tab-separated cells."""
    server = state[name]
    if name == "mysql":
        command = [*mysql_client(server, server["owner"], server["owner_password"]), server["database"]]
        environment = dict(os.environ)
    else:
        command = [program("psql"), "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", HOST,
                   "-p", str(server["port"]), "-U", server["owner"], "-d", server["database"]]
        environment = dict(os.environ, PGPASSWORD=server["owner_password"], PGCLIENTENCODING="UTF8")
    done = subprocess.run(command, input=text.encode(), env=environment, capture_output=True, check=False)
    if done.returncode != 0:
        raise Failure(f"{name}: {done.stderr.decode('utf-8', 'replace')[-2000:]}")
    return done.stdout.decode("utf-8", "replace")


@contextlib.contextmanager
def running():
    """Both servers in a folder of their own, gone afterwards; gives their state."""
    folder = tempfile.mkdtemp(prefix="huitou-databases-")
    try:
        state = start(folder)
        try:
            yield state
        finally:
            stop(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(words):
    with running() as state:
        environment = dict(os.environ, HUITOU_DATABASES=state_path(state["dir"]))
        return subprocess.run(words, env=environment, check=False).returncode


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name in ("start", "stop", "kill", "restart", "sql", "run"):
        verb = verbs.add_parser(name)
        if name != "run":
            verb.add_argument("--dir", required=True, type=os.path.abspath)
        if name == "start":
            verb.add_argument("--json")
        if name in ("kill", "restart", "sql"):
            verb.add_argument("--server", required=True, choices=SERVERS)
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
            return run(given.program)
        elif given.verb == "sql":
            print(sql(load(given.dir), given.server, sys.stdin.read()), end="")
        else:
            (kill if given.verb == "kill" else restart)(given.dir, given.server)
    except Failure as failure:
        print(f"databases.py: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
