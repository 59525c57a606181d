// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/question.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "widgets/theme/theme.h"

namespace taktwerk {

QuestionDialog::QuestionDialog(const Theme& theme, Question question, QWidget* parent)
    : QDialog(parent), theme_(theme), question_(std::move(question)), message_(new QLabel) {
  setWindowTitle(question_.title);
  setObjectName(QStringLiteral("question"));
  setMinimumWidth(440);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(20, 18, 20, 16);
  column->setSpacing(12);
  auto* title = new QLabel(question_.title);
  title->setFont(theme_.font(12, true));
  column->addWidget(title);
  auto* explanation = new QLabel(question_.explanation);
  explanation->setWordWrap(true);
  column->addWidget(explanation);
  auto* form = new QFormLayout;
  form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  form->setHorizontalSpacing(14);
  form->setVerticalSpacing(8);
  form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
  for (const Question::Field& field : question_.fields) {
    auto* line = new QLineEdit(field.text);
    line->setAccessibleName(field.label);
    line->setPlaceholderText(field.placeholder);
    form->addRow(field.label, line);
    lines_.push_back(line);
    connect(line, &QLineEdit::textChanged, this, &QuestionDialog::check);
  }
  column->addLayout(form);
  message_->setObjectName(QStringLiteral("message"));
  message_->setWordWrap(true);
  message_->setMinimumHeight(2 * fontMetrics().lineSpacing());
  message_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  column->addWidget(message_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  ok_ = buttons->button(QDialogButtonBox::Ok);
  ok_->setText(question_.accept);
  ok_->setDefault(true);
  column->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  if (!lines_.empty()) {
    lines_.front()->selectAll();
    lines_.front()->setFocus();
  }
  check();
}

QStringList QuestionDialog::answers() const {
  QStringList texts;
  for (const QLineEdit* line : lines_) texts.append(line->text().trimmed());
  return texts;
}

void QuestionDialog::check() {
  const QStringList texts = answers();
  const auto problem = question_.problem ? question_.problem(texts) : std::nullopt;
  QString text = problem ? problem->text : question_.preview ? question_.preview(texts) : QString();
  QPalette colours = palette();
  colours.setColor(QPalette::WindowText, theme_.colour(problem ? &Palette::error : &Palette::mutedText));
  message_->setPalette(colours);
  message_->setText(problem ? QStringLiteral("✕ ") + text : text);
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    QPalette of = palette();
    const bool wrong = problem && problem->field == static_cast<int>(i);
    if (wrong) of.setColor(QPalette::Text, theme_.colour(&Palette::error));
    lines_[i]->setPalette(of);
    lines_[i]->setAccessibleDescription(wrong ? text : QString());
  }
  ok_->setEnabled(!problem);
  ok_->setToolTip(problem ? text : QString());
}

}  // namespace taktwerk
