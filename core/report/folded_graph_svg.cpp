// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <ostream>

#include "core/drawing/palette.h"
#include "core/report/folded_graph_drawing.h"
#include "core/report/folded_graph_files.h"
#include "core/report/svg_text.h"

namespace taktwerk {

namespace {

constexpr double margin = 24, head = 56;

class Drawing {
 public:
  Drawing(std::ostream& out, const GraphWindow& window, const FoldedGraph& folded)
      : out_(out), window_(window), folded_(folded), palette_(lightPalette()) {
    std::vector<Size> sizes;
    sizes.reserve(folded.boxes.size());
    for (const FoldedBox& box : folded.boxes) {
      sizes.push_back(foldedBoxSize(boxTitle(window, box), boxContent(window, box)));
    }
    drawing_ = FoldedLayout(folded, std::move(sizes)).plainly();
  }

  void write() {
    double right = 480, bottom = 0;
    for (const Rect& box : drawing_.boxes) {
      right = std::max(right, box.right());
      bottom = std::max(bottom, box.bottom());
    }
    const double width = right + 2 * margin, height = bottom + head + 2 * margin;
    out_ << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << width << "\" height=\"" << height
         << "\" viewBox=\"0 0 " << width << ' ' << height
         << "\" font-family=\"sans-serif\" font-size=\"11\">\n"
         << "<rect width=\"100%\" height=\"100%\" fill=\"" << toHex(palette_.canvas) << "\"/>\n";
    tips();
    out_ << "<text x=\"" << margin << "\" y=\"22\" font-size=\"13\" font-weight=\"bold\" fill=\""
         << toHex(palette_.text) << "\">" << svgEscaped(window_.title) << "</text>\n";
    legend();
    out_ << "<g transform=\"translate(" << margin << ' ' << head + margin << ")\">\n";
    for (const bool critical : {false, true}) {
      for (std::uint32_t e = 0; e < folded_.edges.size(); ++e) {
        if (folded_.edges[e].critical == critical) arrow(e);
      }
    }
    for (std::size_t b = 0; b < folded_.boxes.size(); ++b) box(b);
    out_ << "</g>\n</svg>\n";
  }

 private:
  /// How edges of a kind are drawn; the last is the critical path.
  struct Style {
    const char* name;
    Colour colour;
    const char* dashes;
  };
  [[nodiscard]] Style styleOf(std::size_t kind) const {
    switch (kind) {
      case static_cast<std::size_t>(GraphEdgeKind::Data):
        return {"data", palette_.accent, ""};
      case static_cast<std::size_t>(GraphEdgeKind::Structural):
        return {"structural", palette_.warning, "2 3"};
      case static_cast<std::size_t>(GraphEdgeKind::BufferFill):
        return {"buffer fill", palette_.kind(BlockKind::Stage), "7 3 2 3"};
      case static_cast<std::size_t>(GraphEdgeKind::Forward):
        return {"forward", palette_.wire, ""};
      default:
        return {"critical path", palette_.critical, ""};
    }
  }
  static constexpr std::size_t pathStyle = 4;

  void tips() {
    out_ << "<defs>\n";
    for (std::size_t kind = 0; kind <= pathStyle; ++kind) {
      out_ << "<marker id=\"tip" << kind
           << "\" markerUnits=\"userSpaceOnUse\" markerWidth=\"9\" markerHeight=\"8\" refX=\"9\" refY=\"4\" "
              "orient=\"auto\"><path d=\"M0 0L9 4L0 8Z\" fill=\""
           << toHex(styleOf(kind).colour) << "\"/></marker>\n";
    }
    out_ << "</defs>\n";
  }

  void stroke(std::size_t kind) {
    const Style style = styleOf(kind);
    out_ << "fill=\"none\" stroke=\"" << toHex(style.colour) << "\" stroke-width=\""
         << (kind == pathStyle ? "2.5" : "1.3") << "\" stroke-dasharray=\""
         << (*style.dashes == 0 ? "none" : style.dashes) << '"';
  }

