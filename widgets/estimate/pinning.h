// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "widgets/session/session.h"

namespace taktwerk {

class CommandTable;
class EstimateController;
struct EstimateOutcome;

/// A result as a pin: "One MAC accelerator, TC-ResNet8, mac_latency 4". The title names the parameters that
/// were set.
[[nodiscard]] PinnedResult pinOf(const EstimateOutcome& outcome);

/// The commands that put the present result aside and say what is compared with.
class Pinning : public QObject {
  Q_OBJECT
 public:
  Pinning(Session& session, EstimateController& estimates, CommandTable& commands, QObject* parent);

 private:
  [[nodiscard]] QString whyNotPinned() const;
  /// The present result among the pins, as far as it is one.
  [[nodiscard]] std::optional<std::size_t> placeOfPresent() const;
  void pin();
  void setBaseline();

  Session& session_;
  EstimateController& estimates_;
};

}  // namespace taktwerk
