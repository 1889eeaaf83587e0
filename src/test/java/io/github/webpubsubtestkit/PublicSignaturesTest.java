package io.github.webpubsubtestkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What users see is made of what they know: the kit's types, the JDK, JUnit, AssertJ, azure-core.
 */
class PublicSignaturesTest {

  private static final Pattern NAME = Pattern.compile("[a-z]\\w*(?:\\.\\w+)+(?:\\$\\w+)*");

  private static final Set<String> KNOWN =
      Set.of(
          "java.",
          "javax.net.ssl.",
          "com.azure.core.credential.",
          "org.junit.jupiter.",
          "org.junit.platform.",
          "org.assertj.",
          "org.opentest4j.");

  /** Those that Java has, too, cannot occur. */
  private static final Set<String> KOTLIN_KEYWORDS =
      Set.of("as", "fun", "in", "is", "object", "typealias", "typeof", "val", "var", "when");

  @Test
  @DisplayName("no public or protected member has a type of internal rooms or of a library inside")
  void members() {
    List<String> strangers = new ArrayList<>();
    for (Class<?> type : PublicTypes.ALL) {
      members(type)
          .filter(each -> (each.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
          .filter(each -> !isBridgeMethod(each))
          .forEach(each -> addStrangers(strangers, signature(each)));
      addStrangers(strangers, type.toGenericString());
      Stream.concat(
              Stream.ofNullable(type.getGenericSuperclass()),
              Stream.of(type.getGenericInterfaces()))
          .forEach(each -> addStrangers(strangers, type + " is " + each.getTypeName()));
    }

    assertThat(PublicTypes.ALL).hasSizeGreaterThan(40);
    assertThat(strangers).isEmpty();
  }

  @Test
  @DisplayName("a stranger is seen: in a parameter, an exception, a type argument, an array")
  void seesStrangers() {
    List<String> strangers = new ArrayList<>();

    addStrangers(
        strangers, "public void a(java.util.List<com.fasterxml.jackson.core.JsonFactory>)");
    addStrangers(strangers, "void b() throws io.github.webpubsubtestkit.internal.expect.Miss");
    addStrangers(
        strangers, "io.github.webpubsubtestkit.client.Ack c(org.assertj.core.api.Descriptable)");

    assertThat(strangers).hasSize(2);
  }

  @Test
  @DisplayName("no public name is a hard keyword of Kotlin, which would need backticks there")
  void kotlinKeywords() {
    assertThat(PublicTypes.ALL)
        .flatExtracting(
            type ->
                members(type)
                    .filter(each -> Modifier.isPublic(each.getModifiers()))
                    .map(Member::getName)
                    .toList())
        .doesNotContainAnyElementsOf(KOTLIN_KEYWORDS);
    assertThat(PublicTypes.ALL)
        .flatExtracting(type -> List.of(type.getPackageName().split("\\.", -1)))
        .doesNotContainAnyElementsOf(KOTLIN_KEYWORDS);
  }

  @Test
  @DisplayName("no two public types have the same simple name, so star imports meet no ambiguity")
  void simpleNames() {
    assertThat(PublicTypes.ALL)
        .filteredOn(type -> type.getDeclaringClass() == null)
        .extracting(Class::getSimpleName)
        .doesNotHaveDuplicates();
  }

  private static Stream<Member> members(Class<?> type) {
    return Stream.of(
            type.getDeclaredMethods(), type.getDeclaredConstructors(), type.getDeclaredFields())
        .flatMap(Stream::of);
  }

  private static boolean isBridgeMethod(Member member) {
    return member instanceof Method method && method.isBridge();
  }

  private static String signature(Member member) {
    if (member instanceof Method method) {
      return method.toGenericString();
    }
    return member instanceof Constructor<?> constructor
        ? constructor.toGenericString()
        : ((Field) member).toGenericString();
  }

  private static void addStrangers(List<String> strangers, String signature) {
    boolean known =
        NAME.matcher(signature)
            .results()
            .map(MatchResult::group)
            .allMatch(PublicSignaturesTest::isKnown);
    if (!known) {
      strangers.add(signature);
    }
  }

  private static boolean isKnown(String name) {
    return KNOWN.stream().anyMatch(name::startsWith)
        || (name.startsWith("io.github.webpubsubtestkit.") && !name.contains(".internal."));
  }
}
