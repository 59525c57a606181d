// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "core/base/progress.h"

namespace taktwerk::cli {

/// How far a computation is, in words: "estimating: 42 %, about 12 s left", or, when the total is not known,
/// "estimating: 1,200,000 instructions". `seconds` have gone by since it began.
[[nodiscard]] std::string progressInWords(const std::string& what, const std::string& unit, std::int64_t done,
                                          std::int64_t total, double seconds);

/// The same with what is done in a second: "sweeping: 42 %, 230 points a second, about 12 s left".
[[nodiscard]] std::string progressWithRate(const std::string& what, const std::string& unit,
                                           std::int64_t done, std::int64_t total, double seconds);

/// Shows a computation's progress on standard error, on one line that renews itself, when that is a
/// terminal and the computation takes longer than a second; the line is wiped when it is over.
class ProgressLine {
 public:
  /// What the line says, once so many seconds have gone by; asked by a thread of its own.
  using Words = std::function<std::string(double seconds)>;
  explicit ProgressLine(Words words);
  /// Says `progressInWords`.
  ProgressLine(const Progress& progress, std::string what, std::string unit);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  /// Wipes the line and lets something be written in its place; it is shown again below.
  void giveWay(const std::function<void()>& write);

 private:
  void show();

  Words words_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool over_ = false;  ///< guarded by mutex_
  std::thread thread_;
};

}  // namespace taktwerk::cli
