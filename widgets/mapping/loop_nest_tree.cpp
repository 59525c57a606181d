// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/loop_nest_tree.h"

#include <QHeaderView>
#include <QPointer>

#include "widgets/document/text_document.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

enum Column { What, Value };
constexpr int numberRole = Qt::UserRole, lineRole = Qt::UserRole + 1;

const YamlNode* scalar(const YamlNode& node, std::string_view key) {
  const YamlNode* found = node.find(key);
  return found != nullptr && found->isScalar() ? found : nullptr;
}

QString textOf(const YamlNode* node) {
  return node == nullptr ? QString() : QString::fromStdString(node->scalar);
}

YamlPath below(YamlPath path, const YamlPath::value_type& step) {
  path.push_back(step);
  return path;
}

}  // namespace

LoopNestTree::LoopNestTree(const Theme& theme, QWidget* parent) : QTreeWidget(parent), theme_(theme) {
  setColumnCount(2);
  setHeaderLabels({tr("Loop nest"), tr("Extent or instruction")});
  setAccessibleName(tr("Loop nest of the mapping"));
  setFrameShape(QFrame::NoFrame);
  setUniformRowHeights(true);
  setIndentation(14);
  setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
  header()->setStretchLastSection(true);
  connect(this, &QTreeWidget::itemChanged, this, &LoopNestTree::edited);
  connect(this, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
    if (item && !building_) Q_EMIT lineActivated(item->data(What, lineRole).toInt());
  });
}

void LoopNestTree::setDocument(TextDocument* document) {
  if (document_) disconnect(document_, nullptr, this, nullptr);
  document_ = document;
  if (document_) connect(document_, &TextDocument::changed, this, &LoopNestTree::rebuild);
  rebuild();
}

void LoopNestTree::rebuild() {
  const Result<YamlNode> root =
      document_ ? parseYaml(document_->text(), {}) : Result<YamlNode>(Diagnostics{});
  if (document_ && !root) return;  // while it is being typed the tree stays as it was
  building_ = true;
  const int scrolled = currentItem() ? currentItem()->data(What, numberRole).toInt() : -1;
  clear();
  paths_.clear();
  if (root) {
    const YamlNode* program = root->find("program");
    if (program != nullptr && program->isSequence())
      add(invisibleRootItem(), *program, {std::string("program")});
  }
  expandAll();
  resizeColumnToContents(What);
  setColumnWidth(What, std::min(columnWidth(What) + 8, 220));
  for (QTreeWidgetItemIterator at(this); *at; ++at) {
    if ((*at)->data(What, numberRole).toInt() == scrolled) setCurrentItem(*at);
  }
  building_ = false;
}

