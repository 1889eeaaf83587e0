package io.github.webpubsubtestkit.internal.expect;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assert;
import org.assertj.core.api.AssertFactory;
import org.assertj.core.api.InstanceOfAssertFactory;
import org.jspecify.annotations.Nullable;

/** Which type of assertions a method returns. */
public final class AssertTypes {

  /** What the kit's factories make; AssertJ's tell it when they are given null. */
  private static final Map<InstanceOfAssertFactory<?, ?>, Class<?>> MADE =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private AssertTypes() {}

  /** A factory of which {@link #returnedBy} knows what it makes, before it has made one. */
  public static <T, A extends AbstractAssert<?, ?>> InstanceOfAssertFactory<T, A> factory(
      Class<T> type, Class<A> assertions, AssertFactory<T, A> made) {
    InstanceOfAssertFactory<T, A> factory = new InstanceOfAssertFactory<>(type, made);
    MADE.put(factory, assertions);
    return factory;
  }

  /**
   * Returns whether a method of assertions returns these, rather than assertions on something else.
   */
  static boolean returnsItself(Method method, Class<?> type) {
    Type returned = method.getGenericReturnType();
    if (returned instanceof TypeVariable<?> variable) {
      return variable.getName().equals("SELF")
          || (variable.getGenericDeclaration() instanceof Class
              && erased(resolved(variable, type)).isAssignableFrom(type));
    }
    if (returned instanceof ParameterizedType of) {
      for (Type argument : of.getActualTypeArguments()) {
        if (argument instanceof WildcardType) {
          return false; // AbstractObjectAssert<?, ?>: of something else
        }
      }
    }
    return Assert.class.isAssignableFrom(method.getReturnType())
        && method.getReturnType().isAssignableFrom(type);
  }

  /**
   * The type of the assertions that a method returns.
   *
   * @param type the type of the assertions that it is called on
   * @param arguments a factory among them decides
   * @return the type; empty if it returns no assertions, or nobody knows which
   */
  static Optional<Class<?>> returnedBy(Method method, Class<?> type, @Nullable Object[] arguments) {
    Type returned = method.getGenericReturnType();
    if (returned instanceof TypeVariable<?> variable
        && !(variable.getGenericDeclaration() instanceof Class)) {
      for (Object argument : arguments) {
        if (argument instanceof InstanceOfAssertFactory<?, ?> factory) {
          return made(factory);
        }
      }
      return Optional.empty();
    }
    Class<?> erased = erased(resolved(returned, type));
    return Assert.class.isAssignableFrom(erased) ? Optional.of(erased) : Optional.empty();
  }

  private static Optional<Class<?>> made(InstanceOfAssertFactory<?, ?> factory) {
    Class<?> known = MADE.get(factory);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      return Optional.of(factory.createAssert((Object) null).getClass());
    } catch (RuntimeException e) { // a factory of the user that wants a value
      return Optional.empty();
    }
  }

  private static Type resolved(Type type, Class<?> inClass) {
    Map<TypeVariable<?>, Type> known = new HashMap<>();
    for (Class<?> each = inClass; each != null; each = each.getSuperclass()) {
      if (each.getGenericSuperclass() instanceof ParameterizedType parent) {
        TypeVariable<?>[] variables = ((Class<?>) parent.getRawType()).getTypeParameters();
        for (int i = 0; i < variables.length; i++) {
          known.put(variables[i], parent.getActualTypeArguments()[i]);
        }
      }
    }
    Type resolved = type;
    while (resolved instanceof TypeVariable<?> && known.containsKey(resolved)) {
      resolved = known.get(resolved);
    }
    return resolved;
  }

  private static Class<?> erased(Type type) {
    if (type instanceof Class<?> simple) {
      return simple;
    }
    if (type instanceof ParameterizedType of) {
      return erased(of.getRawType());
    }
    if (type instanceof TypeVariable<?> variable) {
      return erased(variable.getBounds()[0]);
    }
    return Object.class;
  }
}
