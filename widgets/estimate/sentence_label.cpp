// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/estimate/sentence_label.h"

#include <QUrl>

#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

/// "layer:conv1"; nothing of what leads nowhere.
QString linkOf(const SentencePart& part) {
  if (part.target.empty()) return {};
  const QString target = QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(part.target)));
  switch (part.kind) {
    case SentencePart::Kind::Object:
    case SentencePart::Kind::Share:
      return QStringLiteral("object:") + target;
    case SentencePart::Kind::Layer:
      return QStringLiteral("layer:") + target;
    case SentencePart::Kind::Step:
      return QStringLiteral("step:") + target;
    case SentencePart::Kind::Text:
      break;
  }
  return {};
}

}  // namespace

SentenceLabel::SentenceLabel(const Theme& theme) : theme_(theme) {
  setTextFormat(Qt::RichText);
  setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  connect(this, &QLabel::linkActivated, this, &SentenceLabel::activate);
  connect(&theme_, &Theme::changed, this, &SentenceLabel::show);
}

void SentenceLabel::setSentence(const Sentence& sentence, bool muted) {
  sentence_ = sentence;
  muted_ = muted;
  show();
}

void SentenceLabel::show() {
  const QString colour = theme_.colour(muted_ ? &Palette::mutedText : &Palette::text).name();
  const QString linkColour = theme_.colour(muted_ ? &Palette::mutedText : &Palette::accent).name();
  QString html = QStringLiteral("<span style='color:%1'>").arg(colour);
  plain_.clear();
  if (muted_ && !sentence_.empty()) plain_ = tr("Out of date. ");
  html += plain_;
  for (const SentencePart& part : sentence_) {
    const QString text = shortened(part.text);
    plain_ += text;
    const QString link = linkOf(part);
    html += link.isEmpty()
                ? text.toHtmlEscaped()
                : QStringLiteral("<a href='%1' style='color:%2;text-decoration:none;font-weight:600'>%3</a>")
                      .arg(link, linkColour, text.toHtmlEscaped());
  }
  setText(html + QStringLiteral("</span>"));
  setAccessibleName(plain_);
}

void SentenceLabel::activate(const QString& link) {
  const QString target = QUrl::fromPercentEncoding(link.section(QLatin1Char(':'), 1).toLatin1());
  if (link.startsWith(QLatin1String("object:"))) Q_EMIT objectActivated(target);
  if (link.startsWith(QLatin1String("layer:"))) Q_EMIT layerActivated(target);
  if (link.startsWith(QLatin1String("step:"))) Q_EMIT stepActivated(target);
}

}  // namespace taktwerk
