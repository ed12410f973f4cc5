#!/usr/bin/env bash
# Sets up what the tests need (as root also PostgreSQL, Chromium and Chinese fonts from Debian) and runs them all. The last line is "N passed, N failed".
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# What is set up below has to be there: a test that finds no browser fails instead of looking at less.
export WORKFLOWS_TESTS_COMPLETE=1

if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null || exit 1
  else
    echo "The tests start a private PostgreSQL: install Debian's package postgresql first." >&2; exit 2
  fi
fi

missing=()
command -v chromium >/dev/null || missing+=(chromium)
[ -n "$(find /usr/share/fonts -iname 'NotoSansCJK*' -print -quit 2>/dev/null)" ] || missing+=(fonts-noto-cjk)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null || exit 1
  else
    echo "The tests look at the pages in a browser: install Debian's ${missing[*]} first." >&2; exit 2
  fi
fi

dotnet build Workflows.slnx -c Release -v quiet --nologo || { echo "0 passed, 1 failed"; exit 1; }
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
failed_runs=0
for project in tests/*/*.csproj; do
  name=$(basename "$project" .csproj)
  echo "== $name"
  dotnet test "$project" -c Release --no-build --nologo -v quiet --logger "trx;LogFileName=$name.trx" --results-directory "$results" "$@" || failed_runs=$((failed_runs + 1))
done

# Why each test failed, in a few lines: whoever reads only the end of the output finds it there.
for result in "$results"/*.trx; do
  [ -f "$result" ] && awk '
    /<UnitTestResult / { name = match($0, / testName="[^"]*"/) ? substr($0, RSTART + 11, RLENGTH - 12) : ""; failed = /outcome="Failed"/ }
    failed && /<Message>/ { print "-- " name; telling = 1; left = 12 }
    failed && /<StackTrace>/ { telling = 1; left = 6 }
    telling && left-- > 0 { line = $0; gsub(/<[^>]*>/, "", line); gsub(/^ +/, "", line); print "   " substr(line, 1, 300) }
    /<\/Message>|<\/StackTrace>/ { telling = 0 }
  ' "$result"
done

# Sums one attribute of the result files' counters.
count() { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(count passed)
failed=$(count failed)
# A project that crashed leaves no counters; it counts as one failure.
crashed=0
for project in tests/*/*.csproj; do [ -f "$results/$(basename "$project" .csproj).trx" ] || crashed=$((crashed + 1)); done
failed=$((failed + crashed))
[ "$failed_runs" = 0 ] || [ "$failed" -gt 0 ] || failed=1
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
