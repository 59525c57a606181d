// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "core/base/files.h"
#include "core/import/import_network.h"
#include "core/study/study_memory.h"

namespace taktwerk {
namespace {

void append(Diagnostics& all, Diagnostics more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// The mappings of a study, edited ones as edited, each once.
std::vector<Mapping> readMappings(const StudyFiles& files, StudyMemory& memory, Diagnostics& diagnostics) {
  std::vector<std::string> paths = files.mappings;
  if (paths.empty() && !files.architecture.empty()) {
    for (const auto& path : mappingFilesBeside(files.architecture)) paths.push_back(path.string());
  }
  for (const std::string& path : files.added) {
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
  }
  std::vector<Mapping> mappings;
  for (const std::string& path : paths) {
    const auto edited = files.texts.find(path);
    Result<Mapping> mapping =
        memory.mapping(path, edited == files.texts.end() ? nullptr : edited->second.get());
    append(diagnostics, std::move(mapping.diagnostics));
    if (mapping) mappings.push_back(std::move(*mapping));
  }
  return mappings;
}

}  // namespace

Result<NetworkSource> readNetworkSource(const std::string& path) {
  if (isImportable(path)) return NetworkSource{path, nullptr};
  Result<std::string> text = readFile(path);
  if (!text) return std::move(text.diagnostics);
  return {NetworkSource{path, std::make_shared<const std::string>(std::move(*text))},
          std::move(text.diagnostics)};
}

Result<Study> readStudy(const StudyFiles& files, StudyMemory& memory) {
  Study study;
  Diagnostics diagnostics;
  study.architecture = files.read;
  if (!study.architecture) {
    auto architecture = memory.architecture(files.architecture);
    append(diagnostics, std::move(architecture.diagnostics));
    if (architecture) study.architecture = *architecture;
  }
  if (!files.network.empty()) {
    const auto edited = files.texts.find(files.network);
    Result<NetworkSource> source = edited == files.texts.end()
                                       ? readNetworkSource(files.network)
                                       : Result<NetworkSource>({files.network, edited->second});
    append(diagnostics, std::move(source.diagnostics));
    if (source) {
      study.network = std::move(*source);
      append(diagnostics, memory.network(study.network, {}).diagnostics);
    }
    study.mappings = std::make_shared<const std::vector<Mapping>>(readMappings(files, memory, diagnostics));
  } else {
    study.trace = files.trace;  // read on a machine, as its names are those of one
  }
  return {std::move(study), std::move(diagnostics)};
}

StudyFiles filesOf(const Workspace& workspace) {
  StudyFiles files;
  if (!workspace.architecture.empty())
    files.architecture = workspace.resolve(workspace.architecture).string();
  if (!workspace.network.empty()) files.network = workspace.resolve(workspace.network).string();
  if (!workspace.trace.empty()) files.trace = workspace.resolve(workspace.trace).string();
  for (const std::string& mapping : workspace.mappings) {
    files.mappings.push_back(workspace.resolve(mapping).string());
  }
  return files;
}

SettableNames settableNames(const Study& study, const Network* network) {
  SettableNames names;
  for (const Parameter& parameter : study.architecture->parameters)
    names.architecture.push_back(parameter.name);
  if (network != nullptr) {
    for (const auto& [name, value] : network->parameters) names.network.push_back(name);
  }
  std::set<std::string> tunables;
  for (const Mapping& mapping : *study.mappings) {
    for (std::string& name : tunableNames(mapping)) tunables.insert(std::move(name));
  }
  names.mapping.assign(tunables.begin(), tunables.end());
  return names;
}

}  // namespace taktwerk
