// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QFileSystemWatcher>
#include <QTest>
#include <random>

#include <gtest/gtest.h>

#include "core/architecture/class_specification.h"
#include "core/base/files.h"
#include "core/editing/declared_place.h"
#include "core/editing/drawn_connection.h"
#include "core/editing/new_block.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/document/document_controller.h"
#include "widgets/document/edit_command.h"
#include "widgets/document/file_kind.h"
#include "widgets/jobs/job_manager.h"

namespace taktwerk::test {
namespace {

class HistoryTest : public ::testing::Test {
 protected:
  void open(const QString& path) {
    documents.open(path);
    ASSERT_TRUE(waitFor([this] { return jobs.states().empty(); }));
    ASSERT_TRUE(documents.document());
    original = documents.document()->bytes;
  }
  const std::string& bytes() const { return documents.document()->bytes; }
  std::string onDisk(const QString& path) const { return *readFile(toPath(path)); }
  QString copyOfOneMac() {
    QFile file(oneMac());
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return folder.write("copy.arch.yaml", file.readAll());
  }
  QString set(const char* object, const char* name, const char* value, const QString& key = {}) {
    return documents.edit("Set", {SetAttribute{object, name, yamlScalar(value)}}, key);
  }

  JobManager jobs;
  History history;
  DocumentController documents{jobs, history, {}};
  Folder folder;
  std::string original;
};

TEST_F(HistoryTest, UndoesAndRedoesAnEditByteForByte) {
  open(oneMac());
  EXPECT_FALSE(documents.isModified());
  ASSERT_EQ(set("decode", "latency", "3"), QString());
  EXPECT_EQ(documents.lastChange(), DocumentController::Change::Edited);
  EXPECT_TRUE(documents.isModified());
  const std::string edited = bytes();
  EXPECT_NE(edited, original);
  EXPECT_EQ(documents.history().undoText(), "Set");
  documents.history().undo();
  EXPECT_EQ(bytes(), original);
  EXPECT_FALSE(documents.isModified());
  documents.history().redo();
  EXPECT_EQ(bytes(), edited);
}

TEST_F(HistoryTest, RefusesWhatDoesNotFitAndLeavesNoStep) {
  open(oneMac());
  EXPECT_FALSE(set("nobody", "latency", "3").isEmpty());
  EXPECT_FALSE(documents.edit("Two", {RemoveObject{"alu"}, SetAttribute{"alu", "latency", yamlScalar("3")}})
                   .isEmpty());
  EXPECT_EQ(set("decode", "latency", "1"), QString()) << "says already what it shall say";
  EXPECT_EQ(documents.history().count(), 0);
  EXPECT_EQ(bytes(), original);
}

TEST_F(HistoryTest, JoinsStepsOfOneKeyAndDropsWhatChangesNothing) {
  open(oneMac());
  set("decode", "latency", "2", "typing");
  set("decode", "latency", "23", "typing");
  EXPECT_EQ(documents.history().count(), 1);
  set("decode", "capacity", "23", "other");
  EXPECT_EQ(documents.history().count(), 2);
  documents.history().undo();
  documents.history().undo();
  EXPECT_EQ(bytes(), original);
  set("decode", "latency", "5", "there");
  set("decode", "latency", "1", "there");
  EXPECT_EQ(documents.history().count(), 0) << "there and back is no step";
  EXPECT_EQ(bytes(), original);
}

TEST_F(HistoryTest, JoinsTheStepsOfAGestureHoweverLongItTakes) {
  open(oneMac());
  const QString drag = gestureKey();
  set("decode", "latency", "2", drag);
  QTest::qWait(1100);
  set("decode", "latency", "3", drag);
  EXPECT_EQ(documents.history().count(), 1);
  set("decode", "latency", "4", gestureKey());
  EXPECT_EQ(documents.history().count(), 2) << "another gesture";
  documents.history().undo();
  documents.history().undo();
  EXPECT_EQ(bytes(), original);
}

TEST_F(HistoryTest, AJumpShowsWhereItLeadsAndNothingInBetween) {
  open(oneMac());
  constexpr int steps = 75;
  for (int i = 0; i < steps; ++i)
    ASSERT_EQ(set("decode", "latency", qPrintable(QString::number(i + 2))), QString());
  ASSERT_EQ(documents.history().count(), steps);
  const std::string end = bytes();
  std::vector<std::shared_ptr<const Document>> shown;
  QObject context;
  QObject::connect(&documents, &DocumentController::documentChanged, &context,
                   [&] { shown.push_back(documents.document()); });
  documents.history().setIndex(0);
  EXPECT_EQ(bytes(), original);
  documents.history().setIndex(steps);
  EXPECT_EQ(bytes(), end);
  documents.history().setIndex(steps / 2);
  EXPECT_EQ(shown.size(), 3U) << "each document is read, laid out, routed and drawn";
}

TEST_F(HistoryTest, KeepsBlocksWhereTheyStandWhenOthersComeAndGo) {
  open(oneMac());
  const auto rectOf = [&](const char* name) {
    const ShownObject* object = documents.document()->shown->find(name);
    return documents.document()->diagram->blocks[object->shown.index()].rect;
  };
  const Rect dmem = rectOf("dmem");
  const Rect fetch = rectOf("fetch");
  ASSERT_EQ(documents.edit("Add", {AddObject{"more", newObject(ObjectClass::Sram)}}), QString());
  ASSERT_EQ(documents.edit("Remove", {RemoveObject{"regs"}}), QString());
  EXPECT_EQ(rectOf("dmem"), dmem);
  EXPECT_EQ(rectOf("fetch"), fetch);
  // Placing one block stores where all of them stand.
  ASSERT_EQ(documents.edit("Move", documents.placeEdits({{"more", {500, 700}}})), QString());
  EXPECT_EQ(rectOf("more").x, 500);
  EXPECT_EQ(rectOf("dmem"), dmem);
  const auto again = makeDocument({}, bytes(), {});
  for (const ObjectDeclaration& object : again.shown->objects) {
    EXPECT_EQ(object.at.has_value(), containment(*again.architecture, object.id) == nullptr) << object.name;
  }
}

TEST_F(HistoryTest, SavesAtomicallyAndKnowsWhatIsSaved) {
  const QString path = copyOfOneMac();
  open(path);
  ASSERT_EQ(set("decode", "latency", "3"), QString());
  EXPECT_EQ(onDisk(path), original);
  EXPECT_TRUE(documents.saveAs(documents.document()->path).empty());
  EXPECT_EQ(onDisk(path), bytes());
  EXPECT_FALSE(documents.isModified());
  documents.history().undo();
  EXPECT_TRUE(documents.isModified());
  EXPECT_EQ(bytes(), original);
  const QString other = folder.path("other.arch.yaml");
  EXPECT_TRUE(documents.saveAs(other).empty());
  EXPECT_EQ(documents.document()->path, other);
  EXPECT_EQ(onDisk(other), original);
  EXPECT_TRUE(hasErrors(documents.saveAs(folder.path("no/such/folder/x.arch.yaml"))));
  EXPECT_EQ(documents.document()->path, other);
}

TEST_F(HistoryTest, ReadsAFileThatAnotherProgramChangedAsAStepThatCanBeUndone) {
  const QString path = copyOfOneMac();
  open(path);
  const std::string theirs = *applyEdit(original, SetText{"name", "theirs"});
  ASSERT_TRUE(writeFileAtomically(toPath(path), theirs).empty());
  ASSERT_TRUE(waitFor([&] { return bytes() == theirs; }, 20000));
  EXPECT_FALSE(documents.isModified());
  documents.history().undo();
  EXPECT_EQ(bytes(), original);
  EXPECT_TRUE(documents.isModified());
}

TEST_F(HistoryTest, AsksBeforeItReadsAChangedFileOverUnsavedWork) {
  const QString path = copyOfOneMac();
  open(path);
  bool asked = false;
  QObject::connect(&documents, &DocumentController::changedOnDisk, &documents, [&] { asked = true; });
  ASSERT_EQ(set("decode", "latency", "3"), QString());
  const std::string mine = bytes();
  const std::string theirs = *applyEdit(original, SetText{"name", "theirs"});
  ASSERT_TRUE(writeFileAtomically(toPath(path), theirs).empty());
  ASSERT_TRUE(waitFor([&] { return asked; }, 20000));
  EXPECT_EQ(bytes(), mine);
  documents.reload();
  ASSERT_TRUE(waitFor([&] { return bytes() == theirs; }));
  documents.history().undo();
  EXPECT_EQ(bytes(), mine) << "nothing is lost by reading";
}

TEST_F(HistoryTest, DoesNotTakeItsOwnSavingForAnotherProgram) {
  const QString path = copyOfOneMac();
  open(path);
  int changes = 0;
  ASSERT_EQ(set("decode", "latency", "3"), QString());
  QObject::connect(&documents, &DocumentController::documentChanged, &documents, [&] { ++changes; });
  QFileSystemWatcher other({path});
  bool noticed = false, looked = false;
  QObject::connect(&other, &QFileSystemWatcher::fileChanged, &other, [&] {
    noticed = true;
    // After the controller has waited for the file to rest, and looked.
    QTimer::singleShot(2 * DocumentController::settleMilliseconds, &other, [&] { looked = true; });
  });
  ASSERT_TRUE(documents.saveAs(documents.document()->path).empty());
  ASSERT_TRUE(waitFor([&] { return noticed && looked && jobs.states().empty(); }));
  EXPECT_EQ(changes, 0);
  EXPECT_EQ(documents.history().count(), 1);
}

TEST_F(HistoryTest, BeginsEmptyAndFillsUp) {
  documents.create();
  ASSERT_TRUE(documents.document());
  EXPECT_FALSE(documents.isModified());
  EXPECT_TRUE(documents.document()->path.isEmpty());
  const std::string empty = bytes();
  ASSERT_EQ(documents.edit("Add two", {AddObject{"a", newObject(ObjectClass::ExecuteStage)},
                                       AddObject{"b", newObject(ObjectClass::FunctionalUnit)},
                                       AddConnection{ConnectionKind::Contains, "a", "b"}}),
            QString());
  EXPECT_EQ(documents.document()->shown->objects.size(), 2U);
  EXPECT_EQ(documents.document()->shown->connections.size(), 1U);
  documents.history().undo();
  EXPECT_EQ(bytes(), empty);
}

/// Any edit of a document, most of them possible.
std::vector<ArchitectureEdit> randomEdits(const Architecture& architecture, const std::string& text,
                                          std::mt19937& random) {
  const auto below = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n > 0 ? n - 1 : 0)(random);
  };
  const auto& objects = architecture.objects;
  const std::string name = objects.empty() ? "none" : objects[below(objects.size())].name;
  const auto anyClass = static_cast<ObjectClass>(below(11));
  switch (below(10)) {
    case 0:
      return {AddObject{freeName(architecture, usualName(anyClass)), newObject(anyClass)}};
    case 1:
      return {RemoveObject{name}};
    case 2:
      return {RenameObject{name, freeName(architecture, "renamed")}};
    case 3: {
      if (objects.size() < 2) return {};
      const auto drawn = drawnConnections(architecture, objects[below(objects.size())].id,
                                          objects[below(objects.size())].id);
      std::vector<ArchitectureEdit> edits;
      for (const AddConnection& c : drawn.possible) edits.emplace_back(c);
      return edits;
    }
    case 4: {
      if (architecture.connections.empty()) return {};
      const auto place =
          connectionPlace(text, architecture.connections[below(architecture.connections.size())]);
      return place ? std::vector<ArchitectureEdit>{RemoveConnection{*place}}
                   : std::vector<ArchitectureEdit>{};
    }
    case 5:
      return {SetAttribute{name, "note", yamlScalar("a note: with # signs", true)}};
    case 6:
      return {SetAttribute{name, "note", std::nullopt}};
    case 7:
      return {AddParameter{std::string("p").append(std::to_string(below(1000))), [] {
                             YamlNode node;
                             node.kind = YamlNode::Kind::Map;
                             node.entries.push_back({"default", {}, yamlScalar("7")});
                             return node;
                           }()}};
    case 8:
      return {SetAttribute{name, "data_width", yamlScalar(std::to_string(1 + below(64)))}};
    default:
      return {SetAttribute{name, "at",
                           yamlSequence({yamlScalar(std::to_string(below(90) * 10)),
                                         yamlScalar(std::to_string(below(90) * 10))})}};
  }
}

