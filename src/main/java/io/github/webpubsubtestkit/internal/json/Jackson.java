package io.github.webpubsubtestkit.internal.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The application's own Jackson, 2 or 3, with the modules that are there. It is asked by
 * reflection: at compile time nobody knows whether there is one, which, and in what version.
 */
final class Jackson implements Mapper {

  private static final String VERSION_3 = "tools.jackson.databind.";
  private static final String VERSION_2 = "com.fasterxml.jackson.databind.";

  private final String name;
  private final Object mapper;
  private final Method write;
  private final Method read;

  private Jackson(String name, Object mapper) throws ReflectiveOperationException {
    this.name = name;
    this.mapper = mapper;
    this.write = mapper.getClass().getMethod("writeValueAsString", Object.class);
    this.read = mapper.getClass().getMethod("readValue", String.class, Class.class);
  }

  static Optional<Mapper> version2() {
    return find(VERSION_2);
  }

  static Optional<Mapper> version3() {
    return find(VERSION_3);
  }

  /** Returns whether Jackson 2 made it: to Jackson 3 it is an object like any other. */
  static boolean isOfVersion2(Object value) {
    return value.getClass().getName().startsWith(VERSION_2);
  }

  private static Optional<Mapper> find(String packagePrefix) {
    String name = "Jackson";
    try {
      Class<?> type = Class.forName(packagePrefix + "json.JsonMapper");
      name +=
          " " + Class.forName(packagePrefix + "cfg.PackageVersion").getField("VERSION").get(null);
      Object builder = type.getMethod("builder").invoke(null);
      Object withModules = builder.getClass().getMethod("findAndAddModules").invoke(builder);
      Object mapper = withModules.getClass().getMethod("build").invoke(withModules);
      return Optional.of(new Jackson(name, mapper));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    } catch (InvocationTargetException e) {
      return Optional.of(new Unusable(name, e.getTargetException()));
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.of(new Unusable(name, e));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String write(Object value) throws Exception {
    return (String) call(write, value);
  }

  @Override
  @SuppressWarnings("unchecked") // what a mapper reads is of the type; Class.cast knows no int
  public <T> @Nullable T read(String json, Class<T> type) throws Exception {
    return (T) call(read, json, type);
  }

  private Object call(Method method, Object... arguments) throws Exception {
    try {
      return method.invoke(mapper, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception thrown) {
        throw thrown;
      }
      throw e; // an Error
    }
  }

  /** A Jackson that the class path has broken; whoever needs it hears why. */
  private record Unusable(String name, Throwable why) implements Mapper {

    @Override
    public String write(Object value) {
      throw unusable();
    }

    @Override
    public <T> T read(String json, Class<T> type) {
      throw unusable();
    }

    private IllegalStateException unusable() {
      return new IllegalStateException("it cannot be used: " + why, why);
    }
  }
}
