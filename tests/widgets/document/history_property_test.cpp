// SPDX-License-Identifier: GPL-3.0-or-later
// Any edits, undos, redos, saves and drops of all kinds of documents, against a plain model of snapshots.
#include <iostream>
#include <random>

#include "tests/widgets/document/history_fixture.h"

namespace taktwerk::test {
namespace {

enum Document { Architecture, NetworkA, NetworkB, MappingA, Choices, documentCount };

/// What the history is to do, told as simply as can be: each step with all that was before and after it.
struct Model {
  struct Step {
    int owner;
    std::string before, after;
    QString gesture;
    bool sealed = false;
  };
  std::vector<std::string> now, saved;
  std::vector<Step> steps;
  std::size_t index = 0;
  bool fresh = false;

  void edit(int owner, const std::string& text, const QString& gesture) {
    std::string& content = now[static_cast<std::size_t>(owner)];
    if (content == text) return;
    steps.resize(index);
    Step* latest = fresh && index > 0 ? &steps.back() : nullptr;
    if (latest && latest->owner == owner && !gesture.isEmpty() && latest->gesture == gesture &&
        !latest->sealed) {
      latest->after = text;
      if (latest->after == latest->before) steps.pop_back();
    } else {
      steps.push_back({owner, content, text, gesture});
    }
    content = text;
    index = steps.size();
    fresh = true;
  }
  void goTo(std::size_t to) {
    if (to == index) return;
    fresh = false;
    for (; index > to; --index)
      now[static_cast<std::size_t>(steps[index - 1].owner)] = steps[index - 1].before;
    for (; index < to; ++index) now[static_cast<std::size_t>(steps[index].owner)] = steps[index].after;
  }
  void save(int owner) {
    saved[static_cast<std::size_t>(owner)] = now[static_cast<std::size_t>(owner)];
    for (std::size_t at = index; at-- > 0;) {
      if (steps[at].owner != owner) continue;
      steps[at].sealed = true;
      return;
    }
  }
  void begin(int owner, const std::string& text) {
    now[static_cast<std::size_t>(owner)] = saved[static_cast<std::size_t>(owner)] = text;
    if (index > 0 && steps[index - 1].owner == owner) fresh = false;
    std::vector<Step> kept;
    std::size_t done = 0;
    for (std::size_t at = 0; at < steps.size(); ++at) {
      if (steps[at].owner == owner) continue;
      kept.push_back(steps[at]);
      if (at < index) ++done;
    }
    steps = std::move(kept);
    index = done;
  }
};

class HistoryPropertyTest : public OneHistoryTest {
 protected:
  [[nodiscard]] TextDocuments& textsOf(int which) { return which == MappingA ? mappings : networks; }
  [[nodiscard]] QString pathOf(int which) const {
    static const char* const files[] = {"a.arch.yaml", "a.network.yaml", "b.network.yaml", "a.mapping.yaml",
                                        "a.taktwerk"};
    return folder.path(files[which]);
  }
  void begin(int which, const std::string& text) {
    if (which == Architecture) {
      documents.restore(pathOf(which), text, text);
    } else if (which == Choices) {
      workspace.begin(workspace.path());
    } else {
      // Some were given up before, some are only opened anew.
      if (text.size() % 2 == 0) textsOf(which).drop(pathOf(which));
      textsOf(which).open(pathOf(which), text, true);
    }
  }
  void edit(int which, const std::string& text, const QString& gesture) {
    if (which == Architecture) {
      ASSERT_EQ(documents.replace("Rename", Result<std::string>(text), gesture), QString());
    } else if (which == Choices) {
      choose(std::stoll(text), gesture);
    } else {
      textsOf(which).find(pathOf(which))->change(text, "Change");
    }
  }
  void save(int which) {
    if (which == Architecture) {
      EXPECT_TRUE(documents.saveAs(pathOf(which)).empty());
    } else if (which == Choices) {
      EXPECT_TRUE(workspace.save(pathOf(which)).empty());
    } else {
      EXPECT_TRUE(textsOf(which).save(*textsOf(which).find(pathOf(which)), pathOf(which)).empty());
    }
  }
  [[nodiscard]] std::string text(int which) {
    return which == Architecture ? architecture()
           : which == Choices    ? std::to_string(chosen())
                                 : textsOf(which).find(pathOf(which))->text();
  }
  [[nodiscard]] bool isModified(int which) {
    return which == Architecture ? documents.isModified()
           : which == Choices    ? workspace.isModified()
                                 : textsOf(which).find(pathOf(which))->modified();
  }
  void compare(const Model& model) {
    ASSERT_EQ(history.count(), static_cast<int>(model.steps.size()));
    ASSERT_EQ(history.index(), static_cast<int>(model.index));
    for (int which = 0; which < documentCount; ++which) {
      const auto at = static_cast<std::size_t>(which);
      ASSERT_EQ(text(which), model.now[at]) << which;
      ASSERT_EQ(isModified(which), model.now[at] != model.saved[at]) << which;
    }
  }
};

TEST_F(HistoryPropertyTest, AnyOrderOfEditsUndosSavesAndDropsIsThatOfTheModel) {
  const auto texts = [](int which, std::size_t number) {
    return which == Architecture ? architectureNamed("n" + std::to_string(number))
           : which == Choices    ? std::to_string(number + 1)
                                 : std::string(number + 1, static_cast<char>('a' + number)) + "\n";
  };
  for (const unsigned seed : {1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U}) {
    SCOPED_TRACE(seed);
    std::cout << "seed " << seed << '\n';
    std::mt19937 random(seed);
    const auto below = [&](std::size_t n) {
      return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
    };
    Model model;
    model.now.resize(documentCount);
    model.saved.resize(documentCount);
    for (int which = 0; which < documentCount; ++which) {
      const std::string first = which == Choices ? text(which) : texts(which, 0);
      begin(which, first);
      model.begin(which, first);
    }
    history.setIndex(0);
    QString gesture = gestureKey();
    for (int event = 0; event < 400; ++event) {
      SCOPED_TRACE(event);
      const int which = static_cast<int>(below(documentCount));
      const std::size_t what = below(20);
      if (what < 11) {
        if (below(3) == 0) gesture = gestureKey();
        // Texts have no gestures.
        const bool held = (which == Architecture || which == Choices) && below(2) == 0;
        const std::string next = texts(which, below(6));
        edit(which, next, held ? gesture : QString());
        model.edit(which, next, held ? gesture : QString());
      } else if (what < 16) {
        const std::size_t to =
            below(3) == 0 ? below(model.steps.size() + 1) : model.index + (below(3) == 0 ? 1 : -1);
        const bool possible = to <= model.steps.size();
        history.setIndex(possible ? static_cast<int>(to) : history.index());
        if (possible) model.goTo(to);
      } else if (what < 18) {
        save(which);
        model.save(which);
      } else if (below(3) == 0) {
        const std::string first = which == Choices ? text(which) : texts(which, below(6));
        begin(which, first);
        model.begin(which, first);
      }
      compare(model);
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace taktwerk::test
