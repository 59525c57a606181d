// SPDX-License-Identifier: GPL-3.0-or-later
#include <QScrollBar>

#include "widgets/diagram/commands/diagram_editor.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/estimate/block_shares.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

/// The block diagram with its tools and commands.
class DiagramPage : public View {
 public:
  DiagramPage(Models& models, DiagramScene* scene, DiagramView* view)
      : View(view),
        models_(models),
        scene_(*scene),
        view_(*view),
        editor_(std::make_unique<DiagramEditor>(*scene, *view, models.documents, models.session.selection(),
                                                models.commands, models.theme)) {
    scene->setParent(this);  // and so goes after the view
    editor_->setParent(this);
    view_.setInput(editor_.get());
    editor_->setLibrary(models_.library);
    connect(editor_.get(), &DiagramEditor::said, &models_.session, &Session::said);
    connect(editor_.get(), &DiagramEditor::hintChanged, this, &View::hintChanged);
    connect(&models_.documents, &DocumentController::documentChanged, this, &DiagramPage::takeDocument);
    connect(&models_.session.selection(), &SelectionModel::selectionChanged, this, &DiagramPage::follow);
    connect(&models_.estimates, &EstimateController::outcomeChanged, this, &DiagramPage::takeShares);
    connect(&models_.estimates, &EstimateController::stateChanged, this, &DiagramPage::takeShares);
    connect(&models_.session, &Session::layerChanged, this, &DiagramPage::takeShares);
    connect(view_.horizontalScrollBar(), &QScrollBar::valueChanged, this, &View::moved);
    connect(view_.verticalScrollBar(), &QScrollBar::valueChanged, this, &View::moved);
    connect(&view_, &DiagramView::zoomChanged, this, &View::moved);
    models_.commands.addCanvasShortcuts(view_);
    bindLooking();
    bindEditing();
    bindArranging();
    takeDocument();
  }

  [[nodiscard]] QString hint() const override { return editor_->hint(); }
  [[nodiscard]] std::optional<ViewPosition> position() const override {
    return ViewPosition{view_.middle().x(), view_.middle().y(), view_.zoom()};
  }
  void setPosition(const ViewPosition& position) override {
    view_.showPlace({position.x, position.y}, position.zoom);
  }
  /// Something to place or to add, or the selection.
  void reveal(const QVariant& what) override {
    if (what.canConvert<Placeable>()) {
      editor_->startPlacing(what.value<Placeable>());
    } else if (what.canConvert<PlaceAtOnce>()) {
      editor_->addFreely(what.value<PlaceAtOnce>().what);
    } else {
      view_.fitSelection();
    }
  }

 private:
  void takeDocument() {
    scene_.setDocument(models_.document());
    describeShown();
    takeShares();
    const auto change = models_.documents.lastChange();
    if (models_.document() && change == DocumentController::Change::Opened) view_.fit();
  }

  void takeShares() {
    const EstimateOutcome& outcome = models_.estimates.outcome();
    const auto& document = models_.document();
    // Blocks have no room to say that their shares are out of date: then they show none.
    const bool current =
        outcome.estimate && document && outcome.document == document && !models_.estimates.outOfDate();
    scene_.setShares(current ? sharesOf(*outcome.estimate, outcome.objects, *document)
                             : std::vector<double>());
    scene_.setHeat(current && heat_ ? heatOf(tableOfLayer(*outcome.estimate), outcome.objects, *document)
                                    : std::vector<double>());
  }

  /// Of the layer that is looked at, where it was timed; else of all.
  [[nodiscard]] UtilisationTable tableOfLayer(const NetworkEstimate& estimate) const {
    const std::string name = models_.session.layer().toStdString();
    for (const LayerEstimate& layer : estimate.layers) {
      if (layer.name == name) return utilisationOf(layer, *estimate.machine);
    }
    return utilisationOf(estimate);
  }

  [[nodiscard]] QString whyNoHeat() const {
    if (QString why = whyNothingOpen(models_); !why.isEmpty()) return why;
    return models_.estimates.outcome().estimate ? QString() : tr("Run an estimate first (F5).");
  }

