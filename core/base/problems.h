// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// How many problems of one file are kept; the rest is only counted, so that a hostile file cannot make a
/// mountain of messages.
struct ProblemLimits {
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  std::size_t all = 1000;
  std::size_t errors = none;
  std::size_t warnings = none;
};

/// Collects the problems of one file.
class Problems {
 public:
  explicit Problems(std::string file, ProblemLimits limits = {}) : file_(std::move(file)), limits_(limits) {}

  void error(SourcePosition position, std::string_view code, std::string message, std::string object = {}) {
    add({Severity::Error, file_, position, std::string(code), std::move(message), std::move(object)});
  }
  void warning(SourcePosition position, std::string_view code, std::string message, std::string object = {}) {
    add({Severity::Warning, file_, position, std::string(code), std::move(message), std::move(object)});
  }
  void append(Diagnostics diagnostics);
  /// From now on one problem at one place is told once, with how many more objects have it: for blocks that
  /// come from one line.
  void mergeRepeated() { merge_ = true; }

  [[nodiscard]] const std::string& file() const { return file_; }
  /// Whether there are any, kept or not.
  [[nodiscard]] bool hasErrors() const { return count(Severity::Error) > 0; }
  /// As many as there are, kept or not.
  [[nodiscard]] std::size_t count(Severity severity) const { return counts_[place(severity)]; }
  [[nodiscard]] const Diagnostics& kept() const { return diagnostics_; }
  [[nodiscard]] bool full() const { return diagnostics_.size() >= limits_.all; }
  /// `didYouMean`, for the first problems only: it compares with every candidate.
  [[nodiscard]] std::string suggestion(const std::string& name, const std::vector<std::string>& candidates);

  /// The problems by position. With a code, a last one of it tells how many were left out.
  [[nodiscard]] Diagnostics take(std::string_view ofOmitted = {}) &&;
  /// The problems in the order they were found in.
  [[nodiscard]] Diagnostics takeAsFound() &&;

 private:
  static constexpr std::size_t place(Severity severity) { return severity == Severity::Error ? 0 : 1; }
  void add(Diagnostic diagnostic);

  std::string file_;
  ProblemLimits limits_;
  Diagnostics diagnostics_;
  std::array<std::size_t, 2> counts_{}, kept_{};
  std::size_t omitted_ = 0;
  std::size_t suggestions_ = 0;
  bool merge_ = false;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::string>, std::pair<std::size_t, std::size_t>>
      places_;
};

}  // namespace taktwerk