void LoopNestTree::add(QTreeWidgetItem* parent, const YamlNode& nodes, const YamlPath& path) {
  constexpr std::size_t mostItems = 5000;
  for (std::size_t i = 0; i < nodes.items.size() && paths_.size() < mostItems; ++i) {
    const YamlNode& node = nodes.items[i];
    const YamlPath here = below(path, i);
    auto* item = new QTreeWidgetItem(parent);
    item->setData(What, numberRole, static_cast<int>(paths_.size()));
    item->setData(What, lineRole, static_cast<int>(node.position.line));
    paths_.emplace_back();
    const auto set = [&](const QString& what, const YamlNode* value, const YamlPath& edit) {
      item->setText(What, what);
      item->setText(Value, textOf(value));
      item->setToolTip(Value, textOf(value));
      if (value == nullptr) return;
      item->setFlags(item->flags() | Qt::ItemIsEditable);
      paths_[static_cast<std::size_t>(item->data(What, numberRole).toInt())] = edit;
    };
    if (node.isScalar()) {
      const QString text = textOf(&node);
      set(text.section(QLatin1Char(' '), 0, 0), &node, here);
      item->setFont(Value, theme_.fixedFont(8.5));
      continue;
    }
    const auto loop = [&](const char* key, const QString& word) {
      const YamlNode* name = scalar(node, key);
      if (name == nullptr) return false;
      const char* extent = node.find("in") != nullptr ? "in" : "to";
      set(word + QLatin1Char(' ') + textOf(name), scalar(node, extent), below(here, std::string(extent)));
      item->setFont(What, theme_.font(9, true));
      return true;
    };
    if (loop("for", tr("for")) || loop("tile", tr("tile")) || loop("spatial", tr("spatial"))) {
      // its body follows
    } else if (const YamlNode* condition = scalar(node, "when");
               condition != nullptr && node.find("do") != nullptr) {
      set(tr("when"), condition, below(here, std::string("when")));
    } else if (const YamlNode* loops = node.find("loops"); loops != nullptr && loops->isSequence()) {
      set(tr("nest, by"), scalar(node, "order"), below(here, std::string("order")));
      item->setFont(What, theme_.font(9, true));
      addOrders(item, node);
      add(item, *loops, below(here, std::string("loops")));
    } else if (const YamlNode* operation = scalar(node, "op")) {
      set(textOf(operation), operation, below(here, std::string("op")));
    } else {
      set(node.find("let") != nullptr ? tr("let") : tr("…"), nullptr, {});
    }
    for (const char* key : {"do", "else"}) {
      const YamlNode* body = node.find(key);
      if (body == nullptr || !body->isSequence()) continue;
      QTreeWidgetItem* under = item;
      if (key == std::string("else")) {
        under = new QTreeWidgetItem(parent, {tr("else"), {}});
        under->setData(What, numberRole, -1);
        under->setData(What, lineRole, static_cast<int>(body->position.line));
      }
      add(under, *body, below(here, std::string(key)));
    }
    if (const YamlNode* stages = node.find("stages"); stages != nullptr && stages->isSequence()) {
      for (std::size_t s = 0; s < stages->items.size(); ++s) {
        auto* stage = new QTreeWidgetItem(item, {tr("stage %1").arg(s), {}});
        stage->setData(What, numberRole, -1);
        stage->setData(What, lineRole, static_cast<int>(stages->items[s].position.line));
        if (stages->items[s].isSequence()) {
          add(stage, stages->items[s], below(below(here, std::string("stages")), s));
        }
      }
    }
  }
}

/// The orders among which the tunable of a nest chooses, the outermost loop first: "0: n, m".
void LoopNestTree::addOrders(QTreeWidgetItem* nest, const YamlNode& node) {
  const YamlNode* orders = node.find("orders");
  if (orders == nullptr || !orders->isSequence()) return;
  for (std::size_t i = 0; i < orders->items.size(); ++i) {
    const YamlNode& order = orders->items[i];
    QStringList names;
    for (const YamlNode& name : order.items) names << textOf(&name);
    auto* item = new QTreeWidgetItem(nest, {tr("order %1").arg(i), names.join(QStringLiteral(", "))});
    item->setData(What, numberRole, -1);
    item->setData(What, lineRole, static_cast<int>(order.position.line));
  }
}

void LoopNestTree::edited(QTreeWidgetItem* item, int column) {
  if (building_ || column != Value || !document_) return;
  const int number = item->data(What, numberRole).toInt();
  if (number < 0 || number >= static_cast<int>(paths_.size())) return;
  const YamlPath path = paths_[static_cast<std::size_t>(number)];
  if (path.empty()) return;
  YamlChange change;
  change.path = path;
  change.value.kind = YamlNode::Kind::Scalar;
  change.value.scalar = item->text(Value).toStdString();
  // Queued: the tree is made anew, but not under the editor that is just being closed.
  QMetaObject::invokeMethod(
      this,
      [this, change, what = tr("Change %1").arg(item->text(What)), document = QPointer(document_)] {
        if (!document || document != document_) return;  // another is shown by now
        if (document->change({change}, what)) return;
        rebuild();
        Q_EMIT editFailed(tr("The text does not allow this change here; change it in the text."));
      },
      Qt::QueuedConnection);
}

}  // namespace taktwerk
