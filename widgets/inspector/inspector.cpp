// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspector.h"

#include <QComboBox>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSlider>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <algorithm>

#include "core/base/whole_number.h"
#include "widgets/document/document.h"
#include "widgets/inspector/group_content.h"
#include "widgets/inspector/inspector_content.h"
#include "widgets/session/selection_model.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {
enum Role { DescriptionRole = Qt::UserRole, ObjectRole, FieldRole, KeyRole, SourceRole, ChoicesRole };
constexpr qsizetype longestTitle = 120;
constexpr qsizetype longestClass = 32;
constexpr std::size_t mostProblems = 5;
constexpr std::int64_t widestSlider = 4096;

InspectorRow::Field fieldOf(const QTreeWidgetItem& item) {
  return static_cast<InspectorRow::Field>(item.data(0, FieldRole).toInt());
}
}  // namespace

/// Edits values in the second column and nothing else.
class Inspector::ValueDelegate : public QStyledItemDelegate {
 public:
  explicit ValueDelegate(Inspector& inspector) : QStyledItemDelegate(&inspector), inspector_(inspector) {}

  QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&,
                        const QModelIndex& index) const override {
    const QTreeWidgetItem* item = itemOf(index);
    if (index.column() != 1 || !item || fieldOf(*item) == InspectorRow::Field::None) return nullptr;
    const QStringList choices = item->data(0, ChoicesRole).toStringList();
    if (!choices.isEmpty()) {
      auto* box = new QComboBox(parent);
      box->addItem(QString());
      box->addItems(choices);
      connect(box, &QComboBox::activated, this, [this, box] {
        auto* self = const_cast<ValueDelegate*>(this);
        Q_EMIT self->commitData(box);
        Q_EMIT self->closeEditor(box);
      });
      return box;
    }
    auto* line = new QLineEdit(parent);
    line->setFrame(false);
    line->setAccessibleName(item->text(0));
    if (inspector_.document_) {
      QStringList names;
      for (const Parameter& p : inspector_.document_->architecture->parameters) {
        names << QString::fromStdString(p.name);
      }
      if (!names.isEmpty()) line->setCompleter(new QCompleter(names, line));
    }
    const QPersistentModelIndex place = index;
    connect(line, &QLineEdit::textChanged, this, [this, place, line](const QString& text) {
      if (const QTreeWidgetItem* row = place.isValid() ? itemOf(place) : nullptr) {
        const bool wrong = !inspector_.check(*row, text).isEmpty();
        line->setProperty("wrong", wrong);
        line->setStyleSheet(
            wrong ? QStringLiteral("color: %1;").arg(inspector_.theme_.colour(&Palette::error).name())
                  : QString());
        inspector_.showCheck(*row, text);
      }
    });
    return line;
  }

  void setEditorData(QWidget* editor, const QModelIndex& index) const override {
    const QTreeWidgetItem* item = itemOf(index);
    if (!item) return;
    const QString source = item->data(0, SourceRole).toString();
    if (auto* box = qobject_cast<QComboBox*>(editor)) {
      box->setCurrentText(source);
    } else if (auto* line = qobject_cast<QLineEdit*>(editor)) {
      if (line->isModified()) return;  // the document changed under the typing
      line->setText(source);
      line->selectAll();
    }
  }

  void setModelData(QWidget* editor, QAbstractItemModel*, const QModelIndex& index) const override {
    const auto* box = qobject_cast<QComboBox*>(editor);
    const auto* line = qobject_cast<QLineEdit*>(editor);
    const QString text = box ? box->currentText() : line ? line->text() : QString();
    const QPersistentModelIndex place = index;
    // Once the editor is closed: the edit makes the rows anew.
    QMetaObject::invokeMethod(
        &inspector_,
        [this, place, text] {
          if (const QTreeWidgetItem* item = place.isValid() ? itemOf(place) : nullptr) {
            inspector_.commit(*item, text);
          }
        },
        Qt::QueuedConnection);
  }

 private:
  [[nodiscard]] QTreeWidgetItem* itemOf(const QModelIndex& index) const {
    return inspector_.rows_->itemFromIndex(index);
  }
  Inspector& inspector_;
};

