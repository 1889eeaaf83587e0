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
  static boolean returnsItself(Method method, Known known) {
    Class<?> type = known.type();
    Type returned = method.getGenericReturnType();
    if (returned instanceof TypeVariable<?> variable) {
      return variable.getName().equals("SELF")
          || (variable.getGenericDeclaration() instanceof Class
              && erased(known.resolved(variable)).isAssignableFrom(type));
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
   * @param known the type of the assertions that it is called on
   * @param arguments a factory among them decides
   * @return the type; empty if it returns no assertions, or nobody knows which
   */
  static Optional<Known> returnedBy(Method method, Known known, @Nullable Object[] arguments) {
    Type returned = method.getGenericReturnType();
    if (returned instanceof TypeVariable<?> variable
        && !(variable.getGenericDeclaration() instanceof Class)) {
      for (Object argument : arguments) {
        if (argument instanceof InstanceOfAssertFactory<?, ?> factory) {
          return made(factory).map(Known::of);
        }
      }
      return Optional.empty();
    }
    Known result = known.known(returned);
    return Assert.class.isAssignableFrom(result.type()) ? Optional.of(result) : Optional.empty();
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

  /**
   * A type of assertions, with what is known of its type variables: the elements of a list, say,
   * whose own type is only known where a method returns it.
   */
  record Known(Class<?> type, Map<TypeVariable<?>, Type> variables) {

    static Known of(Class<?> type) {
      return new Known(type, Map.of());
    }

    /** A type that a method of these assertions returns. */
    private Known known(Type returned) {
      Type resolved = resolved(returned);
      Map<TypeVariable<?>, Type> its = new HashMap<>();
      if (resolved instanceof ParameterizedType of) {
        put(its, of, this);
      }
      return new Known(erased(resolved), its);
    }

    private Type resolved(Type wanted) {
      Map<TypeVariable<?>, Type> known = new HashMap<>(variables);
      for (Class<?> each = type; each != null; each = each.getSuperclass()) {
        if (each.getGenericSuperclass() instanceof ParameterizedType parent) {
          put(known, parent, null);
        }
      }
      Type resolved = wanted;
      while (resolved instanceof TypeVariable<?> && known.containsKey(resolved)) {
        resolved = known.get(resolved);
      }
      return resolved;
    }

    /** Adds what the variables stand for; a wildcard says nothing that their bounds do not. */
    private static void put(
        Map<TypeVariable<?>, Type> known, ParameterizedType type, @Nullable Known in) {
      TypeVariable<?>[] variables = ((Class<?>) type.getRawType()).getTypeParameters();
      for (int i = 0; i < variables.length; i++) {
        Type argument = type.getActualTypeArguments()[i];
        Type resolved = in == null ? argument : in.resolved(argument);
        if (!(resolved instanceof WildcardType) && resolved != variables[i]) {
          known.put(variables[i], resolved);
        }
      }
    }
  }
}
