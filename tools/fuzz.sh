#!/usr/bin/env bash
# Fuzzes what takes bytes from outside: the file reader with its values, the readers of Excel and JSON, answers of
# sources, events and the orders in them, the rule language, and the literal renderer.
# Usage: tools/fuzz.sh SECONDS [reader|formats|answers|literal|body|orders|rule] - for so long each. A failing input is kept in build/fuzz.
# The inputs are drawn from HUITOU_FUZZ_SEED (1 where it is not set, so that a run can be done again; 0 draws a new one).
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?usage: tools/fuzz.sh SECONDS [reader|formats|answers|literal|body|orders|rule]}
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

reading=(src/base/result.cc src/base/date.cc src/ingest/formats/{archive,cells,json_lines,parquet,sheet,stored,workbook,xlsx,xml}.cc
         src/base/frame.cc src/engine/{native_read,parquet,parquet_block}.cc)
for part in bytes clock_text dates dialect encoding head inspect magic numbers quotes rows table text; do
  reading+=("src/ingest/$part.cc")
done
answers=(src/connectors/fuzz_answers.cc src/base/result.cc src/base/date.cc)
for part in fields position settings http_json/description http_json/document; do
  answers+=("src/connectors/$part.cc")
done
bodies=(src/collect/fuzz_body.cc src/schema/tables.cc src/base/result.cc src/base/date.cc src/base/frame.cc)
for part in body instant line rows; do bodies+=("src/collect/$part.cc"); done
rules=(src/segments/fuzz_rule.cc src/base/result.cc src/base/date.cc)
for part in check choices facts json lexer parser print read reader reader_values say words; do rules+=("src/segments/$part.cc"); done

# The facts as text in the program, as CMake does it.
facts() {
  local generated=$PWD/$out/generated/segments names
  mkdir -p "$generated"
  names=$(sed -n '/^set(HUITOU_FACTS/,/^)/p' src/segments/CMakeLists.txt | sed '1d;$d')
  { echo '#pragma once'; echo '#include <array>'; echo '#include <string_view>'; echo 'namespace huitou::segments {'
    echo "inline constexpr std::array<std::string_view, $(wc -w <<<"$names")> kFacts{"
    for name in $names; do echo "\"$name\","; done
    echo '}; }'; } >"$generated/list.h"
  cmake -DFOLDER=segments "-DROOT=$PWD/src/segments" "-DOUTPUT=$generated/embedded.cc" \
    "-DFILES=$(printf "$PWD/src/segments/facts/%s.sql;" $names)" -P cmake/embed.cmake
}

orders=(src/collect/fuzz_orders.cc src/collect/order_rows.cc src/collect/order_state.cc "${reading[@]}")
literal=(src/engine/fuzz_literal.cc src/engine/literal.cc src/base/result.cc src/base/date.cc)

fuzz() {  # name, seeds, sources
  local name=$1 seeds=$2
  shift 2
  local corpus=$out/corpus_$name
  mkdir -p "$corpus"
  "$compiler" "${flags[@]}" "$@" -o "$out/fuzz_$name" -lfmt -lz -lzip -lexpat -lsimdjson -lcctz
  echo "fuzzing $name for $seconds s"
  "$out/fuzz_$name" -max_total_time="$seconds" -max_len=4096 -seed="${HUITOU_FUZZ_SEED:-1}" -rss_limit_mb=2048 -timeout=10 \
    -verbosity=0 -print_funcs=0 -print_final_stats=1 -artifact_prefix="$out/failed_${name}_" "$corpus" $seeds
}

if [ -z "$only" ] || [ "$only" = reader ]; then
  fuzz reader src/ingest/fixtures/broken src/ingest/fuzz_reader.cc "${reading[@]}"
fi
if [ -z "$only" ] || [ "$only" = formats ]; then
  fuzz formats src/ingest/fixtures/formats src/ingest/fuzz_formats.cc "${reading[@]}"
fi
if [ -z "$only" ] || [ "$only" = answers ]; then
  fuzz answers src/connectors/http_json/fixtures "${answers[@]}"
fi
if [ -z "$only" ] || [ "$only" = literal ]; then
  fuzz literal "" "${literal[@]}"
fi
if [ -z "$only" ] || [ "$only" = body ]; then
  fuzz body src/collect/fixtures "${bodies[@]}"
fi
if [ -z "$only" ] || [ "$only" = rule ]; then
  facts
  fuzz rule src/segments/fixtures -I"$out/generated" "$out/generated/segments/embedded.cc" "${rules[@]}"
fi
if [ -z "$only" ] || [ "$only" = orders ]; then
  fuzz orders src/collect/fixtures "${orders[@]}"
fi
