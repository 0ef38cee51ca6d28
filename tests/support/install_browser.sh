#!/usr/bin/env bash
# Installs Debian's Chromium and a Chinese font for the browser tests, where that is possible.
set -u
if command -v chromium >/dev/null 2>&1 && fc-list :lang=zh 2>/dev/null | grep -q .; then
  exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "浏览器测试将跳过：未找到 chromium，且当前用户无法用 apt-get 安装。"
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
if apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-cjk >/dev/null; then
  exit 0
fi
echo "浏览器测试将跳过：apt-get 未能安装 chromium。"
