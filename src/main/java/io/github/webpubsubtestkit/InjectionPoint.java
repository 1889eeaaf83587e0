package io.github.webpubsubtestkit;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/**
 * A parameter or field to inject.
 *
 * @param type its declared type
 * @param name its name; null if the compiler did not keep it
 * @param place a description of its location
 * @param owner the method, or the class of the field
 * @param instance the object with the field; null for parameters and static fields
 */
record InjectionPoint(
    Class<?> type, @Nullable String name, String place, Object owner, @Nullable Object instance) {

  static InjectionPoint of(ParameterContext context) {
    Parameter parameter = context.getParameter();
    Executable owner = context.getDeclaringExecutable();
    return new InjectionPoint(
        parameter.getType(),
        parameter.isNamePresent() ? parameter.getName() : null,
        "parameter " + (context.getIndex() + 1) + " of " + describe(owner),
        owner,
        null);
  }

  static InjectionPoint of(Field field, @Nullable Object instance) {
    return new InjectionPoint(
        field.getType(),
        field.getName(),
        "field of " + field.getDeclaringClass().getSimpleName(),
        field.getDeclaringClass(),
        instance);
  }

  Optional<String> knownName() {
    return Optional.ofNullable(name);
  }

  /** {@code PubSubClient alice (parameter 1 of ChatTest.joins)}. */
  String describe() {
    return type.getSimpleName() + (name == null ? "" : " " + name) + " (" + place + ")";
  }

  /** Returns whether both are parameters of one method, or fields that one class declares. */
  boolean hasSameOwnerAs(InjectionPoint other) {
    return owner.equals(other.owner) && instance == other.instance;
  }

  /** The exception JUnit uses for this kind of injection point. */
  RuntimeException refuse(String message) {
    return owner instanceof Executable
        ? new ParameterResolutionException(message)
        : new ExtensionConfigurationException(message);
  }

  /** The same exception with a cause; JUnit 6 does not accept null for it. */
  RuntimeException refuse(String message, Throwable cause) {
    return owner instanceof Executable
        ? new ParameterResolutionException(message, cause)
        : new ExtensionConfigurationException(message, cause);
  }

  private static String describe(Executable executable) {
    String type = executable.getDeclaringClass().getSimpleName();
    return executable instanceof java.lang.reflect.Constructor
        ? "the constructor of " + type
        : type + "." + executable.getName();
  }
}
