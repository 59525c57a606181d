// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/files.h"

#include <fstream>
#include <set>
#include <string>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace taktwerk {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "taktwerk-files-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path make(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  [[nodiscard]] std::size_t filesInFolder() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  static std::string contents(const fs::path& path) { return readFile(path).value.value_or("(unreadable)"); }

  fs::path folder_;
};

std::string problemOf(const Result<std::string>& result) {
  return result.diagnostics.size() == 1 ? result.diagnostics[0].code + ' ' + result.diagnostics[0].message
                                        : "";
}

TEST_F(Files, ReadsBytesAsTheyAre) {
  const std::string text("a\r\n\0b\xFF", 6);
  EXPECT_EQ(contents(make("file", text)), text);
  EXPECT_EQ(contents(make("empty", "")), "");
}

TEST_F(Files, SaysWhyItCannotRead) {
  EXPECT_EQ(problemOf(readFile(folder_ / "missing")), "F0001 there is no such file");
  EXPECT_EQ(problemOf(readFile(folder_)), "F0003 this is a folder, not a file");
  EXPECT_EQ(readFile(folder_ / "missing").diagnostics[0].file, (folder_ / "missing").string());
  EXPECT_EQ(readFile(folder_ / "missing").diagnostics[0].position, (SourcePosition{1, 1}));
}

TEST_F(Files, RemovesWhatKilledProcessesLeftBesideThemAndNothingElse) {
  const pid_t gone = ::fork();
  if (gone == 0) ::_exit(0);
  ASSERT_GT(gone, 0);
  ASSERT_EQ(::waitpid(gone, nullptr, 0), gone);
  const std::string left = ".new-" + std::to_string(gone) + "-0";
  make("file" + left, "half");
  make("file.new-" + std::to_string(gone) + "-1", "half");
  // Of another file, of a process that is there, without a number, and one that somebody has a lock on.
  make("other" + left, "half");
  make("file.new-" + std::to_string(::getppid()) + "-0", "half");
  make("file.new-version", "mine");
  make("file.new-" + std::to_string(gone) + "-x", "mine");
  const fs::path locked = make("file.new-" + std::to_string(gone) + "-2", "half");
  const int lock = ::open(locked.c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_EQ(::flock(lock, LOCK_EX), 0);
  EXPECT_TRUE(writeFileAtomically(folder_ / "file", "whole").empty());
  ::close(lock);
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder_)) names.insert(entry.path().filename().string());
  EXPECT_EQ(names,
            (std::set<std::string>{"file", "other" + left, "file.new-" + std::to_string(::getppid()) + "-0",
                                   "file.new-version", "file.new-" + std::to_string(gone) + "-x",
                                   "file.new-" + std::to_string(gone) + "-2"}));
  EXPECT_EQ(contents(folder_ / "file"), "whole");
}

TEST_F(Files, DoesNotWaitForAPipe) {
  const fs::path pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(problemOf(readFile(pipe)), "F0003 this is not a regular file");
}

TEST_F(Files, RefusesLargeFilesWithBothSizes) {
  const fs::path path = make("large", std::string(101, 'x'));
  EXPECT_EQ(problemOf(readFile(path, 100)), "F0004 the file has 101 bytes; at most 100 bytes are read");
  EXPECT_TRUE(readFile(path, 101));
  fs::resize_file(path, std::uint64_t{1} << 40U);  // sparse
  EXPECT_EQ(problemOf(readFile(path)),
            "F0004 the file has 1099511627776 bytes; at most 4194304 bytes are read");
}

TEST_F(Files, WritesNewFiles) {
  EXPECT_TRUE(writeFileAtomically(folder_ / "new", "hello").empty());
  EXPECT_EQ(contents(folder_ / "new"), "hello");
  EXPECT_EQ(filesInFolder(), 1U);
}

TEST_F(Files, ReplacesAndKeepsPermissions) {
  const fs::path path = make("file", "old");
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  EXPECT_TRUE(writeFileAtomically(path, "new").empty());
  EXPECT_EQ(contents(path), "new");
  EXPECT_EQ(fs::status(path).permissions(),
            fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  EXPECT_EQ(filesInFolder(), 1U);
}

TEST_F(Files, WritesThroughSymbolicLinks) {
  const fs::path path = make("file", "old");
  fs::create_symlink("file", folder_ / "link");
  fs::create_symlink("link", folder_ / "second");
  EXPECT_TRUE(writeFileAtomically(folder_ / "second", "new").empty());
  EXPECT_TRUE(fs::is_symlink(folder_ / "second"));
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(contents(path), "new");
  fs::create_symlink("later", folder_ / "dangling");
  EXPECT_TRUE(writeFileAtomically(folder_ / "dangling", "made").empty());
  EXPECT_EQ(contents(folder_ / "later"), "made");
}

TEST_F(Files, LeavesEverythingAloneWhenItCannotWrite) {
  const fs::path missing = folder_ / "no" / "such" / "folder";
  const Diagnostics problems = writeFileAtomically(missing, "text");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].message.substr(0, 26), "the file cannot be written");
  EXPECT_EQ(problems[0].file, missing.string());
  EXPECT_EQ(writeFileAtomically(folder_, "text").size(), 1U);
  EXPECT_EQ(filesInFolder(), 0U);
}

TEST_F(Files, DoesNotFollowLinksInACircle) {
  fs::create_symlink("b", folder_ / "a");
  fs::create_symlink("a", folder_ / "b");
  EXPECT_FALSE(writeFileAtomically(folder_ / "a", "text").empty());
  EXPECT_FALSE(readFile(folder_ / "a"));
}

}  // namespace
}  // namespace taktwerk
