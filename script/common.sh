# shellcheck shell=bash
# What the scripts share; sourced, not run.

set -euo pipefail

# Every script may be called from any folder and works in the top one of the project.
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Rust's own installer puts cargo here; a shell that was open before does not look there yet.
if ! command -v cargo >/dev/null && [ -x "${CARGO_HOME:-$HOME/.cargo}/bin/cargo" ]; then
    PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
fi

# Where cargo puts what it builds.
# shellcheck disable=SC2034  # used by those that source this
target=${CARGO_TARGET_DIR:-$PWD/target}

# Says what happens now.
say() { printf '\n\033[1m%s\033[0m\n' "$*" >&2; }

# Says what went wrong, and ends.
fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}
