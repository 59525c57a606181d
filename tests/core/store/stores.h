// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/store/result_store.h"

namespace taktwerk::test {

class Stores : public testing::Test {
 protected:
  Stores() {
    std::string name = (std::filesystem::temp_directory_path() / "taktwerk-store-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder");
    folder_ = name;
  }
  ~Stores() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_;
};

inline std::string bytesOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

inline StoredStudy studyOf(const std::string& architecture) {
  return {{{"architecture", "a.arch.yaml", architecture}, {"network", "n.network.yaml", "layers"}},
          "method auto",
          {{"architecture", architecture}}};
}

/// "arch.rows=4"
inline StudySettings settingsIn(const std::string& text) {
  StudySettings settings;
  const std::size_t equals = text.find('=');
  settings.architecture[text.substr(5, equals - 5)] = std::stoll(text.substr(equals + 1));
  return settings;
}

/// What rows of these tests have.
inline const std::vector<Figure>& threeFigures() {
  static const std::vector<Figure> figures = {{"cycles", "cycles", Figure::Better::Less, "of all"},
                                              {"utilisation", "", Figure::Better::More, "a share"},
                                              {"traffic", "bytes", Figure::Better::Less, "moved"}};
  return figures;
}

inline SweepRow rowOf(const std::string& point, Cycles cycles) {
  SweepRow row;
  row.point.settings = settingsIn(point);
  row.cycles = cycles;
  row.instructions = 7;
  row.macs = 5;
  row.complete = false;
  row.missingLayers = 2;
  row.reason = "2 layers missing: \"fc\"";
  row.figures = {static_cast<double>(cycles), 0.5, std::numeric_limits<double>::quiet_NaN()};
  SweepLayer timed;
  timed.name = "conv";
  timed.fused = {"relu"};
  timed.operatorName = "conv1d";
  timed.mapping = "rows";
  timed.tunables = {{"tile", 4}, {"unroll", -2}};
  timed.adapted = {"tile"};
  timed.cycles = cycles;
  timed.exact = false;
  SweepLayer missing;
  missing.name = "fc";
  missing.operatorName = "dense";
  missing.reason = "no mapping takes it";
  row.layers = {timed, missing};
  return row;
}

inline std::string problemsOf(const Diagnostics& problems) {
  std::string all;
  for (const Diagnostic& problem : problems) all += toString(problem) + '\n';
  return all;
}

/// A store with one study and these points.
inline void fill(const std::string& path, const std::string& architecture,
                 const std::vector<std::string>& points) {
  auto store = ResultStore::open(path, ResultStore::Existing::Continue, threeFigures());
  ASSERT_TRUE(store) << problemsOf(store.diagnostics);
  const auto studies = (*store)->studies({studyOf(architecture)});
  ASSERT_EQ(studies.size(), 1U) << problemsOf((*store)->problems());
  for (const std::string& point : points) {
    EXPECT_TRUE((*store)->add(studies[0], rowOf(point, std::ssize(point))));
  }
}

}  // namespace taktwerk::test
