package io.github.webpubsubtestkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The directory for timelines where JUnit has none for files. */
final class ReportDirectory {

  static final String PARAMETER = "webpubsub.test.report-directory";

  private static final List<String> BUILDS = List.of("target", "build");
  private static final Pattern INVOCATION = Pattern.compile(":#(\\d+)]");

  private ReportDirectory() {}

  /** The directory of the configuration, or one in the build's; empty if there is neither. */
  static Optional<Path> of(ExtensionContext context) {
    return context
        .getConfigurationParameter(PARAMETER)
        .filter(given -> !given.isBlank())
        .map(Path::of)
        .or(
            () ->
                BUILDS.stream()
                    .map(Path::of)
                    .filter(Files::isDirectory)
                    .findFirst()
                    .map(build -> build.resolve("webpubsub")))
        .map(Path::toAbsolutePath);
  }

  /** {@code com.example.OrderTest.test-2-webpubsub-timeline.txt}. */
  static String fileName(ExtensionContext context, String name) {
    StringBuilder test = new StringBuilder();
    context.getTestClass().ifPresent(type -> test.append(type.getName()));
    context.getTestMethod().ifPresent(method -> test.append('.').append(method.getName()));
    Matcher invocation = INVOCATION.matcher(context.getUniqueId());
    while (invocation.find()) {
      test.append('-').append(invocation.group(1));
    }
    String known = test.toString().replaceAll("[^A-Za-z0-9._$-]", "_");
    return known + "-" + name;
  }
}
