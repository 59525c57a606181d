// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <functional>
#include <map>
#include <utility>
#include <vector>

class QVBoxLayout;

namespace taktwerk {

class Theme;

/// Strips above the canvas that say what happened and offer what to do. A notice stays until it is dismissed,
/// acted on or replaced by the next one. An offer is about something that would be lost otherwise: it stays
/// below the notice until it is settled, whatever else is announced; each is about a topic of its own.
class Banner : public QWidget {
  Q_OBJECT
 public:
  enum class Kind { Info, Warning, Error };
  struct Button {
    QString text;
    std::function<void()> run;
  };
  explicit Banner(const Theme& theme, QWidget* parent = nullptr);

  /// A notice; its buttons dismiss it.
  void announce(Kind kind, const QString& text, const std::vector<Button>& buttons = {});
  void dismiss();
  /// An offer, instead of the one of the same topic and of a notice that is mere information. What its
  /// buttons run settles it, or does not.
  void offer(const QString& topic, Kind kind, const QString& text, const std::vector<Button>& buttons);
  void settle(const QString& topic);
  [[nodiscard]] bool offers(const QString& topic) const { return offers_.contains(topic); }
  [[nodiscard]] int offerCount() const { return static_cast<int>(offers_.size()); }
  /// Of the notice, else of the latest offer, else empty.
  [[nodiscard]] QString text() const;

 private:
  class Strip;
  void refresh();

  const Theme& theme_;
  QVBoxLayout* column_;
  Strip* notice_;
  std::map<QString, Strip*> offers_;
};

}  // namespace taktwerk
