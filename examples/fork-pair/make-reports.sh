#!/usr/bin/env bash
# Makes every report below reports/ anew: tests with coverage, a benchmark, known flaws of dependencies.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf reports && mkdir -p reports

failed=0
node --test --experimental-test-coverage \
  --test-reporter=lcov --test-reporter-destination=reports/lcov.info \
  --test-reporter=junit --test-reporter-destination=reports/junit.xml \
  test/*.test.js || failed=1
node test/speed.js reports/benchmark.json
npm audit --no-update-notifier --json > reports/npm-audit.json || failed=1
exit "$failed"
