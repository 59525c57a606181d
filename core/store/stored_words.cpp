// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/stored_words.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace taktwerk {
namespace {

struct Kind {
  const char* column;
  const char* file;  ///< kind of its files
};
constexpr std::array kinds = {Kind{"architecture", "architecture"}, Kind{"network", "network"},
                              Kind{"mappings", "mapping"}, Kind{"how", ""}};

const std::string* wordOf(const StoredStudyFiles& study, const std::string& column) {
  for (const auto& [kind, word] : study.words) {
    if (kind == column) return &word;
  }
  return nullptr;
}

/// What is behind a word: equal for studies that do not differ in it.
std::string contentOf(const StoredStudyFiles& study, const Kind& kind) {
  const std::string column = kind.column;
  if (column == "how") return study.how;
  std::string content;
  const auto add = [&](const std::string& files) {
    for (const StoredFile& file : study.files)
      if (file.kind == files) content += std::to_string(file.id) + ' ';
  };
  add(kind.file);
  // Mappings that nobody gave a name are those of their architecture.
  if (column == "architecture" && wordOf(study, "mappings") == nullptr) add("mapping");
  return content;
}

struct WordList {
  std::vector<std::string> words;
  std::vector<std::optional<std::size_t>> places;  ///< by study
};

WordList wordListOf(const std::vector<StoredStudyFiles>& studies, const Kind& kind) {
  WordList found;
  std::vector<std::string> contents;
  for (const StoredStudyFiles& study : studies) {
    const std::string* const own = wordOf(study, kind.column);
    if (own == nullptr) {
      found.places.emplace_back();
      continue;
    }
    std::string content = *own + '\n' + contentOf(study, kind);
    const auto known = std::find(contents.begin(), contents.end(), content);
    found.places.emplace_back(static_cast<std::size_t>(known - contents.begin()));
    if (known != contents.end()) continue;
    contents.push_back(std::move(content));
    std::string word = *own;
    for (int n = 2; std::find(found.words.begin(), found.words.end(), word) != found.words.end(); ++n)
      word = *own + " (" + std::to_string(n) + ')';
    found.words.push_back(std::move(word));
  }
  return found;
}

}  // namespace

void fillWords(StoredTable& table, bool atFront) {
  std::vector<StoredColumn> made;
  for (const Kind& kind : kinds) {
    WordList words = wordListOf(table.studies, kind);
    if (words.words.size() < 2) continue;
    const auto there = std::find_if(table.columns.begin(), table.columns.end(), [&](const StoredColumn& c) {
      return c.name == kind.column && !c.words.empty();
    });
    StoredColumn column{kind.column, std::move(words.words), {}, {}};
    column.values.reserve(table.size());
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto place = words.places[table.study[row]];
      column.values.push_back(static_cast<std::int64_t>(place.value_or(0)));
      if (place) continue;
      column.missing.resize(table.size());
      column.missing[row] = 1;
    }
    if (there != table.columns.end()) {
      *there = std::move(column);
    } else {
      made.push_back(std::move(column));
    }
  }
  table.columns.insert(atFront ? table.columns.begin() : table.columns.end(),
                       std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
}

}  // namespace taktwerk
