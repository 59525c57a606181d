// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspector.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSlider>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <algorithm>

#include "widgets/document/document.h"
#include "widgets/document/edit_command.h"
#include "widgets/inspector/group_content.h"
#include "widgets/inspector/inspector_content.h"
#include "widgets/inspector/inspector_roles.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tree_rows.h"

namespace taktwerk {

namespace {
constexpr qsizetype longestTitle = 120;
constexpr qsizetype longestClass = 32;
constexpr std::size_t mostProblems = 5;
constexpr std::int64_t widestSlider = 4096;
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
      if (!box->view()->isVisible()) box->setCurrentText(source);
    } else if (auto* line = qobject_cast<QLineEdit*>(editor)) {
      if (line->isModified() || line->text() == source) return;  // the document changed under the typing
      line->setText(source);
      line->selectAll();
    }
  }

  void setModelData(QWidget* editor, QAbstractItemModel*, const QModelIndex& index) const override {
    const auto* box = qobject_cast<QComboBox*>(editor);
    const auto* line = qobject_cast<QLineEdit*>(editor);
    const QString text = box ? box->currentText() : line ? line->text() : QString();
    const QTreeWidgetItem* item = itemOf(index);
    if (!item) return;
    // Once the editor is closed; what the value belongs to is known now, and may not be selected then.
    QMetaObject::invokeMethod(
        &inspector_,
        [this, change = inspector_.changeOf(*item, text), path = inspector_.path()] {
          if (inspector_.path() == path) inspector_.make(change, {});  // else another file is open by now
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
      selection_(selection, [this] { return document_ ? document_->shown : nullptr; }),
      title_(new WrappedLabel),
      subtitle_(new WrappedLabel),
      about_(new WrappedLabel),
      rows_(new QTreeWidget),
      detail_(new WrappedLabel),
      slider_(new QSlider(Qt::Horizontal)),
      vary_(new QToolButton),
      override_(new QLineEdit),
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
  vary_->setText(tr("Vary this"));
  vary_->setObjectName(QStringLiteral("vary"));
  vary_->setToolTip(tr("Vary the parameter in the design space, and compare what it does"));
  vary_->hide();
  rows_->setContextMenuPolicy(Qt::CustomContextMenu);
  override_->setObjectName(QStringLiteral("override"));
  override_->setPlaceholderText(tr("Set for the estimate alone"));
  override_->setAccessibleName(tr("Value for the estimate alone"));
  override_->setToolTip(
      tr("A choice of the workspace: the file keeps its default. Empty: the default counts."));
  override_->hide();
  newParameter_->setObjectName(QStringLiteral("newParameter"));
  newParameter_->setPlaceholderText(tr("Add a parameter: rows = 4"));
  newParameter_->setAccessibleName(tr("New parameter"));
  newParameter_->hide();
  layOut();

  connect(rows_, &QTreeWidget::currentItemChanged, this, &Inspector::describeCurrent);
  connect(rows_, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem* item, int column) {
    if (column == 1 && editor_ && fieldOf(*item) != InspectorRow::Field::None) rows_->editItem(item, 1);
  });
  connect(rows_, &QTreeWidget::itemDoubleClicked, this, [this](QTreeWidgetItem* item) {
    const QVariant object = item->data(0, ObjectRole);
    if (object.isValid()) {
      selection_.select({ShownId{object.toUInt()}});
    } else if (editor_ && fieldOf(*item) != InspectorRow::Field::None) {
      rows_->editItem(item, 1);
    }
  });
  connect(slider_, &QSlider::sliderPressed, this, [this] { gesture_ = gestureKey(); });
  connect(slider_, &QSlider::sliderReleased, this, &Inspector::describeSlider);
  connect(slider_, &QSlider::valueChanged, this, [this](int value) {
    const QTreeWidgetItem* item = rows_->currentItem();
    if (sliding_ || !item) return;
    commit(*item, QString::number(value), slider_->isSliderDown() ? gesture_ : QStringLiteral("slide"));
  });
  connect(vary_, &QToolButton::clicked, this, &Inspector::varyCurrent);
  connect(rows_, &QTreeWidget::customContextMenuRequested, this, &Inspector::showMenu);
  connect(override_, &QLineEdit::returnPressed, this, &Inspector::commitOverride);
  connect(newParameter_, &QLineEdit::returnPressed, this, &Inspector::addParameter);
  connect(&selection_.model(), &SelectionModel::selectionChanged, this, &Inspector::refresh);
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

void Inspector::layOut() {
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
  auto* varied = new QHBoxLayout;
  varied->addWidget(override_, 1);
  varied->addWidget(vary_);
  foot->addLayout(varied);
  foot->addWidget(newParameter_);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  all->addLayout(head);
  all->addWidget(rows_, 1);
  all->addLayout(foot);
  all->addWidget(detail_);
  setFocusProxy(rows_);
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
  if (selection_.connection().valid()) {
    InspectorContent content = contentOf(*document_, selection_.connection());
    InspectorSection rule = ruleSection(*document_, selection_.connection());
    if (!rule.rows.empty()) content.sections.push_back(std::move(rule));
    return content;
  }
  if (selection_.objects().size() == 1 && document_->group(*selection_.objects().begin())) {
    return groupContent(*document_, *selection_.objects().begin());
  }
  if (!selection_.objects().empty()) {
    return contentOf(*document_, selection_.objects());
  }
  return contentOf(*document_->architecture, document_->diagnostics, overrides_);
}

void Inspector::refresh() {
  const InspectorContent now = content();
  std::vector<std::string> subjects;
  if (document_) {
    for (const ShownId id : selection_.objects()) {
      subjects.push_back(document_->shown->objects[id.index()].name);
    }
  }
  if (subjects != subjects_ && isEditing()) rows_->setFocus();  // what is typed is still about what was shown
  subjects_ = std::move(subjects);
  presentHead(now);
  present(now);
  newParameter_->setVisible(editor_ && document_ && selection_.objects().empty() &&
                            !selection_.connection().valid());
  describeCurrent();
}

void Inspector::presentHead(const InspectorContent& content) {
  title_->setText(shortened(content.title, longestTitle));
  QColor chip = theme_.border();
  QColor chipText = theme_.colour(&Palette::text);
  if (document_ && !selection_.connection().valid() && selection_.objects().size() == 1) {
    const ShownId id = *selection_.objects().begin();
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

QString Inspector::path() const {
  return document_ ? document_->path : QString();
}

bool Inspector::isEditing() const {
  const QWidget* focus = QApplication::focusWidget();
  return focus && rows_->viewport()->isAncestorOf(focus);
}

void Inspector::present(const InspectorContent& content) {
  const QTreeWidgetItem* current = rows_->currentItem();
  const QString name = current ? rowName(*current) : QString();
  std::vector<TreeRow> sections;
  QTreeWidgetItem* sameName = nullptr;
  QString about = content.title;  // rows of another block are other rows, though they have the same names
  if (!subjects_.empty()) about.clear();
  for (const std::string& subject : subjects_) about += QString::fromStdString(subject) + QLatin1Char(' ');
  for (const InspectorSection& section : content.sections) {
    if (section.rows.empty()) continue;
    TreeRow header{about + section.title,
                   [this, title = section.title.toUpper()](QTreeWidgetItem& item) {
                     item.setText(0, title);
                     item.setFlags(Qt::ItemIsEnabled);
                     item.setFont(0, theme_.font(7.5, true));
                     item.setForeground(0, theme_.colour(&Palette::mutedText));
                     item.setFirstColumnSpanned(true);
                   },
                   {}};
    for (const InspectorRow& row : section.rows) {
      header.rows.push_back({row.name,
                             [this, &row, &sameName, name](QTreeWidgetItem& item) {
                               fillItem(item, row);
                               if (row.name == name) sameName = &item;
                             },
                             {}});
    }
    sections.push_back(std::move(header));
  }
  updateTree(*rows_, sections);
  if (!rows_->currentItem() && sameName) rows_->setCurrentItem(sameName);
}

void Inspector::describeCurrent() {
  const QTreeWidgetItem* item = rows_->currentItem();
  const QString text = item ? item->data(0, DescriptionRole).toString() : QString();
  if (!isEditing()) {
    tell(text.isEmpty() ? tr("Select a row to read what it means.") : shortened(text), false);
  }
  describeSlider();
  showOverride(item);
}

/// Shows the slider for the parameter of the current row. While it is held it stays as it is, and its value
/// is the user's.
void Inspector::describeSlider() {
  if (slider_->isSliderDown()) return;
  const QTreeWidgetItem* item = rows_->currentItem();
  const Parameter* slid = nullptr;
  if (item && editor_ && document_ && fieldOf(*item) == InspectorRow::Field::Parameter) {
    const std::string name = rowName(*item).toStdString();
    for (const Parameter& p : document_->architecture->parameters) {
      if (p.name == name && p.expression.empty()) slid = &p;
    }
  }
  std::int64_t low = 0, high = 0;
  if (slid) {
    // The bounds in force: those that the defaults of the others leave.
    low = slid->minimum ? slid->minimum->value : std::min<std::int64_t>(slid->defaultValue, 0);
    high = slid->maximum ? slid->maximum->value
                         : std::max<std::int64_t>(4 * std::max<std::int64_t>(slid->defaultValue, 1), 16);
    high = std::min(high, low + widestSlider);
  }
  if (!slid || slid->defaultValue < low || slid->defaultValue > high) {
    if (slider_->hasFocus()) rows_->setFocus();
    slider_->hide();
    return;
  }
  sliding_ = true;
  slider_->setRange(static_cast<int>(low), static_cast<int>(high));
  slider_->setPageStep(std::max(1, static_cast<int>((high - low) / 16)));
  slider_->setValue(static_cast<int>(slid->defaultValue));
  sliding_ = false;
  slider_->show();
}

}  // namespace taktwerk
