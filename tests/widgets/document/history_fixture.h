// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/files.h"
#include "tests/widgets/fixtures.h"
#include "widgets/document/document_controller.h"
#include "widgets/document/edit_command.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/history.h"
#include "widgets/document/text_documents.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/workspace/workspace_document.h"

namespace taktwerk::test {

/// An architecture of that name.
[[nodiscard]] inline std::string architectureNamed(const std::string& name) {
  return "format: taktwerk-architecture/1\nname: " + name + "\n";
}

/// The four kinds of documents on one history, without a window.
class OneHistoryTest : public ::testing::Test {
 protected:
  OneHistoryTest() { openArchitecture("a.arch.yaml"); }
  void openArchitecture(const QString& file) {
    const std::string text = architectureNamed("first");
    documents.restore(folder.write(file, QByteArray::fromStdString(text)), text, text);
  }
  TextDocument& open(TextDocuments& texts, const QString& file, const std::string& text = "zero\n") {
    return texts.open(folder.write(file, QByteArray::fromStdString(text)), text, true);
  }
  void rename(const std::string& name, const QString& key = {}) {
    ASSERT_EQ(documents.replace("Rename", Result<std::string>(architectureNamed(name)), key), QString());
  }
  void choose(std::int64_t value, const QString& key = {}) {
    WorkspaceChoices choices = workspace.choices();
    choices.parameters["arch.rows"] = value;
    workspace.change({"Set rows"}, choices, key);
  }
  [[nodiscard]] const std::string& architecture() const { return documents.document()->bytes; }
  [[nodiscard]] std::int64_t chosen() const {
    const auto& parameters = estimates.input().parameters;
    const auto found = parameters.find("arch.rows");
    return found == parameters.end() ? 0 : found->second;
  }

  Folder folder;
  JobManager jobs;
  History history;
  DocumentController documents{jobs, history, {}};
  EstimateController estimates{jobs};
  WorkspaceDocument workspace{documents, estimates, history};
  TextDocuments networks{history, HistoryPlace::Kind::Network};
  TextDocuments mappings{history, HistoryPlace::Kind::Mapping};
};

}  // namespace taktwerk::test
