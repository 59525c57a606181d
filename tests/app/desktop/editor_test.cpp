// SPDX-License-Identifier: GPL-3.0-or-later
// The window as people use it: by mouse and keyboard.
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <QTreeWidget>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desktop/main_window.h"
#include "tests/app/desktop/editor_fixture.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/diagram/commands/diagram_editor.h"
#include "widgets/diagram/scene/diagram_items.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/diagram/scene/minimap.h"
#include "widgets/diagram/tools/quick_add.h"
#include "widgets/diagram/tools/select_tool.h"
#include "widgets/inspector/inspector.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

TEST_F(EditorTest, BuildsOneMacFromNothingWithMouseAndKeyboard) {
  window.openFiles({oneMac(), tcResNet8()});
  ASSERT_TRUE(settle());
  const Cycles shipped = cyclesNow();
  ASSERT_GT(shipped, 0);

  QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier);
  ASSERT_TRUE(document().path.isEmpty());
  ASSERT_EQ(document().shown->objects.size(), 0U);
  for (int i = 0; i < 4; ++i) key(Qt::Key_Minus);
  add("SRAM", "imem", {-560, -240});
  add("InstructionFetchStage", "fetch", {-340, -240});
  add("InstructionMemoryAccessUnit", "imau", {-330, -200});
  EXPECT_EQ(block("imau").parent, block("fetch").object.value) << "added over a stage, it is in the stage";
  add("PipelineStage", "decode", {-60, -240});
  add("ExecuteStage", "execute", {140, -240});
  add("FunctionalUnit", "alu", {150, -200});
  add("MemoryAccessUnit", "lsu", {-300, 120});
  drag(grip("lsu"), grip("execute"));
  EXPECT_EQ(block("lsu").parent, block("execute").object.value) << "dropped on a stage, it is in the stage";
  add("RegisterFile", "regs", {460, -260});
  add("SRAM", "dmem", {460, 60});
  wire("imau", "imem");
  wire("fetch", "decode");
  wire("decode", "execute");
  wire("alu", "regs");
  wire("regs", "alu");
  wire("lsu", "regs");
  wire("regs", "lsu");
  wire("lsu", "dmem");
  wire("dmem", "lsu");
  EXPECT_EQ(document().shown->connections.size(), 12U) << bytes();
  type("fetch", "latency", "1");
  type("imau", "latency", "1");
  type("alu", "operations", "mov, add, sub, mul, mac, max, min, relu, lookup");
  type("lsu", "operations", "load, store");
  type("regs", "registers", "r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15");
  type("dmem", "read_write_ports", "1");
  EXPECT_FALSE(document().hasProblems()) << toString(document().diagnostics.front()) << "\n" << bytes();

  // Its mappings are found beside it.
  ASSERT_TRUE(QDir().mkpath(folder.path("mappings")));
  const QDir mappings(QFileInfo(oneMac()).dir().filePath("mappings"));
  for (const QString& file : mappings.entryList(QDir::Files)) {
    QFile::copy(mappings.filePath(file), folder.path("mappings/" + file));
  }
  QString path = folder.path("mine.arch.yaml");
  window.ask().architecturePath = [&](const QString&) { return path; };
  EXPECT_TRUE(window.isWindowModified());
  QTest::keyClick(&window, Qt::Key_S, Qt::ControlModifier);
  EXPECT_FALSE(window.isWindowModified());
  ASSERT_TRUE(QFile::exists(path));
  window.documents().close();
  window.openFiles({path});
  ASSERT_TRUE(settle());
  EXPECT_EQ(cyclesNow(), shipped);
}

TEST_F(EditorTest, MovesByDraggingAndUndoesToTheByte) {
  openOneMac();
  const Rect before = block("dmem").rect;
  const std::string dump = window.findChild<DiagramScene*>()->dump().toStdString();
  // Well off the middle between two places of the grid: pixels are rounded, differently at each zoom.
  drag(grip("dmem"), grip("dmem") + QPointF(98, 62));
  EXPECT_EQ(block("dmem").rect.x, before.x + 100);
  EXPECT_EQ(block("dmem").rect.y, before.y + 60);
  EXPECT_THAT(bytes(), HasSubstr("at: ["));
  EXPECT_EQ(window.documents().history().undoText(), "Move dmem");
  EXPECT_EQ(window.selection().objects(), ShownSelection::Objects{block("dmem").object});
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
  window.selection().clear();
  const std::string after = window.findChild<DiagramScene*>()->dump().toStdString();
  EXPECT_EQ(after.substr(0, after.find("port")), dump.substr(0, dump.find("port")));
}

