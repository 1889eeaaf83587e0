package io.github.webpubsubtestkit.internal.json;

import io.github.webpubsubtestkit.internal.secrets.Display;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How objects become JSON and back: by the mapper that the user has registered; else plain values
 * by the kit itself, and others by the only Jackson on the class path, by Jackson 3 if there are
 * both. Nothing of Jackson is loaded before an object asks for it. Also, how contents are shown to
 * people.
 */
public final class ObjectMapping {

  private static final String KIT =
      ObjectMapping.class.getPackageName().replaceFirst("\\.internal\\..*", ".");

  private static final ObjectMapping OF_CLASS_PATH = new ObjectMapping(null, Display.AS_THEY_ARE);

  private final @Nullable Mapper registered;
  private final Display display;

  private ObjectMapping(@Nullable Mapper registered, Display display) {
    this.registered = registered;
    this.display = display;
  }

  /** Nobody has registered a mapper. */
  public static ObjectMapping ofClassPath() {
    return OF_CLASS_PATH;
  }

  /** The user's own mapper does all. */
  public static ObjectMapping by(Mapper registered) {
    return new ObjectMapping(registered, Display.AS_THEY_ARE);
  }

  /** The same, with contents shown like this. */
  public ObjectMapping shownBy(Display shown) {
    return new ObjectMapping(registered, shown);
  }

  /** How contents are shown to people. */
  public Display display() {
    return display;
  }

  /**
   * The object as JSON text.
   *
   * @throws IllegalArgumentException if there is no mapper for it, or the mapper cannot write it;
   *     says which mapper and what to do
   */
  public String write(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    checkNotOfTheKit(value);
    Optional<String> plain = registered == null ? PlainJson.write(value) : Optional.empty();
    if (plain.isPresent()) {
      return plain.get();
    }
    String action = "write this " + value.getClass().getName() + " as JSON";
    Mapper mapper =
        mapperFor(value)
            .orElseThrow(
                () ->
                    noMapper(
                        action,
                        "only String, Map with String keys, Collection, number, boolean and null"
                            + " are written",
                        "give the JSON as a String"));
    try {
      return mapper.write(value);
    } catch (Exception | LinkageError e) {
      throw failed(mapper, action, e, ". Give the JSON as a String instead");
    }
  }

  /** A mapper would make JSON of its properties, which nobody wants. */
  private static void checkNotOfTheKit(Object value) {
    Class<?> type = value.getClass();
    if (type.getName().startsWith(KIT)
        && type.getProtectionDomain() == ObjectMapping.class.getProtectionDomain()) {
      throw new IllegalArgumentException(
          type.getSimpleName()
              + " is a type of the kit, not a JSON value. Where a method takes JSON as an object,"
              + " give the object itself or a JSON text; a Content is for methods that have a"
              + " parameter of that type, such as sendToAll(content) and receivesMessage(content)");
    }
  }

  /** What a reader is shown of an object that nobody has written yet. */
  public static String show(@Nullable Object value) {
    return value == null ? "null" : PlainJson.write(value).orElseGet(() -> String.valueOf(value));
  }

  /**
   * The object that JSON text stands for.
   *
   * @throws IllegalArgumentException if there is no mapper for the class, the mapper cannot read
   *     the text, or makes null of it; says which mapper and what to do
   */
  public <T> T read(String json, Class<T> type) {
    if (registered == null) {
      Optional<T> plain = plain(json, type);
      if (plain.isPresent()) {
        return plain.get();
      }
    }
    String action = "read this JSON as " + type.getName();
    Mapper mapper =
        mapperFor(json)
            .orElseThrow(
                () ->
                    noMapper(
                        action,
                        "it is only read as Map, List, String, Boolean, Number, Integer, Long,"
                            + " Double or BigDecimal, if it is one",
                        "take the JSON as text"));
    T value;
    try {
      value = mapper.read(json, type);
    } catch (Exception | LinkageError e) {
      throw failed(mapper, action, e, "");
    }
    if (value == null) {
      throw new IllegalArgumentException(mapper.name() + " cannot " + action + ": it is JSON null");
    }
    return value;
  }

  private static <T> Optional<T> plain(String json, Class<T> type) {
    try {
      return PlainValue.read(JsonTree.parse(json), type);
    } catch (InvalidJsonException e) {
      return Optional.empty(); // the mapper says so in its own words
    }
  }

  private Optional<Mapper> mapperFor(Object value) {
    if (registered != null) {
      return Optional.of(registered);
    }
    return Jackson.isOfVersion2(value) ? Found.JACKSON_2 : Found.nearest();
  }

  private static IllegalArgumentException noMapper(
      String action, String without, String otherwise) {
    return new IllegalArgumentException(
        "cannot "
            + action
            + ": there is no Jackson on the class path, and without a mapper "
            + without
            + ". Add jackson-databind, 2.13 or newer, or 3; or register a mapper by"
            + " FakeWebPubSubBuilder.jsonMapper(..); or "
            + otherwise);
  }

  private static IllegalArgumentException failed(
      Mapper mapper, String action, Throwable failure, String advice) {
    Throwable cause =
        failure instanceof InvocationTargetException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    return new IllegalArgumentException(
        mapper.name() + " cannot " + action + ": " + Secrets.describe(cause) + advice,
        Secrets.mask(cause));
  }

  /** The mapper on the class path, found when it is first needed. */
  private static final class Found {
    static final Optional<Mapper> JACKSON_2 = Jackson.version2();
    static final Optional<Mapper> JACKSON_3 = Jackson.version3();

    static Optional<Mapper> nearest() {
      return JACKSON_3.or(() -> JACKSON_2);
    }
  }
}
