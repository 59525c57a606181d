// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/dot_text.h"

namespace taktwerk {

std::string dotQuoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') result += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) result += c;
  }
  return result + '"';
}

const char* dotColour(GraphEdgeKind kind) {
  switch (kind) {
    case GraphEdgeKind::Data:
      return "#1f6fb2";
    case GraphEdgeKind::Structural:
      return "#b5651d";
    case GraphEdgeKind::BufferFill:
      return "#7a4fa3";
    case GraphEdgeKind::Forward:
      return "#7b8794";
  }
  return "black";
}

}  // namespace taktwerk
