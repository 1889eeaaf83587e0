package io.github.webpubsubtestkit;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.webpubsubtestkit.client.Content;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** All public assertions use one vocabulary: who knows the words for one knows them for all. */
class AssertVocabularyTest {

  private static final List<Class<?>> ASSERTS =
      PublicTypes.ALL.stream().filter(each -> each.getSimpleName().endsWith("Assert")).toList();

  /** A word that occurs anywhere has these parameters everywhere. */
  private static final Map<String, List<Class<?>>> WORDS =
      Map.ofEntries(
          Map.entry("hasText", List.of(String.class)),
          Map.entry("hasJson", List.of(Object.class)),
          Map.entry("hasBinary", List.of(byte[].class)),
          Map.entry("hasProtobuf", List.of(Object.class)),
          Map.entry("hasContent", List.of(Content.class)),
          Map.entry("hasMetadata", List.of(String.class, String.class)),
          Map.entry("hasNoMetadata", List.of()),
          Map.entry("extractingText", List.of()),
          Map.entry("extractingBinary", List.of()),
          Map.entry("isFromUser", List.of(String.class)),
          Map.entry("hasUserId", List.of(String.class)),
          Map.entry("hasNoUserId", List.of()),
          Map.entry("isFromConnection", List.of(String.class)),
          Map.entry("isFromServer", List.of()),
          Map.entry("isFromGroup", List.of(String.class)),
          Map.entry("isInHub", List.of(String.class)),
          Map.entry("hasReason", List.of(String.class)),
          Map.entry("hasNoReason", List.of()),
          Map.entry("isSuccessful", List.of()),
          Map.entry("within", List.of(Duration.class)),
          Map.entry("hasJsonContaining", List.of(Object.class)),
          Map.entry("hasJsonAt", List.of(String.class, Object.class)),
          Map.entry("extractingJsonAt", List.of(String.class)),
          Map.entry("hasReceivedExactly", List.of(String[].class)));

  /** Words that are for texts, and for contents of all types. */
  private static final Map<String, List<Class<?>>> OF_TEXTS_OR_CONTENTS =
      Map.of(
          "receivesExactly", List.of(String[].class, Content[].class),
          "receivesInAnyOrder", List.of(String[].class, Content[].class));

  /** Who has one of these has them all: what carries data and comes from somebody. */
  private static final Set<String> OF_WHAT_CARRIES_DATA =
      Set.of(
          "hasText",
          "hasJson",
          "hasJsonContaining",
          "hasJsonAt",
          "hasBinary",
          "hasProtobuf",
          "hasContent",
          "hasMetadata",
          "hasNoMetadata",
          "extractingText",
          "extractingJson",
          "extractingJsonAt",
          "extractingBinary",
          "isFromUser",
          "hasNoUserId");

  /** What can be there or not: the word for its being there, and the word for its absence. */
  private static final Map<String, String> OPPOSITES =
      Map.of(
          "isFromUser", "hasNoUserId",
          "hasUserId", "hasNoUserId",
          "hasMetadata", "hasNoMetadata",
          "hasReason", "hasNoReason",
          "hasState", "hasNoState",
          "hasUser", "hasNoUser",
          "hasGroupMember", "hasNoGroupMember",
          "hasConnections", "hasNoConnections",
          "hasDisconnectedMessage", "hasNoDisconnectedMessage");

  /** How a verb begins. */
  private static final List<String> BEGINNINGS =
      List.of("is", "has", "receives", "hasReceived", "sends", "hasSent", "extracting");

  private static final Map<String, String> OTHER_VERBS =
      Map.of(
          "assertThatClients", "begins assertions on several",
          "allSatisfy", "is AssertJ's word for it",
          "within", "says how long what follows waits",
          "inHub", "says where what follows looks",
          "failedWith", "is what an ack did, and stands in the README",
          "wasDropped", "is how a connection ended, so it is in the past");

  @Test
  @DisplayName("all public assertions are seen")
  void allAreSeen() {
    assertThat(ASSERTS)
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrder(
            "AckAssert",
            "ClientAssert",
            "ClientsAssert",
            "CloseAssert",
            "MessageAssert",
            "EventHandlerAssert",
            "HandlerEventAssert",
            "AbstractHandlerEventAssert",
            "ConnectionAssert",
            "RequestAssert",
            "SentEventAssert",
            "ServiceAssert");
  }

  @Test
  @DisplayName("the same word has the same parameters")
  void oneMeaning() {
    assertThat(verbs())
        .filteredOn(each -> WORDS.containsKey(each.getName()))
        .allSatisfy(
            each ->
                assertThat(List.of(each.getParameterTypes()))
                    .as(shown(each))
                    .isEqualTo(WORDS.get(each.getName())));
  }

