// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "core/base/quotes.h"
#include "core/study/study_memory.h"
#include "core/sweep/sweep.h"

namespace taktwerk {
namespace {

constexpr std::string_view badParameter = "S0201", badFiles = "S0202", tooManyStudies = "S0203",
                           figureTwice = "S0207";
constexpr std::size_t mostStudies = 256;

void append(Diagnostics& all, Diagnostics more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// The full name of the only setting in it.
std::string nameIn(const StudySettings& settings) {
  if (!settings.architecture.empty()) return "arch." + settings.architecture.begin()->first;
  if (!settings.network.empty()) return "network." + settings.network.begin()->first;
  return "mapping." + settings.tunables.begin()->first;
}

const std::vector<std::string>& namesOf(const SettableNames& names, Dimension::Of of) {
  return of == Dimension::Of::Architecture ? names.architecture
         : of == Dimension::Of::Network    ? names.network
                                           : names.mapping;
}

bool has(const SettableNames& names, const std::string& full) {
  const Dimension::Of of = full.starts_with("arch.")      ? Dimension::Of::Architecture
                           : full.starts_with("network.") ? Dimension::Of::Network
                                                          : Dimension::Of::Mappings;
  const std::vector<std::string>& all = namesOf(names, of);
  return std::find(all.begin(), all.end(), full.substr(full.find('.') + 1)) != all.end();
}

/// Whether an object of an architecture has such a cost, and it counts, because it has a source.
bool declares(const Architecture& architecture, std::string_view cost) {
  return !architecture.costs.empty() &&
         std::any_of(architecture.objects.begin(), architecture.objects.end(),
                     [&](const ObjectDeclaration& object) { return object.find(cost) != nullptr; });
}

/// Reads the studies of all combinations of files and gives names their meaning.
class Binder {
 public:
  Binder(std::string file, StudyMemory& memory) : file_(std::move(file)), memory_(memory) {}

  /// Figures that the architectures of some points declare what is needed for.
  void addFigures() {
    const auto add = [&](const std::vector<Figure>& figures) {
      for (const Figure& figure : figures) {
        if (!findFigure(sweep.figures, figure.name)) sweep.figures.push_back(figure);
      }
    };
    std::set<std::string> seen;  // architectures: studies are all combinations with networks and mappings
    for (const Study& study : sweep.studies) {
      if (!seen.insert(study.architecture->file).second) continue;
      const bool hasClock = !study.architecture->clock.text.empty();
      if (hasClock) add(timeFigures());
      for (const Figure& figure : costFigures()) {
        if (declares(*study.architecture, figure.name)) add({figure});
      }
      if (hasClock && declares(*study.architecture, "energy")) add(powerFigures());
      for (const DeclaredFigure& declared : study.architecture->figures) {
        const Figure figure = figureOf(declared);
        if (const auto known = findFigure(sweep.figures, figure.name)) {
          compareFigures(sweep.figures[*known], figure, declared, study.architecture->file);
        } else {
          add({figure});
        }
      }
    }
  }

  void readStudies(const std::vector<Dimension>& dimensions, const StudyFiles& files) {
    std::vector<StudyFiles> all{files};
    for (const Dimension& dimension : dimensions) {
      if (dimension.of == Dimension::Of::Parameter) continue;
      std::vector<StudyFiles> next;
      if (all.size() * dimension.alternatives.size() > mostStudies) {
        return problem(dimension.position, tooManyStudies,
                       "there are more than " + std::to_string(mostStudies) +
                           " combinations of architectures, networks and mappings; take fewer in one space");
      }
      next.reserve(all.size() * dimension.alternatives.size());
      for (const StudyFiles& each : all) {
        for (const Alternative& alternative : dimension.alternatives) {
          StudyFiles with = each;
          if (dimension.of == Dimension::Of::Architecture) with.architecture = alternative.files.front();
          if (dimension.of == Dimension::Of::Network) with.network = alternative.files.front();
          if (dimension.of == Dimension::Of::Mappings) with.mappings = alternative.files;
          next.push_back(std::move(with));
        }
      }
      all = std::move(next);
    }
    std::set<std::string> told;
    for (const StudyFiles& each : all) {
      Result<Study> study = readStudy(each, memory_);
      for (Diagnostic& diagnostic : study.diagnostics) {
        if (told.insert(toString(diagnostic)).second) problems.push_back(std::move(diagnostic));
      }
      if (hasErrors(problems)) continue;
      const auto network = memory_.network(study->network, {});
      names_.push_back(settableNames(*study, network ? network.value->get() : nullptr));
      networks_.push_back(network ? *network : nullptr);
      sweep.studies.push_back(std::move(*study));
    }
    if (!hasErrors(problems)) uniteNames();
  }

  /// The full name that `name` stands for; none: reported.
  std::optional<std::string> fullName(const std::string& name, SourcePosition position) {
    const auto sorted = sortSettings({{name, 0}}, all_);
    if (const auto* wrong = std::get_if<SettingProblem>(&sorted)) {
      problem(position, badParameter, wrong->message, name);
      return std::nullopt;
    }
    return nameIn(std::get<StudySettings>(sorted));
  }

  void set(const std::vector<Setting>& settings) {
    const auto sorted = sortSettings(settings, all_);
    if (const auto* wrong = std::get_if<SettingProblem>(&sorted)) {
      return problem({1, 1}, badParameter, "--set: " + wrong->message);
    }
    given_ = std::get<StudySettings>(sorted);
    const auto own = [](const auto& values, const std::vector<std::string>& known, auto& result) {
      for (const auto& [name, value] : values) {
        if (std::find(known.begin(), known.end(), name) != known.end()) result[name] = value;
      }
    };
    for (std::size_t s = 0; s < sweep.studies.size(); ++s) {
      StudySettings& of = sweep.studies[s].settings;
      own(given_.architecture, names_[s].architecture, of.architecture);
      own(given_.network, names_[s].network, of.network);
      own(given_.tunables, names_[s].mapping, of.tunables);
    }
  }

  [[nodiscard]] std::optional<std::int64_t> givenValue(const std::string& full) const {
    const std::string name = full.substr(full.find('.') + 1);
    if (full.starts_with("arch.")) return valueIn(given_.architecture, name);
    if (full.starts_with("network.")) return valueIn(given_.network, name);
    return valueIn(given_.tunables, name);
  }

  /// Gives what is varied or derived its full name; false: it cannot be.
  bool name(std::string& name, SourcePosition position) {
    const auto full = fullName(name, position);
    if (!full) return false;
    if (givenValue(*full)) {
      problem(position, badParameter, *full + " is set for all points and cannot be varied or derived too",
              *full);
    }
    name = *full;
    return true;
  }

  /// With which alternatives a parameter exists at all.
  [[nodiscard]] std::vector<Dimension::Only> existsWith(const Space& space, const std::string& full) const {
    const auto of = full.starts_with("arch.") ? std::vector{Dimension::Of::Architecture}
                    : full.starts_with("network.")
                        ? std::vector{Dimension::Of::Network}
                        : std::vector{Dimension::Of::Mappings, Dimension::Of::Architecture};
    for (const Dimension::Of each : of) {
      std::size_t behind = 1;
      for (std::size_t d = space.dimensions.size(); d-- > 0;) {
        const Dimension& dimension = space.dimensions[d];
        if (dimension.of == Dimension::Of::Parameter) continue;
        const std::size_t size = dimension.alternatives.size();
        if (dimension.of == each) {
          Dimension::Only only{d, std::vector<bool>(size)};
          for (std::size_t p = 0; p < size; ++p) only.places[p] = has(names_[p * behind], full);
          const bool always = std::all_of(only.places.begin(), only.places.end(), [](bool is) { return is; });
          return always ? std::vector<Dimension::Only>() : std::vector{std::move(only)};
        }
        behind *= size;
      }
    }
    return {};
  }

  /// What a parameter that is not varied is: the value it is set to, or its default. Reported where there is
  /// none.
  std::optional<PlacedExpression> usual(const std::string& full, SourcePosition position, bool report) {
    if (const auto value = givenValue(full)) return PlacedExpression{Expression::constant(*value), position};
    std::set<std::string> texts;
    const std::string own = full.substr(full.find('.') + 1);
    for (std::size_t s = 0; s < sweep.studies.size(); ++s) {
      if (!has(names_[s], full)) continue;
      if (full.starts_with("network.")) {
        const auto& values = networks_[s]->parameters;
        if (const auto found = values.find(own); found != values.end())
          texts.insert(std::to_string(found->second));
      }
      if (!full.starts_with("arch.")) continue;
      for (const Parameter& parameter : sweep.studies[s].architecture->parameters) {
        if (parameter.name != own) continue;
        texts.insert(parameter.expression.empty() ? std::to_string(parameter.defaultValue)
                                                  : parameter.expression);
      }
    }
    if (texts.size() == 1) {
      auto parsed = Expression::parse(*texts.begin());
      if (auto* expression = std::get_if<Expression>(&parsed)) return PlacedExpression{*expression, position};
    }
    if (report) {
      problem(
          position, badParameter,
          full + (texts.empty() ? " is chosen by the mapping" : " has another default in each of the files") +
              "; vary, derive or set it to name it in an expression",
          full);
    }
    return std::nullopt;
  }

  /// Adds names that expressions use and the space does not vary, and those that their defaults use.
  void addKnownNames(Space& space) {
    std::vector<std::pair<std::string, SourcePosition>> wanted;
    const auto want = [&](const std::optional<PlacedExpression>& expression) {
      if (!expression) return;
      for (const std::string& variable : expression->expression.variables()) {
        wanted.emplace_back(variable, expression->position);
      }
    };
    for (const Dimension& dimension : space.dimensions) want(dimension.when), want(dimension.otherwise);
    for (const DerivedValue& derived : space.derived) want(derived.value);
    for (const SpaceConstraint& constraint : space.constraints) want(constraint.condition);
    std::set<std::string> known;
    for (const Dimension& dimension : space.dimensions) known.insert(dimension.name);
    for (const DerivedValue& derived : space.derived) known.insert(derived.name);
    // What is found wants more.
    for (std::size_t next = 0; next < wanted.size();) {
      const auto [text, position] = wanted[next++];
      const auto full = fullName(text, position);
      if (!full || !known.insert(*full).second) continue;
      auto value = usual(*full, position, true);
      if (!value) continue;
      want(value);
      space.derived.push_back({*full, position, std::move(*value), false});
    }
  }

  [[nodiscard]] std::vector<std::vector<bool>> offered(const std::vector<SweepColumn>& columns) const {
    std::vector<std::vector<bool>> all;
    all.reserve(names_.size());
    for (const SettableNames& names : names_) {
      std::vector<bool>& own = all.emplace_back();
      for (const SweepColumn& column : columns)
        own.push_back(!column.words.empty() || has(names, column.name));
    }
    return all;
  }

  void problem(SourcePosition position, std::string_view code, std::string message, std::string object = {}) {
    const std::string& file = position.line == 0 ? commandLine_ : file_;
    if (position.line == 0) position = {1, 1};
    problems.push_back(
        {Severity::Error, file, position, std::string(code), std::move(message), std::move(object)});
  }

  Sweep sweep;
  Diagnostics problems;

 private:
  /// Architectures of one space may declare the same figure, but it must be the same: its values stand in one
  /// column.
  void compareFigures(const Figure& known, const Figure& figure, const DeclaredFigure& declared,
                      const std::string& file) {
    if (known.unit == figure.unit && known.better == figure.better) return;
    const auto inWords = [](const Figure& each) {
      return (each.unit.empty() ? std::string("without a unit") : "in " + each.unit) + ", " +
             (each.better == Figure::Better::More ? "more" : "less") + " is better";
    };
    problems.push_back({Severity::Error, file, declared.position, std::string(figureTwice),
                        "the figure " + inQuotes(declared.name) + " is " + inWords(figure) + " here and " +
                            inWords(known) +
                            " in another architecture of the space; give it another name in one of them",
                        declared.name});
  }

  template <class Values>
  static std::optional<std::int64_t> valueIn(const Values& values, const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  }

  void uniteNames() {
    const auto unite = [](std::vector<std::string>& all, const std::vector<std::string>& more) {
      for (const std::string& name : more) {
        if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
      }
    };
    for (const SettableNames& each : names_) {
      unite(all_.architecture, each.architecture);
      unite(all_.network, each.network);
      unite(all_.mapping, each.mapping);
    }
  }

  std::string file_;
  const std::string commandLine_ = "--vary";
  StudyMemory& memory_;
  std::vector<SettableNames> names_;  ///< by study
  std::vector<std::shared_ptr<const Network>> networks_;
  SettableNames all_;
  StudySettings given_;
};

/// That each file comes from one side.
void checkFiles(const Space& space, const StudyFiles& files, Binder& binder) {
  const auto check = [&](Dimension::Of of, const std::string& what, bool given, bool needed) {
    const auto found = std::find_if(space.dimensions.begin(), space.dimensions.end(),
                                    [&](const Dimension& each) { return each.of == of; });
    if (found != space.dimensions.end() && given) {
      binder.problem(
          found->position, badFiles,
          "the space names its own " + what + "; leave out the " + what + " beside it, or in the file");
    } else if (found == space.dimensions.end() && !given && needed) {
      binder.problem({1, 1}, badFiles,
                     "the space names no " + what + "; say " + what + ": PATH in it, or --" +
                         (of == Dimension::Of::Architecture ? "arch" : "network") + " FILE");
    }
  };
  check(Dimension::Of::Architecture, "architecture", !files.architecture.empty(), true);
  check(Dimension::Of::Network, "network", !files.network.empty(), true);
  check(Dimension::Of::Mappings, "mappings", !files.mappings.empty(), false);
}

}  // namespace

Result<Sweep> bindSpace(Space space, const SweepFiles& files, StudyMemory& memory) {
  Binder binder(space.file.empty() ? "--vary" : space.file, memory);
  checkFiles(space, files.files, binder);
  if (!hasErrors(binder.problems)) binder.readStudies(space.dimensions, files.files);
  if (!hasErrors(binder.problems)) binder.set(files.settings);
  if (hasErrors(binder.problems)) return std::move(binder.problems);
  for (Dimension& dimension : space.dimensions) {
    if (dimension.of != Dimension::Of::Parameter || !binder.name(dimension.name, dimension.position))
      continue;
    dimension.only = binder.existsWith(space, dimension.name);
    if (dimension.when || !dimension.only.empty()) {
      dimension.otherwise = binder.usual(dimension.name, dimension.position, false);
    }
  }
  for (DerivedValue& derived : space.derived) binder.name(derived.name, derived.position);
  if (hasErrors(binder.problems)) return std::move(binder.problems);
  binder.addKnownNames(space);
  if (hasErrors(binder.problems)) return std::move(binder.problems);
  if (space.file.empty()) space.file = "--vary";
  Result<SpaceJudge> judge = SpaceJudge::create(std::move(space));
  append(binder.problems, std::move(judge.diagnostics));
  if (!judge) return std::move(binder.problems);
  binder.addFigures();
  if (hasErrors(binder.problems)) return std::move(binder.problems);
  Sweep sweep = std::move(binder.sweep);
  sweep.judge = std::make_shared<const SpaceJudge>(std::move(*judge));
  const Space& bound = sweep.judge->space();
  for (std::size_t d = 0; d < bound.dimensions.size(); ++d) {
    const Dimension& dimension = bound.dimensions[d];
    SweepColumn column{dimension.name, {}};
    for (const Alternative& each : dimension.alternatives) column.words.push_back(each.name);
    if (column.words.size() == 1) continue;
    sweep.columns.push_back(std::move(column));
    sweep.columnNames.push_back(d);
  }
  for (std::size_t i = 0; i < bound.derived.size(); ++i) {
    if (!bound.derived[i].set) continue;
    sweep.columns.push_back({bound.derived[i].name, {}});
    sweep.columnNames.push_back(bound.dimensions.size() + i);
  }
  sweep.offered = binder.offered(sweep.columns);
  return {std::move(sweep), std::move(binder.problems)};
}

Result<Sweep> bindTable(const std::vector<std::string>& names, const SweepFiles& files, StudyMemory& memory) {
  Binder binder("--points", memory);
  binder.readStudies({}, files.files);
  if (!hasErrors(binder.problems)) binder.set(files.settings);
  if (hasErrors(binder.problems)) return std::move(binder.problems);
  std::set<std::string> known;
  for (std::string name : names) {
    if (!binder.name(name, {1, 1})) continue;
    if (!known.insert(name).second) {
      binder.problem({1, 1}, badParameter, name + " has two columns; each parameter has one", name);
    }
    binder.sweep.columns.push_back({std::move(name), {}});
  }
  if (hasErrors(binder.problems)) return std::move(binder.problems);
  binder.addFigures();
  return {std::move(binder.sweep), std::move(binder.problems)};
}

}  // namespace taktwerk