TEST_F(EditorTest, EscapeLeavesNoTraceOfAnyGesture) {
  openOneMac();
  const std::string dump = window.findChild<DiagramScene*>()->dump().toStdString();
  const QPointF away = grip("dmem") + QPointF(140, 90);
  const auto untouched = [&](const char* what) {
    window.selection().clear();
    EXPECT_EQ(bytes(), original) << what;
    EXPECT_EQ(window.documents().history().count(), 0) << what;
    EXPECT_EQ(window.findChild<DiagramScene*>()->dump().toStdString(), dump) << what;
    for (const QGraphicsItem* item : window.findChild<DiagramScene*>()->items()) {
      EXPECT_EQ(item->pos(), QPointF()) << what;
      EXPECT_EQ(item->opacity(), 1) << what;
      EXPECT_TRUE(item->isVisible()) << what;
    }
  };
  press(grip("dmem"));
  mouseMove(away);
  key(Qt::Key_Escape);
  release(away);
  untouched("move");
  mouseMove(grip("alu"));
  press(handlesOf(block("alu")).second);
  mouseMove(grip("dmem"));
  key(Qt::Key_Escape);
  release(grip("dmem"));
  untouched("wire");
  mouseMove(away);
  key(Qt::Key_A);
  QTest::keyClick(editor->quickAddBox().findChild<QLineEdit*>(), Qt::Key_Escape);
  untouched("add");
  click(grip("dmem"));
  key(Qt::Key_F2);
  auto* box = view->findChild<QLineEdit*>("nameBox");
  ASSERT_TRUE(box);
  QTest::keyClicks(box, "other");
  QTest::keyClick(box, Qt::Key_Escape);
  untouched("rename");
  editor->startPlacing(placeables(nullptr).front());
  mouseMove(away);
  key(Qt::Key_Escape);
  click(away);
  untouched("place");
}

TEST_F(EditorTest, OnlyLegalWiresCanBeMadeAndTheReasonIsTold) {
  openOneMac();
  QString said;
  QObject::connect(editor, &DiagramEditor::said, editor, [&](const QString& sentence) { said = sentence; });
  wire("decode", "regs");
  EXPECT_EQ(bytes(), original);
  EXPECT_THAT(said.toStdString(), HasSubstr("a PipelineStage cannot forward to a RegisterFile"));
  wire("alu", "regs");
  EXPECT_EQ(bytes(), original);
  EXPECT_EQ(said, "they are connected already");
  const auto& scene = *window.findChild<DiagramScene*>();
  mouseMove(grip("alu"));
  press(handlesOf(block("alu")).second);
  mouseMove(grip("decode"));
  EXPECT_LT(scene.itemOf(block("decode").object)->opacity(), 0.5);
  key(Qt::Key_Escape);
  EXPECT_EQ(scene.itemOf(block("decode").object)->opacity(), 1);
  // A wire in place of one that was deleted.
  const auto& wires = document().diagram->wires;
  const auto writes = std::find_if(wires.begin(), wires.end(), [&](const Wire& w) {
    return w.kind == ConnectionKind::Writes && w.from == block("alu").object.value;
  });
  ASSERT_NE(writes, wires.end());
  window.selection().select(writes->connection);
  key(Qt::Key_Delete);
  EXPECT_EQ(document().shown->connections.size(), 11U);
  wire("alu", "regs");
  EXPECT_EQ(document().shown->connections.size(), 12U);
  EXPECT_EQ(document().shown->connections.back().kind, ConnectionKind::Writes);
}

