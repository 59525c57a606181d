// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <cstdio>
#include <set>

#include "core/architecture/class_specification.h"
#include "core/drawing/array_sketch.h"
#include "core/drawing/block_diagram.h"
#include "core/drawing/wire_shape.h"

namespace taktwerk {

namespace {

constexpr double border = 40;

std::string escape(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) result += c;
    }
  }
  return result;
}

std::string number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.2f", value);
  std::string result = text;
  while (result.back() == '0') result.pop_back();
  if (result.back() == '.') result.pop_back();
  return result == "-0" ? "0" : result;
}

class Writer {
 public:
  explicit Writer(const Palette& palette) : palette_(palette) {}

  std::string write(const BlockDiagram& diagram) {
    const Rect& b = diagram.bounds;
    text_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(b.width + 2 * border) +
            "\" height=\"" + number(b.height + 2 * border) + "\" viewBox=\"" + number(b.x - border) + " " +
            number(b.y - border) + " " + number(b.width + 2 * border) + " " + number(b.height + 2 * border) +
            "\" font-family=\"DejaVu Sans, Verdana, sans-serif\">\n";
    text_ += "<title>" + escape(diagram.name) + "</title>\n";
    rectangle({b.x - border, b.y - border, b.width + 2 * border, b.height + 2 * border}, 0,
              toHex(palette_.canvas), "none", 0);
    for (const std::uint32_t block : fromOutside(diagram.blocks)) drawBlock(diagram.blocks[block]);
    for (const Wire& wire : diagram.wires) drawWire(diagram, wire);
    for (const Port& port : diagram.ports) drawPort(diagram, port);
    text_ += "</svg>\n";
    return std::move(text_);
  }

 private:
  void rectangle(const Rect& r, double radius, const std::string& fill, const std::string& stroke,
                 double width) {
    text_ += "<rect x=\"" + number(r.x) + "\" y=\"" + number(r.y) + "\" width=\"" + number(r.width) +
             "\" height=\"" + number(r.height) + "\" rx=\"" + number(radius) + "\" fill=\"" + fill + "\"";
    if (width > 0) text_ += " stroke=\"" + stroke + "\" stroke-width=\"" + number(width) + "\"";
    text_ += "/>\n";
  }

  void label(Point at, double size, bool bold, Colour colour, const std::string& text) {
    text_ += "<text x=\"" + number(at.x) + "\" y=\"" + number(at.y) + "\" font-size=\"" + number(size) +
             "\"" + (bold ? " font-weight=\"bold\"" : "") + " fill=\"" + toHex(colour) + "\">" +
             escape(text) + "</text>\n";
  }

  void drawBlock(const Block& block) {
    const Rect& r = block.rect;
    const std::string kind = toHex(palette_.kind(block.kind));
    text_ += "<g><title>" + escape(block.title + ": " + block.className) + "</title>\n";
    const ArraySketch sketch =
        block.group && block.group->array && !block.group->open ? sketchOf(block) : ArraySketch();
    const std::string pale = toHex(mix(palette_.kindBody(block.kind), palette_.canvas, 0.6));
    for (const Rect& sheet : sketch.sheets) rectangle(sheet, 4, pale, kind, 1.25);
    const bool frame = block.group && block.group->open;
    rectangle(r, 4, frame ? pale : toHex(palette_.kindBody(block.kind)), kind, 2);
    if (!block.children.empty() || (block.group && !block.group->array)) {
      rectangle({r.x - 3.5, r.y - 3.5, r.width + 7, r.height + 7}, 6, "none", kind, 1);
    }
    text_ += "<path d=\"M" + number(r.x) + " " + number(r.y + headerHeight) + "v" + number(4 - headerHeight) +
             "a4 4 0 0 1 4 -4h" + number(r.width - 8) + "a4 4 0 0 1 4 4v" + number(headerHeight - 4) +
             "z\" fill=\"" + kind + "\"/>\n";
    const Colour ink = palette_.kindText(block.kind);
    const std::string glyph(glyphOf(block.kind));
    label({r.x + 8, r.y + 16.5}, 12, true, ink, glyph);
    label({r.x + 14 + textWidth(glyph, 12, true), r.y + 16.5}, 12, true, ink, block.title);
    double y = r.y + headerHeight + 15;
    label({r.x + 10, y}, 10.5, false, palette_.mutedText, block.className);
    for (const std::string& line : block.details) {
      y += 15;
      label({r.x + 10, y}, 10.5, false, palette_.text, line);
    }
    for (const Rect& cell : sketch.cells) {
      rectangle(cell, 2, toHex(mix(palette_.kind(block.kind), palette_.kindBody(block.kind), 0.25)), kind,
                1.5);
    }
    for (const ArraySketch::Arrow& arrow : sketch.arrows) drawFlow(arrow);
    for (const Point& dot : sketch.more) {
      rectangle({dot.x - 1, dot.y - 1, 2, 2}, 1, toHex(palette_.mutedText), "none", 0);
    }
    text_ += "</g>\n";
  }

