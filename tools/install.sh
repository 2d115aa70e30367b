#!/usr/bin/env bash
# Installs what is missing: `install.sh run` for building and serving, `install.sh test` for the tests as well.
# Debian packages and npm packages only. Says nothing when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

run_packages=(
  libexpat1-dev libsimdjson-dev libxlsxwriter-dev libzip-dev
  ca-certificates g++ cmake ninja-build ccache mold pkg-config nodejs
  libfmt-dev nlohmann-json3-dev libtomlplusplus-dev libyaml-cpp-dev libcctz-dev
  libcurl4-openssl-dev libsqlite3-dev libmariadb-dev libpq-dev librdkafka-dev zlib1g-dev libroaring-dev libsodium-dev librestinio-dev libasio-dev libhttp-parser-dev libboost-dev
)
test_packages=(
  libgtest-dev python3 clang-14 libclang-rt-14-dev clang-format-14
  clickhouse-server zookeeperd default-jre-headless mariadb-server-core mariadb-client-core postgresql openssl chromium fonts-noto-cjk git
)

install_packages() {
  local missing=()
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  # A Node.js from elsewhere serves as well, and so does its npm.
  command -v npm >/dev/null || missing+=(npm)
  if command -v node >/dev/null; then
    local kept=()
    for package in "${missing[@]}"; do [ "$package" = nodejs ] || kept+=("$package"); done
    missing=("${kept[@]}")
  fi
  [ "${#missing[@]}" -eq 0 ] && return
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Please install these packages as root: ${missing[*]}" >&2; exit 1; }
    sudo=(sudo)
  fi
  echo "Installing ${#missing[@]} packages: ${missing[*]}" >&2
  # Services that packages bring (a database server, say) are for the tests to start, not for the system.
  printf '#!/bin/sh\nexit 101\n' | "${sudo[@]}" tee /usr/sbin/policy-rc.d.huitou >/dev/null
  [ -e /usr/sbin/policy-rc.d ] || { "${sudo[@]}" cp /usr/sbin/policy-rc.d.huitou /usr/sbin/policy-rc.d; "${sudo[@]}" chmod +x /usr/sbin/policy-rc.d; local made=1; }
  "${sudo[@]}" rm -f /usr/sbin/policy-rc.d.huitou
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  [ -z "${made:-}" ] || "${sudo[@]}" rm -f /usr/sbin/policy-rc.d
}

# Installs a folder's npm packages as its lock file says, once for each lock file.
install_npm() {
  local folder=$1 stamp=$1/node_modules/.huitou-lock
  cmp -s "$folder/package-lock.json" "$stamp" && return
  echo "Installing the npm packages of $folder" >&2
  (cd "$folder" && npm ci --loglevel error --no-audit --no-fund)
  cp "$folder/package-lock.json" "$stamp"
}

case ${1:-run} in
  run) install_packages "${run_packages[@]}" ;;
  test) install_packages "${run_packages[@]}" "${test_packages[@]}" ;;
  *) echo "usage: install.sh run|test" >&2; exit 2 ;;
esac
install_npm deps/chdb
install_npm web
