#!/usr/bin/env bash
# Makes every report under reports/ anew. Needs Node 22 or later, k6 (https://k6.io) and njsscan (PyPI).
set -euo pipefail
cd "$(dirname "$0")"
rm -rf reports && mkdir -p reports/component reports/integration

for level in component integration; do
  node --test --experimental-test-coverage --test-coverage-include='src/**' \
    --test-reporter=lcov --test-reporter-destination="reports/$level/lcov.info" \
    --test-reporter=junit --test-reporter-destination="reports/$level/junit.xml" \
    "test/$level/"*.test.js
done

njsscan --sarif --output reports/njsscan.sarif src || [ -s reports/njsscan.sarif ]

# Whatever else runs on this machine keeps its ports.
free_port() { node -p 'const s = require("node:net").createServer().listen(0); const { port } = s.address(); s.close(); port'; }
carrier_port=$(free_port)
port=$(free_port)
PORT=$carrier_port node load/carrier.js & carrier=$!
quotes=$(mktemp -d)
PORT=$port CARRIER_URL=http://127.0.0.1:$carrier_port QUOTES_FILE="$quotes/quotes.jsonl" node src/main.js & service=$!
trap 'kill $carrier $service; rm -rf "$quotes"' EXIT
sleep 1
SERVICE_URL=http://127.0.0.1:$port k6 run --quiet --summary-export reports/k6-summary.json load/quotes.js
