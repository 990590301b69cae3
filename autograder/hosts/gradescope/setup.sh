#!/usr/bin/env bash
# Gradescope runs this once, as root, while it builds the image. Running it again changes nothing.
# It needs the network; grading doesn't.
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export PATH=${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}
export DEBIAN_FRONTEND=noninteractive PIP_ROOT_USER_ACTION=ignore

# The first Python that is new enough and can make a virtual environment.
find_python() {
  local each
  for each in ${PYTHON:-} python3.12 python3.13 python3.11 python3 python3.14; do
    if "$each" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
    then echo "$each"; return 0; fi
  done
  return 1
}

get() {
  apt-get install -y --no-install-recommends "$@" >/dev/null
}

updated=
update() {
  [ -n "$updated" ] || apt-get update -qq
  updated=yes
}

if ! python=$(find_python); then
  update
  for version in 3.12 3.13 3.11; do
    if get "python$version" "python$version-venv"; then break; fi
  done
  python=$(find_python) || { echo "setup.sh: no Python from 3.11 on is to be had here" >&2; exit 1; }
fi
# The list of system calls that student code may use is enforced through this library.
if ! ldconfig -p 2>/dev/null | grep -q 'libseccomp\.so\.2'; then
  update
  get libseccomp2 || echo "setup.sh: no libseccomp2: one layer of isolation less" >&2
fi

"$python" "$source/autograder/hosts/workstation.py"
# What student code may walk through, and what only the grader may read.
chmod 711 "$source"
chmod -R go-rwx "$source/solutions"
chmod 755 "$source/run_autograder"
echo "setup.sh: done, with $("$source/.venv/bin/python" --version)"
