#!/usr/bin/env bash
# Makes every report under reports/ anew. Needs Python 3.11 with pytest, coverage, bandit and bandit-sarif-formatter (PyPI), and hyperfine.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf reports && mkdir reports

coverage run --source invoices -m pytest --quiet --junitxml reports/junit.xml tests
coverage xml --quiet -o reports/coverage.xml
bandit --quiet --recursive invoices --format sarif --output reports/bandit.sarif
hyperfine --warmup 3 --runs 20 --export-json reports/hyperfine.json --command-name invoice 'python3 -m invoices 1000x2 250x10 99x3'
rm -f .coverage
