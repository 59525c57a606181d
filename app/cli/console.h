// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string_view>

#include "core/base/diagnostic.h"

namespace taktwerk::cli {

/// What the process says when it ends; scripts rely on these numbers.
enum class ExitStatus : int { Done = 0, WrongInput = 1, WrongCommandLine = 2, Cancelled = 130 };

/// Where a command writes: the result to `out` and nothing else, everything else to `err`.
///
///     if (!network) return console.refuse(network.diagnostics);
class Console {
 public:
  Console(std::ostream& out, std::ostream& err) : out_(out), err_(err) {}

  [[nodiscard]] std::ostream& out() const { return out_; }

  /// One line each, as compilers write them: `file:line:column: error: message`, errors before warnings. A
  /// problem without a place is put at 1:1. After 100 lines only the number of the rest is said.
  void report(Diagnostics diagnostics) const;

  /// A line beside the result, on standard error.
  void say(std::string_view line) const;

  /// Reports problems of the input and gives the status to end with.
  [[nodiscard]] ExitStatus refuse(const Diagnostics& diagnostics) const;

  /// Says what is wrong with the command line and gives the status to end with.
  [[nodiscard]] ExitStatus misused(std::string_view message) const;

  /// Flushes the result; a full disk or a closed pipe is an error of the input's kind.
  [[nodiscard]] ExitStatus finish() const;

  /// Ends the process at once, without freeing what it holds; files have to be closed before.
  [[noreturn]] void leave(ExitStatus status) const;

 private:
  std::ostream& out_;
  std::ostream& err_;
};

}  // namespace taktwerk::cli
