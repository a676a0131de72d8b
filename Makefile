# woven: OVN's brain as rules. `make help` lists what there is.
export CGO_ENABLED = 0
GO ?= go
SEEDS ?= 4

.PHONY: help build run test check bench golden-update parity e2e fmt clean

help: ## list the targets
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

build: ## bin/woven, bin/woven-northd and bin/woven-controller
	$(GO) build -o bin/ ./cmd/...

run: build ## the example network: logical flows, the way of a packet through them, OpenFlow flows
	@bin/woven run

test: ## install what the tests need (Debian's OVN and OVS) and run everything
	@scripts/install-ovn.sh
	$(GO) test -timeout 20m ./...

check: ## formatting, vet, staticcheck, generated files, imports
	@scripts/install-ovn.sh
	@test -z "$$(gofmt -l .)" || { echo "not formatted (make fmt):"; gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	$(GO) test -count=1 ./internal/tidy ./relations/ovsschema

bench: build ## the engine's workloads; see docs/performance.md
	bin/woven bench engine

golden-update: ## rewrite the expected parts of the golden cases; read the diff afterwards
	$(GO) run ./cmd/woven test -update

parity: build ## compare with Debian's daemons; SEEDS=20 for more random scenarios
	@scripts/install-ovn.sh
	$(GO) test ./internal/parity -count=1 -timeout 60m -v -run Parity -args -seeds=$(SEEDS)
	$(GO) test ./internal/controller -count=1 -timeout 60m -v -run Agree -args -seeds=$(SEEDS) -rounds=8

e2e: ## packets through whole stacks of woven's and Debian's daemons; needs root
	@scripts/install-ovn.sh
	$(GO) test ./internal/testbed/e2e -count=1 -timeout 20m -v

fmt: ## format the Go files
	gofmt -w .

clean: ## remove what build made
	rm -rf bin
