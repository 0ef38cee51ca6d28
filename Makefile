# Everything a person needs: make demo, make test, make check, make bench.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup demo test check bench bench-ingest faults faults-short lock clean browser

help: ## 列出可用的命令
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

# The lock is whole: without --no-deps pip resolves once more, and what a newer release of an extra
# asks for is not in it.
setup: $(VENV)/.ready ## 建立环境（按哈希锁定的依赖）

$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("需要 Python 3.11 或更新的版本，现在是 " + sys.version.split()[0] + "；可用 make PYTHON=python3.12 指定")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

demo: setup ## 启动演示：内嵌数据库、模拟的企业微信和钉钉、浏览器聊天页
	$(BIN)/liaison-bot demo

browser: ## 安装无头浏览器与中文字体（仅 Debian 系、有 root 权限时；否则浏览器测试会说明并跳过）
	@bash tests/support/install_browser.sh

# What depends on servers, processes and time may fail once on a busy machine: then it is run again
# and named in the summary.
test: setup browser ## 全部测试（真实 PostgreSQL 与 Valkey）
	$(BIN)/python -m pytest -n 3 --dist loadscope --no-loadscope-reorder --reruns 1 -r R

check: setup ## 格式、规范、类型、架构、依赖审计
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/architecture -q
	$(BIN)/python -m tests.support.audit

bench: setup $(VENV)-bench/.ready ## 性能比率（表格与 JSON，约八分钟）
	$(BIN)/python -m benchmarks

bench-ingest: setup $(VENV)-bench/.ready ## 接收回调的性能比率（一行 JSON，一分钟内）
	@$(BIN)/python -m benchmarks.ingest

$(VENV)-bench/.ready: requirements-bench.lock
	@$(PYTHON) -m venv $(VENV)-bench
	@$(VENV)-bench/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements-bench.lock
	@touch $@

faults: setup ## 故障演练：200 次 kill -9、磁盘写满、断网等，核对无丢失、无重复（每项一行 JSON，约四十分钟）
	@$(BIN)/python -m tests.faults.long

faults-short: setup ## 故障演练的短形式（一行 JSON，一分钟内）
	@$(BIN)/python -m tests.faults

lock: setup ## 依赖变更后重新锁定
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra tracing -c requirements.lock pyproject.toml -o requirements-tracing.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev --extra tracing -c requirements-tracing.lock pyproject.toml -o requirements-dev.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-bench.in -o requirements-bench.lock

clean: ## 删除环境与演示数据
	rm -rf $(VENV) $(VENV)-bench data .pytest_cache .mypy_cache .ruff_cache .hypothesis
