// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include <algorithm>
#include <cstdlib>
#include <ostream>

#include "core/report/text_table.h"

namespace taktwerk::cli {

void Console::report(Diagnostics diagnostics) const {
  constexpr std::size_t limit = 100;
  std::stable_partition(diagnostics.begin(), diagnostics.end(),
                        [](const Diagnostic& d) { return d.severity == Severity::Error; });
  const std::size_t shown = std::min(diagnostics.size(), limit);
  for (std::size_t i = 0; i < shown; ++i) {
    Diagnostic& diagnostic = diagnostics[i];
    if (diagnostic.position.line == 0) diagnostic.position = {1, 1};
    err_ << printable(toString(diagnostic)) << '\n';
  }
  if (diagnostics.size() > shown) err_ << "and " << diagnostics.size() - shown << " more problems\n";
  err_.flush();
}

void Console::say(std::string_view line) const {
  err_ << printable(std::string(line)) << '\n';
  err_.flush();
}

ExitStatus Console::refuse(const Diagnostics& diagnostics) const {
  report(diagnostics);
  return ExitStatus::WrongInput;
}

ExitStatus Console::misused(std::string_view message) const {
  err_ << "taktwerk-cli: error: " << printable(message) << std::endl;
  return ExitStatus::WrongCommandLine;
}

ExitStatus Console::finish() const {
  out_.flush();
  if (out_) return ExitStatus::Done;
  err_ << "taktwerk-cli: error: the result could not be written to standard output" << std::endl;
  return ExitStatus::WrongInput;
}

void Console::leave(ExitStatus status) const {
  out_.flush();
  err_.flush();
  std::_Exit(static_cast<int>(status));
}

}  // namespace taktwerk::cli
