package io.github.webpubsubtestkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;

/** The types that users of the kit see. */
final class PublicTypes {

  /**
   * All of them by name, nested ones included; the shipped jar has libraries in it, too, as {@code
   * internal} ones.
   */
  static final List<Class<?>> ALL =
      new ClassFileImporter()
              .importUrl(WebPubSubTest.class.getProtectionDomain().getCodeSource().getLocation())
              .stream()
              .filter(each -> !each.getPackageName().contains(".internal"))
              .filter(each -> !each.getSimpleName().equals("package-info"))
              .map(JavaClass::reflect)
              .filter(PublicTypes::isVisible)
              .sorted(Comparator.comparing(Class::getName))
              .<Class<?>>map(each -> each)
              .toList();

  private PublicTypes() {}

  private static boolean isVisible(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getDeclaringClass()) {
      if (!Modifier.isPublic(each.getModifiers())) {
        return false;
      }
    }
    return true;
  }
}