Inspector::Inspector(const Theme& theme, SelectionModel& selection, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      selection_(selection),
      title_(new WrappedLabel),
      subtitle_(new WrappedLabel),
      about_(new WrappedLabel),
      rows_(new QTreeWidget),
      detail_(new WrappedLabel),
      slider_(new QSlider(Qt::Horizontal)),
      newParameter_(new QLineEdit) {
  title_->setFont(theme_.font(12, true));
  title_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  about_->setTextFormat(Qt::RichText);
  detail_->setMinimumHeight(58);
  detail_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  detail_->setContentsMargins(12, 8, 12, 8);
  rows_->setColumnCount(3);
  rows_->setHeaderHidden(true);
  rows_->setRootIsDecorated(false);
  rows_->setIndentation(8);
  rows_->setUniformRowHeights(true);
  rows_->setStyleSheet(
      QStringLiteral("QTreeView { padding-left: 4px; } QTreeView::item { min-height: 21px; }"));
  rows_->setAccessibleName(tr("Attributes"));
  rows_->setItemDelegate(new ValueDelegate(*this));
  rows_->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::AnyKeyPressed);
  rows_->installEventFilter(this);
  rows_->header()->setSectionResizeMode(0, QHeaderView::Interactive);
  rows_->header()->resizeSection(0, 150);
  rows_->header()->setSectionResizeMode(1, QHeaderView::Stretch);
  rows_->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
  rows_->header()->setStretchLastSection(false);
  slider_->setAccessibleName(tr("Value of the parameter"));
  slider_->hide();
  newParameter_->setObjectName(QStringLiteral("newParameter"));
  newParameter_->setPlaceholderText(tr("Add a parameter: rows = 4"));
  newParameter_->setAccessibleName(tr("New parameter"));
  newParameter_->hide();

  auto* head = new QVBoxLayout;
  head->setContentsMargins(12, 10, 12, 10);
  head->setSpacing(4);
  auto* top = new QHBoxLayout;
  top->addWidget(title_, 1);
  top->addWidget(subtitle_, 0, Qt::AlignTop);
  head->addLayout(top);
  head->addWidget(about_);
  auto* foot = new QVBoxLayout;
  foot->setContentsMargins(12, 6, 12, 6);
  foot->addWidget(slider_);
  foot->addWidget(newParameter_);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  all->addLayout(head);
  all->addWidget(rows_, 1);
  all->addLayout(foot);
  all->addWidget(detail_);

  connect(rows_, &QTreeWidget::currentItemChanged, this, &Inspector::describeCurrent);
  connect(rows_, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem* item, int column) {
    if (column == 1 && editor_ && fieldOf(*item) != InspectorRow::Field::None) rows_->editItem(item, 1);
  });
  connect(rows_, &QTreeWidget::itemDoubleClicked, this, [this](QTreeWidgetItem* item) {
    const QVariant object = item->data(0, ObjectRole);
    if (object.isValid()) {
      selection_.select({ObjectId{object.toUInt()}});
    } else if (editor_ && fieldOf(*item) != InspectorRow::Field::None) {
      rows_->editItem(item, 1);
    }
  });
  connect(slider_, &QSlider::valueChanged, this, [this](int value) {
    const QTreeWidgetItem* item = rows_->currentItem();
    if (!sliding_ && item) commit(*item, QString::number(value), QStringLiteral("slide"));
  });
  connect(newParameter_, &QLineEdit::returnPressed, this, &Inspector::addParameter);
  connect(&selection_, &SelectionModel::selectionChanged, this, &Inspector::refresh);
  connect(&theme_, &Theme::changed, this, &Inspector::refresh);
  refresh();
}

