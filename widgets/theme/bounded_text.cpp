// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/bounded_text.h"

#include <algorithm>

namespace taktwerk {

namespace {
constexpr int widestHint = 600;  // pixels a label asks for at most
}

QString shortened(const QString& text, qsizetype most) {
  if (text.size() <= most) return text;
  const bool inPair = text.at(most - 1).isHighSurrogate();
  return text.left(inPair ? most - 1 : most) + QStringLiteral("…");
}

QString shortened(const std::string& text, qsizetype most) {
  // Four bytes a character at most; a character cut in two is replaced and then cut away.
  const auto bytes = std::min<qsizetype>(static_cast<qsizetype>(text.size()), 4 * most + 4);
  return shortened(QString::fromUtf8(text.data(), bytes), most);
}

QSize WrappedLabel::sizeHint() const {
  const QSize hint = QLabel::sizeHint();
  const int width = std::min(hint.width(), widestHint);
  return {width, width < hint.width() && hasHeightForWidth() ? heightForWidth(width) : hint.height()};
}

QSize WrappedLabel::minimumSizeHint() const {
  return {0, fontMetrics().height()};
}

}  // namespace taktwerk
