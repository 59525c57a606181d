// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/row_code.h"

#include <array>
#include <utility>

namespace taktwerk {
namespace {

constexpr std::string_view ofArchitecture = "arch.", ofNetwork = "network.", ofMapping = "mapping.";

template <class Visit>
void forEach(const StudySettings& settings, const Visit& visit) {
  for (const auto& [name, value] : settings.architecture) visit(ofArchitecture, name, value);
  for (const auto& [name, value] : settings.network) visit(ofNetwork, name, value);
  for (const auto& [name, value] : settings.tunables) visit(ofMapping, name, value);
}

constexpr unsigned stateBits = 3, exactBit = 4, completeBit = 8, layersBit = 16;
constexpr std::array states = {PointState::Done, PointState::Infeasible, PointState::Failed,
                               PointState::Cancelled};

std::uint64_t placeHash(const RowPlace& place) {
  return hashOf(place.point, hashOf(place.study, hashOf(place.id)));
}

}  // namespace

std::string encodeNames(const StudySettings& settings) {
  Encoder encoder;
  forEach(settings, [&](std::string_view owner, const std::string& name, std::int64_t) {
    encoder.number(owner.size() + name.size()).raw(owner).raw(name);
  });
  return encoder.bytes();
}

std::vector<std::string> decodeNames(std::string_view text) {
  Decoder decoder(text);
  std::vector<std::string> names;
  while (!decoder.atEnd() && !decoder.failed()) names.emplace_back(decoder.text());
  return names;
}

std::string encodePoint(std::int64_t names, const StudySettings& settings) {
  Encoder encoder;
  encoder.number(static_cast<std::uint64_t>(names));
  forEach(settings,
          [&](std::string_view, const std::string&, std::int64_t value) { encoder.signedNumber(value); });
  return encoder.bytes();
}

void putSetting(StudySettings& settings, std::string_view name, std::int64_t value) {
  if (name.starts_with(ofArchitecture)) {
    settings.architecture.insert_or_assign(std::string(name.substr(ofArchitecture.size())), value);
  } else if (name.starts_with(ofNetwork)) {
    settings.network.insert_or_assign(std::string(name.substr(ofNetwork.size())), value);
  } else if (name.starts_with(ofMapping)) {
    settings.tunables.insert_or_assign(std::string(name.substr(ofMapping.size())), value);
  }
}

std::optional<StudySettings> decodePoint(std::string_view point, const std::vector<std::string>& names) {
  Decoder decoder(point);
  (void)decoder.number();
  StudySettings settings;
  for (const std::string& name : names) putSetting(settings, name, decoder.signedNumber());
  if (decoder.failed() || !decoder.atEnd()) return std::nullopt;
  return settings;
}

std::string encodeFigures(const std::vector<Figure>& figures) {
  Encoder encoder;
  for (const Figure& figure : figures) {
    encoder.text(figure.name).text(figure.unit);
    encoder.number(figure.better == Figure::Better::More ? 1 : 0).text(figure.meaning);
  }
  return encoder.bytes();
}

std::vector<Figure> decodeFigures(std::string_view text) {
  Decoder decoder(text);
  std::vector<Figure> figures;
  while (!decoder.atEnd() && !decoder.failed()) {
    Figure figure;
    figure.name = decoder.text();
    figure.unit = decoder.text();
    figure.better = decoder.number() == 1 ? Figure::Better::More : Figure::Better::Less;
    figure.meaning = decoder.text();
    figures.push_back(std::move(figure));
  }
  return figures;
}

std::string encodeRow(const SweepRow& row, std::int64_t reason, std::int64_t figureNames,
                      const RowPlace& place) {
  Encoder encoder;
  const unsigned bits = static_cast<unsigned>(row.state) | (row.exact ? exactBit : 0U) |
                        (row.complete ? completeBit : 0U) | (row.layers.empty() ? 0U : layersBit);
  encoder.signedNumber(row.point.number).number(bits).number(static_cast<std::uint64_t>(reason));
  encoder.signedNumber(row.cycles).signedNumber(row.instructions).signedNumber(row.macs);
  encoder.signedNumber(row.missingLayers).number(static_cast<std::uint64_t>(figureNames));
  encoder.number(row.figures.size());
  for (const double figure : row.figures) encoder.real(figure);
  return encoder.checkedBytes(placeHash(place));
}

std::optional<RowCode> decodeRow(std::string_view bytes, const RowPlace& place) {
  const CheckedBytes stored = checked(bytes, placeHash(place));
  if (!stored.ok) return std::nullopt;
  Decoder decoder(stored.bytes);
  RowCode row;
  row.number = decoder.signedNumber();
  const std::uint64_t bits = decoder.number();
  row.state = states[bits & stateBits];
  row.exact = (bits & exactBit) != 0;
  row.complete = (bits & completeBit) != 0;
  row.hasLayers = (bits & layersBit) != 0;
  row.reason = static_cast<std::int64_t>(decoder.number());
  row.cycles = decoder.signedNumber();
  row.instructions = decoder.signedNumber();
  row.macs = decoder.signedNumber();
  row.missingLayers = decoder.signedNumber();
  row.figureNames = static_cast<std::int64_t>(decoder.number());
  row.figures = decoder.number();
  row.values = decoder;
  return decoder.failed() ? std::nullopt : std::optional(row);
}

std::string encodeWay(const SweepLayer& layer) {
  Encoder encoder;
  encoder.number((layer.exact ? 1U : 0U) | (layer.guessed ? 2U : 0U));
  encoder.text(layer.name).text(layer.operatorName).text(layer.mapping).text(layer.reason);
  encoder.number(layer.fused.size());
  for (const std::string& name : layer.fused) encoder.text(name);
  encoder.number(layer.tunables.size());
  for (const auto& [name, value] : layer.tunables) encoder.text(name).signedNumber(value);
  encoder.number(layer.adapted.size());
  for (const std::string& name : layer.adapted) encoder.text(name);
  return encoder.bytes();
}

SweepLayer decodeWay(std::string_view text) {
  Decoder decoder(text);
  SweepLayer layer;
  const std::uint64_t bits = decoder.number();
  layer.exact = (bits & 1U) != 0;
  layer.guessed = (bits & 2U) != 0;
  layer.name = decoder.text();
  layer.operatorName = decoder.text();
  layer.mapping = decoder.text();
  layer.reason = decoder.text();
  for (std::uint64_t left = decoder.number(); left > 0 && !decoder.failed(); --left)
    layer.fused.emplace_back(decoder.text());
  for (std::uint64_t left = decoder.number(); left > 0 && !decoder.failed(); --left) {
    std::string name(decoder.text());
    layer.tunables[std::move(name)] = decoder.signedNumber();
  }
  for (std::uint64_t left = decoder.number(); left > 0 && !decoder.failed(); --left)
    layer.adapted.emplace_back(decoder.text());
  return layer;
}

std::string encodeLayers(const std::vector<LayerCode>& layers, std::int64_t id) {
  Encoder encoder;
  for (const LayerCode& layer : layers)
    encoder.number(static_cast<std::uint64_t>(layer.way)).signedNumber(layer.cycles);
  return encoder.checkedBytes(hashOf(id));
}

std::optional<std::vector<LayerCode>> decodeLayers(std::string_view bytes, std::int64_t id) {
  const CheckedBytes stored = checked(bytes, hashOf(id));
  if (!stored.ok) return std::nullopt;
  Decoder decoder(stored.bytes);
  std::vector<LayerCode> layers;
  while (!decoder.atEnd() && !decoder.failed()) {
    LayerCode layer;
    layer.way = static_cast<std::int64_t>(decoder.number());
    layer.cycles = decoder.signedNumber();
    layers.push_back(layer);
  }
  return decoder.failed() ? std::nullopt : std::optional(std::move(layers));
}

}  // namespace taktwerk
