// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/scalesim_columns.h"

#include <cctype>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/quotes.h"
#include "core/base/whole_number.h"

namespace taktwerk {
namespace {

using Column = ScaleSimColumn;

constexpr const char* expected =
    "; expected are Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num "
    "Filter, "
    "Strides, or Layer, M, N, K, in any order, and perhaps Stride Width, Batch Size and Sparsity";

/// Letters and digits in lower case: "IFMAP Height", "ifmap_height" and "Ifmap height" are one.
std::string plain(std::string_view heading) {
  std::string text;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) text += static_cast<char>(std::tolower(byte));
  }
  return text;
}

std::optional<Column> columnOf(std::string_view heading) {
  static const std::vector<std::pair<std::string_view, Column>> known{{"layername", Column::Name},
                                                                      {"layer", Column::Name},
                                                                      {"name", Column::Name},
                                                                      {"l", Column::Name},
                                                                      {"ifmapheight", Column::IfmapHeight},
                                                                      {"ifmapwidth", Column::IfmapWidth},
                                                                      {"filterheight", Column::FilterHeight},
                                                                      {"filterwidth", Column::FilterWidth},
                                                                      {"channels", Column::Channels},
                                                                      {"channel", Column::Channels},
                                                                      {"numfilter", Column::Filters},
                                                                      {"numfilters", Column::Filters},
                                                                      {"strides", Column::Stride},
                                                                      {"stride", Column::Stride},
                                                                      {"strideheight", Column::Stride},
                                                                      {"stridewidth", Column::StrideWidth},
                                                                      {"m", Column::M},
                                                                      {"n", Column::N},
                                                                      {"k", Column::K},
                                                                      {"batch", Column::Batch},
                                                                      {"batchsize", Column::Batch},
                                                                      {"sparsity", Column::Sparsity},
                                                                      {"sparsityratio", Column::Sparsity}};
  const std::string text = plain(heading);
  for (const auto& [name, column] : known) {
    if (name == text) return column;
  }
  return std::nullopt;
}

std::string unknown(const TableLine& line, std::size_t cell) {
  const std::string& text = line.cells[cell];
  const std::string word = plain(text);
  if (word.ends_with("factor") || word.ends_with("order")) {
    return "the heading " + inQuotes(text) + " is that of a layout; what is imported is a topology" +
           expected;
  }
  if (line.cells.size() == 1 && text.find(';') != std::string::npos) {
    return "cells are separated by commas, found semicolons" + std::string(expected);
  }
  return "unknown heading " + inQuotes(text) + expected;
}

}  // namespace

const char* headingOf(ScaleSimColumn column) {
  static constexpr std::array<const char*, scaleSimColumns> names{"Layer name",
                                                                  "IFMAP Height",
                                                                  "IFMAP Width",
                                                                  "Filter Height",
                                                                  "Filter Width",
                                                                  "Channels",
                                                                  "Num Filter",
                                                                  "Strides",
                                                                  "Stride Width",
                                                                  "M",
                                                                  "N",
                                                                  "K",
                                                                  "Batch Size",
                                                                  "Sparsity"};
  return names[static_cast<std::size_t>(column)];
}

std::variant<ScaleSimHeadings, ScaleSimHeadingProblem> readScaleSimHeadings(const TableLine& line) {
  if (line.cells.size() > 1 && wholeNumber(line.cells[1])) {
    return ScaleSimHeadingProblem{
        "the first line holds the headings of the columns, found a layer" + std::string(expected), 1};
  }
  ScaleSimHeadings headings;
  for (std::size_t cell = 0; cell < line.cells.size(); ++cell) {
    if (line.cells[cell].empty()) continue;
    const std::optional<Column> column = columnOf(line.cells[cell]);
    if (!column) return ScaleSimHeadingProblem{unknown(line, cell), cell};
    std::optional<std::size_t>& place = headings.places[static_cast<std::size_t>(*column)];
    if (place) {
      return ScaleSimHeadingProblem{"a second column of " + std::string(headingOf(*column)) + expected, cell};
    }
    place = cell;
    headings.count = cell + 1;
  }
  static const std::vector<Column> product{Column::M, Column::N, Column::K};
  static const std::vector<Column> convolution{Column::IfmapHeight, Column::IfmapWidth, Column::FilterHeight,
                                               Column::FilterWidth, Column::Channels,   Column::Filters,
                                               Column::Stride};
  const auto firstOf = [&](const std::vector<Column>& columns) {
    for (const Column column : columns) {
      if (headings.of(column)) return headings.of(column);
    }
    return std::optional<std::size_t>();
  };
  const auto ofProduct = firstOf(product), ofConvolution = firstOf(convolution);
  if (ofProduct && ofConvolution) {
    return ScaleSimHeadingProblem{
        "headings of a product and of a convolution in one table" + std::string(expected),
        std::max(*ofProduct, *ofConvolution)};
  }
  headings.products = ofProduct.has_value();
  for (const Column column : headings.products ? product : convolution) {
    if (headings.of(column)) continue;
    return ScaleSimHeadingProblem{"there is no column of " + std::string(headingOf(column)) + expected, 0};
  }
  return headings;
}

}  // namespace taktwerk
