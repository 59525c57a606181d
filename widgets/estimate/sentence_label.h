// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/report/bottleneck_sentence.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

class Theme;

/// A sentence whose parts lead to what they are about: objects, layers, shares, steps of parameters. Each is
/// a link, so the keyboard reaches it.
class SentenceLabel : public WrappedLabel {
  Q_OBJECT
 public:
  explicit SentenceLabel(const Theme& theme);

  /// `muted`: what it says is out of date, which stands before it in words.
  void setSentence(const Sentence& sentence, bool muted);
  /// As read, without links.
  [[nodiscard]] QString plain() const { return plain_; }

 Q_SIGNALS:
  void objectActivated(const QString& object);
  void layerActivated(const QString& layer);
  /// By the name in settings: "arch.rows".
  void stepActivated(const QString& setting);

 private:
  void show();
  void activate(const QString& link);

  const Theme& theme_;
  Sentence sentence_;
  bool muted_ = false;
  QString plain_;
};

}  // namespace taktwerk
