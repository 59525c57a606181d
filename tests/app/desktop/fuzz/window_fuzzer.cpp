// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/desktop/fuzz/window_fuzzer.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QPrinter>
#include <cstdio>

#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/document/document_controller.h"

namespace taktwerk::test {

namespace {

/// How often each kind comes, in percent: dear ones seldom, all of them often enough.
constexpr std::array<int, static_cast<std::size_t>(FuzzEvent::Count)> weights{13, 16, 15, 12, 8, 7, 5,
                                                                              4,  5,  5,  3,  3, 4};
constexpr std::size_t mostObjects = 160;  // more takes long to draw and finds no more

FuzzEvent drawn(Random& random) {
  std::int64_t at = random.between(0, 99);
  std::size_t kind = 0;
  while (at >= weights[kind]) at -= weights[kind++];
  return static_cast<FuzzEvent>(kind);
}

}  // namespace

const char* nameOf(FuzzEvent kind) {
  constexpr const char* names[] = {"click",        "key",    "drag",  "palette drop", "menu",
                                   "context menu", "dialog", "dock",  "page",         "history",
                                   "resize",       "theme",  "reopen"};
  static_assert(std::size(names) == static_cast<std::size_t>(FuzzEvent::Count));
  return names[static_cast<std::size_t>(kind)];
}

WindowFuzzer::WindowFuzzer(std::uint64_t seed, bool hurry, bool verbose)
    : seed_(seed),
      hurry_(hurry),
      verbose_(verbose),
      random_(seed),
      answers_(scratch_,
               [this] {
                 // A file that was being opened or that changed comes in while a dialog waits.
                 DocumentController& documents = window_->documents();
                 if (random_.chance(30)) return documents.create();
                 if (!documents.document()) return;
                 documents.replace(QStringLiteral("Read the changed file"),
                                   Result<std::string>(documents.document()->bytes + "# changed\n"));
               }),
      window_(std::make_unique<MainWindow>(theme_, false)) {
  theme_.apply(*qApp);
  answers_.setRandom(random_);
  window_->ask().printer = [this](QPrinter& printer) {
    printer.setOutputFileName(scratch_.file(QStringLiteral("print.pdf")));
    return random_.chance(50);
  };
  window_->resize(1100, 760);
  window_->show();
  open(scratch_.architectures().front());
}

WindowFuzzer::~WindowFuzzer() = default;

std::string WindowFuzzer::run(int events) {
  for (int i = 0; i < events; ++i) {
    // Numbers of its own for every event: what differs in one does not change those that follow.
    random_ = Random(seed_ * 1'000'003 + static_cast<std::uint64_t>(i));
    const FuzzEvent kind = drawn(random_);
    ++counts_[static_cast<std::size_t>(kind)];
    if (verbose_) std::fprintf(stderr, "%d %s\n", i, nameOf(kind));
    happen(kind);
    finishPopups();
    settle();
    const std::string wrong = broken();
    if (!wrong.empty()) return "event " + std::to_string(i) + " (" + nameOf(kind) + "): " + wrong;
    if (!window_->isVisible()) window_->show();  // it was closed, by a key that now means that
    if (hasDocument() && window_->documents().document()->architecture->objects.size() > mostObjects) {
      window_->documents().create();
      scratch_.restore();
      open(scratch_.architectures().front());
    }
    note();
  }
  window_.reset();
  return {};
}

void WindowFuzzer::happen(FuzzEvent kind) {
  QApplication::setActiveWindow(window_.get());
  switch (kind) {
    case FuzzEvent::Click:
      return click();
    case FuzzEvent::Key:
      return key();
    case FuzzEvent::Drag:
      return drag();
    case FuzzEvent::PaletteDrop:
      return paletteDrop();
    case FuzzEvent::Menu:
      return menu();
    case FuzzEvent::ContextMenu:
      return contextMenu();
    case FuzzEvent::Dialog:
      return dialog();
    case FuzzEvent::Dock:
      return dock();
    case FuzzEvent::Page:
      return page();
    case FuzzEvent::History:
      return history();
    case FuzzEvent::Resize:
      return resize();
    case FuzzEvent::Theme:
      return trigger("view.theme");
    case FuzzEvent::Reopen:
      return reopen();
    case FuzzEvent::Count:
      break;
  }
}

void WindowFuzzer::settle() {
  QApplication::processEvents();
  while (!hurry_ && window_->busy()) QApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
  QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void WindowFuzzer::open(const QString& path) {
  window_->openFiles({path, scratch_.networks()[static_cast<qsizetype>(random_.below(2))]});
  settle();
}

void WindowFuzzer::trigger(const char* command) {
  window_->commands().action(QLatin1String(command))->trigger();
}

void WindowFuzzer::reopen() {
  const QString path = scratch_.architectures()[static_cast<qsizetype>(random_.below(2))];
  switch (random_.below(6)) {
    case 0:
      trigger("file.close");
      break;
    case 1:
      return trigger("file.new");
    case 2:
      trigger("file.reload");
      return;
    case 3:
      if (hasDocument()) {  // another program
        QFile file(window_->documents().document()->path);
        if (file.open(QIODevice::Append)) file.write("# from elsewhere\n");
      }
      trigger("file.reload");
      return;
    default:
      break;
  }
  if (random_.chance(50)) scratch_.restore();
  open(path);
}

std::string WindowFuzzer::broken() const {
  const auto* scene = window_->findChild<DiagramScene*>();
  const auto& document = window_->documents().document();
  if (scene->diagram() != (document ? document->diagram.get() : nullptr)) {
    return "the canvas shows another document";
  }
  const std::size_t objects = document ? document->shown->objects.size() : 0;
  for (const ShownId id : window_->selection().objects()) {
    if (id.index() >= objects) return "something is selected that is not there";
  }
  if (window_->selection().connection().valid() &&
      (!document || window_->selection().connection().index() >= document->shown->connections.size())) {
    return "a connection is selected that is not there";
  }
  return {};
}

void WindowFuzzer::note() {
  if (!hasDocument()) return;
  for (const char c : window_->documents().document()->bytes) {
    digest_ = (digest_ ^ static_cast<unsigned char>(c)) * 0x100000001B3U;  // FNV-1a
  }
}

}  // namespace taktwerk::test