TEST_F(EditorTest, NudgesDuplicatesRenamesDeletesAndPastes) {
  openOneMac();
  click(grip("dmem"));
  const double x = block("dmem").rect.x;
  key(Qt::Key_Right);
  key(Qt::Key_Right);
  key(Qt::Key_Right, Qt::ShiftModifier);
  EXPECT_EQ(block("dmem").rect.x, x + 70);
  EXPECT_EQ(window.documents().history().count(), 1) << "nudges in a row are one step";
  key(Qt::Key_D, Qt::ControlModifier);
  EXPECT_TRUE(has("dmem2"));
  EXPECT_EQ(window.selection().objects(), ShownSelection::Objects{block("dmem2").object});
  key(Qt::Key_Delete);
  EXPECT_FALSE(has("dmem2"));
  click(grip("execute"));
  key(Qt::Key_C, Qt::ControlModifier);
  EXPECT_THAT(QApplication::clipboard()->text().toStdString(), HasSubstr("contains: [execute, alu]"));
  key(Qt::Key_V, Qt::ControlModifier);
  EXPECT_EQ(block("alu2").parent, block("execute2").object.value);
  EXPECT_EQ(block("lsu2").parent, block("execute2").object.value);
  click(grip("execute2"));
  key(Qt::Key_X, Qt::ControlModifier);
  EXPECT_FALSE(has("execute2"));
  while (window.documents().history().canUndo()) key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
}

