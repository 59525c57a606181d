// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace taktwerk::studies {

/// A file that the studies write, and what is in it.
struct StudyFile {
  std::string path;  ///< from the root of the checkout
  std::string text;
};

/// What stands between the marks of a page, by their names.
using Blocks = std::vector<std::pair<std::string, std::string>>;

/// The studies: the pages of the guide with their tables, the pictures in them, and workspaces that open
/// their spaces in the window. Each sweeps its spaces; throws where one cannot be.
[[nodiscard]] std::vector<StudyFile> arrayStudy();
[[nodiscard]] std::vector<StudyFile> plasticineStudy();
[[nodiscard]] std::vector<StudyFile> meshStudy();

/// A page of the guide as it is, with other blocks; throws where a mark is missing.
[[nodiscard]] StudyFile pageWith(const std::string& name, const Blocks& blocks);
/// A picture of the guide.
[[nodiscard]] StudyFile pictureFile(const std::string& name, std::string svg);
/// The workspace beside a shipped space: its first architecture and network, and the space to be swept.
[[nodiscard]] StudyFile workspaceFor(const std::string& spaceFile);

/// What a file of the checkout holds; throws where it cannot be read.
[[nodiscard]] std::string contentOf(const std::string& path);

}  // namespace taktwerk::studies