TEST_F(HistoryTest, AnyStepsUndoneGiveTheFileAndRedoneTheEndByteForByte) {
  for (const unsigned seed : {1U, 2U, 3U, 4U, 5U, 6U}) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    if (seed == 6) {
      documents.create();
      original = bytes();
    } else {
      open(oneMac());
    }
    std::vector<std::string> states{original};
    for (int i = 0; i < 120; ++i) {
      const auto& document = *documents.document();
      if (document.architecture->readOnly) {  // an attribute that the class does not have
        documents.history().undo();
        states.pop_back();
        continue;
      }
      const QString key = random() % 4 == 0 ? QStringLiteral("key") : QString();
      const std::string before = bytes();
      const QString refused =
          documents.edit("Step", randomEdits(*document.architecture, document.bytes, random), key);
      if (!refused.isEmpty()) {
        EXPECT_EQ(bytes(), before) << refused.toStdString();
      }
      const auto steps = static_cast<std::size_t>(documents.history().index());
      states.resize(steps);
      states.push_back(bytes());
      // The document is always what its text says.
      const Document fresh = makeDocument({}, bytes(), {});
      ASSERT_TRUE(fresh.architecture);
      ASSERT_EQ(fresh.shown->objects.size(), documents.document()->shown->objects.size());
    }
    const std::string end = bytes();
    const int steps = documents.history().index();
    ASSERT_GT(documents.history().count(), 30);
    while (documents.history().canUndo()) {
      documents.history().undo();
      ASSERT_EQ(bytes(), states[static_cast<std::size_t>(documents.history().index())]);
    }
    ASSERT_EQ(bytes(), original);
    while (documents.history().index() < steps) documents.history().redo();
    ASSERT_EQ(bytes(), end);
  }
}

}  // namespace
}  // namespace taktwerk::test
