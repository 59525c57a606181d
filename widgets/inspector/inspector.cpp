// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspector.h"

#include <QTreeWidget>

#include "widgets/document/document.h"
#include "widgets/inspector/inspector_content.h"
#include "widgets/session/selection_model.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {
constexpr int descriptionRole = Qt::UserRole;
constexpr int objectRole = Qt::UserRole + 1;
constexpr qsizetype longestTitle = 120;
constexpr qsizetype longestClass = 32;
constexpr std::size_t mostProblems = 5;
}  // namespace

Inspector::Inspector(const Theme& theme, SelectionModel& selection, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      selection_(selection),
      title_(new WrappedLabel),
      subtitle_(new WrappedLabel),
      about_(new WrappedLabel),
      rows_(new QTreeWidget),
      detail_(new WrappedLabel) {
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
  rows_->header()->setSectionResizeMode(0, QHeaderView::Interactive);
  rows_->header()->resizeSection(0, 150);
  rows_->header()->setSectionResizeMode(1, QHeaderView::Stretch);
  rows_->header()->setSectionResizeMode(2, QHeaderView::ResizeToContents);
  rows_->header()->setStretchLastSection(false);

  auto* head = new QVBoxLayout;
  head->setContentsMargins(12, 10, 12, 10);
  head->setSpacing(4);
  auto* top = new QHBoxLayout;
  top->addWidget(title_, 1);
  top->addWidget(subtitle_, 0, Qt::AlignTop);
  head->addLayout(top);
  head->addWidget(about_);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  all->addLayout(head);
  all->addWidget(rows_, 1);
  all->addWidget(detail_);

  connect(rows_, &QTreeWidget::currentItemChanged, this, &Inspector::describeCurrent);
  connect(rows_, &QTreeWidget::itemDoubleClicked, this, [this](const QTreeWidgetItem* item) {
    const QVariant object = item->data(0, objectRole);
    if (object.isValid()) selection_.select({ObjectId{object.toUInt()}});
  });
  connect(&selection_, &SelectionModel::selectionChanged, this, &Inspector::refresh);
  connect(&theme_, &Theme::changed, this, &Inspector::refresh);
  refresh();
}

void Inspector::setDocument(std::shared_ptr<const Document> document) {
  document_ = std::move(document);
  refresh();
}

void Inspector::refresh() {
  if (!document_) {
    InspectorContent empty;
    empty.title = tr("Nothing open");
    empty.description = tr("Open an architecture to see its blocks here.");
    return present(empty);
  }
  const Architecture& architecture = *document_->architecture;
  if (selection_.connection().valid()) {
    present(contentOf(architecture, document_->diagnostics, selection_.connection()));
  } else if (selection_.objects().size() == 1) {
    present(contentOf(architecture, document_->diagnostics, *selection_.objects().begin()));
  } else {
    InspectorContent content = contentOf(*document_->whole, document_->diagnostics);
    if (!selection_.objects().empty())
      content.subtitle = tr("%1 blocks selected").arg(selection_.objects().size());
    present(content);
  }
}

void Inspector::present(const InspectorContent& content) {
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

  rows_->clear();
  const QColor muted = theme_.colour(&Palette::mutedText);
  for (const InspectorSection& section : content.sections) {
    if (section.rows.empty()) continue;
    auto* header = new QTreeWidgetItem(rows_, {section.title.toUpper()});
    header->setFlags(Qt::ItemIsEnabled);
    header->setFont(0, theme_.font(7.5, true));
    header->setForeground(0, muted);
    header->setFirstColumnSpanned(true);
    for (const InspectorRow& row : section.rows) {
      auto* item = new QTreeWidgetItem(
          header, {shortened(row.name), shortened(row.value), shortened(row.unit, longestClass)});
      item->setData(0, descriptionRole, row.description);
      if (row.object.valid()) item->setData(0, objectRole, row.object.value);
      item->setForeground(2, muted);
      if (row.isDefault) {
        QFont italic = font();
        italic.setItalic(true);
        item->setFont(1, italic);
        item->setForeground(1, muted);
      }
      if (row.wrong) item->setForeground(1, theme_.colour(&Palette::error));
      QString tip = QStringLiteral("%1: %2").arg(shortened(row.name), shortened(row.value));
      if (!row.description.isEmpty()) tip += QLatin1Char('\n') + shortened(row.description);
      for (int column = 0; column < 3; ++column) {
        item->setToolTip(column, tip);
      }
    }
    header->setExpanded(true);
  }
  detail_->setStyleSheet(
      QStringLiteral("color: %1; border-top: 1px solid %2;").arg(muted.name(), theme_.border().name()));
  describeCurrent();
}

void Inspector::describeCurrent() {
  const QTreeWidgetItem* item = rows_->currentItem();
  const QString text = item ? item->data(0, descriptionRole).toString() : QString();
  detail_->setText(text.isEmpty() ? tr("Select a row to read what it means.") : shortened(text));
}

}  // namespace taktwerk
