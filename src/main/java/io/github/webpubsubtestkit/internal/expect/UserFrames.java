package io.github.webpubsubtestkit.internal.expect;

import java.net.URL;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stack traces from the user's point of view: they begin at the user's line. */
public final class UserFrames {

  private static final String KIT = "io.github.webpubsubtestkit.";
  private static final @Nullable URL KIT_LOCATION = location(UserFrames.class);

  private UserFrames() {}

  /**
   * Removes the kit's frames, and those of the JDK among them, from the top of a stack trace. Has
   * no effect if there is no frame of a user below them, or none of the kit above.
   */
  public static void trim(Throwable failure) {
    StackTraceElement[] stack = stack(failure);
    int first = first(stack);
    if (first > 0 && first < stack.length && Stream.of(stack).limit(first).anyMatch(KitFrame::is)) {
      failure.setStackTrace(Arrays.copyOfRange(stack, first, stack.length));
    }
  }

  /** Runs code of which every failure begins at the user's line. */
  public static <T> T beginning(Supplier<T> code) {
    try {
      return code.get();
    } catch (RuntimeException | AssertionError e) {
      trim(e);
      throw e;
    }
  }

  /** The place where it was thrown: the first frame that is neither the kit's nor the JDK's. */
  public static Optional<StackTraceElement> place(Throwable failure) {
    StackTraceElement[] stack = stack(failure);
    int first = first(stack);
    return first < stack.length ? Optional.of(stack[first]) : Optional.empty();
  }

  /** The user's line that has called the kit; empty if there is none. */
  public static String caller() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(StackWalker.StackFrame::toStackTraceElement)
                    .dropWhile(frame -> isJdk(frame) || KitFrame.is(frame))
                    .findFirst()
                    .map(String::valueOf)
                    .orElse(""));
  }

  /** A user's exception may fail even here. */
  private static StackTraceElement[] stack(Throwable failure) {
    try {
      return failure.getStackTrace();
    } catch (Throwable e) {
      return new StackTraceElement[0];
    }
  }

  private static int first(StackTraceElement[] stack) {
    int first = 0;
    while (first < stack.length && (isJdk(stack[first]) || KitFrame.is(stack[first]))) {
      first++;
    }
    return first;
  }

  private static boolean isJdk(StackTraceElement frame) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
  }

  /** A frame of the kit or of a library that it waits and asserts with. */
  private static final class KitFrame {

    private KitFrame() {}

    static boolean is(StackTraceElement frame) {
      String name = frame.getClassName();
      return name.startsWith(KIT)
          ? isKit(name)
          : name.startsWith("org.awaitility.")
              || name.startsWith("org.assertj.core.")
              || name.startsWith("org.junit.jupiter.api.Assert");
    }

    /** Tests of the kit are in the same packages, but not in the same jar. */
    private static boolean isKit(String name) {
      try {
        Class<?> found = Class.forName(name, false, UserFrames.class.getClassLoader());
        return Objects.equals(String.valueOf(location(found)), String.valueOf(KIT_LOCATION));
      } catch (ClassNotFoundException | LinkageError e) {
        return false;
      }
    }
  }

  private static @Nullable URL location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null ? null : source.getLocation();
  }
}
