#!/usr/bin/env bash
# ./run.sh            builds what is missing, loads the demo shop, prints the repurchase report, serves the web page
# ./run.sh FILE...    the same with your own files
# HUITOU_HOME (default: home) holds the data, HUITOU_PORT (default: 8710) is the page's port.
set -euo pipefail
case ${1:-} in -h | --help) sed -n '2,4s/^# //p' "$0"; exit ;; esac
cd "$(dirname "$0")"
home=${HUITOU_HOME:-home}
port=${HUITOU_PORT:-8710}
huitou=build/release/bin/huitou

sources_stamp() { find src web/src web/package-lock.json web/index.html deps CMakeLists.txt cmake -not -path '*/node_modules/*' -type f -printf '%T@ %p\n' | sort | cksum; }
if [ ! -x "$huitou" ] || [ ! -f web/dist/index.html ] || [ "$(cat build/release/.built 2>/dev/null)" != "$(sources_stamp)" ]; then
  bash tools/install.sh run
  cmake --preset release >/dev/null
  cmake --build --preset release
  (cd web && npm run --silent build)
  sources_stamp >build/release/.built
fi

[ -f "$home/huitou.toml" ] || "$huitou" --home "$home" init
if [ $# -gt 0 ]; then
  "$huitou" --home "$home" load "$@"
elif [ ! -f "$home/demo/orders.csv" ]; then
  "$huitou" --home "$home" demo --load
fi
"$huitou" --home "$home" report
exec "$huitou" --home "$home" serve --port "$port"
