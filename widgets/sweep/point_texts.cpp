// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/point_texts.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "widgets/document/document.h"
#include "widgets/document/file_kind.h"
#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Sweep", text);
}

/// None: one of them is not known.
std::optional<std::vector<std::string_view>> sorted(const std::vector<DesignTexts::Text>& texts) {
  std::vector<std::string_view> all;
  all.reserve(texts.size());
  for (const DesignTexts::Text& text : texts) {
    if (!text) return std::nullopt;
    all.push_back(*text);
  }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

std::vector<DesignTexts> textsOf(std::vector<StoredStudy>&& studies) {
  std::map<std::string_view, DesignTexts::Text> known;  // views of what they lead to
  const auto once = [&](std::string& text) {
    const auto found = known.find(text);
    if (found != known.end()) return found->second;
    auto made = std::make_shared<const std::string>(std::move(text));
    known.emplace(*made, made);
    return DesignTexts::Text(std::move(made));
  };
  std::vector<DesignTexts> texts;
  texts.reserve(studies.size());
  for (StoredStudy& study : studies) {
    DesignTexts& own = texts.emplace_back();
    for (StoredInput& input : study.inputs) {
      if (input.kind == "architecture") own.architecture = once(input.text);
      if (input.kind == "network") own.network = once(input.text);
      if (input.kind == "mapping") own.mappings.push_back(once(input.text));
    }
  }
  return texts;
}

std::optional<DesignTexts> textsOf(const EstimateInput& input) {
  const Result<Study> study = studyOf(input);
  if (!study || hasErrors(study.diagnostics) || study->network.path.empty()) return std::nullopt;
  TextsInPlace texts;
  for (const auto& [path, text] : input.texts) texts[toPath(path).string()] = text;
  texts[study->architecture->file] = std::make_shared<const std::string>(input.document->bytes);
  Sweep one;
  one.studies = {*study};
  auto stored = storedStudies(one, {}, *input.memory, texts);
  if (!stored) return std::nullopt;
  return textsOf(std::move(*stored)).front();
}

QStringList changedFiles(const DesignTexts& then, const DesignTexts& now) {
  QStringList changed;
  if (then.network && now.network && *then.network != *now.network) changed << tr("the network");
  const auto before = sorted(then.mappings), after = sorted(now.mappings);
  if (before && after && *before != *after) changed << tr("the mappings");
  return changed;
}

}  // namespace taktwerk
