// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/object_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/architecture/attribute_values.h"
#include "core/architecture/class_specification.h"
#include "core/base/quotes.h"

namespace taktwerk {
namespace {

std::optional<double> coordinate(const YamlNode& node) {
  constexpr double farthest = 1e7;
  if (!node.isScalar()) return std::nullopt;
  double value = 0;
  const char* end = node.scalar.data() + node.scalar.size();
  const auto [stop, error] = std::from_chars(node.scalar.data(), end, value, std::chars_format::fixed);
  if (error != std::errc{} || stop != end || !(std::abs(value) <= farthest)) return std::nullopt;
  return value == 0 ? 0.0 : value;  // no negative zero
}

std::optional<CanvasPoint> readPoint(const YamlNode& node, const std::string& object, Problems& problems) {
  if (const std::optional<CanvasPoint> point = pointOf(node)) return point;
  refuse(node, problems, "A0204", "at must be two numbers as in [120, 40]", object);
  return std::nullopt;
}

std::string readColour(const YamlNode& node, const std::string& object, Problems& problems) {
  const std::string& text = node.scalar;
  const bool good = node.isScalar() && text.size() == 7 && text[0] == '#' &&
                    std::all_of(text.begin() + 1, text.end(), [](char c) {
                      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
                    });
  if (good) return text;
  refuse(node, problems, "A0205", "colour must be \"#rrggbb\" in quotes (without them # begins a comment)",
         object);
  return {};
}

bool readPinned(const YamlNode& node, const std::string& object, Problems& problems) {
  const bool good = node.isScalar() && !node.quoted && (node.scalar == "true" || node.scalar == "false");
  if (!good) {
    refuse(node, problems, "A0208", "pinned must be true or false", object);
  }
  return good && node.scalar == "true";
}

void readClass(const YamlNode& node, ObjectDeclaration& object, Problems& problems) {
  object.className = readText(node, "class", problems, object.name);
  object.objectClass = classFromName(object.className);
  if (object.objectClass != ObjectClass::Unknown || !node.isScalar()) return;
  std::vector<std::string> names;
  for (const ClassSpecification& c : classSpecifications()) names.emplace_back(c.name);
  problems.error(node.position, "A0202",
                 "unknown class " + inQuotes(object.className) + problems.suggestion(object.className, names),
                 object.name);
}

}  // namespace

std::optional<CanvasPoint> pointOf(const YamlNode& node) {
  if (!node.isSequence() || node.items.size() != 2) return std::nullopt;
  const std::optional<double> x = coordinate(node.items[0]);
  const std::optional<double> y = coordinate(node.items[1]);
  if (!x || !y) return std::nullopt;
  return CanvasPoint{*x, *y};
}

std::string coordinateText(double value) {
  std::array<char, 400> buffer{};
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return {buffer.data(), result.ptr};
}

std::string readText(const YamlNode& node, std::string_view what, Problems& problems,
                     const std::string& object) {
  if (node.isScalar()) return node.scalar;
  refuse(node, problems, "A0005", std::string(what) + " must be a text", object);
  return {};
}

ObjectDeclaration readObject(YamlNode::Entry entry, ObjectId id, Problems& problems, bool& understood) {
  ObjectDeclaration object;
  object.id = id;
  object.name = std::move(entry.key);
  object.position = entry.position;
  if (!entry.value.isMap()) {
    refuse(entry.value, problems, "A0201",
           "object " + inQuotes(object.name) + " must be a map as in {class: SRAM}", object.name);
    understood = false;
    return object;
  }
  bool hasClass = false;
  const bool ofTemplate = entry.value.find("template") != nullptr;
  for (YamlNode::Entry& field : entry.value.entries) {
    if (field.key == "class") {
      hasClass = true;
      readClass(field.value, object, problems);
    } else if (field.key == "at") {
      object.at = readPoint(field.value, object.name, problems);
    } else if (field.key == "note") {
      object.note = readText(field.value, "note", problems, object.name);
    } else if (field.key == "colour") {
      object.colour = readColour(field.value, object.name, problems);
    } else if (field.key == "pinned") {
      object.pinned = readPinned(field.value, object.name, problems);
    } else {
      object.attributes.push_back({std::move(field.key), field.position, std::move(field.value)});
    }
  }
  if (hasClass == ofTemplate) {
    problems.error(object.position, "A0203",
                   "object " + inQuotes(object.name) +
                       (hasClass ? " has a class and a template; write one of them" : " has no class"),
                   object.name);
  }
  if (object.objectClass == ObjectClass::Unknown && !ofTemplate) understood = false;
  return object;
}

}  // namespace taktwerk