  void legend() {
    double x = margin;
    for (const std::size_t kind :
         {pathStyle, std::size_t{3}, std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
      out_ << "<path d=\"M" << x << " 40h24\" ";
      stroke(kind);
      out_ << "/><text x=\"" << x + 29 << "\" y=\"44\" fill=\"" << toHex(palette_.mutedText) << "\">"
           << styleOf(kind).name << "</text>\n";
      x += 108;
    }
    out_ << "<circle cx=\"" << x + 6 << "\" cy=\"40\" r=\"4\" fill=\"none\" stroke=\""
         << toHex(palette_.mutedText) << "\"/><text x=\"" << x + 16 << "\" y=\"44\" fill=\""
         << toHex(palette_.mutedText) << "\">from another iteration</text>\n";
  }

  void arrow(std::uint32_t e) {
    const FoldedEdge& edge = folded_.edges[e];
    const std::vector<Point>& points = drawing_.arrows[e];
    const std::size_t kind = edge.critical ? pathStyle : static_cast<std::size_t>(edge.kind);
    out_ << "<g><title>" << svgEscaped(edgeInWords(edge)) << "</title><path d=\"M" << points[0].x << ' '
         << points[0].y;
    for (std::size_t p = 1; p + 2 < points.size(); p += 3) {
      out_ << 'C' << points[p].x << ' ' << points[p].y << ' ' << points[p + 1].x << ' ' << points[p + 1].y
           << ' ' << points[p + 2].x << ' ' << points[p + 2].y;
    }
    out_ << "\" marker-end=\"url(#tip" << kind << ")\" ";
    stroke(kind);
    out_ << "/>";
    if (edge.carried > 0) {
      const Point end = points.back(), before = points[points.size() - 2];
      const double away = end.x >= before.x ? -16 : 16;
      out_ << "<circle cx=\"" << end.x + away << "\" cy=\"" << end.y << "\" r=\"4\" fill=\""
           << toHex(palette_.canvas) << "\" stroke=\"" << toHex(styleOf(kind).colour) << "\"/>";
    }
    out_ << "</g>\n";
  }

  void box(std::size_t b) {
    const FoldedBox& box = folded_.boxes[b];
    const Rect& rect = drawing_.boxes[b];
    const Colour border = box.onPath ? palette_.critical : palette_.mutedText;
    out_ << "<g><title>";
    bool first = true;
    for (const std::string& line : boxInWords(window_, box)) {
      out_ << (first ? "" : "\n") << svgEscaped(line);
      first = false;
    }
    out_ << "</title><rect x=\"" << rect.x << "\" y=\"" << rect.y << "\" width=\"" << rect.width
         << "\" height=\"" << rect.height << "\" rx=\"3\" fill=\"" << toHex(palette_.panel) << "\" stroke=\""
         << toHex(border) << "\" stroke-width=\"" << (box.onPath ? 2 : 1) << "\"/>";
    text(rect.x + 10, rect.y + 17, boxTitle(window_, box), palette_.text, "bold");
    text(rect.x + 10, rect.y + 32, boxContent(window_, box), palette_.mutedText, "normal");
    if (box.innerCarried > 0) {
      out_ << "<circle cx=\"" << rect.right() - 10 << "\" cy=\"" << rect.top() << "\" r=\"4\" fill=\""
           << toHex(palette_.canvas) << "\" stroke=\"" << toHex(border) << "\"/>";
    }
    out_ << "</g>\n";
  }

  void text(double x, double y, const std::string& text, Colour colour, const char* weight) {
    out_ << "<text x=\"" << x << "\" y=\"" << y << "\" font-weight=\"" << weight << "\" fill=\""
         << toHex(colour) << "\">" << svgEscaped(text) << "</text>";
  }

  std::ostream& out_;
  const GraphWindow& window_;
  const FoldedGraph& folded_;
  const Palette& palette_;
  FoldedDrawing drawing_;
};

}  // namespace

void writeFoldedSvg(std::ostream& out, const GraphWindow& window, const FoldedGraph& folded) {
  Drawing(out, window, folded).write();
}

}  // namespace taktwerk
