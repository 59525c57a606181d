// SPDX-License-Identifier: GPL-3.0-or-later
// What goes while others still know it: documents under menus and questions, selections under typed values,
// windows under what is in them.

#include <QMenu>

#include "tests/app/desktop/editor_fixture.h"
#include "widgets/document/text_document.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/mapping/loop_nest_tree.h"
#include "widgets/problems/problems_panel.h"
#include "widgets/session/selection_model.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

class LifetimesTest : public EditorTest {
 protected:
  LifetimesTest() {
    QObject::connect(editor, &DiagramEditor::said, editor,
                     [this](const QString& sentence) { said = sentence; });
  }
  [[nodiscard]] DocumentController& documents() { return window.documents(); }
  /// Types into the inspector's row without Enter.
  void begin(const char* name, const char* attribute, const char* value) {
    click(grip(name));
    auto* rows = window.findChild<Inspector*>()->findChild<QTreeWidget*>();
    const auto items = rows->findItems(attribute, Qt::MatchExactly | Qt::MatchRecursive);
    ASSERT_EQ(items.size(), 1) << attribute;
    rows->scrollToItem(items.front());
    QTest::mouseClick(rows->viewport(), Qt::LeftButton, {},
                      rows->visualRect(rows->indexFromItem(items.front(), 1)).center());
    auto* line = rows->viewport()->findChild<QLineEdit*>();
    ASSERT_TRUE(line) << attribute;
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(line, value);
  }
  QString said;
};

TEST_F(LifetimesTest, AValueTypedForOneBlockIsItsOwnWhereAnotherIsClicked) {
  openOneMac();
  begin("alu", "latency", "7");
  const std::string lsu = document().shown->find("lsu")->find("latency")->value.scalar;
  click(grip("lsu"));
  ASSERT_TRUE(waitFor([&] { return documents().history().count() == 1; }, 5000));
  EXPECT_EQ(document().shown->find("alu")->find("latency")->value.scalar, "7");
  EXPECT_EQ(document().shown->find("lsu")->find("latency")->value.scalar, lsu);
  EXPECT_EQ(window.selection().objects(), ShownSelection::Objects{block("lsu").object});
}

TEST_F(LifetimesTest, AnOpenFieldIsNotAboutWhatIsSelectedElsewhere) {
  openOneMac();
  begin("alu", "latency", "7");
  window.selection().select({block("lsu").object});  // as going back in the history of places does
  auto* rows = window.findChild<Inspector*>()->findChild<QTreeWidget*>();
  QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  for (auto* line : rows->viewport()->findChildren<QLineEdit*>()) QTest::keyClick(line, Qt::Key_Return);
  QTest::qWait(20);
  if (documents().history().count() > 0) {
    EXPECT_THAT(documents().history().undoText().toStdString(), HasSubstr("of alu"));
  }
}

TEST_F(LifetimesTest, AMenuGoesWithTheDocumentItIsAbout) {
  openOneMac();
  click(grip("dmem"));
  key(Qt::Key_Right);
  editor->contextMenu(pixel(grip("alu")));
  auto* menu = view->findChild<QMenu*>("contextMenu");
  ASSERT_TRUE(menu && menu->isVisible());
  documents().history().undo();
  EXPECT_FALSE(menu->isVisible());
  mouseMove({-200, -200});
  editor->quickAdd();
  ASSERT_TRUE(editor->quickAddBox().isVisible());
  documents().history().redo();
  EXPECT_FALSE(editor->quickAddBox().isVisible());
}

TEST_F(LifetimesTest, AnAnswerAboutADocumentThatIsGoneDoesNothing) {
  openOneMac();
  for (const char* command : {"arrange.template", "arrange.array"}) {
    SCOPED_TRACE(command);
    window.selection().select({block("alu").object});
    editor->askTexts = [&](const Question& question) {
      documents().close();
      QStringList answers =
          command == std::string("arrange.array") ? QStringList{"2", "2"} : QStringList{"element", "pe"};
      EXPECT_FALSE(question.problem(answers)) << "it still is about what it was asked of";
      EXPECT_FALSE(question.preview(answers).isEmpty());
      return answers;
    };
    window.commands().action(command)->trigger();
    EXPECT_FALSE(documents().document());
    EXPECT_THAT(said.toStdString(), HasSubstr("meanwhile"));
    openOneMac();
  }
}

