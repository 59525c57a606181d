// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace taktwerk {

/// Adds a byte as it stands between double quotes in YAML and in messages: line ends, tabs and other control
/// characters as escapes, everything else as it is (quotes and backslashes are the caller's).
inline void appendEscaped(std::string& text, char c) {
  if (c == '\n') {
    text += "\\n";
  } else if (c == '\t') {
    text += "\\t";
  } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
    constexpr char hex[] = "0123456789abcdef";
    text += "\\x";
    text += hex[static_cast<unsigned char>(c) >> 4U];
    text += hex[static_cast<unsigned char>(c) & 15U];
  } else {
    text += c;
  }
}

}  // namespace taktwerk
