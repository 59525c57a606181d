// SPDX-License-Identifier: GPL-3.0-or-later
#include <QUndoView>

#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class HistoryView : public View {
 public:
  explicit HistoryView(Models& models) : View(new QUndoView(&models.documents.history())) {
    auto* list = static_cast<QUndoView*>(widget());
    list->setEmptyLabel(tr("As opened"));
    QUndoStack& history = models.documents.history();
    const auto bind = [&](const char* id, auto&& possible, auto&& step, auto&& run, const QString& verb,
                          const QString& none) {
      models.commands.bind(
          QLatin1String(id),
          {run,
           [possible, none] { return possible() ? QString() : none; },
           {},
           [possible, step, verb] { return possible() ? QStringLiteral("%1 %2").arg(verb, step()) : verb; }});
    };
    bind(
        "edit.undo", [&history] { return history.canUndo(); }, [&history] { return history.undoText(); },
        [&history] { history.undo(); }, tr("&Undo"), tr("There is nothing to undo."));
    bind(
        "edit.redo", [&history] { return history.canRedo(); }, [&history] { return history.redoText(); },
        [&history] { history.redo(); }, tr("&Redo"), tr("There is nothing to redo."));
    // It has nothing of its own to delete.
    list->addAction(models.commands.action(QStringLiteral("edit.delete")));
  }
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
  spec.make = [](Models& models) { return std::make_unique<HistoryView>(models); };
  return spec;
}

}  // namespace taktwerk
