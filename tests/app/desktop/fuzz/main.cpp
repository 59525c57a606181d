// SPDX-License-Identifier: GPL-3.0-or-later
// Random events for the whole window:  window_fuzz [--events N] [--seed S] [--hurry] [--verbose]
#include <QApplication>
#include <QCommandLineParser>
#include <cstdio>

#include "tests/app/desktop/fuzz/window_fuzzer.h"

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
  QApplication application(argc, argv);
  QApplication::setQuitOnLastWindowClosed(false);
  QCommandLineParser parser;
  parser.setApplicationDescription("Does random things to the window, on copies of files.");
  const QCommandLineOption events("events", "How many.", "N", "2000");
  const QCommandLineOption seed("seed", "Where the random numbers begin.", "S", "1");
  const QCommandLineOption hurry("hurry", "Do not wait for jobs between the events.");
  const QCommandLineOption verbose("verbose", "Print every event before it happens.");
  parser.addHelpOption();
  parser.addOptions({events, seed, hurry, verbose});
  parser.process(application);

  const std::uint64_t number = parser.value(seed).toULongLong();
  std::printf("seed %llu\n", static_cast<unsigned long long>(number));
  std::fflush(stdout);
  std::string wrong;
  {
    taktwerk::test::WindowFuzzer fuzzer(number, parser.isSet(hurry), parser.isSet(verbose));
    wrong = fuzzer.run(parser.value(events).toInt());
    for (std::size_t kind = 0; kind < fuzzer.counts().size(); ++kind) {
      std::printf("%6d  %s\n", fuzzer.counts()[kind],
                  taktwerk::test::nameOf(static_cast<taktwerk::test::FuzzEvent>(kind)));
    }
    std::printf("%6d  dialogs answered\n", fuzzer.dialogsAnswered());
    std::printf("digest %016llx\n", static_cast<unsigned long long>(fuzzer.digest()));
  }
  if (wrong.empty()) return 0;
  std::fprintf(stderr, "window_fuzz: seed %llu: %s\n", static_cast<unsigned long long>(number),
               wrong.c_str());
  return 1;
}
