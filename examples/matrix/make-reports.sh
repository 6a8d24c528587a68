#!/usr/bin/env bash
# Runs one part of the tests, PART of PARTS, and writes its reports below reports/. Needs Node 20.19 or later.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf reports && mkdir reports
node --test --test-shard="$1/$2" --experimental-test-coverage \
  --test-reporter=lcov --test-reporter-destination=reports/lcov.info \
  --test-reporter=junit --test-reporter-destination=reports/junit.xml \
  test/*.test.js
