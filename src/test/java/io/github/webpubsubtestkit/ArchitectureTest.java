package io.github.webpubsubtestkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.github.webpubsubtestkit.internal.time.Timers;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Holds the rooms of the kit, and the arrows between them, to what src/docs/architecture.md says. A
 * new room or arrow is a decision: it is made here first.
 */
@Tag("sources") // the shipped jar has libraries in it, too
class ArchitectureTest {

  private static final String BASE = "io.github.webpubsubtestkit";

  /** Each room with the rooms it may use; rooms further down know nothing of those further up. */
  private static final Map<String, Set<String>> ALLOWED_ARROWS = allowedArrows();

  private static final String[] PUBLIC_PACKAGES = {
    BASE, packageOf("client"), packageOf("handler"), packageOf("service"), packageOf("standalone")
  };

  private static final DescribedPredicate<JavaClass> SLEEPERS =
      assignableTo(Thread.class).or(assignableTo(TimeUnit.class));

  private static final Set<String> TEXT_CUTTERS = Set.of("substring", "subSequence", "setLength");

  private static final JavaClasses KIT = classesBesides(Timers.class);

  private static final JavaClasses TESTS = classesBesides(ArchitectureTest.class);

  private static Map<String, Set<String>> allowedArrows() {
    Map<String, Set<String>> arrows = new LinkedHashMap<>();
    // bridge: all public rooms refuse null arguments by the same error
    arrows.put("root", Set.of("client", "service", "handler", "bridge"));
    // rest.filter: a test may choose connections in the words of REST
    // transport: the fake hands its loop to the clients that it opens
    // hub: the engine hands out its state, and what was asked of it, in the hub's types
    arrows.put(
        "service",
        Set.of(
            "client",
            "handler",
            "bridge",
            "engine",
            "upstream",
            "rest.filter",
            "hub",
            "transport",
            "tls",
            "token",
            "wire",
            "options",
            "expect",
            "json",
            "timeline",
            "secrets",
            "time"));
    // what stands in for an application is called as one, with the transport's answers
    // client: a content is given in the same words wherever it is expected
    arrows.put(
        "handler",
        Set.of(
            "client",
            "bridge",
            "upstream",
            "transport",
            "tls",
            "wire",
            "expect",
            "json",
            "timeline",
            "secrets",
            "time"));
    arrows.put(
        "client",
        Set.of("bridge", "transport", "wire", "expect", "json", "timeline", "secrets", "time"));
    // what a public room hands to another without showing it is made of these
    arrows.put("bridge", Set.of("upstream", "transport", "expect", "json", "timeline", "time"));
    arrows.put(
        "standalone",
        Set.of("engine", "upstream", "transport", "tls", "token", "options", "secrets"));
    arrows.put(
        "engine",
        Set.of(
            "gateway",
            "rest",
            "upstream",
            "hub",
            "transport",
            "tls",
            "wire",
            "token",
            "options",
            "timeline",
            "time"));
    for (String edge : List.of("gateway", "upstream")) {
      arrows.put(
          edge,
          Set.of("hub", "transport", "wire", "token", "options", "timeline", "secrets", "time"));
    }
    arrows.put(
        "rest",
        Set.of(
            "rest.filter",
            "hub",
            "transport",
            "wire",
            "token",
            "options",
            "timeline",
            "secrets",
            "time"));
    arrows.put("rest.filter", Set.of("hub"));
    arrows.put("hub", Set.of("wire", "options", "timeline", "time"));
    // wire: types of data, and protobuf messages, are compared as they are sent
    arrows.put("expect", Set.of("json", "wire", "timeline", "secrets", "time"));
    arrows.put("json", Set.of("secrets"));
    for (String low : List.of("transport", "timeline", "options")) {
      arrows.put(low, Set.of("secrets", "time"));
    }
    arrows.put("token", Set.of("options", "secrets", "time"));
    arrows.put("wire", Set.of("options", "secrets"));
    arrows.put("tls", Set.of());
    arrows.put("secrets", Set.of());
    arrows.put("time", Set.of());
    arrows.put("bundled.slf4j", Set.of());
    return arrows;
  }

