#!/bin/sh
# Builds the virtual environment DIRECTORY with the first Python 3.11 or newer that has the venv module.
# usage: create_environment.sh DIRECTORY [PYTHON]     with PYTHON, that interpreter and no other
set -eu
directory=$1
chosen=${2-}

# A name on PATH proves little: version managers leave launchers there that only print an error. So each one is run.
without_venv=
try() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || return 0
    if "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        rm -rf "$directory"
        exec "$1" -m venv "$directory"
    fi
    without_venv=${without_venv:-$1}
}

if [ -n "$chosen" ]; then
    try "$chosen"
else
    for name in python3.13 python3.12 python3.11 python3.14 python3 python; do
        try "$name"
    done
fi

if [ -n "$without_venv" ]; then
    echo "Afterword needs Python's venv module, which $without_venv lacks: install it (on Debian and Ubuntu: apt install python3-venv) and run make again." >&2
elif [ -n "$chosen" ]; then
    echo "Afterword needs Python 3.11 or newer, and PYTHON=$chosen is not one that runs." >&2
else
    echo "Afterword needs Python 3.11 or newer and found none: install it from python.org or your system's packages, or name it with make PYTHON=/path/to/python3." >&2
fi
exit 1