TEST_F(EditorTest, AlignsAndDistributes) {
  openOneMac();
  click(grip("dmem"));
  click(grip("regs"), Qt::ShiftModifier);
  click(grip("imem"), Qt::ShiftModifier);
  ASSERT_EQ(window.selection().objects().size(), 3U);
  key(Qt::Key_Up, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_EQ(block("dmem").rect.y, block("regs").rect.y);
  EXPECT_EQ(block("dmem").rect.y, block("imem").rect.y);
  EXPECT_EQ(window.documents().history().undoText(), "Align 3 blocks");
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
}

TEST_F(EditorTest, MakesATemplateAndAnArrayOfWhatIsSelected) {
  openOneMac();
  const Cycles before = cyclesNow();
  QString said;
  QObject::connect(editor, &DiagramEditor::said, editor, [&](const QString& sentence) { said = sentence; });
  QStringList answers{"element", "pe"};
  editor->askTexts = [&](const Question&) { return answers; };
  const auto run = [&](const char* id) { window.commands().action(id)->trigger(); };
  click(grip("execute"));
  const Rect at = block("execute").rect;
  answers = {"2", ""};
  run("arrange.array");
  EXPECT_THAT(said.toStdString(), HasSubstr("alu")) << "a unit would be in two stages";
  EXPECT_EQ(bytes(), original);
  answers = {"element", "pe"};
  run("arrange.template");
  EXPECT_EQ(window.documents().history().undoText(), "Make template element");
  EXPECT_THAT(bytes(), HasSubstr("pe: {template: element}"));
  EXPECT_EQ(block("pe.alu").parent, block("pe.execute").object.value);
  EXPECT_EQ(block("pe.execute").rect.x, at.x);
  EXPECT_EQ(block("pe.execute").rect.y, at.y);
  EXPECT_EQ(cyclesNow(), before) << "the same machine but for names";

  window.selection().select({block("pe.alu").object});
  run("arrange.template");
  EXPECT_THAT(said.toStdString(), HasSubstr("pe has its template already"));
  answers = QStringList{"2", "memory_latency + 1"};
  run("arrange.array");
  EXPECT_EQ(window.documents().history().undoText(), "Make pe an array");
  EXPECT_THAT(bytes(), HasSubstr("size: [2, memory_latency + 1]"));
  EXPECT_EQ(block("pe").className, "2 × 2 element");
  EXPECT_EQ(window.documents().history().count(), 2);
  key(Qt::Key_Z, Qt::ControlModifier);
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
}

TEST_F(EditorTest, AnEditShowsAtOnceAndTheEstimateFollows) {
  openOneMac();
  const Cycles before = cyclesNow();
  type("alu", "latency", "40");
  EXPECT_EQ(window.documents().history().undoText(), "Set latency of alu to 40");
  ASSERT_TRUE(waitFor([&] {
    const auto& e = window.estimates().outcome().estimate;
    return e && !window.estimates().outOfDate() && !window.busy();
  }));
  EXPECT_GT(window.estimates().outcome().estimate->cycles, before);
  EXPECT_THAT(window.findChild<DiagramScene*>()->dump().toStdString(),
              HasSubstr("state alu: selected limiting"));
}

TEST_F(EditorTest, AWrongValueIsToldWhileTypingAndMarksTheBlock) {
  openOneMac();
  click(grip("decode"));
  auto* inspector = window.findChild<Inspector*>();
  auto* rows = inspector->findChild<QTreeWidget*>();
  auto* item = rows->findItems("latency", Qt::MatchExactly | Qt::MatchRecursive).front();
  QTest::mouseClick(rows->viewport(), Qt::LeftButton, {},
                    rows->visualRect(rows->indexFromItem(item, 1)).center());
  auto* line = rows->viewport()->findChild<QLineEdit*>();
  ASSERT_TRUE(line);
  QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(line, "2 * mac_latency");
  EXPECT_THAT(inspector->detailText().toStdString(), HasSubstr("= 2"));
  EXPECT_EQ(bytes(), original) << "typing is no edit yet";
  QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(line, "-3");
  EXPECT_THAT(inspector->detailText().toStdString(), HasSubstr("at least 0"));
  QTest::keyClick(line, Qt::Key_Return);
  ASSERT_TRUE(waitFor([&] { return document().hasProblems(); }, 5000));
  EXPECT_THAT(window.findChild<DiagramScene*>()->dump().toStdString(),
              HasSubstr("state decode: selected error"));
  EXPECT_FALSE(window.commands().action("analyse.run")->isEnabled());
  key(Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
  EXPECT_FALSE(document().hasProblems());
}

TEST_F(EditorTest, ReplacesABlockAndColoursFromItsMenu) {
  openOneMac();
  mouseMove(grip("dmem"));
  QTest::mousePress(view->viewport(), Qt::RightButton, {}, pixel(grip("dmem")));
  QTest::mouseRelease(view->viewport(), Qt::RightButton, {}, pixel(grip("dmem")));
  auto* menu = view->findChild<QMenu*>("contextMenu");
  ASSERT_TRUE(menu);
  for (QMenu* part : menu->findChildren<QMenu*>()) {
    for (QAction* action : part->actions()) {
      if (action->text() == "DRAM" || action->text() == "Green") action->trigger();
    }
  }
  menu->close();
  const ObjectDeclaration& dmem = *document().shown->find("dmem");
  EXPECT_EQ(dmem.objectClass, ObjectClass::Dram);
  EXPECT_EQ(dmem.colour, "#009e73");
  EXPECT_FALSE(dmem.find("read_latency")) << "a DRAM has none";
  EXPECT_EQ(document().shown->connections.size(), 12U) << "its wires stay";
  EXPECT_FALSE(document().hasProblems());
  window.documents().history().setIndex(0);
  EXPECT_EQ(bytes(), original);
}

// TAKTWERK_PICTURES=folder desktop_test --gtest_filter='*Pictures*' keeps them.
TEST_F(EditorTest, PicturesOfEditingInBothThemes) {
  const QString kept = qEnvironmentVariable("TAKTWERK_PICTURES");
  const QString into = kept.isEmpty() ? folder.path({}) : kept + QLatin1Char('/');
  openOneMac();
  EXPECT_GT(cyclesNow(), 0);
  for (const bool dark : {false, true}) {
    theme.setDark(dark);
    const QString name = into + (dark ? "dark-" : "light-");
    QApplication::processEvents();  // the banner has gone and the diagram is fitted anew
    const QImage plain = window.grab().toImage();
    mouseMove(grip("dmem"));
    mouseMove(handlesOf(block("dmem")).first);
    press(handlesOf(block("dmem")).first);
    mouseMove(grip("lsu"));
    const QImage wiring = window.grab().toImage();
    mouseMove(grip("decode"));
    const QImage refused = window.grab().toImage();
    EXPECT_LT(window.findChild<DiagramScene*>()->itemOf(block("decode").object)->opacity(), 0.5);
    key(Qt::Key_Escape);
    release(grip("decode"));
    press(grip("decode"));
    mouseMove(grip("decode") + QPointF(40, 130));
    const QImage moving = window.grab().toImage();
    key(Qt::Key_Escape);
    release(grip("decode"));
    for (const auto& [image, what] : {std::pair(plain, "plain"), std::pair(wiring, "wiring"),
                                      std::pair(refused, "refused"), std::pair(moving, "moving")}) {
      EXPECT_TRUE(image.save(name + what + ".png"));
    }
    EXPECT_NE(plain, wiring);
    EXPECT_NE(wiring, refused);
    EXPECT_NE(plain, moving);
  }
  EXPECT_EQ(bytes(), original);
}

TEST_F(EditorTest, TheMinimapGoesWhereItIsClicked) {
  openOneMac();
  auto* minimap = view->findChild<Minimap*>();
  view->fit();
  EXPECT_FALSE(minimap->isVisible());
  for (int i = 0; i < 6; ++i) key(Qt::Key_Plus);
  ASSERT_TRUE(minimap->isVisible());
  const QPoint there(minimap->width() / 4, minimap->height() / 2);
  const QPointF wanted = minimap->toDiagram(there);
  QTest::mouseClick(minimap, Qt::LeftButton, {}, there);
  const QPointF middle = view->mapToScene(view->viewport()->rect().center());
  EXPECT_LT((middle - wanted).manhattanLength(), 10 / view->zoom());
}

TEST_F(EditorTest, AnyMouseAndKeysLeaveADocumentThatUndoesToTheByte) {
  constexpr int events = 700;
  for (const unsigned seed : {11U, 12U, 13U}) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
    openOneMac();
    auto* scene = window.findChild<DiagramScene*>();
    QPoint at(100, 100);
    for (int i = 0; i < events; ++i) {
      if (QWidget* popup = QApplication::activePopupWidget()) {
        if (auto* line = popup->findChild<QLineEdit*>(); line && below(3) > 0) {
          QTest::keyClicks(line, QString(QStringLiteral("esmdfi")[below(6)]));
          QTest::keyClick(line, Qt::Key_Return);
        }
        if ((popup = QApplication::activePopupWidget())) popup->close();
      }
      const bool onBlock = below(2) == 0 && !document().diagram->blocks.empty();
      if (onBlock) {
        const auto& blocks = document().diagram->blocks;
        const Rect& r = blocks[static_cast<std::size_t>(below(static_cast<int>(blocks.size())))].rect;
        at = pixel({below(2) == 0 ? r.right() : r.centre().x, r.top() + 12});
      } else {
        at = {below(view->viewport()->width()), below(view->viewport()->height())};
      }
      switch (below(12)) {
        case 0:
        case 1:
        case 2:
          QTest::mousePress(view->viewport(), Qt::LeftButton,
                            below(5) == 0 ? Qt::ShiftModifier : Qt::NoModifier, at);
          break;
        case 3:
        case 4:
        case 5:
          QTest::mouseMove(view->viewport(), at);
          break;
        case 6:
        case 7:
          QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, at);
          break;
        case 8:
          QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, at);
          break;
        case 9:
          key(Qt::Key_Escape);
          break;
        default: {
          const std::pair<Qt::Key, Qt::KeyboardModifiers> keys[] = {{Qt::Key_W, {}},
                                                                    {Qt::Key_S, {}},
                                                                    {Qt::Key_Left, {}},
                                                                    {Qt::Key_Down, Qt::ShiftModifier},
                                                                    {Qt::Key_Delete, {}},
                                                                    {Qt::Key_D, Qt::ControlModifier},
                                                                    {Qt::Key_Z, Qt::ControlModifier},
                                                                    {Qt::Key_Y, Qt::ControlModifier},
                                                                    {Qt::Key_C, Qt::ControlModifier},
                                                                    {Qt::Key_V, Qt::ControlModifier},
                                                                    {Qt::Key_F2, {}},
                                                                    {Qt::Key_A, {}},
                                                                    {Qt::Key_L, Qt::ControlModifier}};
          const auto& [which, modifiers] = keys[below(13)];
          key(which, modifiers);
        }
      }
      ASSERT_EQ(scene->diagram(), document().diagram.get());
      ASSERT_EQ(document().diagram->blocks.size(), document().shown->objects.size());
      for (const ShownId id : window.selection().objects()) {
        ASSERT_LT(id.index(), document().shown->objects.size());
      }
      if (document().shown->objects.size() > 60) break;
    }
    if (QWidget* popup = QApplication::activePopupWidget()) popup->close();
    key(Qt::Key_Escape);
    key(Qt::Key_Escape);
    EXPECT_GT(window.documents().history().count(), 3);
    const std::string end = bytes();
    const int steps = window.documents().history().index();
    window.documents().history().setIndex(0);
    ASSERT_EQ(bytes(), original);
    window.documents().history().setIndex(steps);
    ASSERT_EQ(bytes(), end);
    view->grab();
  }
}

}  // namespace
}  // namespace taktwerk::test
