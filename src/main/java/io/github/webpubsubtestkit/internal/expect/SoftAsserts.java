package io.github.webpubsubtestkit.internal.expect;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.Assert;
import org.assertj.core.api.AssertionErrorCollector;
import org.jspecify.annotations.Nullable;

/**
 * Makes assertions soft, with all that they lead to: a failure is collected, and the chain goes on.
 *
 * <p>Each soft object stands before the usual, hard one, which it calls. Where AssertJ's own soft
 * assertions return null, after a failed step to assertions of another type, it stands before
 * nothing: all its methods do nothing then, as there is no value to say anything about.
 */
public final class SoftAsserts {

  private final AssertionErrorCollector errors;
  private final SharedTime time = new SharedTime();

  /** Makes assertions whose failures a collector gets, and whose waits share one time. */
  public SoftAsserts(AssertionErrorCollector errors) {
    this.errors = errors;
  }

  /**
   * Makes assertions soft.
   *
   * @param actual what they are on
   */
  public <A extends Assert<?, ?>> A soft(A hard, Object actual) {
    @SuppressWarnings("unchecked") // it extends the class of the given
    A soft = (A) soft(hard, hard.getClass(), actual);
    return soft;
  }

  /** Makes assertions soft, unless they are of a class that cannot be extended. */
  private Object soft(Assert<?, ?> hard, Class<?> atLeast, @Nullable Object actual) {
    return SoftClasses.extensible(hard.getClass(), atLeast)
        .flatMap(
            type ->
                SoftClasses.create(
                    type, actual, new Behind(this, hard, AssertTypes.Known.of(type))))
        .orElse(hard);
  }

  /** What is behind a soft object: the hard one, or nothing. */
  public static final class Behind {

    /** How AssertJ names what its final methods call. */
    static final String OF_FINAL = "ForProxy";

    private final SoftAsserts soft;
    private final @Nullable Assert<?, ?> hard;

    private final AssertTypes.Known known;

    private Behind(SoftAsserts soft, @Nullable Assert<?, ?> hard, AssertTypes.Known known) {
      this.soft = soft;
      this.hard = hard;
      this.known = known;
    }

    /** Calls a method of the hard object, and makes soft what it returns. */
    @Nullable Object call(Object self, Method method, @Nullable Object[] arguments)
        throws Throwable {
      Assert<?, ?> hard = this.hard;
      if (hard == null) {
        return instead(self, method, arguments)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        method.getName()
                            + " cannot go on after a failure of soft assertions: what it leads to"
                            + " is not known"))
            .value();
      }
      Object result;
      try {
        Method called = called(method, hard);
        result = soft.time.during(() -> called.invoke(hard, arguments));
      } catch (InvocationTargetException e) {
        if (!(e.getCause() instanceof AssertionError failure)) {
          throw requireNonNull(e.getCause());
        }
        Optional<Instead> instead = instead(self, method, arguments);
        trim(failure);
        if (instead.isEmpty()) {
          throw failure;
        }
        soft.errors.collectAssertionError(failure);
        return instead.get().value();
      }
      soft.errors.succeeded();
      if (result == hard) {
        return self;
      }
      return result instanceof Assert<?, ?> next
          ? soft.soft(next, method.getReturnType(), null)
          : result;
    }

    /** Begins the stack trace at the user's line, which AssertJ adds to the text. */
    private static void trim(AssertionError failure) {
      StackTraceElement[] stack = failure.getStackTrace();
      for (int i = 0; i < stack.length; i++) {
        if (stack[i].getClassName().equals(SoftClasses.Interceptor.class.getName())) {
          failure.setStackTrace(Arrays.copyOfRange(stack, i, stack.length));
          break;
        }
      }
      UserFrames.trim(failure);
    }

    /** The method that a user calls; that of a final one has another name, and is protected. */
    private static Method called(Method method, Assert<?, ?> hard) throws NoSuchMethodException {
      String name = method.getName();
      if (name.endsWith(OF_FINAL) && !Modifier.isPublic(method.getModifiers())) {
        return hard.getClass()
            .getMethod(name.replaceFirst(OF_FINAL + "$", ""), method.getParameterTypes());
      }
      return method;
    }

    /** A value returned instead of that of a method that failed, or is not called. */
    private record Instead(@Nullable Object value) {}

    /** Empty if it should return assertions but nobody knows of which type. */
    private Optional<Instead> instead(Object self, Method method, @Nullable Object[] arguments) {
      Class<?> returned = method.getReturnType();
      if (AssertTypes.returnsItself(method, known)) {
        return Optional.of(new Instead(self));
      }
      if (Assert.class.isAssignableFrom(returned)) {
        return AssertTypes.returnedBy(method, known, arguments)
            .flatMap(next -> SoftClasses.create(next.type(), null, new Behind(soft, null, next)))
            .map(Instead::new);
      }
      return Optional.of(
          new Instead(
              method.getName().equals("toString")
                  ? "nothing, after a failure of soft assertions"
                  : Defaults.of(returned)));
    }
  }
}
