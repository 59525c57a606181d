// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/start_page.h"

#include <QAbstractButton>
#include <QDir>
#include <QFileInfo>
#include <QFrame>
#include <QGridLayout>
#include <QScrollArea>
#include <algorithm>

#include "core/space/space_file.h"
#include "core/study/workspace.h"
#include "widgets/diagram/scene/block_painter.h"
#include "widgets/document/document.h"
#include "widgets/document/file_kind.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {
constexpr QSize pictureSize(340, 170);
constexpr QSize cardSize(pictureSize.width(), pictureSize.height() + 82);

QString firstSentence(const QString& text) {
  const QString plain = text.simplified();
  const qsizetype end = plain.indexOf(QStringLiteral(". "));
  return end < 0 ? plain : plain.left(end + 1);
}
}  // namespace

class StartPage::Card : public QAbstractButton {
 public:
  Card(const Theme& theme, ExampleCard example, QWidget* parent)
      : QAbstractButton(parent), theme_(theme), example_(std::move(example)) {
    setFixedSize(cardSize);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(example_.name);
    setAccessibleDescription(example_.description);
    setToolTip(example_.path);
    connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
  }

 protected:
  void paintEvent(QPaintEvent*) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(1, 1, -1, -1);
    const bool lit = underMouse() || hasFocus();
    QPainterPath outline;
    outline.addRoundedRect(frame, 8, 8);
    painter.fillPath(outline, theme_.colour(&Palette::canvas));
    painter.save();
    painter.setClipPath(outline);
    painter.drawImage(QRectF(QPointF(0, 0), QSizeF(pictureSize)),
                      theme_.dark() ? example_.dark : example_.light);
    painter.restore();
    painter.setPen(QPen(theme_.border(), 1));
    painter.drawLine(QPointF(1, pictureSize.height()), QPointF(width() - 1, pictureSize.height()));
    painter.setPen(QPen(lit ? theme_.colour(&Palette::accent) : theme_.border(), lit ? 2 : 1));
    painter.drawPath(outline);
    painter.setPen(theme_.colour(&Palette::text));
    painter.setFont(theme_.font(10, true));
    painter.drawText(QRectF(14, pictureSize.height() + 9, width() - 28, 20), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(example_.name, Qt::ElideRight, width() - 28));
    painter.setPen(theme_.colour(&Palette::mutedText));
    painter.setFont(theme_.font(8.5));
    painter.drawText(QRectF(14, pictureSize.height() + 32, width() - 28, 42), Qt::AlignTop | Qt::TextWordWrap,
                     shortened(painter.fontMetrics()));
  }

  void enterEvent(QEnterEvent*) override { update(); }
  void leaveEvent(QEvent*) override { update(); }

 private:
  /// The description in two lines.
  [[nodiscard]] QString shortened(const QFontMetrics& metrics) const {
    return metrics.elidedText(example_.description, Qt::ElideRight, 2 * (width() - 28) - 60);
  }

  const Theme& theme_;
  ExampleCard example_;
};

std::vector<ExampleCard> readExamples(const QString& root, QSize size, double pixelRatio) {
  std::vector<ExampleCard> cards;
  if (root.isEmpty()) return cards;
  for (const QString& name : QDir(root).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
    const QString path = QStringLiteral("%1/%2/%2.arch.yaml").arg(root, name);
    if (!QFileInfo(path).isFile()) continue;
    const Document document = openDocument(path, {});
    if (!document.architecture) continue;
    ExampleCard card;
    card.path = path;
    card.name = shortened(document.architecture->name, 100);
    card.description = firstSentence(shortened(document.architecture->description));
    card.light = paintThumbnail(*document.diagram, lightPalette(), size, pixelRatio);
    card.dark = paintThumbnail(*document.diagram, darkPalette(), size, pixelRatio);
    cards.push_back(std::move(card));
  }
  return cards;
}

std::vector<ShippedStudy> readStudies(const QString& folder) {
  std::vector<ShippedStudy> studies;
  if (folder.isEmpty()) return studies;
  const QDir files(folder);
  for (const QString& name : files.entryList({QStringLiteral("*.taktwerk")}, QDir::Files, QDir::Name)) {
    const QString path = files.absoluteFilePath(name);
    const auto workspace = readWorkspace(toPath(path));
    if (!workspace || workspace->sweep.space.empty()) continue;
    const auto space = parseSpace(workspace->sweep.space, workspace->file);
    if (!space) continue;
    studies.push_back({path, shortened(space->name, 100), shortened(space->description)});
  }
  return studies;
}

