// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"

#include <algorithm>
#include <chrono>
#include <iostream>

#include <unistd.h>

#include "core/report/text_table.h"

namespace taktwerk::cli {

std::string progressInWords(const std::string& what, const std::string& unit, std::int64_t done,
                            std::int64_t total, double seconds) {
  if (total <= 0) return what + ": " + groupedDigits(done) + ' ' + unit;
  const double share = std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
  std::string text = what + ": " + std::to_string(static_cast<int>(share * 100)) + " %";
  if (share <= 0) return text;
  const double left = seconds * (1 - share) / share;
  return text + ", about " + (left > 0 ? durationInWords(std::max(1.0, left)) : "0 s") + " left";
}

std::string progressWithRate(const std::string& what, const std::string& unit, std::int64_t done,
                             std::int64_t total, double seconds) {
  std::string text = progressInWords(what, unit, done, total, seconds);
  if (seconds <= 0 || done <= 0) return text;
  const double rate = static_cast<double>(done) / seconds;
  const std::string number = rate >= 10 ? groupedDigits(static_cast<std::int64_t>(std::min(rate, 1e15)))
                                        : std::to_string(static_cast<int>(rate)) + '.' +
                                              std::to_string(static_cast<int>(rate * 10) % 10);
  const std::size_t left = text.find(", about ");
  return text.insert(std::min(left, text.size()), ", " + number + ' ' + unit + " a second");
}

ProgressLine::ProgressLine(const Progress& progress, std::string what, std::string unit)
    : ProgressLine([&progress, what = std::move(what), unit = std::move(unit)](double seconds) {
        return progressInWords(what, unit, progress.done, progress.total, seconds);
      }) {}

ProgressLine::ProgressLine(Words words) : words_(std::move(words)) {
  if (isatty(STDERR_FILENO) == 1) thread_ = std::thread([this] { show(); });
}

ProgressLine::~ProgressLine() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void ProgressLine::giveWay(const std::function<void()>& write) {
  const std::lock_guard lock(mutex_);
  if (thread_.joinable()) std::cerr << "\r\x1b[K" << std::flush;
  write();
}

void ProgressLine::show() {
  using namespace std::chrono_literals;
  const auto begin = std::chrono::steady_clock::now();
  bool shown = false;
  std::unique_lock lock(mutex_);
  for (auto pause = 1000ms; !wake_.wait_for(lock, pause, [this] { return over_; }); pause = 200ms) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    std::cerr << "\r\x1b[K" << words_(elapsed.count()) << std::flush;
    shown = true;
  }
  if (shown) std::cerr << "\r\x1b[K" << std::flush;
}

}  // namespace taktwerk::cli
