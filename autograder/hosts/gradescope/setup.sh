#!/usr/bin/env bash
# Gradescope runs this once, as root, while it builds the image. Running it again changes nothing.
# It needs the network; grading doesn't.
set -euo pipefail
umask 022 # student code runs as another user, who has to read the libraries
source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
venv=$source/.venv
export PATH=${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}
export LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive PIP_ROOT_USER_ACTION=ignore PIP_NO_CACHE_DIR=1
. "$source/settings" # ASSIGNMENT, POINTS
cd "$source"

stop() {
  echo "setup.sh: $1" >&2
  exit 1
}

# The first Python that is new enough and can make a virtual environment. A release candidate is
# not: Ubuntu 22.04 calls one of them python3.11, and torch can't be imported there.
find_python() {
  local each
  for each in ${PYTHON:-} python3.12 python3.13 python3.11 python3 python3.14; do
    if "$each" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11, 0, "final"))' 2>/dev/null
    then echo "$each"; return 0; fi
  done
  return 1
}

updated=
get() {
  [ -n "$updated" ] || apt-get update -qq >/dev/null || true
  updated=yes
  apt-get install -y --no-install-recommends "$@" >/dev/null
}

get_python() {
  command -v apt-get >/dev/null || stop "no Python from 3.11 on, and no apt-get: choose an Ubuntu base image"
  get ca-certificates || true
  local version
  for version in 3.12 3.13 3.11; do
    if apt-cache show "python$version-venv" >/dev/null 2>&1 && get "python$version" "python$version-venv" && find_python
    then return 0; fi
  done
  if grep -qs '^ID=ubuntu' /etc/os-release; then # Python's releases for older Ubuntus
    get software-properties-common && add-apt-repository -y ppa:deadsnakes/ppa >/dev/null &&
      apt-get update -qq >/dev/null && get python3.12 python3.12-venv && find_python && return 0
  fi
  stop "no Python from 3.11 on is to be had here: choose a newer base image, such as Ubuntu 24.04"
}

python=$(find_python) || python=$(get_python)
# The list of system calls that student code may use is enforced through this library.
if ! ldconfig -p 2>/dev/null | grep -q 'libseccomp\.so\.2'; then
  get libseccomp2 || echo "setup.sh: no libseccomp2: one layer of isolation less" >&2
fi

# What an earlier run has left half done can't be completed.
"$venv/bin/python" -m pip --version >/dev/null 2>&1 || rm -rf "$venv"
"$python" autograder/hosts/workstation.py
[ -x "$venv/bin/python" ] || stop "there is no environment"

# What student code may walk through, and what only the grader may read.
chmod 711 "$source"
chmod -R go-rwx solutions
chmod 755 run_autograder
for folder in "$source" "$(dirname "$(readlink -f "$venv/bin/python")")"; do
  while [ "${folder#/*}" != "$folder" ]; do
    chmod o+x "$folder" 2>/dev/null || true
    folder=${folder%/*}
  done
done

# One trial, student code included, so that "done" means that it grades.
if [ ! "$venv/tried" -nt "$venv/set-up-grade" ]; then
  trial=$source/trial
  rm -rf "$trial"
  mkdir -m 700 "$trial"
  "$venv/bin/python" -m autograder grade "$ASSIGNMENT" "solutions/$ASSIGNMENT/answers.py" \
    --format gradescope --output "$trial/results.json" >"$trial/said" 2>&1 || true
  score='import json, sys; print(format(json.load(open(sys.argv[1]))["score"], "g"))'
  got=$("$venv/bin/python" -c "$score" "$trial/results.json" 2>/dev/null) || got=nothing
  if [ "$got" != "$POINTS" ]; then
    cat "$trial/said" >&2
    stop "the key gets $got, not $POINTS points: answers can't be graded in this image, see above"
  fi
  rm -rf "$trial"
  touch "$venv/tried"
fi
echo "setup.sh: done, with $("$venv/bin/python" --version); the key gets $POINTS points"
