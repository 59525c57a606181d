// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/saved_view.h"

#include <algorithm>
#include <set>

#include "core/base/quotes.h"
#include "core/study/workspace_scalar.h"

namespace taktwerk {

namespace {

using Kind = YamlNode::Kind;

constexpr std::string_view badView = "W0106";

class ViewReader {
 public:
  explicit ViewReader(DocumentReader& reader) : reader_(reader) {}

  void read(const YamlNode& node) {
    const std::size_t before = reader_.problems();
    SavedView view;
    if (!isMap(node, "a view")) return;
    reader_.checkKeys(node,
                      {"name", "filter", "sort", "descending", "columns", "hidden", "plot", "scatter",
                       "parallel", "heat", "effects", "orders"},
                      "a view");
    if (const YamlNode* name = reader_.need(node, "name", Kind::Scalar, "a view")) takeName(view, *name);
    view.filter = word(node, "filter", "a view");
    view.sort = word(node, "sort", "a view");
    view.descending = flag(node, "descending", "a view").value_or(false);
    view.columns = words(node, "columns", "a view");
    view.hidden = words(node, "hidden", "a view");
    takePlot(view, node);
    takePlots(view, node);
    if (const YamlNode* orders = reader_.find(node, "orders", Kind::Map, "a view")) {
      for (const YamlNode::Entry& entry : orders->entries) {
        if (entry.value.isSequence()) {
          view.orders[entry.key] = wordsOf(entry.value);
        } else {
          reader_.error(entry.value.position, badView, "an order is a list of values");
        }
      }
    }
    if (reader_.problems() == before) views.push_back(std::move(view));
  }

  std::vector<SavedView> views;

 private:
  bool isMap(const YamlNode& node, const std::string& what) {
    if (node.isMap()) return true;
    reader_.error(node.position, badView, what + " is a map");
    return false;
  }
  std::string word(const YamlNode& map, std::string_view key, const std::string& what) {
    const YamlNode* node = reader_.find(map, key, Kind::Scalar, what);
    return node == nullptr ? std::string() : node->scalar;
  }
  std::optional<bool> flag(const YamlNode& map, std::string_view key, const std::string& what) {
    const YamlNode* node = reader_.find(map, key, Kind::Scalar, what);
    if (node == nullptr) return std::nullopt;
    if (node->scalar == "true") return true;
    if (node->scalar != "false")
      reader_.error(node->position, badView,
                    std::string(key) + " is true or false, found " + inQuotes(node->scalar));
    return false;
  }
  std::vector<std::string> words(const YamlNode& map, std::string_view key, const std::string& what) {
    const YamlNode* node = reader_.find(map, key, Kind::Sequence, what);
    return node == nullptr ? std::vector<std::string>() : wordsOf(*node);
  }
  std::vector<std::string> wordsOf(const YamlNode& list) {
    std::vector<std::string> all;
    std::set<std::string> seen;
    for (const YamlNode& item : list.items) {
      const auto text = reader_.text(item, "a name");
      if (!text) continue;
      if (!seen.insert(*text).second)
        reader_.error(item.position, badView, inQuotes(*text) + " is there twice");
      all.push_back(*text);
    }
    return all;
  }
  void takeName(SavedView& view, const YamlNode& node) {
    view.name = node.scalar;
    const bool taken = !names_.insert(view.name).second;
    if (view.name.empty() || taken)
      reader_.error(
          node.position, badView,
          view.name.empty() ? "a view has a name" : "there is a view " + inQuotes(view.name) + " already");
  }
  void takePlot(SavedView& view, const YamlNode& node) {
    const YamlNode* plot = reader_.find(node, "plot", Kind::Scalar, "a view");
    if (plot == nullptr) return;
    view.plot = plot->scalar;
    const auto& all = viewPlots();
    if (std::find(all.begin(), all.end(), view.plot) == all.end())
      reader_.error(
          plot->position, badView,
          "a plot is scatter, parallel, heat, effects, marked or steps, found " + inQuotes(view.plot));
  }
  ViewAxis axis(const YamlNode& node) {
    ViewAxis read;
    if (!isMap(node, "an axis")) return read;
    reader_.checkKeys(node, {"column", "log", "inverted"}, "an axis");
    if (const YamlNode* column = reader_.need(node, "column", Kind::Scalar, "an axis"))
      read.column = column->scalar;
    read.logarithmic = flag(node, "log", "an axis");
    read.inverted = flag(node, "inverted", "an axis").value_or(false);
    return read;
  }
  void takeAxes(SavedView& view, const YamlNode& axes) {
    std::set<std::string> names;
    for (const YamlNode& each : axes.items) {
      ViewAxis next = axis(each);
      if (next.column.empty() || !names.insert(next.column).second) {
        reader_.error(
            each.position, badView,
            next.column.empty() ? "an axis has a column" : inQuotes(next.column) + " is there twice");
        continue;
      }
      view.axes.push_back(std::move(next));
    }
  }
  void takePlots(SavedView& view, const YamlNode& node) {
    if (const YamlNode* scatter = reader_.find(node, "scatter", Kind::Map, "a view")) {
      const std::string what = "a scatter plot";
      reader_.checkKeys(*scatter, {"x", "y", "colour", "size", "front", "objectives"}, what);
      if (const YamlNode* x = reader_.find(*scatter, "x", Kind::Map, what)) view.x = axis(*x);
      if (const YamlNode* y = reader_.find(*scatter, "y", Kind::Map, what)) view.y = axis(*y);
      view.colour = word(*scatter, "colour", what);
      view.size = word(*scatter, "size", what);
      view.front = flag(*scatter, "front", what).value_or(false);
      view.objectives = words(*scatter, "objectives", what);
    }
    if (const YamlNode* parallel = reader_.find(node, "parallel", Kind::Map, "a view")) {
      const std::string what = "parallel coordinates";
      reader_.checkKeys(*parallel, {"axes", "colour"}, what);
      view.lineColour = word(*parallel, "colour", what);
      if (const YamlNode* axes = reader_.find(*parallel, "axes", Kind::Sequence, what)) {
        takeAxes(view, *axes);
      }
    }
    if (const YamlNode* heat = reader_.find(node, "heat", Kind::Map, "a view")) {
      reader_.checkKeys(*heat, {"x", "y", "figure"}, "a heat map");
      view.heatX = word(*heat, "x", "a heat map");
      view.heatY = word(*heat, "y", "a heat map");
      view.heatFigure = word(*heat, "figure", "a heat map");
    }
    if (const YamlNode* effects = reader_.find(node, "effects", Kind::Map, "a view")) {
      reader_.checkKeys(*effects, {"figure"}, "effects");
      view.effectFigure = word(*effects, "figure", "effects");
    }
  }

