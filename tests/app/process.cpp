// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/process.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/places.h"

namespace taktwerk::test {

const std::string_view smallArchitecture = R"(format: taktwerk-architecture/1
name: Small
parameters:
  mac_latency: {default: 2, minimum: 1, maximum: 16, description: cycles of one multiply-accumulate}
objects:
  imem: {class: SRAM, read_latency: 1, port_width: 2}
  imau: {class: InstructionMemoryAccessUnit, latency: 0}
  fetch: {class: InstructionFetchStage, latency: 1, issue_buffer_size: 4}
  decode: {class: PipelineStage, latency: 1}
  execute: {class: ExecuteStage, latency: 1}
  alu: {class: FunctionalUnit, operations: [add, mac], latency: mac_latency, initiation_interval: 1}
  lsu: {class: MemoryAccessUnit, operations: [load, store], latency: 1}
  regs: {class: RegisterFile, registers: [r0, r1, r2, r3], data_width: 32}
  dmem: {class: SRAM, read_latency: 3, write_latency: 2, max_concurrent_requests: 2}
connections:
  - contains: [fetch, imau]
  - reads: [imau, imem]
  - forward: [fetch, decode]
  - forward: [decode, execute]
  - contains: [execute, alu]
  - contains: [execute, lsu]
  - reads: [alu, regs]
  - writes: [alu, regs]
  - reads: [lsu, regs]
  - writes: [lsu, regs]
  - reads: [lsu, dmem]
  - writes: [lsu, dmem]
)";

const std::string_view smallTrace =
    R"({"operation": "load", "writes": ["regs.r0"], "memory_reads": [{"memory": "dmem", "address": 0, "words": 1}]}
{"operation": "mac", "reads": ["regs.r0", "regs.r1"], "writes": ["regs.r1"]}
{"operation": "store", "reads": ["regs.r1"], "memory_writes": [{"memory": "dmem", "address": 8, "words": 1}]}
)";

namespace {

[[noreturn]] void becomeProgram(const std::vector<std::string>& command, const ProcessOptions& options,
                                int out, int err) {
  const auto limit = [](int what, std::int64_t value) {
    const rlimit both{static_cast<rlim_t>(value), static_cast<rlim_t>(value)};
    setrlimit(static_cast<__rlimit_resource>(what), &both);
  };
  limit(RLIMIT_CPU, options.cpuSeconds);
  limit(RLIMIT_CORE, 0);
  if (options.addressBytes > 0 && !sanitized()) limit(RLIMIT_AS, options.addressBytes);
  if (options.fileBytes > 0) {
    std::signal(SIGXFSZ, SIG_IGN);  // writing then fails instead
    limit(RLIMIT_FSIZE, options.fileBytes);
  }
  const std::string folder = options.folder.empty() ? taktwerk::sourceDirectory() : options.folder.string();
  if (chdir(folder.c_str()) != 0) _exit(127);
  dup2(open(options.inFrom.empty() ? "/dev/null" : options.inFrom.c_str(), O_RDONLY), STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  // Another user could not even reach a program in the superuser's own folder.
  if (options.obeysModes && geteuid() == 0 &&
      (prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE) != 0 || prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH) != 0)) {
    _exit(127);
  }
  char* const environment[] = {nullptr};
  execve(arguments[0], arguments.data(), environment);
  _exit(127);
}

/// The near end of a new terminal, or −1.
int openTerminal() {
  const int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0) return -1;
  if (grantpt(terminal) == 0 && unlockpt(terminal) == 0) {
    const char* const name = ptsname(terminal);
    if (name != nullptr && access(name, R_OK | W_OK) == 0) return terminal;
  }
  close(terminal);
  return -1;
}

/// True once the program has blocked a signal, to take it in its own way.
bool takesSignal(pid_t child, int signal) {
  const std::string status = textOf("/proc/" + std::to_string(child) + "/status");
  const std::size_t at = status.find("SigBlk:\t");
  if (at == std::string::npos) return false;
  return ((std::stoull(status.substr(at + 8, 16), nullptr, 16) >> (signal - 1)) & 1U) != 0;
}

/// Reads what the program shows on its terminal until it closes it.
std::string watchTerminal(int terminal, pid_t child, const std::string& interruptWhenShown) {
  std::string shown;
  std::array<char, 4096> bytes{};
  bool interrupted = interruptWhenShown.empty();
  for (ssize_t count = 0; (count = read(terminal, bytes.data(), bytes.size())) > 0;) {
    shown.append(bytes.data(), static_cast<std::size_t>(count));
    if (interrupted || shown.find(interruptWhenShown) == std::string::npos) continue;
    interrupted = true;
    kill(child, SIGINT);
  }
  return shown;
}

}  // namespace

bool hasTerminals() {
  const int terminal = openTerminal();
  if (terminal >= 0) close(terminal);
  return terminal >= 0;
}

bool sanitized() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return true;
#else
  return false;
#endif
}

Outcome run(const std::vector<std::string>& command, const ProcessOptions& options) {
  const Folder folder;
  const std::string outPath = options.outTo.empty() ? folder / "out" : options.outTo;
  const int out = open(outPath.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  int terminal = -1;
  std::string errPath = folder / "err";
  if (options.errIsTerminal) {
    terminal = openTerminal();
    if (terminal < 0) throw std::runtime_error("there are no terminals");
    errPath = ptsname(terminal);
  }
  const int err = open(errPath.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
  const pid_t child = fork();
  if (child < 0 || out < 0 || err < 0) throw std::runtime_error("cannot start " + command[0]);
  if (child == 0) becomeProgram(command, options, out, err);
  close(out);
  close(err);

  Outcome outcome;
  if (options.errIsTerminal) outcome.err = watchTerminal(terminal, child, options.interruptWhenShown);
  int state = 0;
  rusage used{};
  if (options.killAfterMicroseconds > 0) {
    usleep(static_cast<useconds_t>(options.killAfterMicroseconds));
    kill(child, SIGKILL);
  }
  if (options.signalAfterStart != 0) {
    while (wait4(child, &state, WNOHANG, &used) == 0) {
      usleep(100'000);
      if (takesSignal(child, options.signalAfterStart)) kill(child, options.signalAfterStart);
    }
  } else {
    wait4(child, &state, 0, &used);
  }
  if (WIFEXITED(state)) outcome.status = WEXITSTATUS(state);
  if (WIFSIGNALED(state)) outcome.signal = WTERMSIG(state);
  if (options.outTo.empty()) outcome.out = textOf(outPath);
  if (options.errIsTerminal) {
    close(terminal);
  } else {
    outcome.err = textOf(errPath);
  }
  outcome.peakKibibytes = used.ru_maxrss;
  return outcome;
}

Outcome cli(std::vector<std::string> arguments, const ProcessOptions& options) {
  arguments.insert(arguments.begin(), taktwerk::programDirectory() + "/taktwerk-cli");
  return run(arguments, options);
}

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "taktwerk-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder " + name);
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string Folder::write(const std::string& name, std::string_view text) const {
  std::ofstream file(path_ / name, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + name);
  return *this / name;
}

std::vector<std::string> Folder::names() const {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(path_)) {
    found.push_back(entry.path().filename().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string textOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace taktwerk::test
