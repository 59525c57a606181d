// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/network/network_edit.h"

#include <QCoreApplication>

#include "core/base/whole_number.h"
#include "core/network/operators.h"
#include "core/network/resize.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("NetworkPage", text);
}

YamlNode number(std::int64_t value) {
  YamlNode node;
  node.kind = YamlNode::Kind::Scalar;
  node.scalar = std::to_string(value);
  return node;
}

/// The changes that make the written shapes of tensors those of `resized`.
void changeShapes(const Network& network, const Network& resized, std::vector<YamlChange>& changes) {
  for (std::size_t t = 0; t < network.tensors.size(); ++t) {
    const Tensor& was = network.tensors[t];
    const Tensor& is = resized.tensors[t];
    if (was.shape == is.shape) continue;
    const YamlPath path{std::string("tensors"), was.name, std::string("shape")};
    if (was.shape.size() != is.shape.size()) {
      YamlChange change;
      change.path = path;
      change.value.kind = YamlNode::Kind::Sequence;
      change.value.flow = true;
      for (const std::int64_t extent : is.shape) change.value.items.push_back(number(extent));
      changes.push_back(std::move(change));
      continue;
    }
    for (std::size_t axis = 0; axis < was.shape.size(); ++axis) {
      if (was.shape[axis] == is.shape[axis]) continue;
      YamlChange change;
      change.path = path;
      change.path.emplace_back(axis);
      change.value = number(is.shape[axis]);
      changes.push_back(std::move(change));
    }
  }
}

/// The same of the dimensions of layers, where they are written or must be.
void changeDimensions(const Network& network, const Network& resized, const std::string& text,
                      std::vector<YamlChange>& changes) {
  const Result<YamlNode> root = parseYaml(text, {});
  const YamlNode* layers = root ? root->find("layers") : nullptr;
  for (std::size_t l = 0; layers != nullptr && l < network.layers.size() && l < layers->items.size(); ++l) {
    const auto was = network.layers[l].dimensions;
    const auto is = resized.layers[l].dimensions;
    const auto stated = statedDimensions(resized.layers[l]);
    const YamlNode* written = layers->items[l].find("dimensions");
    std::vector<YamlNode::Entry> fresh;
    for (const auto& [dimension, now] : is) {
      const auto before = was.find(dimension);
      const bool given = written != nullptr && written->find(dimension) != nullptr;
      if (before != was.end() && before->second == now) continue;
      if (!given && !stated.contains(dimension)) continue;
      const YamlPath path{std::string("layers"), l, std::string("dimensions"), dimension};
      YamlChange change;
      change.path = path;
      change.value = number(now);
      if (!given && written == nullptr) {
        fresh.push_back({dimension, {}, number(now)});
        continue;
      }
      if (!given) change.kind = YamlChange::Kind::Insert;
      changes.push_back(std::move(change));
    }
    if (!fresh.empty()) {
      YamlChange change;
      change.kind = YamlChange::Kind::Insert;
      change.path = {std::string("layers"), l, std::string("dimensions")};
      change.value.kind = YamlNode::Kind::Map;
      change.value.flow = true;
      change.value.entries = std::move(fresh);
      changes.push_back(std::move(change));
    }
  }
}

}  // namespace

NetworkPlan planNetworkEdit(const Network& network, const std::string& text, int layer, const QString& name,
                            const QString& typed) {
  NetworkPlan plan;
  const std::string key = name.toStdString(), entered = typed.trimmed().toStdString();
  const auto value = wholeNumber(entered);
  if (!value)
    return {{}, QString::fromStdString(entered.empty() ? "a whole number" : whyNotWholeNumber(entered))};
  if (network.parameters.contains(key)) {
    const Result<YamlNode> root = parseYaml(text, {});
    const YamlNode* all = root ? root->find("parameters") : nullptr;
    const YamlNode* parameter = all != nullptr ? all->find(key) : nullptr;
    if (parameter == nullptr) return {{}, tr("The text has no such parameter.")};
    YamlPath path{std::string("parameters"), key};
    if (parameter->isMap()) path.emplace_back(std::string("default"));
    YamlChange change;
    change.path = path;
    change.value = number(*value);
    plan.changes = {change};
    return plan;
  }
  if (layer < 0) return {{}, tr("No layer is selected.")};
  const Layer& old = network.layers[static_cast<std::size_t>(layer)];
  const Resized resized = resizeLayer(network, old.id, key, *value);
  if (!resized.problem.empty()) return {{}, QString::fromStdString(resized.problem)};
  changeShapes(network, resized.network, plan.changes);
  changeDimensions(network, resized.network, text, plan.changes);
  return plan;
}

}  // namespace taktwerk
