// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/estimate/pinning.h"

#include "widgets/actions/command_table.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

PinnedResult pinOf(const EstimateOutcome& outcome) {
  QStringList parts{shortened(outcome.estimate->architecture, 60), shortened(outcome.estimate->network, 60)};
  for (const auto& [name, value] : outcome.parameters) {
    parts << QStringLiteral("%1 %2").arg(shortened(name.substr(name.find('.') + 1), 60)).arg(value);
  }
  PinnedResult pinned;
  pinned.title = parts.join(QStringLiteral(", "));
  pinned.result = std::make_shared<const StoredResult>(
      storedResult(*outcome.estimate, outcome.sources ? *outcome.sources : std::vector<StoredSource>()));
  pinned.estimate = outcome.estimate;
  return pinned;
}

Pinning::Pinning(Session& session, EstimateController& estimates, CommandTable& commands, QObject* parent)
    : QObject(parent), session_(session), estimates_(estimates) {
  const auto whyNot = [this] { return whyNotPinned(); };
  commands.bind(QStringLiteral("analyse.pin"), {[this] { pin(); },
                                                [this] {
                                                  if (!placeOfPresent()) return whyNotPinned();
                                                  return tr("This result is pinned already.");
                                                }});
  commands.bind(QStringLiteral("analyse.baseline"), {[this] { setBaseline(); }, whyNot});
  commands.bind(QStringLiteral("analyse.clearBaseline"),
                {[this] { session_.setBaseline(std::nullopt); },
                 [this] { return session_.baseline() ? QString() : tr("No baseline is set."); }});
  const auto refresh = [&commands] {
    for (const char* id : {"analyse.pin", "analyse.baseline", "analyse.clearBaseline"}) {
      commands.command(QLatin1String(id)).refresh();
    }
  };
  connect(&session_, &Session::pinsChanged, this, refresh);
  connect(&session_, &Session::baselineChanged, this, refresh);
  connect(&estimates_, &EstimateController::outcomeChanged, this, refresh);
  refresh();
}

QString Pinning::whyNotPinned() const {
  const auto& estimate = estimates_.outcome().estimate;
  if (!estimate) return tr("There is no result yet: run an estimate first.");
  if (hasErrors(estimate->diagnostics)) return tr("The run came to no result; see Problems.");
  return {};
}

std::optional<std::size_t> Pinning::placeOfPresent() const {
  const auto& pins = session_.pins();
  for (std::size_t i = 0; i < pins.size(); ++i) {
    if (pins[i].estimate && pins[i].estimate == estimates_.outcome().estimate) return i;
  }
  return std::nullopt;
}

void Pinning::pin() {
  session_.pin(pinOf(estimates_.outcome()));
  const QString title = session_.pins().back().title;
  // The first result that is kept is what later ones are compared with.
  const bool first = !session_.baseline() && placeOfPresent();
  if (first) session_.setBaseline(placeOfPresent());
  session_.say(
      (first ? tr("Pinned %1: differences are against it from now on") : tr("Pinned %1")).arg(title));
}

void Pinning::setBaseline() {
  if (!placeOfPresent()) session_.pin(pinOf(estimates_.outcome()));
  session_.setBaseline(placeOfPresent());
  session_.say(tr("Differences are against %1 from now on").arg(session_.baseline()->title));
}

}  // namespace taktwerk
