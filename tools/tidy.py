#!/usr/bin/env python3
"""Checks the rules of the house that a compiler does not know. Prints one line a breach.

Ends with `N passed, N failed`, a rule each; exit status 1 if any rule is broken.
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPEN = {"base", "math"}
FILE_LINES, FUNCTION_LINES = 400, 60
CODE = {".cc", ".h", ".ts", ".tsx", ".py", ".mjs", ".sh", ".cmake"}


def tracked():
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT,
                           capture_output=True, text=True, check=True).stdout.split("\n")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def text_of(path):
    return path.read_text(encoding="utf-8", errors="replace")


def place(path, line=0):
    return f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))


def layers():
    allowed = {}
    for line in text_of(ROOT / "tools/layers.txt").splitlines():
        if line.strip() and not line.startswith("#"):
            folder, uses = line.split(":")
            allowed[folder.strip()] = set(uses.split()) | {folder.strip()}
    return allowed


def check_layers(files):
    """A folder uses only the folders that layers.txt allows."""
    allowed = layers()
    for path in sources(files):
        folder = path.relative_to(ROOT / "src").parts[0]
        if folder not in allowed:
            yield f"{place(path)}: the folder '{folder}' is not in tools/layers.txt"
            continue
        for number, used, _ in includes(path):
            is_test = path.name.endswith("_test.cc") or path.name.startswith("testing")
            if used in allowed and used not in allowed[folder] and not is_test:
                yield f"{place(path, number)}: {folder} may not use {used}"


def check_doors(files):
    """From outside, a folder is entered through the header that bears its name."""
    known = set(layers())
    for path in sources(files):
        folder = path.relative_to(ROOT / "src").parts[0]
        for number, used, name in includes(path):
            door = name in (f"{used}/{used}.h", f"{used}/testing.h")
            if used in known and used != folder and used not in OPEN and not door:
                yield f"{place(path, number)}: enter {used} through {used}/{used}.h, not {name}"


def sources(files):
    return [f for f in files if f.is_relative_to(ROOT / "src") and f.suffix in {".cc", ".h"}]


def includes(path):
    for number, line in enumerate(text_of(path).splitlines(), 1):
        found = re.match(r'#include "((\w+)/[\w./]+)"', line)
        if found:
            yield number, found.group(2), found.group(1)


def check_file_length(files):
    """No file of code is longer than 400 lines."""
    for path in files:
        if path.suffix in CODE | {".sql"} and not is_generated(path):
            lines = text_of(path).count("\n")
            if lines > FILE_LINES:
                yield f"{place(path)}: {lines} lines, at most {FILE_LINES}"


def is_generated(path):
    head = text_of(path)[:400]
    return "Generated from" in head or path.name.endswith("lock.json")


def check_function_length(files):
    """No function is longer than 60 lines."""
    for path in files:
        if path.suffix not in {".cc", ".h", ".ts", ".tsx", ".mjs"} or is_generated(path):
            continue
        begin = None
        for number, line in enumerate(text_of(path).splitlines(), 1):
            indent = len(line) - len(line.lstrip())
            opens = re.search(r"\)[^;()]*\{$|=> \{$", line) and not re.match(
                r"\s*(if|for|while|switch|namespace|else|\}|TEST)", line)
            if begin is None and indent <= 2 and (opens or line.startswith("TEST")):
                begin = (number, indent)
            elif begin and re.match(r"\s{%d}\}" % begin[1], line) and indent == begin[1]:
                if number - begin[0] + 1 > FUNCTION_LINES:
                    yield f"{place(path, begin[0])}: a function of {number - begin[0] + 1} lines, at most {FUNCTION_LINES}"
                begin = None


SQL_BANNED = {
    r"SELECT\s+\*": "name the columns",
    r"\bnow\s*\(|\btoday\s*\(": "time is an argument",
    r"\bWITH\b": "no CTE: name a relation",
    r"\bOVER\s*\(": "no window functions",
    r"ANY\s+INNER": "ANY INNER JOIN means two things on the two engines",
    r"(?<!ALL )(?<!ALL INNER )(?<!ALL LEFT )(?<!ANY LEFT )\bJOIN\b(?<!ARRAY JOIN)": "a join says ALL or ANY LEFT",
    r"\btopK\b": "topK is approximate",
    r"\bround\s*\(|\bformatDateTime\s*\(": "round and format in C++",
    r"\b86400\b": "days are calendar days",
    r"/\s*(count|sum)\w*\s*\(": "a denominator stands in nullIf",
    r"skip_unavailable_shards": "never half the data",
    r"\brand\w*\s*\(": "chance is an argument",
}


def check_sql(files):
    """Query texts keep to the common core of the dialect."""
    for path in files:
        if path.suffix != ".sql":
            continue
        lines = text_of(path).splitlines()
        if not lines or not lines[0].startswith("--"):
            yield f"{place(path, 1)}: begins with a comment that says what it is"
        for number, line in enumerate(lines, 1):
            code = re.sub(r"--.*", "", line).replace("ARRAY JOIN", "")
            for banned, why in SQL_BANNED.items():
                if re.search(banned, code):
                    yield f"{place(path, number)}: {why}"


FORBIDDEN = {
    r"\b(TODO|FIXME|XXX)\b": "an unfinished mark",
    r"/(work|root|home/\w+|tmp/spike)/": "a path of a machine",
    r"std::cout": "the library prints nothing",
    r"\b(std::)?s?rand\(": "chance is an argument",
}
ALLOWED = {"std::cout": ("src/cli/", "bench/")}


def check_words(files):
    """No unfinished marks, machine paths or stray output."""
    for path in files:
        if path.suffix not in CODE | {".md", ".json", ".yaml", ".toml"} or path.name == "tidy.py" or is_generated(path):
            continue
        for number, line in enumerate(text_of(path).splitlines(), 1):
            for banned, why in FORBIDDEN.items():
                excused = any(place(path).startswith(folder) for folder in ALLOWED.get(banned, ()))
                if re.search(banned, line) and not excused:
                    yield f"{place(path, number)}: {why}"


def check_pragma(files):
    """Every header can be included twice and is reached by nothing outside its root."""
    for path in sources(files):
        if path.suffix == ".h" and "#pragma once" not in text_of(path):
            yield f"{place(path)}: no #pragma once"


def check_decisions(files):
    """Every decision record is listed in docs/decisions/README.md."""
    listed = text_of(ROOT / "docs/decisions/README.md")
    for path in files:
        if path.parent == ROOT / "docs/decisions" and path.name != "README.md" and path.name not in listed:
            yield f"{place(path)}: not listed in docs/decisions/README.md"


def check_links(files):
    """Links between our own documents lead somewhere."""
    for path in files:
        if path.suffix != ".md":
            continue
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text_of(path)):
            if not (path.parent / target).exists():
                yield f"{place(path)}: leads to '{target}', which is not there"


def main():
    files = tracked()
    rules = [check_layers, check_doors, check_file_length, check_function_length, check_sql,
             check_words, check_pragma, check_decisions, check_links]
    failed = 0
    for rule in rules:
        breaches = list(rule(files))
        failed += bool(breaches)
        for breach in breaches:
            print(breach)
    print(f"{len(rules) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
