package io.github.webpubsubtestkit;

import io.github.webpubsubtestkit.service.FakeWebPubSub;
import io.github.webpubsubtestkit.service.WebPubSubService;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The fields of a test class and its supertypes that concern the extension, superclasses first.
 *
 * @param statics the fields to inject once for the class
 * @param instances the fields to inject for each test
 * @param staticExtensions the fields in which a {@link WebPubSubExtension} may be registered for
 *     the class
 * @param instanceExtensions the fields in which one may be registered for each test
 */
record ClassFields(
    List<Field> statics,
    List<Field> instances,
    List<Field> staticExtensions,
    List<Field> instanceExtensions) {

  private static final ClassValue<ClassFields> CACHE =
      new ClassValue<>() {
        @Override
        protected ClassFields computeValue(Class<?> type) {
          return find(type);
        }
      };

  static ClassFields of(Class<?> testClass) {
    return CACHE.get(testClass);
  }

  /** The extensions in static fields of the class. */
  static List<RegisteredFake> staticExtensions(Class<?> testClass) {
    return extensions(of(testClass).staticExtensions(), null);
  }

  /** The extensions in fields of the instance. */
  static List<RegisteredFake> instanceExtensions(Object instance) {
    return extensions(of(instance.getClass()).instanceExtensions(), instance);
  }

  /** Returns whether instances of the class register an extension, as far as their types tell. */
  static boolean registerExtensionsByInstance(Class<?> testClass) {
    return of(testClass).instanceExtensions().stream()
        .anyMatch(field -> RegisteredFake.class.isAssignableFrom(field.getType()));
  }

  private static List<RegisteredFake> extensions(List<Field> fields, @Nullable Object instance) {
    List<RegisteredFake> found = new ArrayList<>();
    for (Field field : fields) {
      if (get(field, instance) instanceof RegisteredFake extension && !found.contains(extension)) {
        found.add(extension);
      }
    }
    return found;
  }

  static @Nullable Object get(Field field, @Nullable Object instance) {
    try {
      return accessible(field).get(instance);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static void set(Field field, @Nullable Object instance, @Nullable Object value) {
    try {
      accessible(field).set(instance, value);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Field accessible(Field field) {
    if (!field.trySetAccessible()) {
      throw new ExtensionConfigurationException(
          "The module of %s is closed to the kit: open package %s to io.github.webpubsubtestkit."
              .formatted(field, field.getDeclaringClass().getPackageName()));
    }
    return field;
  }

  private static ClassFields find(Class<?> testClass) {
    ClassFields found =
        new ClassFields(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Class<?> type : hierarchy(testClass)) {
      for (Field field : type.getDeclaredFields()) {
        boolean isStatic = Modifier.isStatic(field.getModifiers());
        if (AnnotationSupport.isAnnotated(field, RegisterExtension.class)) {
          (isStatic ? found.staticExtensions : found.instanceExtensions).add(field);
        } else if (isConnected(field) || isPlainFake(field)) {
          (isStatic ? found.statics : found.instances).add(field);
        }
      }
    }
    return found;
  }

  /** Returns whether the field has the annotation; a record gets its components from its caller. */
  private static boolean isConnected(Field field) {
    return AnnotationSupport.isAnnotated(field, RequestsClient.class)
        && (Modifier.isStatic(field.getModifiers()) || !field.getDeclaringClass().isRecord());
  }

  /**
   * Returns whether the kit injects the field; a field with an annotation belongs to another
   * extension.
   */
  private static boolean isPlainFake(Field field) {
    return (field.getType() == FakeWebPubSub.class || field.getType() == WebPubSubService.class)
        && !Modifier.isFinal(field.getModifiers())
        && field.getAnnotations().length == 0;
  }

  private static Set<Class<?>> hierarchy(@Nullable Class<?> type) {
    Set<Class<?>> types = new LinkedHashSet<>();
    if (type != null && type != Object.class) {
      types.addAll(hierarchy(type.getSuperclass()));
      for (Class<?> each : type.getInterfaces()) {
        types.addAll(hierarchy(each));
      }
      types.add(type);
    }
    return types;
  }
}
