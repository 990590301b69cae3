# On a fresh machine with Python 3.11 or newer, `make grade` and `make test` set up what they need.
PYTHON ?= python3
ASSIGNMENT ?= attention
SUBMISSIONS ?= solutions/$(ASSIGNMENT)/class
OUT ?= out
FILE ?= answers.py
IN = .venv/bin/python
T ?=
SETS ?=
HOST ?= student gradescope otter
# One path with spaces or brackets, as browsers name a second download, or several paths.
PATHS = @if test -e "$$GIVEN"; then set -- "$$GIVEN"; else set -- $$GIVEN; fi;

.PHONY: help setup grade check test attacks lint verify package bench clean

help:  ## what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup:  ## a virtual environment in .venv, once
	@$(PYTHON) autograder/hosts/workstation.py

grade: export GIVEN = $(SUBMISSIONS)
grade: setup  ## grade SUBMISSIONS= (the example class) of ASSIGNMENT= into OUT=
	$(PATHS) $(IN) -m autograder grade $(ASSIGNMENT) "$$@" --out "$(OUT)"

check: export GIVEN = $(FILE)
check: setup  ## what a student sees: check FILE=answers.py
	$(PATHS) $(IN) -m autograder check $(ASSIGNMENT) "$$@" || test $$? -eq 1

test: setup-dev  ## the tests; T=tests/language for some of them
	@$(IN) -m pytest $(T)

attacks: setup-dev  ## attack the grader: SETS= of root container user old split stock fuzz; see SECURITY.md
	@PYTHONPATH=tests $(IN) -m attacks $(SETS)

lint: setup-dev  ## style and types
	@$(IN) -m ruff check . && $(IN) -m ruff format --check . && $(IN) -m mypy

verify: setup-dev  ## the assignment proves its own key, bank and files
	@$(IN) -m autograder verify $(ASSIGNMENT)

package: setup  ## what students, Gradescope and otter-grader get, in dist/; HOST= for one
	@for host in $(HOST); do $(IN) -m autograder package $(ASSIGNMENT) $$host || exit; done

bench: setup-dev  ## timings, as ratios in one run
	@$(IN) tests/bench.py

clean:  ## remove what can be made again
	rm -rf .venv out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info

setup-%:
	@$(PYTHON) autograder/hosts/workstation.py $*