TEST_F(LifetimesTest, AWarningIsNotApprovedInADocumentThatChangedMeanwhile) {
  openOneMac();
  for (int i = 0; i < 4; ++i) key(Qt::Key_Minus);
  add("SRAM", "spare", {0, 400});
  const Diagnostics& problems = window.models().problems.open();
  const auto warning = std::find_if(problems.begin(), problems.end(), [](const Diagnostic& d) {
    return d.severity == Severity::Warning && d.object == "spare";
  });
  ASSERT_NE(warning, problems.end());
  // The list that it is in changes. NOLINTNEXTLINE(performance-unnecessary-copy-initialization)
  const Diagnostic about = *warning;
  window.ask().note = [&](const QString&) {
    while (documents().history().canUndo()) documents().history().undo();
    return std::optional<QString>("it is spare");
  };
  Q_EMIT window.findChild<ProblemsPanel*>()->approveRequested(about);
  EXPECT_EQ(bytes(), original);
  window.ask().note = [&](const QString&) {
    documents().close();
    return std::optional<QString>("it is spare");
  };
  while (documents().history().canRedo()) documents().history().redo();
  Q_EMIT window.findChild<ProblemsPanel*>()->approveRequested(about);
  EXPECT_FALSE(documents().document());
}

TEST_F(LifetimesTest, ARecentFileCanBeChosenWhileTheListOfThemChanges) {
  openOneMac();
  const QString first = documents().document()->path;
  QFile::copy(first, folder.path("other.arch.yaml"));
  window.openFiles({folder.path("other.arch.yaml")});
  ASSERT_TRUE(settle());
  key(Qt::Key_A, Qt::ControlModifier);
  key(Qt::Key_Right);
  ASSERT_TRUE(documents().isModified());
  window.ask().unsaved = [](const QString&) { return Questions::Answer::Save; };  // saved files head the list
  const QList<QAction*> recent = window.commands().action("file.recent")->menu()->actions();
  const auto chosen = std::find_if(recent.begin(), recent.end(),
                                   [&](const QAction* action) { return action->statusTip() == first; });
  ASSERT_NE(chosen, recent.end());
  bool stayed = false;
  QObject::connect(*chosen, &QAction::triggered, &window, [&] { stayed = true; });
  (*chosen)->trigger();
  EXPECT_TRUE(stayed) << "it is there until it has been handled";
  ASSERT_TRUE(settle());
  EXPECT_EQ(documents().document()->path, first);
}

TEST_F(LifetimesTest, AToolThatIsReplacedByItsOwnEventStaysUntilThatIsDone) {
  openOneMac();
  // The tool asks, and while it waits the document becomes another and the tool with it.
  editor->askTexts = [&](const Question&) -> std::optional<QStringList> {
    editor->wire();
    editor->select();
    documents().close();
    return std::nullopt;
  };
  editor->array();
  click(grip("dmem"));
  EXPECT_FALSE(documents().document());
  click({0, 0});
}

TEST(Lifetimes, ASceneThatGoesLeavesTheSelectionAlone) {
  const auto document = oneMacDocument();
  Theme theme(false);
  SelectionModel selection;
  {
    DiagramScene scene(theme, selection);
    scene.setDocument(document);
    selection.select(SelectionModel::Names{"alu", "regs"});
  }
  EXPECT_EQ(selection.names().size(), 2U);
}

TEST(Lifetimes, AnEditorMayGoBeforeItsView) {
  Theme theme(false);
  SelectionModel selection;
  JobManager jobs;
  History history;
  DocumentController documents(jobs, history, {});
  CommandTable commands(theme);
  DiagramScene scene(theme, selection);
  DiagramView view(scene, theme);
  auto editor = std::make_unique<DiagramEditor>(scene, view, documents, selection, commands, theme);
  view.setInput(editor.get());
  view.show();
  editor.reset();
  QEvent leave(QEvent::Leave);
  QApplication::sendEvent(&view, &leave);
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, {20, 20});
  QTest::keyClick(&view, Qt::Key_Escape);
  EXPECT_FALSE(view.grab().isNull());
}

