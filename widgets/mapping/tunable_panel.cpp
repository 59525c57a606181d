// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/tunable_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/document/edit_command.h"
#include "widgets/estimate/estimate_controller.h"

namespace taktwerk {

TunablePanel::TunablePanel(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(2);
}

void TunablePanel::setTunables(const std::vector<Tunable>& tunables,
                               const std::map<std::string, std::int64_t>& values) {
  setting_ = true;
  std::vector<Row> before = std::move(rows_);
  rows_.clear();
  for (const Tunable& tunable : tunables) {
    const auto known =
        std::find_if(before.begin(), before.end(), [&](const Row& row) { return row.name == tunable.name; });
    if (known == before.end()) {
      rows_.push_back(makeRow(tunable.name));
    } else {
      rows_.push_back(std::move(*known));
      before.erase(known);
    }
    Row& row = rows_.back();
    const int place = static_cast<int>(rows_.size()) - 1;
    if (column_->indexOf(row.widget) != place) column_->insertWidget(place, row.widget);
    row.title->setToolTip(QString::fromStdString(tunable.description));
    if (row.slider->isSliderDown() && row.values == tunable.values) continue;
    row.values = tunable.values;
    row.slider->setRange(0, static_cast<int>(row.values.size()) - 1);
    const auto value = values.find(tunable.name);
    if (value == values.end()) continue;
    const auto at = std::find(row.values.begin(), row.values.end(), value->second);
    row.slider->setValue(static_cast<int>(at - row.values.begin()));
    row.value->setText(grouped(value->second));
  }
  for (const Row& gone : before) gone.widget->deleteLater();
  for (const Row& gone : before) gone.widget->hide();
  setting_ = false;
}

TunablePanel::Row TunablePanel::makeRow(const std::string& name) {
  Row row;
  row.name = name;
  row.widget = new QWidget;
  row.title = new QLabel(QString::fromStdString(name));
  row.slider = new QSlider(Qt::Horizontal);
  row.value = new QLabel;
  auto* line = new QHBoxLayout(row.widget);
  line->setContentsMargins(0, 0, 0, 0);
  row.title->setMinimumWidth(90);
  row.slider->setAccessibleName(row.title->text());
  row.value->setMinimumWidth(60);
  line->addWidget(row.title);
  line->addWidget(row.slider, 1);
  line->addWidget(row.value);
  row.vary = new QToolButton;
  row.vary->setText(tr("Vary"));
  row.vary->setToolTip(tr("Vary %1 in the design space").arg(row.title->text()));
  row.vary->setAccessibleName(row.vary->toolTip());
  line->addWidget(row.vary);
  connect(row.vary, &QToolButton::clicked, this, [this, name] { vary(name); });
  connect(row.slider, &QSlider::sliderPressed, this, [this] { gesture_ = gestureKey(); });
  connect(row.slider, &QSlider::valueChanged, this, [this, name](int index) { move(name, index); });
  return row;
}

void TunablePanel::vary(const std::string& name) {
  const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const Row& r) { return r.name == name; });
  if (row == rows_.end()) return;
  QVariantList values;
  for (const std::int64_t value : row->values) values << QVariant::fromValue<qlonglong>(value);
  Q_EMIT varyRequested(QString::fromStdString(name), values);
}

void TunablePanel::move(const std::string& name, int index) {
  const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const Row& r) { return r.name == name; });
  if (setting_ || row == rows_.end() || index >= static_cast<int>(row->values.size())) return;
  const std::int64_t value = row->values[static_cast<std::size_t>(index)];
  row->value->setText(grouped(value));
  const QString key = row->slider->isSliderDown() ? gesture_ : QStringLiteral("slide");
  Q_EMIT moved(QString::fromStdString(name), value, key + QLatin1Char(' ') + QString::fromStdString(name));
}

}  // namespace taktwerk
