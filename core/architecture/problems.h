// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// Collects the problems of one file. After `limit` of them the rest is only counted, so that a hostile
/// file cannot make a mountain of messages.
class Problems {
 public:
  static constexpr std::size_t limit = 1000;

  explicit Problems(std::string file) : file_(std::move(file)) {}

  void error(SourcePosition position, std::string code, std::string message, std::string object = {}) {
    add(Severity::Error, position, std::move(code), std::move(message), std::move(object));
  }
  void warning(SourcePosition position, std::string code, std::string message, std::string object = {}) {
    add(Severity::Warning, position, std::move(code), std::move(message), std::move(object));
  }
  void append(Diagnostics diagnostics);
  /// From now on one problem at one place is told once, with how many more objects have it: for blocks that
  /// come from one line.
  void mergeRepeated() { merge_ = true; }

  [[nodiscard]] bool hasErrors() const { return errors_ > 0; }
  /// `didYouMean`, for the first problems only: it compares with every candidate.
  [[nodiscard]] std::string suggestion(const std::string& name, const std::vector<std::string>& candidates);
  /// All problems by position, with a last one that tells how many were left out.
  [[nodiscard]] Diagnostics take() &&;

 private:
  void add(Severity severity, SourcePosition position, std::string code, std::string message,
           std::string object);

  std::string file_;
  Diagnostics diagnostics_;
  std::size_t errors_ = 0;
  std::size_t omitted_ = 0;
  std::size_t suggestions_ = 0;
  bool merge_ = false;
  std::map<std::tuple<std::uint32_t, std::uint32_t, std::string>, std::pair<std::size_t, std::size_t>>
      places_;
};

}  // namespace taktwerk