  @Test
  @DisplayName("several are named as texts or as contents")
  void textsOrContents() {
    assertThat(verbs())
        .filteredOn(each -> OF_TEXTS_OR_CONTENTS.containsKey(each.getName()))
        .isNotEmpty()
        .allSatisfy(
            each ->
                assertThat(requireNonNull(OF_TEXTS_OR_CONTENTS.get(each.getName())))
                    .as(shown(each))
                    .contains(each.getParameterTypes()[0]));
  }

  @Test
  @DisplayName("JSON is extracted as text or by its type")
  void json() {
    assertThat(verbs())
        .filteredOn(each -> each.getName().equals("extractingJson"))
        .hasSize(6)
        .allSatisfy(
            each ->
                assertThat(List.of(each.getParameterTypes()))
                    .as(shown(each))
                    .isIn(List.of(), List.of(Class.class)));
  }

  @Test
  @DisplayName("what carries data is asserted in the same words: messages, requests, events")
  void data() {
    assertThat(ASSERTS)
        .filteredOn(each -> names(each).contains("hasText"))
        .hasSize(3)
        .allSatisfy(each -> assertThat(names(each)).containsAll(OF_WHAT_CARRIES_DATA));
    assertThat(ASSERTS)
        .filteredOn(each -> !names(each).contains("hasText"))
        .allSatisfy(
            each ->
                assertThat(names(each))
                    .doesNotContain("hasJson", "hasBinary", "hasContent", "hasMetadata"));
  }

  @Test
  @DisplayName("what can be there can be absent")
  void opposites() {
    assertThat(ASSERTS)
        .allSatisfy(
            each ->
                OPPOSITES.forEach(
                    (word, opposite) -> {
                      if (names(each).contains(word)) {
                        assertThat(names(each)).contains(opposite);
                      }
                    }));
  }

  @Test
  @DisplayName("verbs begin alike, and no former word is left")
  void beginnings() {
    assertThat(verbs())
        .allSatisfy(
            each -> {
              String name = each.getName();
              assertThat(
                      OTHER_VERBS.containsKey(name)
                          || BEGINNINGS.stream().anyMatch(name::startsWith))
                  .as(shown(each))
                  .isTrue();
              assertThat(isRetired(name)).as(shown(each)).isFalse();
            });
  }

  @Test
  @DisplayName("who waits can be told how long, by within(..) alone")
  void waiting() {
    List<Method> waiting = verbs().stream().filter(AssertVocabularyTest::waits).toList();

    assertThat(waiting).isNotEmpty();
    assertThat(waiting)
        .allSatisfy(
            each -> {
              assertThat(names(each.getDeclaringClass())).as(shown(each)).contains("within");
              assertThat(each.getParameterTypes()).as(shown(each)).doesNotContain(Duration.class);
            });
    assertThat(verbs())
        .extracting(Method::getName)
        .filteredOn(each -> each.endsWith("Within"))
        .containsExactlyInAnyOrder(
            "receivesMessageWithin", // the phrase that users look for
            "receivesNoMessageWithin"); // lasts that long
  }

  @Test
  @DisplayName("who waits for one thing can wait for one that matches or satisfies")
  void conditions() {
    assertThat(verbs())
        .filteredOn(
            each -> each.getName().matches("receives(Message|Request|Event)(Matching|Satisfying)"))
        .allSatisfy(
            each -> {
              Class<?>[] parameters = each.getParameterTypes();
              assertThat(parameters[parameters.length - 1])
                  .as(shown(each))
                  .isEqualTo(
                      each.getName().endsWith("Matching") ? Predicate.class : Consumer.class);
            })
        .hasSize(6);
  }

  /** Words of former days, and their like. */
  private static boolean isRetired(String name) {
    return name.matches("with[A-Z].*")
        || name.matches(".*(Bytes|Exactly(Texts|Events)(Within)?)")
        || Set.of("hasNoSender", "closesWithin").contains(name);
  }

  private static boolean waits(Method verb) {
    String name = verb.getName();
    return (name.startsWith("receives") || name.startsWith("sends") || name.equals("isClosed"))
        && !name.endsWith("Within");
  }

  private static List<Method> verbs() {
    return ASSERTS.stream().flatMap(AssertVocabularyTest::verbs).toList();
  }

  private static Stream<Method> verbs(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(each -> Modifier.isPublic(each.getModifiers()) && !each.isSynthetic());
  }

  private static Set<String> names(Class<?> type) {
    return verbs(type).map(Method::getName).collect(toCollection(TreeSet::new));
  }

  private static String shown(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }
}