bool Inspector::eventFilter(QObject* watched, QEvent* event) {
  if (watched == rows_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    QTreeWidgetItem* item = rows_->currentItem();
    if (item && rows_->isPersistentEditorOpen(item, 1)) return false;  // what the field leaves over
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && item && editor_) {
      rows_->editItem(item, 1);
      return true;
    }
    if (key == Qt::Key_Delete || key == Qt::Key_Backspace) {
      removeCurrent();
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

void Inspector::setDocument(std::shared_ptr<const Document> document) {
  document_ = std::move(document);
  refresh();
}

void Inspector::setOverrides(ParameterOverrides overrides) {
  if (overrides == overrides_) return;
  overrides_ = std::move(overrides);
  refresh();
}

InspectorContent Inspector::content() const {
  if (!document_) {
    InspectorContent empty;
    empty.title = tr("Nothing open");
    empty.description = tr("Open an architecture to see its blocks here.");
    return empty;
  }
  const Architecture& architecture = *document_->architecture;
  if (selection_.connection().valid()) {
    InspectorContent content = contentOf(architecture, document_->diagnostics, selection_.connection());
    InspectorSection rule = ruleSection(*document_, selection_.connection());
    if (!rule.rows.empty()) content.sections.push_back(std::move(rule));
    return content;
  }
  if (selection_.objects().size() == 1 && document_->group(*selection_.objects().begin())) {
    return groupContent(*document_, *selection_.objects().begin());
  }
  if (!selection_.objects().empty()) {
    return contentOf(architecture, document_->diagnostics, selection_.objects());
  }
  return contentOf(*document_->whole, document_->diagnostics, overrides_);
}

void Inspector::refresh() {
  const auto fits = [this](ObjectId id) { return id.index() < document_->architecture->objects.size(); };
  if (document_ && !std::all_of(selection_.objects().begin(), selection_.objects().end(), fits)) return;
  const InspectorContent now = content();
  presentHead(now);
  if (!updateRows(now)) present(now);
  newParameter_->setVisible(editor_ && document_ && selection_.objects().empty() &&
                            !selection_.connection().valid());
  describeCurrent();
}

void Inspector::presentHead(const InspectorContent& content) {
  title_->setText(shortened(content.title, longestTitle));
  QColor chip = theme_.border();
  QColor chipText = theme_.colour(&Palette::text);
  if (document_ && !selection_.connection().valid() && selection_.objects().size() == 1) {
    const ObjectId id = *selection_.objects().begin();
    if (id.index() < document_->diagram->blocks.size()) {
      const BlockKind kind = document_->diagram->blocks[id.index()].kind;
      chip = theme_.kind(kind);
      chipText = toQColor(theme_.colours().kindText(kind));
    }
  }
  subtitle_->setVisible(!content.subtitle.isEmpty());
  subtitle_->setText(shortened(content.subtitle, longestClass));
  subtitle_->setStyleSheet(QStringLiteral("background: %1; color: %2; border-radius: 4px; padding: 2px 7px;")
                               .arg(chip.name(), chipText.name()));
  QString about;
  if (!content.description.isEmpty()) {
    about +=
        QStringLiteral("<div style='color:%1'>%2</div>")
            .arg(theme_.colour(&Palette::mutedText).name(), shortened(content.description).toHtmlEscaped());
  }
  if (!content.note.isEmpty()) {
    about +=
        QStringLiteral("<div style='margin-top:6px'>✎ %1</div>").arg(shortened(content.note).toHtmlEscaped());
  }
  std::size_t shown = 0;
  for (const Diagnostic& problem : content.problems) {
    if (shown++ == mostProblems) {
      about += QStringLiteral("<div style='margin-top:6px'>%1</div>")
                   .arg(tr("and %1 more").arg(content.problems.size() - mostProblems));
      break;
    }
    const bool error = problem.severity == Severity::Error;
    about += QStringLiteral("<div style='margin-top:6px; color:%1'>%2 %3</div>")
                 .arg(theme_.colour(error ? &Palette::error : &Palette::warning).name(),
                      error ? QStringLiteral("✕") : QStringLiteral("⚠"),
                      shortened(problem.message).toHtmlEscaped());
  }
  about_->setText(about);
  about_->setVisible(!about.isEmpty());
  detail_->setStyleSheet(QStringLiteral("color: %1; border-top: 1px solid %2;")
                             .arg(theme_.colour(&Palette::mutedText).name(), theme_.border().name()));
}

void Inspector::fillItem(QTreeWidgetItem& item, const InspectorRow& row) const {
  const QColor muted = theme_.colour(&Palette::mutedText);
  item.setText(0, shortened(row.name));
  item.setText(1, shortened(row.value));
  item.setText(2, shortened(row.unit, longestClass));
  item.setData(0, DescriptionRole, row.description);
  item.setData(0, ObjectRole, row.object.valid() ? QVariant(row.object.value) : QVariant());
  item.setData(0, FieldRole, static_cast<int>(row.field));
  item.setData(0, KeyRole, row.name);
  item.setData(0, SourceRole, row.source);
  item.setData(0, ChoicesRole, row.choices);
  const bool editable =
      editor_ && row.field != InspectorRow::Field::None && document_ && !document_->architecture->readOnly;
  item.setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | (editable ? Qt::ItemIsEditable : Qt::NoItemFlags));
  item.setForeground(2, muted);
  QFont value = font();
  value.setItalic(row.isDefault || row.several);
  item.setFont(1, value);
  item.setForeground(1, row.wrong                      ? theme_.colour(&Palette::error)
                        : row.isDefault || row.several ? muted
                                                       : theme_.colour(&Palette::text));
  QString tip = QStringLiteral("%1: %2").arg(shortened(row.name), shortened(row.value));
  if (!row.description.isEmpty()) tip += QLatin1Char('\n') + shortened(row.description);
  for (int column = 0; column < 3; ++column) item.setToolTip(column, tip);
}

bool Inspector::updateRows(const InspectorContent& content) {
  std::vector<const InspectorSection*> sections;
  for (const InspectorSection& section : content.sections) {
    if (!section.rows.empty()) sections.push_back(&section);
  }
  if (static_cast<std::size_t>(rows_->topLevelItemCount()) != sections.size()) return false;
  for (std::size_t s = 0; s < sections.size(); ++s) {
    const QTreeWidgetItem* header = rows_->topLevelItem(static_cast<int>(s));
    const auto& rows = sections[s]->rows;
    if (header->text(0) != sections[s]->title.toUpper() ||
        header->childCount() != static_cast<int>(rows.size())) {
      return false;
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (header->child(static_cast<int>(r))->data(0, KeyRole).toString() != rows[r].name) return false;
    }
  }
  for (std::size_t s = 0; s < sections.size(); ++s) {
    for (std::size_t r = 0; r < sections[s]->rows.size(); ++r) {
      fillItem(*rows_->topLevelItem(static_cast<int>(s))->child(static_cast<int>(r)), sections[s]->rows[r]);
    }
  }
  return true;
}

void Inspector::present(const InspectorContent& content) {
  const QTreeWidgetItem* current = rows_->currentItem();
  const QString key = current ? current->data(0, KeyRole).toString() : QString();
  rows_->clear();
  for (const InspectorSection& section : content.sections) {
    if (section.rows.empty()) continue;
    auto* header = new QTreeWidgetItem(rows_, {section.title.toUpper()});
    header->setFlags(Qt::ItemIsEnabled);
    header->setFont(0, theme_.font(7.5, true));
    header->setForeground(0, theme_.colour(&Palette::mutedText));
    header->setFirstColumnSpanned(true);
    for (const InspectorRow& row : section.rows) {
      auto* item = new QTreeWidgetItem(header);
      fillItem(*item, row);
      if (!key.isEmpty() && row.name == key) rows_->setCurrentItem(item);
    }
    header->setExpanded(true);
  }
}

void Inspector::describeCurrent() {
  const QTreeWidgetItem* item = rows_->currentItem();
  const QString text = item ? item->data(0, DescriptionRole).toString() : QString();
  detail_->setText(text.isEmpty() ? tr("Select a row to read what it means.") : shortened(text));
  slider_->hide();
  if (!item || !editor_ || !document_ || fieldOf(*item) != InspectorRow::Field::Parameter) return;
  const std::string name = item->data(0, KeyRole).toString().toStdString();
  for (const Parameter& p : document_->whole->parameters) {
    if (p.name != name || !p.expression.empty()) continue;
    const std::int64_t low = p.minimum.value_or(std::min<std::int64_t>(p.defaultValue, 0));
    const std::int64_t high = std::min(
        p.maximum.value_or(std::max<std::int64_t>(4 * std::max<std::int64_t>(p.defaultValue, 1), 16)),
        low + widestSlider);
    if (p.defaultValue < low || p.defaultValue > high || slider_->isSliderDown()) {
      slider_->setVisible(slider_->isSliderDown());
      continue;
    }
    sliding_ = true;
    slider_->setRange(static_cast<int>(low), static_cast<int>(high));
    slider_->setPageStep(std::max(1, static_cast<int>((high - low) / 16)));
    slider_->setValue(static_cast<int>(p.defaultValue));
    sliding_ = false;
    slider_->show();
  }
}

const AttributeSpecification* Inspector::specificationOfRow(const QTreeWidgetItem& item) const {
  if (!document_ || selection_.objects().empty() || fieldOf(item) != InspectorRow::Field::Attribute)
    return nullptr;
  const ObjectDeclaration& object = document_->architecture->objects[selection_.objects().begin()->index()];
  const ClassSpecification* specification = specificationOf(object.objectClass);
  return specification ? specification->find(item.data(0, KeyRole).toString().toStdString()) : nullptr;
}

QString Inspector::check(const QTreeWidgetItem& item, const QString& text, QString* value) const {
  if (value) value->clear();
  if (!document_) return {};
  const Architecture& architecture = *document_->architecture;
  const QString key = item.data(0, KeyRole).toString();
  if (fieldOf(item) == InspectorRow::Field::Parameter) {
    const auto number = wholeNumber(text.trimmed().toStdString());
    if (text.trimmed().isEmpty()) return tr("a parameter needs a default");
    if (!number) return {};  // an expression: told once it stands
    for (const Parameter& p : document_->whole->parameters) {
      if (p.name != key.toStdString()) continue;
      if (p.minimum && *number < *p.minimum) return tr("%1 is at least %2").arg(key).arg(*p.minimum);
      if (p.maximum && *number > *p.maximum) return tr("%1 is at most %2").arg(key).arg(*p.maximum);
    }
    return {};
  }
  if (key == QLatin1String("colour")) {
    const bool good =
        text.trimmed().isEmpty() || (text.trimmed().size() == 7 && QColor::isValidColor(text.trimmed()));
    return good ? QString() : tr("a colour is #rrggbb");
  }
  const AttributeSpecification* specification = specificationOfRow(item);
  if (!specification) return {};
  const ObjectDeclaration& object = architecture.objects[selection_.objects().begin()->index()];
  return problemOf(architecture, object, *specification, text, value);
}

void Inspector::showCheck(const QTreeWidgetItem& item, const QString& text) {
  QString value;
  const QString problem = check(item, text, &value);
  if (!problem.isEmpty()) {
    detail_->setText(QStringLiteral("✕ ") + shortened(problem));
    detail_->setStyleSheet(QStringLiteral("color: %1; border-top: 1px solid %2;")
                               .arg(theme_.colour(&Palette::error).name(), theme_.border().name()));
    return;
  }
  detail_->setStyleSheet(QStringLiteral("color: %1; border-top: 1px solid %2;")
                             .arg(theme_.colour(&Palette::mutedText).name(), theme_.border().name()));
  const QString description = item.data(0, DescriptionRole).toString();
  detail_->setText(value.isEmpty() ? shortened(description)
                                   : value + QLatin1Char('\n') + shortened(description));
}

}  // namespace taktwerk
