// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <ostream>

#include "core/report/difference_report.h"
#include "core/report/text_table.h"

namespace taktwerk {

namespace {

std::string kindInWords(StoredSource::Kind kind) {
  switch (kind) {
    case StoredSource::Kind::Architecture:
      return "architecture";
    case StoredSource::Kind::Network:
      return "network";
    case StoredSource::Kind::Mapping:
      break;
  }
  return "mapping";
}

std::string nameInWords(const std::string& path) {
  return path.empty() ? "(not saved)" : printable(path);
}

std::string linesInWords(std::size_t count) {
  return groupedDigits(static_cast<std::int64_t>(count)) + (count == 1 ? " line" : " lines");
}

}  // namespace

std::string sourceInWords(const SourceDifference& source) {
  std::string text = kindInWords(source.kind) + ' ';
  if (!source.inBefore) return text + nameInWords(source.now) + ": only now";
  if (!source.inNow) return text + nameInWords(source.before) + ": only before";
  text += nameInWords(source.before);
  if (source.before != source.now) text += " → " + nameInWords(source.now);
  if (!source.known) return text + ": what one of them said then is not known";
  return text + ": " + linesInWords(source.lines.removed) + " removed, " +
         groupedDigits(static_cast<std::int64_t>(source.lines.added)) + " added";
}

std::string limitsInWords(const LineDiff& lines) {
  std::string text;
  if (lines.coarse) {
    text =
        "They differ in too many places to find each: all between the first and the last is shown as "
        "replaced.";
  }
  if (lines.leftOut > 0) {
    text += (text.empty() ? "" : " ") + linesInWords(lines.leftOut) + " more are not shown.";
  }
  return text;
}

void writeSourcesText(std::ostream& out, const std::vector<SourceDifference>& sources) {
  for (const SourceDifference& source : sources) {
    out << '\n' << sourceInWords(source) << '\n';
    std::size_t width = 1;
    for (const DiffLine& line : source.lines.lines) {
      width = std::max(width, std::to_string(std::max(line.before, line.now)).size());
    }
    const auto number = [&](std::uint32_t line) {
      const std::string digits = line == 0 ? "" : std::to_string(line);
      return std::string(width - digits.size(), ' ') + digits;
    };
    for (const DiffLine& line : source.lines.lines) {
      if (line.kind == DiffLine::Kind::Skipped) {
        out << "  " << std::string(width, ' ') << ' ' << std::string(width, ' ') << " … "
            << linesInWords(line.skipped) << '\n';
        continue;
      }
      const char sign = line.kind == DiffLine::Kind::Removed ? '-'
                        : line.kind == DiffLine::Kind::Added ? '+'
                                                             : ' ';
      out << "  " << number(line.before) << ' ' << number(line.now) << ' ' << sign << ' '
          << printable(line.text) << '\n';
    }
    if (const std::string limits = limitsInWords(source.lines); !limits.empty())
      out << "  " << limits << '\n';
  }
}

}  // namespace taktwerk
