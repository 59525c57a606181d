// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quotes.h"

#include "core/base/escape.h"

namespace taktwerk {

std::string inQuotes(std::string_view text) {
  constexpr std::size_t longest = 80;
  std::string result = "\"";
  const bool cut = text.size() > longest;
  std::size_t size = cut ? longest : text.size();
  // Never cut a UTF-8 sequence in two.
  while (cut && size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  for (const char c : text.substr(0, size)) {
    appendEscaped(result, c);
  }
  return result + (cut ? "…\"" : "\"");
}

}  // namespace taktwerk