  DocumentReader& reader_;
  std::set<std::string> names_;  ///< of views so far
};

std::string listText(const std::vector<std::string>& words) {
  std::string text = "[";
  for (const std::string& word : words) text += (text.size() > 1 ? ", " : "") + workspaceScalar(word);
  return text + "]";
}

/// A line with a key and its value, if there is one.
std::string line(const std::string& key, const std::string& value) {
  return value.empty() ? std::string() : key + ": " + workspaceScalar(value) + "\n";
}

std::string axisText(const ViewAxis& axis) {
  std::string text = "{column: " + workspaceScalar(axis.column);
  if (axis.logarithmic) text += *axis.logarithmic ? ", log: true" : ", log: false";
  if (axis.inverted) text += ", inverted: true";
  return text + "}";
}

/// A key with what stands below it, if anything does.
std::string group(const std::string& key, const std::string& below) {
  return below.empty() ? std::string() : "      " + key + ":\n" + below;
}

std::string plotsText(const SavedView& view) {
  const std::string in = "        ";
  std::string scatter, parallel;
  if (!view.x.column.empty()) scatter += in + "x: " + axisText(view.x) + "\n";
  if (!view.y.column.empty()) scatter += in + "y: " + axisText(view.y) + "\n";
  scatter += line(in + "colour", view.colour) + line(in + "size", view.size);
  if (view.front) scatter += in + "front: true\n";
  if (!view.objectives.empty()) scatter += in + "objectives: " + listText(view.objectives) + "\n";
  if (!view.axes.empty()) parallel += in + "axes:\n";
  for (const ViewAxis& axis : view.axes) parallel += in + "  - " + axisText(axis) + "\n";
  parallel += line(in + "colour", view.lineColour);
  return group("scatter", scatter) + group("parallel", parallel) +
         group("heat", line(in + "x", view.heatX) + line(in + "y", view.heatY) +
                           line(in + "figure", view.heatFigure)) +
         group("effects", line(in + "figure", view.effectFigure));
}

}  // namespace

const std::vector<std::string>& viewPlots() {
  static const std::vector<std::string> plots{"scatter", "parallel", "heat", "effects", "marked", "steps"};
  return plots;
}

std::vector<SavedView> readViews(DocumentReader& reader, const YamlNode& sequence) {
  ViewReader views(reader);
  for (const YamlNode& item : sequence.items) views.read(item);
  return std::move(views.views);
}

std::string viewsText(const std::vector<SavedView>& views) {
  std::string text = views.empty() ? "" : "  views:\n";
  for (const SavedView& view : views) {
    text += "    - name: " + workspaceScalar(view.name) + "\n" + line("      filter", view.filter) +
            line("      sort", view.sort);
    if (view.descending) text += "      descending: true\n";
    if (!view.columns.empty()) text += "      columns: " + listText(view.columns) + "\n";
    if (!view.hidden.empty()) text += "      hidden: " + listText(view.hidden) + "\n";
    text += line("      plot", view.plot) + plotsText(view);
    std::string orders;
    for (const auto& [column, words] : view.orders)
      orders += "        " + workspaceScalar(column) + ": " + listText(words) + "\n";
    text += group("orders", orders);
  }
  return text;
}

}  // namespace taktwerk
