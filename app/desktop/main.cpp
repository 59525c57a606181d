// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <cstdio>
#include <initializer_list>
#include <string_view>

#include "app/desktop/main_window.h"
#include "app/desktop/screenshot.h"
#include "widgets/theme/theme.h"

namespace {

/// Some options decide what kind of application object is made, before that can read the command line.
bool given(int argc, char** argv, std::initializer_list<std::string_view> options) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument(argv[i]);
    for (const std::string_view option : options) {
      if (argument == option || (argument.starts_with(option) && argument[option.size()] == '=')) return true;
    }
  }
  return false;
}

int wrongUsage(const QString& message) {
  std::fprintf(stderr, "taktwerk: %s\n", qPrintable(message));
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  const bool screenshot = given(argc, argv, {"--screenshot"});
  const bool platformGiven =
      !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") || given(argc, argv, {"-platform"});
  // Qt would abort without a display; this program still answers questions and takes pictures of itself.
  const bool noDisplay = !platformGiven && qEnvironmentVariableIsEmpty("DISPLAY") &&
                         qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
  if (noDisplay || (screenshot && !platformGiven)) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication application(argc, argv);
  QCoreApplication::setOrganizationName(QStringLiteral("taktwerk"));
  QCoreApplication::setApplicationName(QStringLiteral("taktwerk"));
  QCoreApplication::setApplicationVersion(QStringLiteral(TAKTWERK_VERSION));
  QApplication::setWindowIcon(QIcon(QStringLiteral(":/taktwerk/icons/taktwerk.svg")));
  QGuiApplication::setDesktopFileName(QStringLiteral("taktwerk"));

  QCommandLineParser parser;
  parser.setApplicationDescription(
      QObject::tr("Design accelerators for deep neural networks and see their cycles."));
  parser.addPositionalArgument(
      QStringLiteral("FILE"), QObject::tr("Architectures, networks, traces, mappings or workspaces to open."),
      QStringLiteral("[FILE…]"));
  const QCommandLineOption help = parser.addHelpOption();
  const QCommandLineOption version = parser.addVersionOption();
  const QCommandLineOption themeOption(QStringLiteral("theme"),
                                       QObject::tr("Colours of the window: light or dark."),
                                       QStringLiteral("light|dark"));
  const QCommandLineOption pictureOption(
      QStringLiteral("screenshot"), QObject::tr("Write a picture of the window without showing it, and end."),
      QStringLiteral("FILE.png"));
  const QCommandLineOption runOption(QStringLiteral("run"),
                                     QObject::tr("With --screenshot: estimate first."));
  const QCommandLineOption selectOption(QStringLiteral("select"),
                                        QObject::tr("With --screenshot: select an object first."),
                                        QStringLiteral("NAME"));
  const QCommandLineOption pageOption(
      QStringLiteral("page"),
      QObject::tr("With --screenshot: show this page first: diagram, source, network, …"),
      QStringLiteral("NAME"));
  const QCommandLineOption sizeOption(QStringLiteral("size"),
                                      QObject::tr("With --screenshot: size of the window."),
                                      QStringLiteral("WIDTHxHEIGHT"), QStringLiteral("1600x1000"));
  parser.addOptions({themeOption, pictureOption, runOption, selectOption, pageOption, sizeOption});
  if (!parser.parse(QCoreApplication::arguments())) return wrongUsage(parser.errorText());
  if (parser.isSet(help)) parser.showHelp(0);
  if (parser.isSet(version)) parser.showVersion();

  const QString themeName = parser.value(themeOption);
  if (!themeName.isEmpty() && themeName != QLatin1String("light") && themeName != QLatin1String("dark")) {
    return wrongUsage(QObject::tr("--theme is light or dark, found %1").arg(themeName));
  }
  const QStringList sides = parser.value(sizeOption).split(QLatin1Char('x'));
  const QSize size = sides.size() == 2 ? QSize(sides[0].toInt(), sides[1].toInt()) : QSize();
  if (size.width() < 400 || size.height() < 300 || size.width() > 8000 || size.height() > 8000) {
    return wrongUsage(QObject::tr("--size is WIDTHxHEIGHT between 400x300 and 8000x8000"));
  }

  if (noDisplay && !screenshot) {
    std::fprintf(stderr, "taktwerk: there is no display; taktwerk-cli does without\n");
    return 1;
  }

  const bool dark = themeName.isEmpty() ? !screenshot && taktwerk::Settings::load().dark
                                        : themeName == QLatin1String("dark");
  taktwerk::Theme theme(dark);
  theme.apply(application);
  taktwerk::MainWindow window(theme, !screenshot);
  if (screenshot) window.resize(size);
  window.show();
  if (!parser.positionalArguments().isEmpty()) window.openFiles(parser.positionalArguments());
  if (screenshot) {
    taktwerk::takeScreenshot(window,
                             {parser.value(pictureOption), parser.isSet(runOption), parser.value(pageOption),
                              parser.value(selectOption), !parser.positionalArguments().isEmpty()});
  }
  return QApplication::exec();
}
