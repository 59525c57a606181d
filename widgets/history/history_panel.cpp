// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/history.h"
#include "widgets/history/history_view.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

/// The steps as a list, and undo and redo as commands. A step that is undone or done again is brought into
/// sight: nothing changes where nobody looks.
class HistoryPanel : public View {
 public:
  explicit HistoryPanel(Models& models) : View(new HistoryView(models.history)), models_(models) {
    // It has nothing of its own to delete.
    widget()->addAction(models.commands.action(QStringLiteral("edit.delete")));
    bindCommands();
    const auto refresh = [this] {
      for (const char* id : {"edit.undo", "edit.redo"}) models_.commands.command(QLatin1String(id)).refresh();
    };
    connect(&models.history, &History::indexChanged, this, refresh);
    connect(&models.history, &History::undone, this,
            [this](const HistoryPlace& place, const QString& step, int steps) {
              say(place, steps == 1 ? tr("Undone: %1").arg(step) : tr("Undone: %1 steps").arg(steps));
            });
    connect(&models.history, &History::redone, this,
            [this](const HistoryPlace& place, const QString& step, int steps) {
              say(place, steps == 1 ? tr("Redone: %1").arg(step) : tr("Redone: %1 steps").arg(steps));
            });
  }

 private:
  void bindCommands() {
    History& history = models_.history;
    models_.commands.bind(
        QStringLiteral("edit.undo"),
        {[&history] { history.undo(); },
         [&history] { return history.canUndo() ? QString() : tr("There is nothing to undo."); },
         {},
         [&history] { return history.canUndo() ? tr("&Undo %1").arg(history.undoText()) : tr("&Undo"); }});
    models_.commands.bind(
        QStringLiteral("edit.redo"),
        {[&history] { history.redo(); },
         [&history] { return history.canRedo() ? QString() : tr("There is nothing to redo."); },
         {},
         [&history] { return history.canRedo() ? tr("&Redo %1").arg(history.redoText()) : tr("&Redo"); }});
  }

  /// Pages on which nothing of the architecture shows.
  [[nodiscard]] static bool isOfOthers(const QString& page) {
    return page == QLatin1String("network") || page == QLatin1String("mapping");
  }

  void say(const HistoryPlace& place, const QString& sentence) {
    switch (place.kind) {
      case HistoryPlace::Kind::Network:
        models_.session.reveal(QStringLiteral("network"));
        break;
      case HistoryPlace::Kind::Mapping:
        models_.session.reveal(QStringLiteral("mapping"));
        break;
      case HistoryPlace::Kind::Architecture:
        // Its text shows it as well, and pages of results follow it: whoever took a step there stays there.
        if (models_.document() && isOfOthers(models_.session.page())) {
          models_.session.reveal(QStringLiteral("diagram"));
        }
        break;
      case HistoryPlace::Kind::Choices:  // parameters and attached mappings show on several pages
        break;
    }
    models_.session.say(sentence);
  }

  Models& models_;
};

}  // namespace

ViewSpec historyView() {
  ViewSpec spec;
  spec.id = QStringLiteral("history");
  spec.title = View::tr("History");
  spec.help = View::tr("Show what was done, to go back to any step");
  spec.place = ViewPlace::Right;
  spec.tabWith = QStringLiteral("inspector");
  spec.beside = {QStringLiteral("diagram"), QStringLiteral("source")};
  spec.make = [](Models& models) { return std::make_unique<HistoryPanel>(models); };
  return spec;
}

}  // namespace taktwerk
