// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/study_sources.h"

#include <utility>

#include "core/base/files.h"

namespace taktwerk {

std::vector<StoredSource> storedSources(
    const Study& study, const std::map<std::string, std::shared_ptr<const std::string>>& texts) {
  const auto textOf = [&](const std::string& path) -> std::shared_ptr<const std::string> {
    if (const auto known = texts.find(path); known != texts.end()) return known->second;
    Result<std::string> text = readFile(path);
    return text ? std::make_shared<const std::string>(std::move(*text)) : nullptr;
  };
  using Kind = StoredSource::Kind;
  std::vector<StoredSource> sources;
  if (study.architecture) {
    const std::string& path = study.architecture->file;
    sources.push_back({Kind::Architecture, path, textOf(path)});
  }
  if (!study.network.path.empty()) {
    sources.push_back({Kind::Network, study.network.path, study.network.text});
  }
  for (const Mapping& mapping : *study.mappings) {
    sources.push_back({Kind::Mapping, mapping.file, textOf(mapping.file)});
  }
  return sources;
}

}  // namespace taktwerk