  /// What a screen reader says of the picture: how much there is, and what is selected.
  void describeShown() {
    if (!models_.document()) return view_.setAccessibleDescription({});
    const FoldedView& shown = *models_.document()->shown;
    QStringList words{tr("%1 blocks, %2 wires").arg(shown.objects.size()).arg(shown.connections.size())};
    const auto& chosen = models_.shown.objects();
    if (models_.shown.connection().valid()) {
      const ShownConnection& wire = shown.connections[models_.shown.connection().index()];
      words << tr("wire from %1 to %2 selected")
                   .arg(QString::fromStdString(shown.objects[wire.from.index()].name),
                        QString::fromStdString(shown.objects[wire.to.index()].name));
    } else if (chosen.size() == 1) {
      const ShownObject& object = shown.objects[chosen.begin()->index()];
      words << tr("%1, %2, selected")
                   .arg(QString::fromStdString(object.name), QString::fromStdString(object.className));
    } else if (!chosen.empty()) {
      words << tr("%1 selected").arg(chosen.size());
    }
    view_.setAccessibleDescription(shortened(words.join(tr("; "))));
  }

  /// One block that was selected elsewhere is scrolled into sight.
  void follow(const QObject* origin) {
    describeShown();
    const SelectionModel::Names& names = models_.session.selection().names();
    if (origin == &scene_ || names.size() != 1 || !scene_.diagram() || !models_.document()) return;
    const ShownObject* object = models_.document()->shown->find(*names.begin());
    if (!object || object->shown.index() >= scene_.diagram()->blocks.size()) return;
    const Rect& r = scene_.diagram()->blocks[object->shown.index()].rect;
    view_.reveal(QRectF(r.x, r.y, r.width, r.height));
  }

  /// One that only looks, which can be done with any document.
  void bindLook(const char* id, std::function<void()> run) {
    models_.commands.bind(QLatin1String(id), {std::move(run), [this] { return whyNothingOpen(models_); }});
  }
  /// One that changes the document, whatever is selected: asked with every selection, so that it is quick.
  void bind(const char* id, std::function<void()> run, std::function<bool()> checked = {}) {
    models_.commands.bind(QLatin1String(id),
                          {std::move(run), [this] { return editor_->whyNotEdit(); }, std::move(checked)});
  }
  /// One that needs a certain selection.
  void bindChosen(const char* id, std::function<void()> run) {
    const QString command = QLatin1String(id);
    models_.commands.bind(command, {std::move(run), [this, command] { return editor_->whyNot(command); }});
  }

  /// Shows wires of a kind, or none of them.
  void bindWires(const char* id, ConnectionKind kind) {
    models_.commands.bind(QLatin1String(id), {[this, kind] {
                                                auto hidden = scene_.hiddenKinds();
                                                if (!hidden.erase(kind)) hidden.insert(kind);
                                                scene_.setHiddenKinds(std::move(hidden));
                                                view_.showHiddenKinds();
                                              },
                                              [this] { return whyNothingOpen(models_); },
                                              [this, kind] { return !scene_.hiddenKinds().contains(kind); }});
  }

  void bindLooking() {
    bindLook("view.fit", [this] { models_.session.jump([this] { view_.fit(); }); });
    bindLook("view.fitSelection", [this] { models_.session.jump([this] { view_.fitSelection(); }); });
    models_.commands.bind(QStringLiteral("view.heat"),
                          {[this] {
                             heat_ = !heat_;
                             takeShares();
                           },
                           [this] { return whyNoHeat(); }, [this] { return heat_; }});
    bindWires("view.forwardWires", ConnectionKind::Forward);
    bindWires("view.readWires", ConnectionKind::Reads);
    bindWires("view.writeWires", ConnectionKind::Writes);
    models_.commands.bind(QStringLiteral("view.dimOthers"),
                          {[this] {
                             dims_ = !dims_;
                             scene_.setDimsOthers(dims_);
                           },
                           [this] { return whyNothingOpen(models_); }, [this] { return dims_; }});
    bindLook("view.zoomIn", [this] { view_.zoomBy(1.25); });
    bindLook("view.zoomOut", [this] { view_.zoomBy(1 / 1.25); });
    bindLook("view.zoom100", [this] { view_.zoomTo100(); });
    bindLook("group.open", [this] { editor_->openGroups(); });
    bindLook("group.close", [this] { editor_->closeGroups(); });
    bindLook("group.deeper", [this] { editor_->openDeeper(); });
    bindLook("group.shallower", [this] { editor_->closeDeepest(); });
  }

