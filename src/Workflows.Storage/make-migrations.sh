#!/usr/bin/env bash
# Makes the first migration of the three providers anew from the model. For use before the first release only:
# afterwards a change of the model is a further migration (dotnet ef migrations add NAME -p src/Workflows.Storage.<Provider>).
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet tool restore >/dev/null
for provider in Sqlite Postgres SqlServer; do
  project="src/Workflows.Storage.$provider"
  rm -rf "$project/Migrations"
  dotnet build "$project" -v q --nologo -clp:ErrorsOnly
  dotnet ef migrations add Initial -p "$project" -s "$project" -o Migrations --no-build
done
