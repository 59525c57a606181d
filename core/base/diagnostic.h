// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace taktwerk {

/// A place in a text file; lines and columns count from 1 as editors do, 0 is "unknown".
/// Columns count bytes of UTF-8.
struct SourcePosition {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend bool operator==(const SourcePosition&, const SourcePosition&) = default;
};

enum class Severity : std::uint8_t { Error, Warning };

/// One problem of the user's input: where, what is wrong and what would be right.
/// Problems are collected, never thrown; an exception means a bug or a failing machine.
struct Diagnostic {
  Severity severity = Severity::Error;
  std::string file;         ///< as the user named it
  SourcePosition position;  ///< 1:1 where only the file as a whole can be named
  std::string code;         ///< stable, such as "A0412": one letter for the kind of file, four digits
  std::string message;  ///< one sentence, lower case, no full stop: "latency must be at least 0, found -3"
  std::string object;   ///< the architecture object, layer or mapping it is about, or empty
  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

/// `file:line:column: error: message [code]`, the form of compilers, which editors can jump to.
[[nodiscard]] std::string toString(const Diagnostic& diagnostic);

[[nodiscard]] bool hasErrors(const Diagnostics& diagnostics);

/// A value, or the problems that prevented it; a value may come with warnings.
///
///     Result<Network> network = readNetwork(path);
///     if (!network) return network.diagnostics;
template <class T>
struct Result {
  std::optional<T> value;
  Diagnostics diagnostics;

  Result() = default;
  Result(T v) : value(std::move(v)) {}  // NOLINT(google-explicit-constructor)
  Result(T v, Diagnostics d) : value(std::move(v)), diagnostics(std::move(d)) {}
  Result(Diagnostics d) : diagnostics(std::move(d)) {}           // NOLINT(google-explicit-constructor)
  Result(Diagnostic d) { diagnostics.push_back(std::move(d)); }  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return value.has_value(); }
  T& operator*() { return *value; }
  const T& operator*() const { return *value; }
  T* operator->() { return &*value; }
  const T* operator->() const { return &*value; }
};

/// "; did you mean \"alu\"?" for the candidate nearest to `name` by edit distance, or "" when none is near.
[[nodiscard]] std::string didYouMean(const std::string& name, const std::vector<std::string>& candidates);

}  // namespace taktwerk
