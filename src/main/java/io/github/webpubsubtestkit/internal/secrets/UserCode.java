package io.github.webpubsubtestkit.internal.secrets;

import java.security.CodeSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the lines of stack traces that a user has written. */
final class UserCode {

  private static final String KIT = "io.github.webpubsubtestkit.";

  private static final List<String> LIBRARIES =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.assertj.", "org.junit.", "org.opentest4j.", "org.hamcrest.", "kotlin.");

  private UserCode() {}

  static String place(StackTraceElement[] stack) {
    for (StackTraceElement each : stack) {
      if (isUsers(each.getClassName())) {
        return each.toString();
      }
    }
    return "";
  }

  static String callingPlace() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(each -> isUsers(each.getClassName()))
                    .findFirst()
                    .map(each -> each.toStackTraceElement().toString())
                    .orElse(""));
  }

  private static boolean isUsers(String className) {
    return LIBRARIES.stream().noneMatch(className::startsWith) && !isKits(className);
  }

  /** Tests of the kit are in the packages of the kit, but in another place of the class path. */
  private static boolean isKits(String className) {
    return className.startsWith(KIT)
        && Objects.equals(location(className), location(UserCode.class.getName()));
  }

  private static @Nullable Object location(String className) {
    try {
      CodeSource source =
          Class.forName(className, false, UserCode.class.getClassLoader())
              .getProtectionDomain()
              .getCodeSource();
      return source == null ? null : source.getLocation();
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }
}