StartPage::StartPage(const Theme& theme, JobManager& jobs, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      jobs_(jobs),
      grid_(new QGridLayout),
      studies_(new QVBoxLayout),
      recent_(new QVBoxLayout),
      studiesHeading_(new QLabel(tr("Open a study"))) {
  const auto heading = [this](const QString& text) {
    auto* label = new QLabel(text);
    label->setFont(theme_.font(11, true));
    return label;
  };
  auto* title = new QLabel(QStringLiteral("Taktwerk"));
  title->setFont(theme_.font(22, true));
  auto* subtitle = new QLabel(tr("Design accelerators for deep neural networks and see their cycles."));
  subtitle->setFont(theme_.font(10));
  subtitle->setForegroundRole(QPalette::PlaceholderText);

  auto* cards = new QWidget;
  grid_->setContentsMargins(2, 2, 2, 2);
  grid_->setSpacing(18);
  cards->setLayout(grid_);
  auto* scroll = new QScrollArea;
  scroll->setWidget(cards);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* left = new QVBoxLayout;
  left->setSpacing(6);
  left->addWidget(heading(tr("Open an example")));
  left->addSpacing(6);
  left->addWidget(scroll, 1);

  auto* open = new QPushButton(tr("Open a file…"));
  open->setProperty("primary", true);
  connect(open, &QPushButton::clicked, this, &StartPage::browseRequested);
  setFocusProxy(open);
  auto* drop =
      new QLabel(tr("or drop files anywhere in this window:\narchitectures, networks, mappings, traces …"));
  drop->setForegroundRole(QPalette::PlaceholderText);
  auto* side = new QWidget;
  side->setFixedWidth(330);
  auto* right = new QVBoxLayout(side);
  right->setContentsMargins(0, 0, 0, 0);
  right->addWidget(heading(tr("Your files")));
  right->addSpacing(6);
  right->addWidget(open);
  right->addWidget(drop);
  right->addSpacing(18);
  studiesHeading_->setFont(theme_.font(11, true));
  right->addWidget(studiesHeading_);
  right->addLayout(studies_);
  right->addSpacing(18);
  right->addWidget(heading(tr("Recent")));
  right->addLayout(recent_);
  right->addStretch(1);

  auto* body = new QHBoxLayout;
  body->setSpacing(40);
  body->addLayout(left, 1);
  body->addWidget(side);
  auto* all = new QVBoxLayout(this);
  all->setContentsMargins(48, 36, 48, 24);
  all->addWidget(title);
  all->addWidget(subtitle);
  all->addSpacing(22);
  all->addLayout(body, 1);
  setRecentFiles({});
  setStudies({});
}

void StartPage::setExamplesRoot(const QString& root) {
  constexpr JobChannel<std::vector<ExampleCard>> drawings{"examples"};
  jobs_.start(
      drawings, tr("Drawing examples"), this,
      [root, ratio = devicePixelRatioF()](Progress&) { return readExamples(root, pictureSize, ratio); },
      [this](std::vector<ExampleCard> cards) { setExamples(std::move(cards)); });
}

void StartPage::setExamples(std::vector<ExampleCard> examples) {
  for (Card* card : cards_) card->deleteLater();
  cards_.clear();
  for (ExampleCard& example : examples) {
    const QString path = example.path;
    cards_.push_back(new Card(theme_, std::move(example), grid_->parentWidget()));
    connect(cards_.back(), &QAbstractButton::clicked, this, [this, path] { Q_EMIT openRequested(path); });
    cards_.back()->show();
  }
  arrange();
}

void StartPage::setStudiesFolder(const QString& folder) {
  constexpr JobChannel<std::vector<ShippedStudy>> studies{"studies"};
  jobs_.start(
      studies, tr("Reading studies"), this, [folder](Progress&) { return readStudies(folder); },
      [this](const std::vector<ShippedStudy>& found) { setStudies(found); });
}

void StartPage::setStudies(const std::vector<ShippedStudy>& studies) {
  studiesHeading_->setVisible(!studies.empty());
  for (const ShippedStudy& study : studies) {
    auto* button = new QToolButton;
    button->setText(study.name);
    button->setAccessibleName(study.name);
    button->setAccessibleDescription(study.description);
    button->setToolTip(study.description);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    connect(button, &QToolButton::clicked, this, [this, path = study.path] { Q_EMIT studyRequested(path); });
    studies_->addWidget(button, 0, Qt::AlignLeft);
  }
}

void StartPage::arrange() {
  const int room = width() - 96 - 330 - 40;
  const int columns = std::max(1, (room + grid_->spacing()) / (cardSize.width() + grid_->spacing()));
  for (std::size_t i = 0; i < cards_.size(); ++i) {
    const int n = static_cast<int>(i);
    grid_->addWidget(cards_[i], n / columns, n % columns, Qt::AlignTop | Qt::AlignLeft);
  }
  for (int column = 0; column < grid_->columnCount(); ++column) grid_->setColumnStretch(column, 0);
  grid_->setRowStretch(static_cast<int>(cards_.size()), 1);
  grid_->setColumnStretch(columns, 1);
}

void StartPage::setRecentFiles(const QStringList& paths) {
  while (QLayoutItem* item = recent_->takeAt(0)) {
    if (QWidget* widget = item->widget()) {  // perhaps the button that was clicked
      widget->hide();
      widget->deleteLater();
    }
    delete item;
  }
  if (paths.isEmpty()) {
    auto* none = new QLabel(tr("Files you open appear here."));
    none->setForegroundRole(QPalette::PlaceholderText);
    recent_->addWidget(none);
  }
  for (const QString& path : paths) {
    const QFileInfo file(path);
    auto* button = new QToolButton;
    button->setText(file.fileName());
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setToolTip(file.isFile() ? path : tr("%1 is not there any more").arg(path));
    button->setEnabled(file.isFile());
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    connect(button, &QToolButton::clicked, this, [this, path] { Q_EMIT recentRequested(path); });
    recent_->addWidget(button, 0, Qt::AlignLeft);
  }
}

void StartPage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

}  // namespace taktwerk
