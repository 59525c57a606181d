// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QStyleFactory>
#include <QSvgRenderer>

#include <qcustomplot.h>

namespace taktwerk {

namespace {

QPixmap drawIcon(const QByteArray& svg, const QColor& colour, int pixels) {
  QByteArray coloured = svg;
  coloured.replace("currentColor", colour.name().toLatin1());
  QSvgRenderer renderer(coloured);
  QPixmap pixmap(pixels, pixels);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  renderer.render(&painter);
  return pixmap;
}

/// How Qt's widgets look. Words behind % stand for colours of the theme.
constexpr const char* sheet =
    "QMainWindow::separator { background: %border; width: 1px; height: 1px; }"
    "QMainWindow::separator:hover { background: %accent; }"
    "QToolTip { background: %canvas; color: %text; border: 1px solid %border; padding: 5px; }"
    "QMenuBar { background: %panel; padding: 2px 4px; border-bottom: 1px solid %border; }"
    "QMenuBar::item { padding: 4px 9px; border-radius: 4px; background: transparent; }"
    "QMenuBar::item:selected { background: %hover; }"
    "QMenu { background: %canvas; border: 1px solid %border; padding: 4px; }"
    "QMenu::item { padding: 5px 28px 5px 24px; border-radius: 4px; }"
    "QMenu::item:selected { background: %hover; }"
    "QMenu::item:disabled { color: %muted; }"
    "QMenu::separator { height: 1px; background: %border; margin: 4px 6px; }"
    "QToolBar { background: %panel; border: none; border-bottom: 1px solid %border; spacing: 2px;"
    "  padding: 4px 8px; }"
    "QToolBar::separator { background: %border; width: 1px; margin: 5px 6px; }"
    "QToolButton { border: 1px solid transparent; border-radius: 5px; padding: 4px 6px; }"
    "QToolButton:hover { background: %hover; }"
    "QToolButton:pressed, QToolButton:checked { background: %pressed; }"
    "QPushButton, QComboBox { background: %canvas; border: 1px solid %border; border-radius: 5px;"
    "  padding: 4px 12px; min-height: 18px; }"
    "QComboBox { padding: 4px 8px; }"
    "QComboBox::drop-down { border: none; width: 20px; }"
    "QComboBox::down-arrow { image: url(:/taktwerk/icons/%chevron); width: 10px; height: 10px; }"
    "QCheckBox::indicator { width: 13px; height: 13px; border: 1px solid %muted; border-radius: 3px;"
    "  background: %canvas; }"
    "QCheckBox::indicator:hover { border-color: %accent; }"
    "QCheckBox::indicator:checked { background: %accent; border-color: %accent;"
    "  image: url(:/taktwerk/icons/%check); }"
    "QCheckBox::indicator:disabled { border-color: %border; background: %panel; }"
    "QComboBox QAbstractItemView { background: %canvas; border: 1px solid %border; padding: 3px; }"
    "QPushButton:hover, QComboBox:hover { border-color: %accent; }"
    "QPushButton:pressed { background: %pressed; }"
    "QPushButton:disabled, QComboBox:disabled { color: %muted; background: %panel; }"
    "QPushButton[primary=\"true\"] { background: %accent; color: %onAccent; border-color: %accent;"
    "  font-weight: bold; }"
    "QPushButton[primary=\"true\"]:hover { background: %accentHover; }"
    "QPushButton[primary=\"true\"]:disabled { background: %panel; color: %muted; border-color: %border; }"
    "QLineEdit { background: %canvas; border: 1px solid %border; border-radius: 5px; padding: 5px 8px; }"
    "QLineEdit:focus { border-color: %accent; }"
    "#dockTitle { background: %panel; color: %muted; font-weight: bold; padding: 7px 7px 6px 7px;"
    "  border-bottom: 1px solid %border; }"
    "QTabBar { background: %panel; }"
    "QTabBar::tab { background: transparent; color: %muted; padding: 6px 7px; border: none;"
    "  border-bottom: 2px solid transparent; }"
    "QTabBar::tab:selected { color: %text; border-bottom: 2px solid %accent; }"
    "QTabBar::tab:hover { color: %text; }"
    "QTabBar QToolButton { background: %panel; border-radius: 0; padding: 0; }"  // leaves room for the arrow
    "QTabWidget::pane { border: none; border-top: 1px solid %border; }"
    "QTreeView, QTableView, QPlainTextEdit, QListView { background: %canvas; border: none;"
    "  alternate-background-color: %stripe; selection-background-color: %selection;"
    "  selection-color: %text; outline: none; }"
    // Without a border of its own a selected row would be drawn by Qt's style, which puts its text elsewhere.
    "QTreeView::item, QListView::item { padding: 2px 4px; border: none; }"
    "QTableView::item { padding: 0 4px; border: none; }"
    "QTreeView::item:hover, QListView::item:hover { background: %hover; }"
    "QTreeView::item:selected, QTableView::item:selected, QListView::item:selected {"
    "  background: %selection; color: %text; }"
    "QHeaderView { background: %panel; }"
    "QHeaderView::section { background: %panel; color: %muted; border: none;"
    "  border-bottom: 1px solid %border; padding: 4px 7px; }"
    "QTableView { gridline-color: %grid; }"
    "QStatusBar { background: %panel; border-top: 1px solid %border; color: %muted; }"
    "QStatusBar::item { border: none; }"
    "QProgressBar { background: %grid; border: none; border-radius: 3px; max-height: 6px; }"
    "QProgressBar::chunk { background: %accent; border-radius: 3px; }"
    "QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }"
    "QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }"
    "QScrollBar::handle { background: %handle; border-radius: 3px; margin: 2px; min-width: 24px;"
    "  min-height: 24px; }"
    "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }"
    "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
    "QSplitter::handle { background: %border; }";

}  // namespace

QColor toQColor(Colour colour) {
  return {colour.red, colour.green, colour.blue};
}

Theme::Theme(bool dark, QObject* parent)
    : QObject(parent), palette_(dark ? &darkPalette() : &lightPalette()) {}

void Theme::setDark(bool dark) {
  if (dark == palette_->dark) return;
  palette_ = dark ? &darkPalette() : &lightPalette();
  Q_EMIT changed();
}

QColor Theme::border() const {
  return toQColor(mix(palette_->text, palette_->panel, dark() ? 0.18 : 0.14));
}

QPalette Theme::qPalette() const {
  const QColor text = colour(&Palette::text);
  const QColor muted = colour(&Palette::mutedText);
  const QColor panel = colour(&Palette::panel);
  const QColor canvas = colour(&Palette::canvas);
  const QColor accent = colour(&Palette::accent);
  QPalette p(panel);
  p.setColor(QPalette::Window, panel);
  p.setColor(QPalette::WindowText, text);
  p.setColor(QPalette::Base, canvas);
  p.setColor(QPalette::AlternateBase, toQColor(mix(palette_->panel, palette_->canvas, 0.6)));
  p.setColor(QPalette::Text, text);
  p.setColor(QPalette::PlaceholderText, muted);
  p.setColor(QPalette::Button, toQColor(mix(palette_->text, palette_->panel, dark() ? 0.07 : 0.03)));
  p.setColor(QPalette::ButtonText, text);
  p.setColor(QPalette::BrightText, colour(&Palette::error));
  p.setColor(QPalette::ToolTipBase, canvas);
  p.setColor(QPalette::ToolTipText, text);
  p.setColor(QPalette::Highlight, accent);
  p.setColor(QPalette::HighlightedText, dark() ? QColor(0x14, 0x17, 0x1A) : QColor(Qt::white));
  p.setColor(QPalette::Link, accent);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    p.setColor(QPalette::Disabled, role, toQColor(mix(palette_->mutedText, palette_->panel, 0.6)));
  }
  return p;
}

