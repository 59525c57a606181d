// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/workspace_scalar.h"

#include <algorithm>
#include <cctype>

namespace taktwerk {

std::string workspaceScalar(const std::string& text) {
  const auto plain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '/' || c == '.' || c == '-';
  };
  if (!text.empty() && (std::isalpha(static_cast<unsigned char>(text[0])) || text.starts_with("../")) &&
      std::all_of(text.begin(), text.end(), plain) && text != "null" && text != "true" && text != "false") {
    return text;
  }
  static constexpr char digits[] = "0123456789abcdef";
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      result += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    } else {
      result += c;
    }
  }
  return result + "\"";
}

}  // namespace taktwerk
