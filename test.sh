#!/usr/bin/env bash
# Installs what the tests need, builds, runs everything, and ends with one line: N passed, N failed.
# ./test.sh --help lists the steps; ./test.sh tidy fast runs only some.
set -euo pipefail
cd "$(dirname "$0")"
if [ "${1:-}" != --help ]; then
  bash tools/install.sh test
fi
exec python3 tools/run_tests.py "$@"