  void bindEditing() {
    bind("edit.cut", [this] { editor_->cut(); });
    bindLook("edit.copy", [this] { editor_->copy(); });
    bind("edit.paste", [this] { editor_->paste(); });
    bind("edit.duplicate", [this] { editor_->duplicate(); });
    bind("edit.rename", [this] { editor_->rename(); });
    bind("edit.delete", [this] { editor_->remove(); });
    bindLook("edit.selectAll", [this] {
      SelectionModel::Names all;
      for (const ShownObject& object : models_.document()->shown->objects) all.insert(object.name);
      models_.session.selection().select(std::move(all));
    });
    bindLook("edit.invertSelection", [this] { editor_->invertSelection(); });
    bindLook("edit.selectClass", [this] { editor_->selectSameClass(); });
    bindLook("edit.selectWhere", [this] { editor_->selectWhere(); });
    bind("insert.quickAdd", [this] {
      models_.session.reveal(QStringLiteral("diagram"));
      editor_->quickAdd();
    });
    bindLook("tool.select", [this] { editor_->select(); });
    bind("tool.wire", [this] { editor_->wire(); });
    models_.commands.bind(QStringLiteral("insert.connect"),
                          {[this] { editor_->connectTo(); }, [this] { return editor_->whyNotConnect(); }});
    bind("tool.array", [this] { editor_->array(); });
  }

  void bindArranging() {
    bind("arrange.tidy", [this] { editor_->tidy(); });
    const std::pair<const char*, Alignment> alignments[] = {
        {"arrange.left", Alignment::Left},       {"arrange.right", Alignment::Right},
        {"arrange.top", Alignment::Top},         {"arrange.bottom", Alignment::Bottom},
        {"arrange.centreX", Alignment::CentreX}, {"arrange.centreY", Alignment::CentreY}};
    for (const auto& [id, alignment] : alignments) {
      bind(id, [this, how = alignment] { editor_->align(how); });
    }
    bind("arrange.position", [this] { editor_->askPosition(); });
    bind("arrange.distributeX", [this] { editor_->distribute(true); });
    bind("arrange.distributeY", [this] { editor_->distribute(false); });
    bind(
        "arrange.pin", [this] { editor_->pin(); }, [this] { return editor_->isPinned(); });
    connect(editor_.get(), &DiagramEditor::pinnedChanged, this,
            [this] { models_.commands.command(QStringLiteral("arrange.pin")).refresh(); });
    bind("arrange.removeBends", [this] { editor_->removeBends(); });
    bindChosen("arrange.template", [this] { editor_->makeTemplate(); });
    bindChosen("arrange.array", [this] { editor_->makeArray(); });
    bindChosen("arrange.openArray", [this] { editor_->openArray(); });
    bindChosen("arrange.ungroup", [this] { editor_->ungroup(); });
    bindChosen("arrange.intoTemplate", [this] { editor_->moveIntoTemplate(); });
    bindChosen("arrange.outOfTemplate", [this] { editor_->moveOutOfTemplate(); });
    bindChosen("arrange.updateTemplate", [this] { editor_->updateTemplate(); });
  }

  Models& models_;
  DiagramScene& scene_;
  DiagramView& view_;
  std::unique_ptr<DiagramEditor> editor_;
  bool heat_ = false;  ///< blocks show how busy they were
  bool dims_ = false;  ///< wires that do not touch the selection are faint
};

}  // namespace

ViewSpec diagramView() {
  ViewSpec spec;
  spec.id = QStringLiteral("diagram");
  spec.title = View::tr("Diagram");
  spec.menuText = View::tr("&Diagram");
  spec.keys = QStringLiteral("Ctrl+1");
  spec.help = View::tr("Show the block diagram");
  spec.place = ViewPlace::Page;
  spec.make = [](Models& models) {
    auto* scene = new DiagramScene(models.theme, models.session.selection());
    return std::make_unique<DiagramPage>(models, scene, new DiagramView(*scene, models.theme));
  };
  return spec;
}

}  // namespace taktwerk
