// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace taktwerk {

/// Text from a file, cut to what people read, so that a text of a million letters costs no more than a line.
/// Characters; a cut text ends in an ellipsis.
[[nodiscard]] QString shortened(const QString& text, qsizetype most = 400);
[[nodiscard]] QString shortened(const std::string& text, qsizetype most = 400);

/// A label that wraps its text and takes the width it is given: a long word in a file must not make the
/// window (and its backing store) as wide as the word. What does not fit is cut at the border.
class WrappedLabel : public QLabel {
 public:
  WrappedLabel() { setWordWrap(true); }
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;
};

}  // namespace taktwerk