  @Test
  void roomsUseOnlyTheRoomsTheyMay() {
    LayeredArchitecture rooms =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (String room : ALLOWED_ARROWS.keySet()) {
      rooms = rooms.layer(room).definedBy(packageOf(room));
    }
    for (Map.Entry<String, Set<String>> arrows : ALLOWED_ARROWS.entrySet()) {
      rooms =
          arrows.getValue().isEmpty()
              ? rooms.whereLayer(arrows.getKey()).mayNotAccessAnyLayer()
              : rooms
                  .whereLayer(arrows.getKey())
                  .mayOnlyAccessLayers(arrows.getValue().toArray(String[]::new));
    }

    rooms.check(KIT);
  }

  @Test
  void everyClassIsInARoom() {
    classes()
        .should()
        .resideInAnyPackage(
            ALLOWED_ARROWS.keySet().stream()
                .map(ArchitectureTest::packageOf)
                .toArray(String[]::new))
        .check(KIT);
  }

  @Test
  void packagesFormNoCircle() {
    slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(KIT);
  }

  /** Who reads a name knows which class it is, without a look at the imports. */
  @Test
  void noTwoRoomsHaveAClassOfTheSameName() {
    Map<String, Set<String>> rooms =
        Stream.of(KIT, TESTS)
            .flatMap(JavaClasses::stream)
            .filter(JavaClass::isTopLevelClass)
            .filter(each -> !each.getSimpleName().equals("package-info"))
            .collect(
                groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    mapping(JavaClass::getPackageName, toCollection(TreeSet::new))));
    rooms.values().removeIf(packages -> packages.size() == 1);

