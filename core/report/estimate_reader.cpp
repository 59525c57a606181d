// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/estimate_reader.h"

#include <iterator>
#include <set>
#include <utility>

#include "core/base/files.h"
#include "core/base/quotes.h"
#include "core/bounds/saturating.h"
#include "core/report/cause_text.h"
#include "core/report/json_figures.h"

namespace taktwerk {

namespace {

class EstimateReader {
 public:
  EstimateReader(std::string_view text, const std::string& file) : json_(text, file) {}
  Result<StoredResult> read();

 private:
  void member(const std::string& key);
  void parameters();
  void layer();
  void layerMember(StoredLayer& layer, const std::string& key, const std::string& of);
  void breakdown(StoredLayer& layer, const std::string& of);
  void traffic(StoredLayer& layer, const std::string& of);
  void unmapped();
  void checkLayer(const StoredLayer& layer, SourcePosition place, const std::string& of);
  void checkTotal();

  JsonFigures json_;
  StoredResult result_;
  std::vector<StoredLayer> unmapped_;  ///< behind the others, whatever the order of the file
  std::set<std::string> unknownCauses_;
  SourcePosition total_{1, 1};
  bool hasLayers_ = false, layersWhole_ = true, tooMany_ = false;
};

void EstimateReader::parameters() {
  json_.object("parameters", [&](const std::string& name) {
    if (const auto value = json_.whole("parameter " + inQuotes(name))) result_.parameters[name] = *value;
  });
}

void EstimateReader::breakdown(StoredLayer& layer, const std::string& of) {
  bool whole = true;
  json_.object("breakdown" + of, [&](const std::string& key) {
    const SourcePosition place = json_.position();
    const auto cycles = json_.count(inQuotes(key) + of);
    if (!cycles) {
      whole = false;
      return;
    }
    if (const auto cause = causeOfKey(key)) {
      layer.causes[*cause] = saturatingSum(layer.causes[*cause], *cycles);
    } else if (unknownCauses_.size() < 100 && unknownCauses_.insert(key).second) {
      json_.problems().warning(place, "R0006",
                               "there is no cause " + inQuotes(key) +
                                   "; causes are busy:…, wait:data:…, wait:structural:… and wait:fetch");
    }
  });
  if (!whole) layer.causes.clear();  // a part of them would look like all
}

void EstimateReader::traffic(StoredLayer& layer, const std::string& of) {
  json_.object("traffic" + of, [&](const std::string& memory) {
    Traffic traffic;
    bool whole = true;
    const auto take = [&](std::int64_t& figure, const std::string& key) {
      const auto value = json_.count(key + " of " + inQuotes(memory) + of);
      figure = value.value_or(0);
      whole = whole && value;
    };
    json_.object("traffic of " + inQuotes(memory) + of, [&](const std::string& key) {
      if (key == "reads") return take(traffic.reads, key);
      if (key == "writes") return take(traffic.writes, key);
      if (key == "words_read") return take(traffic.wordsRead, key);
      if (key == "words_written") return take(traffic.wordsWritten, key);
      if (key == "busy") return take(traffic.busy, key);
      json_.pass();
    });
    if (whole) layer.traffic[memory] = traffic;
  });
}

void EstimateReader::layerMember(StoredLayer& layer, const std::string& key, const std::string& of) {
  const auto text = [&](std::string& member) { member = json_.text(key + of).value_or(std::string()); };
  if (key == "name") return text(layer.name);
  if (key == "operator") return text(layer.side.operatorName);
  if (key == "mapping") return text(layer.side.mapping);
  if (key == "method") return text(layer.side.method);
  if (key == "cycles") {
    layer.cycles = json_.count(key + of);
    return;
  }
  if (key == "exact") {
    layer.side.exact = json_.flag(key + of).value_or(false);
    return;
  }
  if (key == "guessed") {
    layer.side.guessed = json_.flag(key + of).value_or(false);
    return;
  }
  if (key == "tunables") {
    json_.object(key + of, [&](const std::string& name) {
      if (const auto value = json_.whole("tunable " + inQuotes(name) + of))
        layer.side.tunables[name] = *value;
    });
    return;
  }
  if (key == "breakdown") return breakdown(layer, of);
  if (key == "traffic") return traffic(layer, of);
  json_.pass();
}

void EstimateReader::layer() {
  const SourcePosition place = json_.position();
  if (result_.layers.size() >= mostResultLayers) {
    if (!tooMany_)
      json_.problems().error(place, "R0007",
                             "there are more than " + std::to_string(mostResultLayers) + " layers");
    tooMany_ = true;
    return json_.pass();
  }
  StoredLayer layer;
  layer.side.exact = false;  // what does not say so is not
  std::vector<std::string> fused;
  bool named = false;
  std::string of = " of layer " + std::to_string(result_.layers.size() + 1);
  std::set<std::string> keys;
  json_.object("a layer", [&](const std::string& key) {
    keys.insert(key);
    if (key == "fused") {
      json_.array("fused" + of, [&] {
        if (fused.size() >= mostResultLayers) return json_.pass();
        if (auto name = json_.text("a fused layer" + of)) fused.push_back(std::move(*name));
      });
      return;
    }
    layerMember(layer, key, of);
    if (key != "name") return;
    named = true;
    of = " of layer " + inQuotes(layer.name);
  });
  if (keys.empty() || json_.broken()) return;  // which is said
  if (!named) json_.problems().error(place, "R0003", "a layer has no name; \"name\": \"…\" is needed");
  if (!keys.contains("cycles")) {
    json_.problems().warning(place, "R0004", "cycles" + of + " are not given; they count as missing");
  }
  checkLayer(layer, place, of);
  LayerSide side = layer.side;
  side.standing = LayerStanding::Fused;
  side.operatorName.clear();
  side.fusedWith = layer.name;
  result_.layers.push_back(std::move(layer));
  for (std::string& name : fused) {
    StoredLayer with;
    with.name = std::move(name);
    with.side = side;
    result_.layers.push_back(std::move(with));
  }
}

void EstimateReader::checkLayer(const StoredLayer& layer, SourcePosition place, const std::string& of) {
  layersWhole_ = layersWhole_ && layer.cycles;
  if (layer.causes.empty() || !layer.cycles || !unknownCauses_.empty()) return;
  Cycles sum = 0;
  for (const auto& [cause, cycles] : layer.causes) sum = saturatingSum(sum, cycles);
  if (sum == *layer.cycles) return;
  json_.problems().warning(place, "R0005",
                           "the causes" + of + " add up to " + std::to_string(sum) + " cycles, not to its " +
                               std::to_string(*layer.cycles));
}

void EstimateReader::unmapped() {
  const SourcePosition place = json_.position();
  StoredLayer layer;
  layer.side.standing = LayerStanding::Unmapped;
  json_.object("a layer that is not mapped", [&](const std::string& key) {
    const auto text = [&](std::string& member) {
      member = json_.text(key + " of a layer that is not mapped").value_or(std::string());
    };
    if (key == "name") return text(layer.name);
    if (key == "operator") return text(layer.side.operatorName);
    if (key == "reason") return text(layer.side.reason);
    json_.pass();
  });
  if (json_.broken()) return;
  if (layer.name.empty()) {
    json_.problems().error(place, "R0003",
                           "a layer that is not mapped has no name; \"name\": \"…\" is needed");
  }
  unmapped_.push_back(std::move(layer));
}

void EstimateReader::member(const std::string& key) {
  const auto text = [&](std::string& member) { member = json_.text(key).value_or(std::string()); };
  if (key == "architecture") return text(result_.architecture);
  if (key == "network") return text(result_.network);
  if (key == "parameters") return parameters();
  if (key == "cycles") {
    total_ = json_.position();
    result_.cycles = json_.count(key);
    return;
  }
  if (key == "exact") {
    result_.exact = json_.flag(key).value_or(false);
    return;
  }
  if (key == "complete") {
    result_.complete = json_.flag(key).value_or(false);
    return;
  }
  if (key == "layers") {
    hasLayers_ = true;
    return json_.array(key, [&] { layer(); });
  }
  if (key == "unmapped") return json_.array(key, [&] { unmapped(); });
  json_.pass();
}

/// Layers add up to the total, whether they overlap or not.
void EstimateReader::checkTotal() {
  if (!result_.cycles || !layersWhole_) return;
  Cycles sum = 0;
  for (const StoredLayer& layer : result_.layers) sum = saturatingSum(sum, layer.cycles.value_or(0));
  if (sum == *result_.cycles) return;
  json_.problems().warning(total_, "R0005",
                           "the layers add up to " + std::to_string(sum) + " cycles, not to the " +
                               std::to_string(*result_.cycles) + " of the total");
}

Result<StoredResult> EstimateReader::read() {
  result_.exact = result_.complete = false;
  bool any = false;
  json_.object("a result", [&](const std::string& key) {
    any = true;
    member(key);
  });
  const bool isJson = json_.finish();
  if (isJson && !hasLayers_ && !json_.problems().hasErrors()) {
    json_.problems().error({1, 1}, any ? "R0003" : "R0001",
                           "this is no result of taktwerk-cli estimate --json: it has no \"layers\"");
  }
  if (json_.problems().hasErrors()) return std::move(json_.problems()).take("R0000");
  if (!result_.cycles && total_ == SourcePosition{1, 1}) {
    json_.problems().warning({1, 1}, "R0004", "the total, \"cycles\", is not given; it counts as missing");
  }
  checkTotal();
  std::move(unmapped_.begin(), unmapped_.end(), std::back_inserter(result_.layers));
  return {std::move(result_), std::move(json_.problems()).take("R0000")};
}

}  // namespace

Result<StoredResult> parseEstimateJson(std::string_view text, const std::string& file) {
  return EstimateReader(text, file).read();
}

Result<StoredResult> readEstimateJson(const std::filesystem::path& path) {
  const Result<std::string> text = readFile(path, maximumResultBytes);
  if (!text) return text.diagnostics;
  return parseEstimateJson(*text, path.string());
}

}  // namespace taktwerk
