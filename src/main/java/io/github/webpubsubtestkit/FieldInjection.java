package io.github.webpubsubtestkit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** Fills the fields of test classes, and empties them when their scope ends. */
final class FieldInjection {

  /** Reads what {@link Connected} says; the annotation itself is the extension's alone. */
  @FunctionalInterface
  interface AnnotationReader {
    Optional<WantedClient> read(AnnotatedElement field);
  }

  private FieldInjection() {}

  /** Fills the static fields of the class. */
  static void injectClass(ExtensionContext context, AnnotationReader annotations) {
    Class<?> testClass = context.getRequiredTestClass();
    Store store = Contexts.store(context);
    for (Field field : ClassFields.of(testClass).statics()) {
      // an enclosing class may have inherited the same field, which then has its value
      if (store.get(field) == null) {
        checkNotOverwrittenByOthers(field, testClass, context);
        inject(field, null, field, context, annotations);
      }
    }
  }

  /** Fills the fields of the test's instance and of those that enclose it. */
  static void injectTest(ExtensionContext context, AnnotationReader annotations) {
    List<Object> instances = context.getRequiredTestInstances().getAllInstances();
    int inConcurrentUse = Contexts.instancesInConcurrentUse(context);
    for (int i = 0; i < instances.size(); i++) {
      Object instance = instances.get(i);
      ClassFields fields = ClassFields.of(instance.getClass());
      if (i == instances.size() - 1) {
        checkStaticsDone(fields, context);
      }
      for (Field field : fields.instances()) {
        if (i < inConcurrentUse) {
          throw new ExtensionConfigurationException(
              """
              %s would be set by several tests at the same time, because the class has one instance \
              for all tests (@TestInstance(PER_CLASS)) and they run concurrently. Use a parameter of \
              the test instead, or a static field for a client of the class."""
                  .formatted(InjectionPoint.of(field, instance).describe()));
        }
        inject(field, instance, new Object(), context, annotations);
      }
    }
  }

  private static void inject(
      Field field,
      @Nullable Object instance,
      Object key,
      ExtensionContext context,
      AnnotationReader annotations) {
    InjectionPoint point = InjectionPoint.of(field, instance);
    Optional<WantedClient> connected = annotations.read(field);
    if (connected.isEmpty() && ClassFields.get(field, instance) != null) {
      return; // the test's own
    }
    if (Modifier.isFinal(field.getModifiers())) {
      throw point.refuse(
          "@Connected cannot inject %s because it is final: remove the modifier."
              .formatted(point.describe()));
    }
    Object value = Injection.valueOf(point, connected, context);
    ClassFields.set(field, instance, value);
    StoredResource emptied =
        () -> {
          if (ClassFields.get(field, instance) == value) {
            ClassFields.set(field, instance, null);
          }
        };
    Contexts.store(context).put(key, emptied);
  }

  private static void checkNotOverwrittenByOthers(
      Field field, Class<?> testClass, ExtensionContext context) {
    if (field.getDeclaringClass() != testClass && Contexts.isConcurrent(context)) {
      throw new ExtensionConfigurationException(
          """
          %s is inherited by %s, which runs at the same time as other subclasses: they would \
          overwrite each other's value. Declare the field in each subclass, use an instance field, or \
          register a WebPubSubExtension in the base class, which its subclasses can share."""
              .formatted(InjectionPoint.of(field, null).describe(), testClass.getSimpleName()));
    }
  }

  private static void checkStaticsDone(ClassFields fields, ExtensionContext context) {
    for (Field field : fields.statics()) {
      if (ClassFields.get(field, null) == null && Contexts.store(context).get(field) == null) {
        throw new ExtensionConfigurationException(
            """
            %s is static, but the kit is registered for each test of the class, too late for it. \
            Annotate the class with @WebPubSubTest, make the field of a WebPubSubExtension static, or \
            make this field an instance field."""
                .formatted(InjectionPoint.of(field, null).describe()));
      }
    }
  }
}
