#!/usr/bin/env bash
# Fuzzes what takes bytes from outside: the file reader with its values, and the literal renderer.
# Usage: tools/fuzz.sh SECONDS [reader|literal] - for so long each. A failing input is kept in build/fuzz.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?usage: tools/fuzz.sh SECONDS [reader|literal]}
only=${2:-}
out=build/fuzz
mkdir -p "$out"

compiler=
for candidate in clang++ clang++-{19,18,17,16,15,14}; do
  if command -v "$candidate" >/dev/null; then
    compiler=$candidate
    break
  fi
done
if [ -z "$compiler" ]; then
  echo "fuzzing needs clang++ (Debian package clang)" >&2
  exit 1
fi

flags=(-std=c++20 -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer,address,undefined
       -fno-sanitize-recover=all -Isrc)

reader=(src/ingest/fuzz_reader.cc src/base/result.cc src/base/date.cc)
for part in bytes clock_text dates dialect encoding inspect magic numbers quotes rows table text; do
  reader+=("src/ingest/$part.cc")
done
literal=(src/engine/fuzz_literal.cc src/engine/literal.cc src/base/result.cc src/base/date.cc)

fuzz() {  # name, seeds, sources
  local name=$1 seeds=$2
  shift 2
  local corpus=$out/corpus_$name
  mkdir -p "$corpus"
  "$compiler" "${flags[@]}" "$@" -o "$out/fuzz_$name" -lfmt -lz
  echo "fuzzing $name for $seconds s"
  "$out/fuzz_$name" -max_total_time="$seconds" -max_len=4096 -rss_limit_mb=2048 -timeout=10 \
    -verbosity=0 -print_funcs=0 -print_final_stats=1 -artifact_prefix="$out/failed_${name}_" "$corpus" $seeds
}

if [ -z "$only" ] || [ "$only" = reader ]; then
  fuzz reader src/ingest/fixtures/broken "${reader[@]}"
fi
if [ -z "$only" ] || [ "$only" = literal ]; then
  fuzz literal "" "${literal[@]}"
fi
