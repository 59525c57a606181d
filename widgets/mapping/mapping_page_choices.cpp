// SPDX-License-Identifier: GPL-3.0-or-later
// What the page decides for layers, as steps that are undone and done again.
#include <QKeyEvent>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

#include "widgets/document/document.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/mapping/layer_choices.h"
#include "widgets/mapping/loop_nest_tree.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/mapping/tunable_panel.h"
#include "widgets/theme/theme.h"
#include "widgets/workspace/workspace_document.h"

namespace taktwerk {

namespace {
constexpr JobChannel<LayerChoices> searches{"tunables"};
}

void MappingPage::bindUndo() {
  QUndoStack& stack = workspace_.undoStack();
  connect(undo_, &QToolButton::clicked, &stack, &QUndoStack::undo);
  connect(redo_, &QToolButton::clicked, &stack, &QUndoStack::redo);
  undo_->setAccessibleName(tr("Undo"));
  redo_->setAccessibleName(tr("Redo"));
  const auto refresh = [this, &stack] {
    undo_->setEnabled(stack.canUndo());
    redo_->setEnabled(stack.canRedo());
    undo_->setToolTip(stack.canUndo() ? tr("Undo: %1 (Ctrl+Z)").arg(stack.undoText())
                                      : tr("Nothing attached or tuned to undo"));
    redo_->setToolTip(stack.canRedo() ? tr("Redo: %1 (Ctrl+Shift+Z)").arg(stack.redoText())
                                      : tr("Nothing attached or tuned to redo"));
  };
  const auto repaint = [this] {
    undo_->setIcon(theme_.icon(QStringLiteral("undo")));
    redo_->setIcon(theme_.icon(QStringLiteral("redo")));
  };
  // Steps that become one change the name, not the place.
  connect(&stack, &QUndoStack::indexChanged, this, refresh);
  connect(&stack, &QUndoStack::undoTextChanged, this, refresh);
  connect(&theme_, &Theme::changed, this, repaint);
  refresh();
  repaint();
}

QUndoStack& MappingPage::focusedStack() {
  const QWidget* focused = focusWidget();
  const bool inTree = focused && (focused == tree_ || tree_->isAncestorOf(focused));
  return inTree && document_ ? document_->undoStack() : workspace_.undoStack();
}

bool MappingPage::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    auto* key = static_cast<QKeyEvent*>(event);
    const QUndoStack& stack = focusedStack();
    const bool undo = key->matches(QKeySequence::Undo) && stack.canUndo();
    if (undo || (key->matches(QKeySequence::Redo) && stack.canRedo())) key->accept();
  }
  return QWidget::event(event);
}

void MappingPage::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Undo)) {
    focusedStack().undo();
  } else if (event->matches(QKeySequence::Redo)) {
    focusedStack().redo();
  } else {
    QWidget::keyPressEvent(event);
  }
}

void MappingPage::attach(const QString& mapping, Scope scope) {
  QStringList names = selectedLayers();
  const Network* network = estimates_.network().get();
  if (scope != Scope::Layer && network) {
    names.clear();
    for (const Layer& layer : network->layers) {
      if (scope == Scope::All || QString::fromStdString(layer.operatorName) == study_.operatorName) {
        names << QString::fromStdString(layer.name);
      }
    }
  }
  attachTo(names, mapping);
}

void MappingPage::attachTo(const QStringList& layers, const QString& mapping) {
  const ChoiceStep step = attachStep(estimates_.input().choices, layers, mapping);
  workspace_.changeLayers(step.name, step.choices);
}

std::map<std::string, std::int64_t> MappingPage::tunableValues() const {
  std::map<std::string, std::int64_t> values = study_.values;  // as they were when it was timed
  const auto choice = estimates_.input().choices.find(study_.layer.toStdString());
  if (choice == estimates_.input().choices.end() || choice->second.mapping != study_.shown.toStdString())
    return values;
  for (const auto& [name, value] : choice->second.tunables) {
    if (values.contains(name)) values[name] = value;
  }
  return values;
}

void MappingPage::refreshTunables() {
  tunables_->setTunables(study_.tunables, tunableValues());
  search_->setVisible(!study_.tunables.empty());
}

void MappingPage::setTunable(const std::string& name, std::int64_t value, const QString& gesture) {
  auto choices = estimates_.input().choices;
  auto values = tunableValues();
  const QString tunable = QString::fromStdString(name);
  const StepName step{tunable, grouped(values[name]), grouped(value), tr(" for %1").arg(study_.layer)};
  values[name] = value;
  choices[study_.layer.toStdString()] = {study_.shown.toStdString(), std::move(values)};
  workspace_.changeLayers(step, choices, gesture + QLatin1Char(' ') + study_.layer);
}

void MappingPage::searchBest() {
  const QStringList layers = selectedLayers();
  const QString mapping = study_.shown;
  if (layers.isEmpty() || mapping.isEmpty()) return;
  const QString title = layers.size() == 1 ? tr("Searching tunables of %1").arg(layers.front())
                                           : tr("Searching tunables of %1 layers").arg(layers.size());
  jobs_.start(
      searches, title, this,
      [input = estimates_.input(), layers, mapping](Progress& progress) {
        return searchTunables(input, layers, mapping, progress);
      },
      [this, document = estimates_.input().document](const LayerChoices& found) {
        const auto& now = estimates_.input().document;
        // Another one may have been opened since.
        const bool same = now && now->path == document->path && now->copyOf == document->copyOf;
        if (found.empty() || !same) return;
        const ChoiceStep step = searchStep(estimates_.input().choices, found);
        workspace_.changeLayers(step.name, step.choices);
      });
}

}  // namespace taktwerk