TEST(Lifetimes, ADocumentThatGoesTakesItsStepsAlongAndTellsNobody) {
  int told = 0;
  QObject context;
  History history;
  {
    TextDocument document(history, HistoryPlace::Kind::Network);
    document.load("a", "one", true);
    document.change("two", "change");
    QObject::connect(&document, &TextDocument::changed, &context, [&] { ++told; });
    QObject::connect(&document, &TextDocument::cleanChanged, &context, [&] { ++told; });
  }
  EXPECT_EQ(told, 0);
  EXPECT_EQ(history.count(), 0) << "it took its steps along";
  JobManager jobs;
  {
    DocumentController documents(jobs, history, {});
    documents.create();
    EXPECT_EQ(
        documents.replace("Rename", Result<std::string>("format: taktwerk-architecture/1\nname: other\n")),
        QString());
    QObject::connect(&documents, &DocumentController::documentChanged, &context, [&] { ++told; });
    QObject::connect(&documents, &DocumentController::modifiedChanged, &context, [&] { ++told; });
  }
  EXPECT_EQ(told, 0);
  EXPECT_EQ(history.count(), 0);
}

TEST(Lifetimes, WhatIsTypedIntoALoopNestIsForTheMappingItWasTypedFor) {
  Theme theme(false);
  LoopNestTree tree(theme);
  const std::string text = "program:\n  - for: i\n    in: 4\n    do: []\n";
  History history;
  TextDocument first(history, HistoryPlace::Kind::Mapping), second(history, HistoryPlace::Kind::Mapping);
  first.load("a", text, true);
  second.load("b", text, true);
  tree.setDocument(&first);
  tree.topLevelItem(0)->setText(1, "8");
  tree.setDocument(&second);
  QApplication::processEvents();
  EXPECT_EQ(second.text(), text);
}

/// The window goes in the middle of something.
class ClosingTest : public ::testing::Test {
 protected:
  ClosingTest() {
    window = std::make_unique<MainWindow>(theme, false);
    window->resize(1300, 850);
    window->show();
    window->openFiles({oneMac(), tcResNet8()});
    EXPECT_TRUE(waitFor([this] { return !window->busy(); }, 110000));
    view = window->findChild<DiagramView*>();
    editor = window->findChild<DiagramEditor*>();
  }
  Theme theme{false};
  std::unique_ptr<MainWindow> window;
  DiagramView* view = nullptr;
  DiagramEditor* editor = nullptr;
};

TEST_F(ClosingTest, WithTheMouseOnTheCanvasAndABlockSelected) {
  QTest::mouseMove(view->viewport(), {300, 300});
  window->selection().select({ShownId{0}});
  window.reset();
  EXPECT_FALSE(window);
}

TEST_F(ClosingTest, WhileABlockIsDraggedOrPlacedOrNamed) {
  const Rect r = window->documents().document()->diagram->blocks[0].rect;
  const QPoint at = view->mapFromScene(QPointF(r.centre().x, r.top() + 6));
  QTest::mousePress(view->viewport(), Qt::LeftButton, {}, at);
  QTest::mouseMove(view->viewport(), at + QPoint(40, 40));
  window.reset();
  EXPECT_FALSE(window);
}

TEST_F(ClosingTest, WhileANameIsTypedAndAMenuIsOpen) {
  window->selection().select({window->documents().document()->diagram->blocks[0].object});
  editor->rename();
  QTest::keyClicks(view->findChild<QLineEdit*>("nameBox"), "other");
  editor->contextMenu({300, 300});
  window.reset();
  EXPECT_FALSE(window);
}

TEST_F(ClosingTest, WithUnsavedChangesAndARunUnderWay) {
  window->documents().edit("Set", {SetAttribute{"alu", "note", yamlScalar("x", true)}});
  EXPECT_TRUE(window->documents().isModified());
  window->commands().action("analyse.run")->trigger();
  window->commands().action("view.network")->trigger();
  window.reset();
  EXPECT_FALSE(window);
}

}  // namespace
}  // namespace taktwerk::test
