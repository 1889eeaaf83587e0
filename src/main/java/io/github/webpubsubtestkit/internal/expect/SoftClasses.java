package io.github.webpubsubtestkit.internal.expect;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.nameEndsWith;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.implementation.bind.annotation.AllArguments;
import net.bytebuddy.implementation.bind.annotation.FieldValue;
import net.bytebuddy.implementation.bind.annotation.Origin;
import net.bytebuddy.implementation.bind.annotation.RuntimeType;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import net.bytebuddy.implementation.bind.annotation.This;
import org.jspecify.annotations.Nullable;

/** The classes of soft assertions, made when they are first used: AssertJ brings Byte Buddy. */
final class SoftClasses {

  private static final String BEHIND = "behindSoftAssertions";
  private static final String ROOM = SoftClasses.class.getPackageName();
  private static final String KIT = ROOM.replaceFirst("\\.internal\\..*", "");

  private static final Map<Class<?>, Optional<Class<?>>> MADE = new ConcurrentHashMap<>();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private SoftClasses() {}

  /** The nearest class of an object that can be extended, and is still what a method returns. */
  static Optional<Class<?>> extensible(Class<?> type, Class<?> atLeast) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      int modifiers = each.getModifiers();
      boolean visible =
          Modifier.isPublic(modifiers)
              && (each.getDeclaringClass() == null
                  || Modifier.isPublic(each.getDeclaringClass().getModifiers()));
      if (atLeast.isAssignableFrom(each) && visible && !Modifier.isFinal(modifiers)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /**
   * Creates an object of a class made from this one, all of whose methods go to what is behind it.
   *
   * @return the object; empty if the class cannot be extended
   */
  static Optional<Object> create(
      Class<?> type, @Nullable Object actual, SoftAsserts.Behind behind) {
    return MADE.computeIfAbsent(type, SoftClasses::made)
        .flatMap(made -> instance(made, actual))
        .map(
            object -> {
              try {
                object.getClass().getField(BEHIND).set(object, behind);
                return object;
              } catch (ReflectiveOperationException e) {
                throw new LinkageError("cannot make assertions soft", e);
              }
            });
  }

  /** A class, in the kit's own package of the type, else in this one. */
  private static Optional<Class<?>> made(Class<?> type) {
    boolean own = type.getPackageName().startsWith(KIT);
    String room = own ? type.getPackageName() : ROOM;
    try {
      MethodHandles.Lookup here = MethodHandles.lookup();
      MethodHandles.Lookup lookup = own ? MethodHandles.privateLookupIn(type, here) : here;
      return Optional.of(
          new ByteBuddy(ClassFileVersion.JAVA_V17) // also on a Java that Byte Buddy does not know
              .subclass(type)
              .name(room + ".Soft" + type.getSimpleName() + NUMBER.incrementAndGet())
              .defineField(BEHIND, SoftAsserts.Behind.class, Visibility.PUBLIC)
              .method(isPublic().or(nameEndsWith(SoftAsserts.Behind.OF_FINAL)))
              .intercept(MethodDelegation.to(Interceptor.class))
              .make()
              .load(SoftClasses.class.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(lookup))
              .getLoaded());
    } catch (IllegalAccessException | RuntimeException | LinkageError e) {
      return Optional.empty(); // a class of the user that is not visible from here
    }
  }

  /** Any constructor does, as what is behind is asked instead. */
  private static Optional<Object> instance(Class<?> made, @Nullable Object actual) {
    List<Constructor<?>> constructors =
        Arrays.stream(made.getDeclaredConstructors())
            .sorted(Comparator.comparingInt(Constructor::getParameterCount))
            .toList();
    for (Constructor<?> each : constructors) {
      try {
        each.setAccessible(true);
        return Optional.of(
            each.newInstance(
                Arrays.stream(each.getParameterTypes())
                    .map(parameter -> argument(parameter, actual, made))
                    .toArray()));
      } catch (ReflectiveOperationException | RuntimeException e) {
        // wants a value; another may not
      }
    }
    return Optional.empty();
  }

  private static @Nullable Object argument(
      Class<?> parameter, @Nullable Object actual, Class<?> made) {
    if (parameter == Class.class) {
      return made;
    }
    return parameter.isInstance(actual) ? actual : Defaults.of(parameter);
  }

  /** What all methods of these classes call. */
  public static final class Interceptor {

    private Interceptor() {}

    /** Passes a call on; those of the constructor go to the class itself. */
    @RuntimeType
    public static @Nullable Object intercept(
        @FieldValue(BEHIND) SoftAsserts.@Nullable Behind behind,
        @This Object self,
        @Origin Method method,
        @AllArguments @Nullable Object[] arguments,
        @SuperCall(nullIfImpossible = true) @Nullable Callable<?> itself)
        throws Throwable {
      if (behind != null) {
        return behind.call(self, method, arguments);
      }
      return itself == null ? null : itself.call();
    }
  }
}