  void drawFlow(const ArraySketch::Arrow& arrow) {
    const double length = std::hypot(arrow.to.x - arrow.from.x, arrow.to.y - arrow.from.y);
    if (length < 1) return;
    const double x = (arrow.to.x - arrow.from.x) / length, y = (arrow.to.y - arrow.from.y) / length;
    const auto at = [](double px, double py) { return number(px) + " " + number(py); };
    text_ += "<path d=\"M" + at(arrow.from.x, arrow.from.y) + "L" + at(arrow.to.x, arrow.to.y) + "l" +
             at(-5 * x - 3 * y, -5 * y + 3 * x) + "l" + at(6 * y, -6 * x) + "L" + at(arrow.to.x, arrow.to.y) +
             "\" fill=\"" + toHex(palette_.text) + "\" stroke=\"" + toHex(palette_.text) + "\"/>\n";
  }

  void drawWire(const BlockDiagram& diagram, const Wire& wire) {
    const WireStyle style = styleOf(wire.kind);
    const Colour colour = wireColour(diagram, wire, palette_);
    const WireShape shape = shapeOf(wire);
    for (const WirePiece& piece : shape.pieces) {
      text_ += "<path d=\"M" + number(piece.from.x) + " " + number(piece.from.y) + "L" + number(piece.to.x) +
               " " + number(piece.to.y) + "\" fill=\"none\" stroke=\"" + toHex(colour) +
               "\" stroke-width=\"" + number(style.width) + "\"";
      if (style.dash > 0) {
        text_ += " stroke-dasharray=\"" + number(style.dash) + " " + number(style.gap) +
                 "\" stroke-dashoffset=\"" + number(piece.dashOffset) + "\"";
      } else {
        text_ += " stroke-linecap=\"square\"";
      }
      text_ += "/>\n";
    }
    text_ += "<path d=\"M" + number(shape.arrow[0].x) + " " + number(shape.arrow[0].y);
    for (std::size_t i = 1; i < shape.arrow.size(); ++i) {
      text_ += "L" + number(shape.arrow[i].x) + " " + number(shape.arrow[i].y);
    }
    text_ += "z\" fill=\"" + toHex(style.filledArrow ? colour : palette_.canvas) + "\" stroke=\"" +
             toHex(colour) + "\" stroke-width=\"1.25\" stroke-linejoin=\"round\"/>\n";
  }

  void drawPort(const BlockDiagram& diagram, const Port& port) {
    const std::string colour = toHex(palette_.kind(diagram.blocks[port.block].kind));
    rectangle({port.at.x - portSize / 2, port.at.y - portSize / 2, portSize, portSize}, 1,
              port.data ? colour : toHex(palette_.canvas), colour, 1.25);
    if (port.width.empty()) return;
    label(portLabelPoint(port), 8.5, false, palette_.mutedText, "/" + port.width);
  }

  const Palette& palette_;
  std::string text_;
};

}  // namespace

std::string toSvg(const BlockDiagram& diagram, const Palette& palette) {
  return Writer(palette).write(diagram);
}

}  // namespace taktwerk
