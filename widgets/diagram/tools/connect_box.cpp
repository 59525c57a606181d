// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/connect_box.h"

#include <QLineEdit>
#include <QListWidget>
#include <algorithm>
#include <utility>

namespace taktwerk {

ConnectBox::ConnectBox(QWidget* parent) : FilterBox(tr("Wire to make"), {400, 320}, parent) {
  setObjectName(QStringLiteral("connectBox"));
  field().setPlaceholderText(tr("Connect: type a part of a name"));
  list().setAccessibleName(tr("Wires that can be made"));
}

void ConnectBox::popUp(const QString& block, std::vector<Choice> choices, QPoint globalPosition) {
  block_ = block;
  choices_ = std::move(choices);
  openAt(globalPosition);
}

int ConnectBox::fill(const QString& text) {
  const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  shown_.clear();
  for (std::size_t i = 0; i < choices_.size(); ++i) {
    const QString& sentence = choices_[i].sentence;
    const bool matches = std::all_of(words.begin(), words.end(), [&](const QString& word) {
      return sentence.contains(word, Qt::CaseInsensitive);
    });
    if (!matches) continue;
    shown_.push_back(i);
    list().addItem(sentence);
  }
  return static_cast<int>(shown_.size());
}

QString ConnectBox::whyEmpty(const QString& text) const {
  return choices_.empty() ? tr("There is nothing to connect %1 to.").arg(block_) : FilterBox::whyEmpty(text);
}

void ConnectBox::take(int row) {
  const std::function<void()> make = choices_[shown_[static_cast<std::size_t>(row)]].make;
  make();
}

}  // namespace taktwerk