QString Theme::styleSheet() const {
  const auto blend = [this](const Colour& top, double share) {
    return QString::fromStdString(toHex(mix(top, palette_->panel, share)));
  };
  const auto hex = [](const Colour& c) { return QString::fromStdString(toHex(c)); };
  const std::pair<const char*, QString> values[] = {
      {"%check", dark() ? QStringLiteral("check-dark.svg") : QStringLiteral("check-light.svg")},
      {"%chevron", dark() ? QStringLiteral("chevron-dark.svg") : QStringLiteral("chevron-light.svg")},
      {"%onAccent", dark() ? QStringLiteral("#14171a") : QStringLiteral("#ffffff")},
      {"%accentHover", hex(mix(palette_->accent, palette_->text, 0.85))},
      {"%accent", hex(palette_->accent)},
      {"%border", border().name()},
      {"%canvas", hex(palette_->canvas)},
      {"%panel", hex(palette_->panel)},
      {"%muted", hex(palette_->mutedText)},
      {"%text", hex(palette_->text)},
      {"%grid", hex(palette_->grid)},
      {"%hover", blend(palette_->text, 0.08)},
      {"%pressed", blend(palette_->text, 0.14)},
      {"%selection", hex(mix(palette_->accent, palette_->canvas, dark() ? 0.26 : 0.16))},
      {"%stripe", hex(mix(palette_->panel, palette_->canvas, 0.6))},
      {"%handle", blend(palette_->text, 0.25)},
  };
  QString result = QString::fromLatin1(sheet);
  for (const auto& [name, value] : values) result.replace(QLatin1String(name), value);
  return result;
}

