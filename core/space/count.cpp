// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/space/count.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace taktwerk {
namespace {

constexpr std::string_view uncomputable = "S0111", noPoint = "S0112";

/// Moves to the next combination of a part's dimensions; false behind the last.
bool advance(const SpaceJudge& judge, const SpaceJudge::Part& part, std::vector<std::int64_t>& places) {
  for (std::size_t i = part.dimensions.size(); i-- > 0;) {
    const std::size_t d = part.dimensions[i];
    if (++places[d] < judge.space().dimensions[d].size()) return true;
    places[d] = 0;
  }
  return false;
}

class Surveyor {
 public:
  explicit Surveyor(const SpaceJudge& judge) : judge_(judge), places_(judge.space().dimensions.size(), 0) {}

  /// Looks at all combinations of a part; how many are points.
  std::int64_t count(const SpaceJudge::Part& part) {
    std::int64_t found = 0;
    std::string reason;
    do {
      Judgement judgement = judge_.judge(part, places_);
      found += judgement.is == Judgement::Is::Point ? 1 : 0;
      if (judgement.uncomputable != nullptr && judgement.is == Judgement::Is::Point) warn(judgement);
      if (judgement.is == Judgement::Is::Excluded && reason.empty()) reason = std::move(judgement.reason);
    } while (advance(judge_, part, places_));
    if (found == 0 && !hasErrors(problems)) {
      problems.push_back({Severity::Error,
                          judge_.space().file,
                          {1, 1},
                          std::string(noPoint),
                          "the space has no point, every combination is ruled out: " + reason,
                          {}});
    }
    return found;
  }

  Diagnostics problems;

 private:
  void warn(const Judgement& judgement) {
    if (std::find(told_.begin(), told_.end(), judgement.uncomputable) != told_.end()) return;
    told_.push_back(judgement.uncomputable);
    problems.push_back({Severity::Warning,
                        judge_.space().file,
                        judgement.uncomputable->at(judgement.column),
                        std::string(uncomputable),
                        judgement.point.problem + "; points like this are infeasible",
                        {}});
  }

  const SpaceJudge& judge_;
  std::vector<std::int64_t> places_;
  std::vector<const PlacedExpression*> told_;
};

}  // namespace

SpaceSurvey survey(const SpaceJudge& judge, std::int64_t mostLooks) {
  SpaceSurvey found{{1, 1}, {}};
  Surveyor surveyor(judge);
  for (const SpaceJudge::Part& part : judge.parts()) {
    std::int64_t combinations = 1;  // fits: the whole grid does
    for (const std::size_t d : part.dimensions) combinations *= judge.space().dimensions[d].size();
    std::int64_t atLeast = combinations, atMost = combinations;
    if (!part.free() && combinations > mostLooks) atLeast = 0;
    if (!part.free() && combinations <= mostLooks && combinations > 0) {
      mostLooks -= combinations;
      atLeast = atMost = surveyor.count(part);
    }
    found.count.atLeast *= atLeast;
    found.count.atMost *= atMost;
  }
  found.problems = std::move(surveyor.problems);
  return found;
}

PointCount countPoints(const SpaceJudge& judge, std::int64_t mostLooks) {
  return survey(judge, mostLooks).count;
}

}  // namespace taktwerk
