// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <ostream>
#include <set>

#include "core/drawing/palette.h"
#include "core/report/graph_files.h"
#include "core/report/svg_text.h"

namespace taktwerk {

namespace {

constexpr double laneHeight = 18, laneGap = 3, bandGap = 8, labelWidth = 130, topMargin = 64,
                 rightMargin = 24;
constexpr double textWidth = 5.6;  // of a character of 9.5 px, roughly

struct Bar {
  double left = 0, right = 0, top = 0;
  [[nodiscard]] double middle() const { return top + laneHeight / 2; }
};

BlockKind blockKindOf(NodeKind kind) {
  switch (kind) {
    case NodeKind::Fetch:
    case NodeKind::Buffer:
      return BlockKind::Control;
    case NodeKind::Stage:
      return BlockKind::Stage;
    case NodeKind::Unit:
    case NodeKind::Compute:
      return BlockKind::Compute;
    case NodeKind::Access:
      return BlockKind::OnChipMemory;
  }
  return BlockKind::Unknown;
}

class Drawing {
 public:
  Drawing(std::ostream& out, const GraphWindow& window)
      : out_(out), window_(window), palette_(lightPalette()) {
    layOut();
  }

  void write() {
    const double width = xOf(to_) + rightMargin;
    out_ << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << width << "\" height=\"" << height_
         << "\" viewBox=\"0 0 " << width << ' ' << height_
         << "\" font-family=\"sans-serif\" font-size=\"9.5\">\n"
         << "<rect width=\"100%\" height=\"100%\" fill=\"" << toHex(palette_.canvas) << "\"/>\n"
         << "<text x=\"12\" y=\"20\" font-size=\"13\" font-weight=\"bold\" fill=\"" << toHex(palette_.text)
         << "\">" << svgEscaped(window_.title) << "</text>\n";
    legend();
    grid(width);
    for (const auto& [instruction, top] : bandTop_) label(instruction, top, width);
    for (const bool critical : {false, true}) {
      for (const GraphEdge& edge : window_.graph.edges) {
        if (edge.critical == critical) this->edge(edge);
      }
    }
    for (std::size_t n = 0; n < bars_.size(); ++n) bar(n);
    out_ << "</svg>\n";
  }

 private:
  [[nodiscard]] double xOf(Cycles cycle) const {
    return labelWidth + static_cast<double>(std::clamp(cycle, from_, to_) - from_) * perCycle_;
  }

  void layOut() {
    const auto& nodes = window_.graph.nodes;
    bool first = true;
    for (const GraphNode& node : nodes) {
      if (node.instruction < window_.first || node.instruction >= window_.end) continue;
      from_ = first ? node.enter : std::min(from_, node.enter);
      to_ = first ? node.leave : std::max(to_, node.leave);
      first = false;
    }
    // What lies outside the window may have begun long before; of that only the end is of interest.
    const Cycles earliest = from_ - (to_ - from_) / 5;
    for (const GraphNode& node : nodes) from_ = std::min(from_, std::max(node.enter, earliest));
    for (const GraphNode& node : nodes) to_ = std::max(to_, std::min(node.leave, to_ + (to_ - from_) / 5));
    perCycle_ = std::clamp(1500.0 / static_cast<double>(std::max<Cycles>(1, to_ - from_)), 6.0, 44.0);
    std::map<std::int64_t, std::vector<std::size_t>> byInstruction;
    for (std::size_t n = 0; n < nodes.size(); ++n) byInstruction[nodes[n].instruction].push_back(n);
    bars_.resize(nodes.size());
    double top = topMargin;
    for (auto& [instruction, members] : byInstruction) {
      bandTop_[instruction] = top;
      // A node goes to the first lane whose last bar has ended; bars of no duration are drawn as marks.
      std::vector<double> laneEnds;
      std::stable_sort(members.begin(), members.end(),
                       [&](std::size_t a, std::size_t b) { return nodes[a].enter < nodes[b].enter; });
      for (const std::size_t n : members) {
        Bar& bar = bars_[n];
        bar.left = xOf(nodes[n].enter);
        bar.right = std::max(xOf(nodes[n].leave), bar.left + 3);
        std::size_t lane = 0;
        while (lane < laneEnds.size() && laneEnds[lane] > bar.left + 0.01) ++lane;
        if (lane == laneEnds.size()) laneEnds.push_back(0);
        laneEnds[lane] = bar.right;
        bar.top = top + static_cast<double>(lane) * (laneHeight + laneGap);
      }
      top += static_cast<double>(laneEnds.size()) * (laneHeight + laneGap) + bandGap;
    }
    height_ = top + 20;
  }

  void legend() {
    double x = 12;
    const double y = 37;
    const auto entry = [&](const std::string& text, const std::string& shape, double space) {
      out_ << shape << "<text x=\"" << x + space << "\" y=\"" << y + 3.5 << "\" fill=\""
           << toHex(palette_.mutedText) << "\">" << text << "</text>\n";
      x += space + static_cast<double>(text.size()) * textWidth + 16;
    };
    const auto line = [&](const std::string& colour, double width) {
      return "<path d=\"M" + std::to_string(x) + ' ' + std::to_string(y) + "h20\" stroke=\"" + colour +
             "\" stroke-width=\"" + std::to_string(width) + "\"/>";
    };
    entry("critical path", line(toHex(palette_.critical), 2.5), 26);
    for (const GraphEdgeKind kind : {GraphEdgeKind::Data, GraphEdgeKind::Structural,
                                     GraphEdgeKind::BufferFill, GraphEdgeKind::Forward}) {
      entry(toString(kind), line(colourOf(kind), 1.4), 26);
    }
    entry("thin: a reason that did not decide", line(toHex(palette_.mutedText), 0.5), 26);
  }

