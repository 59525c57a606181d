// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>

#include "core/base/files.h"
#include "tests/app/desktop/editor_fixture.h"
#include "widgets/document/file_kind.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_page.h"

namespace taktwerk::test {

/// What a file holds.
[[nodiscard]] inline std::string onDisk(const QString& path) {
  const Result<std::string> text = readFile(toPath(path));
  return text ? *text : "no file";
}

/// The window with copies of one-mac and a network, and the pages that change networks, mappings and choices.
class WorkTest : public EditorTest {
 protected:
  WorkTest() {
    page = window.findChild<MappingPage*>();
    network = window.findChild<NetworkPage*>();
    window.ask().unsaved = [this](const QString& question) {
      asked << question;
      return answer;
    };
    window.ask().workspacePath = [this](const QString&) { return folder.path("study.taktwerk"); };
  }
  void openWork() {
    openOneMac();
    architecture = document().path;
    networkPath = copyOfNetwork("mine.network.yaml");
    window.openFiles({networkPath});
    ASSERT_TRUE(settle());
    ASSERT_EQ(network->document().path(), networkPath);
    window.commands().action("view.mapping")->trigger();
    page->setCurrentLayer("conv0");
    ASSERT_TRUE(waitFor([this] { return page->study().layer == "conv0" && page->document(); }));
    ASSERT_TRUE(settle());
  }
  QString copyOfNetwork(const QString& name) {
    return folder.write(name, QByteArray::fromStdString(onDisk(tcResNet8())));
  }
  void editNetwork() { network->document().change(network->document().text() + "# seen\n", "note"); }
  void editMapping() { page->document()->change(page->document()->text() + "# and this\n", "note"); }
  void editArchitecture() {
    ASSERT_EQ(window.documents().edit("Set", {SetAttribute{"decode", "latency", yamlScalar("3")}}),
              QString());
  }
  void attach(const QString& layer) { page->attachTo({layer}, mapping); }
  [[nodiscard]] const std::map<std::string, LayerChoice>& choices() {
    return window.estimates().input().choices;
  }

  const QString mapping = QStringLiteral("conv1d on one MAC");
  MappingPage* page = nullptr;
  NetworkPage* network = nullptr;
  QString architecture, networkPath;
  QStringList asked;
  Questions::Answer answer = Questions::Answer::Cancel;
};

}  // namespace taktwerk::test