QIcon Theme::icon(const QString& name) const {
  QFile file(QStringLiteral(":/taktwerk/icons/%1.svg").arg(name));
  if (!file.open(QIODevice::ReadOnly)) return {};
  const QByteArray svg = file.readAll();
  QIcon icon;
  for (const int pixels : {16, 20, 24, 32, 48}) {
    icon.addPixmap(drawIcon(svg, colour(&Palette::text), pixels), QIcon::Normal);
    icon.addPixmap(drawIcon(svg, toQColor(mix(palette_->mutedText, palette_->panel, 0.5)), pixels),
                   QIcon::Disabled);
  }
  return icon;
}

QFont Theme::font(double points, bool bold) const {
  QFont font(QStringLiteral("DejaVu Sans"));
  font.setPointSizeF(points);
  font.setBold(bold);
  return font;
}

QFont Theme::fixedFont(double points) const {
  QFont font(QStringLiteral("DejaVu Sans Mono"));
  font.setStyleHint(QFont::Monospace);
  font.setPointSizeF(points);
  return font;
}

void Theme::apply(QApplication& application) const {
  if (QStyle* fusion = QStyleFactory::create(QStringLiteral("Fusion"))) QApplication::setStyle(fusion);
  application.setFont(font(9));
  QApplication::setPalette(qPalette());
  application.setStyleSheet(styleSheet());
}

void Theme::apply(QCustomPlot& plot) const {
  const QColor text = colour(&Palette::text);
  const QColor muted = colour(&Palette::mutedText);
  const QPen line(border());
  plot.setBackground(colour(&Palette::canvas));
  for (QCPAxis* axis : {plot.xAxis, plot.yAxis, plot.xAxis2, plot.yAxis2}) {
    axis->setBasePen(line);
    axis->setTickPen(line);
    axis->setSubTickPen(line);
    axis->setTickLabelColor(axis == plot.yAxis ? text : muted);
    axis->setLabelColor(muted);
    axis->setTickLabelFont(font(8));
    axis->setLabelFont(font(8));
    axis->grid()->setPen(QPen(colour(&Palette::grid)));
    axis->grid()->setZeroLinePen(line);
  }
  plot.legend->setBrush(Qt::NoBrush);
  plot.legend->setBorderPen(Qt::NoPen);
  plot.legend->setTextColor(text);
  plot.legend->setFont(font(8));
}

}  // namespace taktwerk