  void grid(double width) {
    Cycles step = 1;
    for (const Cycles next : {2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000}) {
      if (static_cast<double>(step) * perCycle_ >= 42) break;
      step = next;
    }
    for (Cycles cycle = (from_ + step - 1) / step * step; cycle <= to_; cycle += step) {
      out_ << "<path d=\"M" << xOf(cycle) << ' ' << topMargin - 6 << "V" << height_ - 16 << "\" stroke=\""
           << toHex(palette_.grid) << "\"/><text x=\"" << xOf(cycle) << "\" y=\"" << topMargin - 10
           << "\" text-anchor=\"middle\" fill=\"" << toHex(palette_.mutedText) << "\">" << cycle
           << "</text>\n";
    }
    out_ << "<text x=\"" << width - rightMargin << "\" y=\"" << height_ - 6
         << "\" text-anchor=\"end\" fill=\"" << toHex(palette_.mutedText) << "\">cycles</text>\n";
  }

  void label(std::int64_t instruction, double top, double width) {
    const bool inside = instruction >= window_.first && instruction < window_.end;
    const auto operation = window_.operations.find(instruction);
    std::string text = std::to_string(instruction);
    if (operation != window_.operations.end()) text += "  " + operation->second;
    if (text.size() > 20) text = text.substr(0, 19) + "…";
    out_ << "<path d=\"M0 " << top - bandGap / 2 << "H" << width << "\" stroke=\"" << toHex(palette_.grid)
         << "\"/><text x=\"12\" y=\"" << top + 13 << "\" font-size=\"11\" fill=\""
         << toHex(inside ? palette_.text : palette_.mutedText) << "\">" << svgEscaped(text) << "</text>\n";
  }

  [[nodiscard]] std::string colourOf(GraphEdgeKind kind) const {
    switch (kind) {
      case GraphEdgeKind::Data:
        return toHex(palette_.accent);
      case GraphEdgeKind::Structural:
        return toHex(palette_.warning);
      case GraphEdgeKind::BufferFill:
        return toHex(palette_.kind(BlockKind::Stage));
      case GraphEdgeKind::Forward:
        break;
    }
    return toHex(palette_.wire);
  }

  void edge(const GraphEdge& edge) {
    const Bar& from = bars_[edge.from];
    const Bar& to = bars_[edge.to];
    const double x1 = xOf(window_.graph.nodes[edge.from].enter + edge.duration);
    const double y1 = from.middle(), x2 = to.left, y2 = to.middle();
    // Reasons within an instruction that went straight on need no line.
    if (!edge.critical && edge.kind == GraphEdgeKind::Forward) return;
    const double bend = std::max(9.0, std::abs(y2 - y1) / 6);
    out_ << "<path d=\"M" << x1 << ' ' << y1 << 'C' << x1 + bend << ' ' << y1 << ' ' << x2 - bend << ' ' << y2
         << ' ' << x2 << ' ' << y2 << "\" fill=\"none\" stroke=\""
         << (edge.critical ? toHex(palette_.critical) : colourOf(edge.kind)) << "\" stroke-width=\""
         << (edge.critical  ? 2.4
             : edge.binding ? 1.2
                            : 0.5)
         << "\"><title>" << toString(edge.kind) << ", " << edge.duration << " cycles of "
         << svgEscaped(window_.machine->objectNames[edge.object]) << ", instruction " << edge.instruction
         << "</title></path>\n";
  }

  void bar(std::size_t n) {
    const GraphNode& node = window_.graph.nodes[n];
    const Bar& bar = bars_[n];
    const BlockKind kind = blockKindOf(node.kind);
    const bool inside = node.instruction >= window_.first && node.instruction < window_.end;
    std::string name = window_.machine->objectNames[node.object];
    if (node.kind == NodeKind::Buffer) name += " (buffer)";
    const double width = bar.right - bar.left;
    const bool slim = node.kind == NodeKind::Buffer || node.kind == NodeKind::Stage;
    out_ << "<g opacity=\"" << (inside ? 1.0 : 0.45) << "\"><rect x=\"" << bar.left << "\" y=\"" << bar.top
         << "\" width=\"" << width << "\" height=\"" << laneHeight << "\" rx=\"2.5\" fill=\""
         << toHex(slim ? palette_.kindBody(kind) : palette_.kind(kind)) << "\" stroke=\""
         << toHex(palette_.kind(kind)) << "\"><title>instruction " << node.instruction << ", "
         << svgEscaped(name) << " (" << toString(node.kind) << "): " << node.enter << " to " << node.leave;
    if (node.kind == NodeKind::Access) {
      out_ << ", " << (node.write ? "write " : "read ") << node.words << " words at " << node.address;
    }
    out_ << "</title></rect>";
    const auto fits = static_cast<std::size_t>(std::max(0.0, (width - 4) / textWidth));
    if (fits >= 2) {
      const std::string text = name.size() <= fits ? name : name.substr(0, fits - 1) + "…";
      out_ << "<text x=\"" << bar.left + 3 << "\" y=\"" << bar.top + 12.5 << "\" fill=\""
           << toHex(slim ? palette_.text : palette_.kindText(kind)) << "\">" << svgEscaped(text) << "</text>";
    }
    out_ << "</g>\n";
  }

  std::ostream& out_;
  const GraphWindow& window_;
  const Palette& palette_;
  Cycles from_ = 0, to_ = 0;
  double perCycle_ = 10, height_ = 0;
  std::vector<Bar> bars_;
  std::map<std::int64_t, double> bandTop_;
};

}  // namespace

void writeGraphSvg(std::ostream& out, const GraphWindow& window) {
  Drawing(out, window).write();
}

}  // namespace taktwerk