    assertThat(rooms).as("names of several classes").isEmpty();
  }

  @Test
  void librariesStayInTheirRooms() {
    onlyIn("transport").mayUse("org.java_websocket..").check(KIT);
    onlyIn("expect").mayUse("org.awaitility..").check(KIT);
    onlyIn("expect").mayUse("net.bytebuddy..").check(KIT);
    onlyIn("token").mayUse("io.jsonwebtoken..").check(KIT);
    onlyIn("bundled.slf4j").mayUse("org.slf4j..").check(KIT);
    onlyIn("standalone").mayUse("picocli..").check(KIT);
    onlyIn("root").mayUse("org.junit..").check(KIT);
    onlyIn("root", "client", "handler", "service", "expect").mayUse("org.assertj..").check(KIT);
  }

  /** The application's own mapper is asked by reflection, because it may be any, or none. */
  @Test
  void nobodyNamesAMapper() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.fasterxml.jackson.databind..",
            "com.fasterxml.jackson.annotation..",
            "tools.jackson..")
        .check(KIT);
  }

  @Test
  void withoutProtobufJavaOnlyTheProtobufCodecsAreLost() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.internal\\.wire\\.Protobuf(Reader|Writer|Messages)")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.protobuf..")
        .because("protobuf-java is optional, and a class that names it cannot do without it")
        .check(KIT);
  }

  @Test
  void onlyTheCredentialNeedsTheSdk() {
    noClasses()
        .that()
        .doNotHaveSimpleName("AzureCredentials")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.azure..", "reactor..")
        .because("azure-core is optional, and a class that names it cannot do without it")
        .check(KIT);
  }

  @Test
  void publicSignaturesShowNoLibraryThatMayChange() {
    DescribedPredicate<JavaClass> hidden =
        resideInAnyPackage(
            "org.java_websocket..",
            "io.jsonwebtoken..",
            "com.fasterxml.jackson..",
            "com.google.protobuf..");

    members()
        .that(arePartOfThePublicApi())
        .should(notShow(hidden))
        .allowEmptyShould(true)
        .check(KIT);
    noClasses()
        .that()
        .resideInAnyPackage(PUBLIC_PACKAGES)
        .should()
        .beAssignableTo(hidden)
        .allowEmptyShould(true)
        .check(KIT);
  }

  @Test
  void testsWaitByEventually() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Eventually.class.getName())
        .and()
        .haveNameNotMatching(".*\\.WaitingTest") // changes Awaitility's defaults, by itself
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.awaitility.Awaitility")
        .because("Awaitility takes the exceptions of other tests for its own by default")
        .check(TESTS);
  }

  @Test
  void nobodySleeps() {
    ArchRule rule =
        noClasses()
            .should()
            .accessTargetWhere(sleep())
            .because("a test that sleeps is slow when all is well and flaky when it is not");

    rule.check(KIT);
    rule.check(TESTS);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(packageOf("standalone"))
        .should(ACCESS_STANDARD_STREAMS)
        .check(KIT);
  }

  /** These take apart what they read; what they show they have cut by {@code Secrets}. */
  @Test
  void onlySecretsCutsWhatPeopleRead() {
    noClasses()
        .that(resideInAnyPackage(PUBLIC_PACKAGES))
        .or(resideInAnyPackage(packageOf("expect"), packageOf("timeline")))
        .or(assignableTo(Throwable.class))
        .and()
        .doNotHaveSimpleName("ClientUrl")
        .and()
        .doNotHaveSimpleName("UserEvent")
        .and()
        .doNotHaveSimpleName("CommandLineOptions")
        .should()
        .callMethodWhere(cutsAText())
        .because("half a token cannot be masked any more: Secrets.cut and its like mask first")
        .check(KIT);
  }

  @Test
  void theKitIsSeenAndItsTestsAreNot() {
    assertThat(KIT.contain(Timers.class)).isTrue();
    assertThat(KIT.contain(ArchitectureTest.class)).isFalse();
    assertThat(TESTS.contain(ArchitectureTest.class)).isTrue();
  }

  private static String packageOf(String room) {
    return switch (room) {
      case "root" -> BASE;
      case "client", "handler", "service", "standalone" -> BASE + "." + room;
      default -> BASE + ".internal." + room;
    };
  }

  /** All classes of the folder that holds the given one. */
  private static JavaClasses classesBesides(Class<?> inhabitant) {
    return new ClassFileImporter()
        .importUrl(inhabitant.getProtectionDomain().getCodeSource().getLocation());
  }

  private static LibraryRule onlyIn(String... rooms) {
    return library ->
        noClasses()
            .that()
            .resideOutsideOfPackages(
                Stream.of(rooms).map(ArchitectureTest::packageOf).toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library);
  }

  private interface LibraryRule {
    ArchRule mayUse(String library);
  }

  private static DescribedPredicate<JavaMember> arePartOfThePublicApi() {
    return DescribedPredicate.describe(
        "are part of the public API",
        member ->
            isVisible(member.getModifiers())
                && isVisible(member.getOwner().getModifiers())
                && resideInAnyPackage(PUBLIC_PACKAGES).test(member.getOwner()));
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static ArchCondition<JavaMember> notShow(DescribedPredicate<JavaClass> hidden) {
    return new ArchCondition<>("show no class that " + hidden.getDescription()) {
      @Override
      public void check(JavaMember member, ConditionEvents events) {
        typesOf(member).stream()
            .flatMap(type -> type.getAllInvolvedRawTypes().stream())
            .map(JavaClass::getBaseComponentType)
            .filter(hidden)
            .forEach(
                shown ->
                    events.add(
                        SimpleConditionEvent.violated(
                            member, member.getDescription() + " shows " + shown.getName())));
      }
    };
  }

  private static Collection<JavaType> typesOf(JavaMember member) {
    if (member instanceof JavaCodeUnit codeUnit) {
      return Stream.of(
              List.of(codeUnit.getReturnType()),
              codeUnit.getParameterTypes(),
              codeUnit.getExceptionTypes(),
              codeUnit.getTypeParameters())
          .<JavaType>flatMap(List::stream)
          .toList();
    }
    return Set.of(((JavaField) member).getType());
  }

  private static DescribedPredicate<JavaAccess<?>> cutsAText() {
    return DescribedPredicate.describe(
        "takes a part of a text",
        access ->
            TEXT_CUTTERS.contains(access.getTarget().getName())
                && assignableTo(CharSequence.class).test(access.getTargetOwner()));
  }

  private static DescribedPredicate<JavaAccess<?>> sleep() {
    return DescribedPredicate.describe(
        "is Thread.sleep or TimeUnit.sleep",
        access ->
            access.getTarget().getName().equals("sleep") && SLEEPERS.test(access.getTargetOwner()));
  }
}
