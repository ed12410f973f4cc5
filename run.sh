#!/usr/bin/env bash
# Sets up what is missing and runs the service, or passes a verb on: ./run.sh simulate esports-hotel --from 2026-12-01 ...
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
command -v dotnet >/dev/null || { echo "需要 .NET SDK 10：请先安装 dotnet。/ .NET SDK 10 is needed." >&2; exit 2; }

host="$root/artifacts/host"
# Build only when a source is newer than the last build, so that verbs start at once.
if [ ! -f "$host/workflows.dll" ] || [ -n "$(find "$root/src" "$root"/Directory.*.props "$root/.editorconfig" \
      \( -name bin -o -name obj -o -name node_modules -o -name dist \) -prune -o -type f -newer "$host/workflows.dll" -print -quit)" ]; then
  log=$(mktemp)
  if ! dotnet publish "$root/src/Workflows.Host" -c Release -o "$host" -v quiet --nologo >"$log" 2>&1; then
    cat "$log" >&2; rm -f "$log"; exit 1
  fi
  rm -f "$log"
  touch "$host/workflows.dll"
fi
export WORKFLOWS_HOME="${WORKFLOWS_HOME:-$root}"
# Watching the code in order to make it faster costs more than it wins in a run of minutes.
case "${1:-}" in simulate|coverage) export DOTNET_TieredPGO="${DOTNET_TieredPGO:-0}";; esac
exec dotnet "$host/workflows.dll" "$@"
