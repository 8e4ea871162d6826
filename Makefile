# The front door. `make help` lists the targets. CMake and Ninja do the work.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := build
JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
DETENTE := build/release/detente
REFERENCE := examples/security-guarantees-2021.yaml

.PHONY: help build demo test lint bench bench-strategic bench-large bench-trees bench-batch bench-read fuzz docs ci install dist clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\): .*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 26
	@echo "  Packages: demo, test, lint and fuzz first run tools/deps; DEPS=skip leaves the machine alone."

build: ## build/release: program, static and shared library (the default; touches nothing else)
	@command -v cmake >/dev/null && command -v ninja >/dev/null || { \
	  echo "cmake and ninja are needed: run tools/deps build, or as root:"; \
	  echo "    apt-get install -y --no-install-recommends $$(DEPS=list tools/deps build)"; exit 1; }
	@cmake --preset release >/dev/null
	@cmake --build --preset release -j $(JOBS)

demo: ## install what is missing, build, analyse the reference standoff: terminal and report.html
	@tools/deps demo
	@$(MAKE) build
	@$(DETENTE) report $(REFERENCE) -o report.html
	@$(DETENTE) report $(REFERENCE)
	@echo "The same with pictures: report.html"

test: ## install what is missing, build with sanitizers, run every test
	@tools/deps test
	@cmake --preset dev >/dev/null
	@cmake --build --preset dev -j $(JOBS)
	@ctest --preset dev -j $(JOBS)

lint: ## format, clang-tidy, layers, documents (FILES=... for some files only)
	@tools/deps lint
	@tools/lint $(FILES)

bench-strategic: build ## all equilibria of bimatrix games: times beside lrsnash's, counts compared
	@python3 bench/strategic.py

bench: build ## print each measured figure beside its target
	@cmake --build --preset release -j $(JOBS) --target bench_batch
	@python3 bench/run.py

bench-large: build ## one exact equilibrium of large games: lemke-howson, lp
	@cmake --build --preset release -j $(JOBS) --target bench_large
	@for n in 100 1000 2000 5000; do build/release/bench_large lemke-howson $$n 20 2>/dev/null; done
	@for n in 200 1000; do build/release/bench_large lp $$n 5 2>/dev/null; build/release/bench_large lp $$n 3 10 2>/dev/null; done

bench-read: build ## MB/s and memory of reading large game files
	@cmake --build --preset release -j $(JOBS) --target bench_read
	@python3 bench/read.py

bench-trees: build ## counterfactual regret minimisation: iterations a second, exploitability
	@cmake --build --preset release -j $(JOBS) --target bench_trees
	@build/release/bench_trees

bench-batch: build ## games per second of the batch solver, by vector kernel
	@cmake --build --preset release -j $(JOBS) --target bench_batch
	@for kernel in avx512 avx2 plain; do build/release/bench_batch --kernel $$kernel; done

fuzz: ## run each fuzz target for SECONDS (60) from its corpus
	@tools/deps lint
	@cmake --preset fuzz >/dev/null
	@cmake --build --preset fuzz -j $(JOBS)
	@tools/fuzz build/fuzz $(or $(SECONDS),60)

docs: ## check the documents: links, one page for each thing a user can name
	@python3 tools/check_docs.py

ci: ## what continuous integration runs
	@.ci/run

install: build ## install under PREFIX (/usr/local), or DESTDIR
	@cmake --install build/release --prefix $(PREFIX)

dist: ## build/detente-VERSION.tar.gz from the committed tree
	@mkdir -p build
	@version=$$(sed -n 's/.*DTN_VERSION_STRING "\(.*\)"/\1/p' include/detente/base.h); \
	  git archive --prefix=detente-$$version/ -o build/detente-$$version.tar.gz HEAD && \
	  echo build/detente-$$version.tar.gz

clean: ## remove build/
	@rm -rf build
