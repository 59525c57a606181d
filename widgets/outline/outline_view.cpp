// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QTreeWidget>

#include "widgets/actions/item_menu.h"
#include "widgets/outline/outline_panel.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class OutlineView : public View {
 public:
  explicit OutlineView(Models& models) : View(new OutlinePanel(models.theme, models.session.selection())) {
    auto* panel = static_cast<OutlinePanel*>(widget());
    const auto take = [panel, &models] { panel->setDocument(models.document()); };
    connect(&models.documents, &DocumentController::documentChanged, panel, take);
    connect(panel, &OutlinePanel::activated, this,
            [&models] { models.session.reveal(QStringLiteral("diagram"), QStringLiteral("selection")); });
    new ItemMenu(panel->tree(), [panel, &models](QMenu& menu, const QModelIndex& index) {
      const QString name = panel->nameAt(index);
      if (name.isEmpty()) return;
      menu.addAction(tr("&Show on the canvas"), panel, [&models] {
        models.session.reveal(QStringLiteral("diagram"), QStringLiteral("selection"));
      });
      offerCommands(menu, models.commands, {"insert.connect", "edit.rename"});
      offerCommands(menu, models.commands, {"edit.cut", "edit.copy", "edit.duplicate", "edit.delete"});
      offerCommands(menu, models.commands, {"edit.selectClass"});
      offerCommands(menu, models.commands,
                    {"arrange.pin", "arrange.template", "arrange.array", "arrange.openArray",
                     "arrange.ungroup", "arrange.outOfTemplate", "arrange.updateTemplate"});
      menu.addSeparator();
      menu.addAction(tr("Copy its na&me"), panel, [name] { QGuiApplication::clipboard()->setText(name); });
    });
    models.commands.addCanvasShortcuts(*panel, {QStringLiteral("group.open")});
    models.commands.bind(QStringLiteral("edit.find"), {[panel, &models] {
                                                         models.session.reveal(QStringLiteral("outline"));
                                                         panel->focusFilter();
                                                       },
                                                       [&models] { return whyNothingOpen(models); }});
    for (const auto& [id, by] : {std::pair("edit.findNext", 1), std::pair("edit.findPrevious", -1)}) {
      models.commands.bind(QLatin1String(id), {[panel, by = by] { panel->stepThrough(by); },
                                               [panel, &models] { return whyNotGoOn(*panel, models); }});
    }
    connect(panel, &OutlinePanel::searched, this, [&models] {
      for (const char* id : {"edit.findNext", "edit.findPrevious"})
        models.commands.command(QLatin1String(id)).refresh();
    });
    take();
  }

 private:
  static QString whyNotGoOn(const OutlinePanel& panel, const Models& models) {
    if (QString why = whyNothingOpen(models); !why.isEmpty()) return why;
    return panel.searches() ? QString() : tr("Type what to find into the outline's filter first (Ctrl+F).");
  }
};

}  // namespace

ViewSpec outlineView() {
  ViewSpec spec;
  spec.id = QStringLiteral("outline");
  spec.title = View::tr("Outline");
  spec.help = View::tr("Show the blocks of the architecture as a tree");
  spec.place = ViewPlace::Left;
  spec.beside = {QStringLiteral("diagram"), QStringLiteral("source")};
  spec.width = 220;
  spec.height = 300;
  spec.make = [](Models& models) { return std::make_unique<OutlineView>(models); };
  return spec;
}

}  // namespace taktwerk
