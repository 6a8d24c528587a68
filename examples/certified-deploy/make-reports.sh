#!/usr/bin/env bash
# Makes the reports below reports/. Needs Node 20.19 or later and `npm install`.
set -euo pipefail
cd "$(dirname "$0")"

rm -rf reports && mkdir reports
node --test --experimental-test-coverage \
  --test-reporter=lcov --test-reporter-destination=reports/lcov.info \
  --test-reporter=junit --test-reporter-destination=reports/junit.xml \
  test/*.test.js
node load/fares.js reports/benchmark.json
node security/secrets.js sources reports/secretlint.sarif package.json src bin .github
