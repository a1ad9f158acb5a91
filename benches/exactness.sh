#!/usr/bin/env bash
# Shows on any corpus that a literal search finds exactly the reports that hold a text:
#
#   benches/exactness.sh CORPUS [SAMPLES] [HARD] [SEED]
#
# CORPUS is what `xunwen ingest` takes. SAMPLES texts (2000) of 1 to 12 characters and HARD ones (300: single
# characters, punctuation, operators, a leading minus, inner blanks, the other width, characters beyond the first plane,
# cuts of 9 to 40) are drawn from it, looked for as `-F` does and in quotes, and compared with a plain scan of every report.
# The index is made in a temporary folder and thrown away. Ends with 1 where any set of hits differs.
set -euo pipefail
corpus=${1:?usage: benches/exactness.sh CORPUS [SAMPLES] [HARD] [SEED]}
xunwen=${XUNWEN:-target/release/xunwen}
[ -x "$xunwen" ] || cargo build --release --locked --quiet
index=$(mktemp -d)
trap 'rm -rf "$index"' EXIT
"$xunwen" ingest --quiet --index "$index/index" "$corpus" || [ $? -eq 3 ]
"$xunwen" doctor --index "$index/index" --samples "${2:-2000}" --hard "${3:-300}" --seed "${4:-1}"
