#!/usr/bin/env bash
# Makes the reports below reports/ for the levels named, without any for all four. Needs Node 20.19 or later and `npm install`.
set -euo pipefail
cd "$(dirname "$0")"
[ $# -gt 0 ] || set -- component integration service system

for level in "$@"; do
  [ -d "test/$level" ] || { echo "make-reports.sh: there is no level $level" >&2; exit 2; }
  out="reports/$level"
  rm -rf "$out" && mkdir -p "$out"
  node --test --experimental-test-coverage \
    --test-reporter=lcov --test-reporter-destination="$out/lcov.info" \
    --test-reporter=junit --test-reporter-destination="$out/junit.xml" \
    "test/$level/"*.test.js
done

for level in "$@"; do
  out="reports/$level"
  case $level in
    component)
      node load/sale.js "$out/benchmark.json"
      node security/secrets.js sources "$out/secretlint.sarif" package.json src docs .github
      ;;
    service)
      log=$(mktemp)
      node load/prices.js "$out/benchmark.json" "$log"
      node security/secrets.js log "$out/secretlint.sarif" "$log"
      rm "$log"
      ;;
    # The program runs as a process of its own there: journeys are counted, not lines.
    system) rm "$out/lcov.info" ;;
  esac
done
