// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/document/document_controller.h"
#include "widgets/document/file_kind.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/workspace/file_opener.h"
#include "widgets/workspace/workspace_document.h"

namespace taktwerk::test {
namespace {

class DocumentTest : public ::testing::Test {
 protected:
  DocumentTest() {
    QObject::connect(&documents, &DocumentController::openFailed, &context,
                     [this](const QString& path, const Diagnostics& diagnostics) {
                       failedPath = path;
                       failure = diagnostics;
                     });
    QObject::connect(&opener, &FileOpener::failed, &context,
                     [this](const QString& path, const Diagnostics& diagnostics) {
                       failedPath = path;
                       failure = diagnostics;
                     });
  }
  bool settle() {
    return waitFor([this] { return jobs.states().empty(); });
  }

  JobManager jobs;
  History history;
  DocumentController documents{jobs, history, {}};
  EstimateController estimates{jobs};
  FileOpener opener{jobs, documents, estimates};
  QObject context;
  Folder folder;
  QString failedPath;
  Diagnostics failure;
};

TEST_F(DocumentTest, OpensAnArchitecture) {
  documents.open(oneMac());
  EXPECT_FALSE(documents.document()) << "opening is not done on this thread";
  ASSERT_TRUE(settle());
  ASSERT_TRUE(documents.document());
  EXPECT_EQ(documents.document()->shown->objects.size(), 9U);
  EXPECT_FALSE(documents.document()->hasProblems());
  EXPECT_TRUE(documents.document()->text.startsWith("format: taktwerk-architecture/1"));
}

TEST_F(DocumentTest, KeepsWhatIsOpenWhenAFileIsNoYaml) {
  documents.open(oneMac());
  ASSERT_TRUE(settle());
  const auto before = documents.document();
  documents.open(folder.write("bad.arch.yaml", "format: taktwerk-architecture/1\nobjects: {a: [\n"));
  ASSERT_TRUE(settle());
  EXPECT_EQ(documents.document(), before);
  EXPECT_TRUE(failedPath.endsWith("bad.arch.yaml"));
  ASSERT_FALSE(failure.empty());
  EXPECT_GT(failure.front().position.line, 1U);
}

TEST_F(DocumentTest, RefusesWhatIsNoTextAtAll) {
  for (const QByteArray& bytes :
       {QByteArray(), QByteArray(1000, '\0'), QByteArray("\xff\xfe\x00\x01", 4), QByteArray(5 << 20, 'a')}) {
    failure.clear();
    documents.open(folder.write("strange.arch.yaml", bytes));
    ASSERT_TRUE(settle());
    EXPECT_FALSE(documents.document());
    EXPECT_FALSE(failure.empty()) << bytes.size();
  }
  failure.clear();
  documents.open(folder.path("missing.arch.yaml"));
  ASSERT_TRUE(settle());
  EXPECT_FALSE(failure.empty());
}

TEST_F(DocumentTest, OpensADocumentWithErrorsAndWithUnknownClasses) {
  documents.open(folder.write("odd.arch.yaml", R"(format: taktwerk-architecture/1
name: odd
objects:
  a: {class: Teleporter, range: 3}
  b: {class: PipelineStage, latency: -1}
connections: []
)"));
  ASSERT_TRUE(settle());
  ASSERT_TRUE(documents.document());
  EXPECT_TRUE(documents.document()->architecture->readOnly);
  EXPECT_TRUE(documents.document()->hasProblems());
  EXPECT_FALSE(estimates.whyNotRunnable().isEmpty());
}

TEST_F(DocumentTest, LetsTheLatestOfSeveralOpensWin) {
  documents.open(folder.path("missing.arch.yaml"));
  documents.open(oneMac());
  ASSERT_TRUE(settle());
  ASSERT_TRUE(documents.document());
  EXPECT_EQ(documents.document()->path, oneMac());
  EXPECT_TRUE(failure.empty());
}

TEST_F(DocumentTest, ReadsAFileAgainWhenAnotherProgramChangesOrReplacesIt) {
  const QByteArray text =
      "format: taktwerk-architecture/1\nname: before\nobjects:\n  a: {class: PipelineStage}\n";
  const QString path = folder.write("watched.arch.yaml", text);
  documents.open(path);
  ASSERT_TRUE(settle());
  ASSERT_TRUE(documents.document());
  const auto nameIs = [&](const char* name) {
    return waitFor([&] { return documents.document()->architecture->name == name; }, 20000);
  };
  folder.write("watched.arch.yaml", QByteArray(text).replace("before", "after"));
  EXPECT_TRUE(nameIs("after"));
  QFile::remove(path);
  QFile::rename(folder.write("other", QByteArray(text).replace("before", "replaced")), path);
  EXPECT_TRUE(nameIs("replaced"));
  folder.write("watched.arch.yaml", "format: [");
  EXPECT_TRUE(waitFor([&] { return !failure.empty(); }, 20000));
  EXPECT_EQ(documents.document()->architecture->name, "replaced") << "a half-written file changes nothing";
}

TEST_F(DocumentTest, TellsFilesApartByNameAndContent) {
  EXPECT_EQ(fileKindOf(oneMac()), FileKind::Architecture);
  EXPECT_EQ(fileKindOf(tcResNet8()), FileKind::Network);
  EXPECT_EQ(fileKindOf("x/y.mapping.yaml"), FileKind::Mapping);
  EXPECT_EQ(fileKindOf("x/y.taktwerk"), FileKind::Workspace);
  EXPECT_EQ(fileKindOf(folder.write("a.yaml", "# mine\nformat: taktwerk-network/1\n")), FileKind::Network);
  EXPECT_EQ(fileKindOf("x/y.trace.jsonl"), FileKind::Trace);
  EXPECT_EQ(fileKindOf(folder.write("a.jsonl", "{\"operation\": \"add\"}\n")), FileKind::Trace);
  EXPECT_EQ(fileKindOf(folder.write("a.json", "{\"cycles\": 3}\n")), FileKind::Unknown);
  EXPECT_EQ(fileKindOf(folder.write("a.png", "\x89PNG")), FileKind::Unknown);
  EXPECT_EQ(fileKindOf(folder.path("none")), FileKind::Unknown);
}

TEST_F(DocumentTest, OpensFilesThatBelongTogether) {
  const QString mapping = QString(oneMac()).replace("one-mac.arch.yaml", "mappings/relu.mapping.yaml");
  opener.open({mapping, tcResNet8(), oneMac()});
  ASSERT_TRUE(settle());
  EXPECT_EQ(estimates.input().document, documents.document());
  EXPECT_EQ(estimates.input().networkPath, tcResNet8());
  EXPECT_EQ(estimates.input().mappingPaths, QStringList{mapping});
  ASSERT_TRUE(estimates.network());
  EXPECT_TRUE(estimates.whyNotRunnable().isEmpty());
}

const QByteArray twoLoads =
    R"({"operation": "load", "writes": ["regs.r1"], "memory_reads": [{"memory": "dmem", "address": 4}]}
{"operation": "load", "writes": ["regs.r2"], "memory_reads": [{"memory": "dmem", "address": 5}]}
)";

TEST_F(DocumentTest, EstimatesATraceInPlaceOfANetwork) {
  const QString trace = folder.write("loads.trace.jsonl", twoLoads);
  opener.open({oneMac(), tcResNet8()});
  ASSERT_TRUE(settle());
  opener.open({trace});
  EXPECT_EQ(estimates.input().tracePath, trace);
  EXPECT_TRUE(estimates.input().networkPath.isEmpty());
  EXPECT_EQ(estimates.network(), nullptr);
  EXPECT_EQ(estimates.whyNotRunnable(), "");
  estimates.run();
  ASSERT_TRUE(settle());
  ASSERT_TRUE(estimates.outcome().estimate);
  ASSERT_EQ(estimates.outcome().estimate->layers.size(), 1U);
  EXPECT_EQ(estimates.outcome().estimate->layers[0].name, "loads");
  EXPECT_EQ(estimates.outcome().estimate->layers[0].instructions, 2);
  EXPECT_EQ(estimates.outcome().network, nullptr);
  EXPECT_FALSE(estimates.outOfDate());
  // And back.
  opener.open({tcResNet8()});
  EXPECT_TRUE(estimates.input().tracePath.isEmpty());
  EXPECT_EQ(estimates.input().networkPath, tcResNet8());
  EXPECT_TRUE(estimates.outOfDate());
}

TEST_F(DocumentTest, SaysWhatIsWrongWithATraceAndWhere) {
  const QString trace = folder.write("bad.trace.jsonl", twoLoads + "{\"operation\": \"lode\"}\n");
  opener.open({oneMac(), trace});
  ASSERT_TRUE(settle());
  EXPECT_EQ(estimates.input().tracePath, trace);
  estimates.run();
  ASSERT_TRUE(settle());
  EXPECT_EQ(estimates.outcome().estimate, nullptr);
  const Diagnostics problems = estimates.problems();
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems.front().file, trace.toStdString());
  EXPECT_EQ(problems.front().position.line, 3U);
}

TEST_F(DocumentTest, KeepsATraceForTheArchitectureThatIsOpenedNextAndForNoOther) {
  const QString trace = folder.write("loads.trace.jsonl", twoLoads);
  QString missing;
  QObject::connect(&opener, &FileOpener::architectureMissing, [&](const QString& path) { missing = path; });
  opener.open({trace});
  EXPECT_EQ(missing, trace);
  EXPECT_TRUE(estimates.input().tracePath.isEmpty());
  opener.open({oneMac()});
  ASSERT_TRUE(settle());
  EXPECT_EQ(estimates.input().tracePath, trace);
  missing.clear();
  opener.open({folder.write("other.arch.yaml",
                            "format: taktwerk-architecture/1\nname: other\nobjects:\n  a: {class: "
                            "PipelineStage}\n")});
  ASSERT_TRUE(settle());
  EXPECT_TRUE(estimates.input().tracePath.isEmpty()) << "its names are those of another machine";
  opener.open({trace});
  EXPECT_TRUE(missing.isEmpty());
  EXPECT_EQ(estimates.input().tracePath, trace);
}

TEST_F(DocumentTest, SavesAndOpensAWorkspaceOfATrace) {
  const QString trace = folder.write("loads.trace.jsonl", twoLoads);
  opener.open({oneMac(), trace});
  ASSERT_TRUE(settle());
  const QString path = folder.path("trace.taktwerk");
  WorkspaceDocument workspace(documents, estimates, history);
  workspace.begin({});
  EXPECT_TRUE(workspace.save(path).empty());
  EXPECT_FALSE(workspace.isModified());
  estimates.setNetwork(tcResNet8());
  EXPECT_TRUE(workspace.isModified()) << "it would name other files";
  documents.close();
  opener.open({path});
  ASSERT_TRUE(settle());
  EXPECT_EQ(estimates.input().tracePath, trace);
  EXPECT_TRUE(estimates.input().networkPath.isEmpty());
}

TEST_F(DocumentTest, SavesAndOpensAWorkspace) {
  opener.open({oneMac(), tcResNet8()});
  ASSERT_TRUE(settle());
  estimates.setParameters({{"arch.mac_latency", 3}});
  estimates.setChoices({{"conv0", {"conv1d on one MAC", {}}}});
  const QString path = folder.path("study.taktwerk");
  WorkspaceDocument workspace(documents, estimates, history);
  EXPECT_TRUE(workspace.save(path).empty());
  documents.close();
  estimates.setNetwork({});
  opener.open({path});
  ASSERT_TRUE(settle());
  ASSERT_TRUE(documents.document()) << (failure.empty() ? "" : toString(failure.front()));
  EXPECT_EQ(documents.document()->path, oneMac());
  EXPECT_EQ(estimates.input().networkPath, tcResNet8());
  EXPECT_EQ(estimates.input().parameters.at("arch.mac_latency"), 3);
  EXPECT_EQ(estimates.input().choices.at("conv0").mapping, "conv1d on one MAC");
}

TEST_F(DocumentTest, SaysWhatIsWrongWithFilesOfNoKind) {
  opener.open({folder.path("gone.txt")});
  ASSERT_EQ(failure.size(), 1U);
  EXPECT_EQ(failure.front().message, "there is no such file");
  opener.open({folder.write("notes.txt", "hello")});
  EXPECT_NE(failure.front().message.find("no file Taktwerk knows"), std::string::npos);
}

}  // namespace
}  // namespace taktwerk::test
