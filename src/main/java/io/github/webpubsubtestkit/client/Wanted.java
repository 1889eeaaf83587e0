package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.JsonValue;
import io.github.webpubsubtestkit.internal.expect.Miss;
import io.github.webpubsubtestkit.internal.secrets.Secrets;
import io.github.webpubsubtestkit.internal.timeline.Bytes;
import io.github.webpubsubtestkit.internal.wire.ProtobufValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a message must be like. */
final class Wanted {

  private static final int MAX_REQUIREMENT = 200;

  private final String what;
  private final List<String> facts;
  private final Predicate<ReceivedMessage> matches;
  private final Misser misser;
  private final boolean explainsEach;

  private interface Misser {
    Optional<Miss> miss(ReceivedMessage message);
  }

  private Wanted(
      String what,
      List<String> facts,
      Predicate<ReceivedMessage> matches,
      Misser misser,
      boolean explainsEach) {
    this.what = what;
    this.facts = facts;
    this.matches = matches;
    this.misser = misser;
    this.explainsEach = explainsEach;
  }

  static Wanted anyMessage() {
    return new Wanted("a message", List.of(), message -> true, message -> Optional.empty(), false);
  }

  static Wanted text(String text) {
    return new Wanted(
        "a text message",
        List.of("expected", FailureText.quote(text)),
        message -> isText(message) && message.utf8().equals(text),
        message -> {
          if (isText(message)) {
            return Optional.of(Miss.ofText(text, message.utf8()));
          }
          return message.utf8().equals(text)
              ? Optional.of(new Miss(1, "is " + message.dataType().wireName() + ", not text"))
              : Optional.empty();
        },
        false);
  }

  static Wanted textContaining(String part) {
    return new Wanted(
        "a text message",
        List.of("containing", FailureText.quote(part)),
        message -> isText(message) && message.utf8().contains(part),
        message -> Optional.empty(),
        false);
  }

  static Wanted textMatching(Pattern pattern) {
    return new Wanted(
        "a text message",
        List.of("matching", pattern.pattern()),
        message -> isText(message) && pattern.matcher(message.utf8()).matches(),
        message -> Optional.empty(),
        false);
  }

  static Wanted json(JsonValue json) {
    return new Wanted(
        "a json message",
        List.of("expected", json.text()),
        message ->
            message.mayBeJson()
                && JsonValue.ifValid(message.utf8()).filter(json::isSameAs).isPresent(),
        message -> {
          if (message.isBytes()) {
            return Optional.empty();
          }
          Optional<Miss> miss = Miss.ofJson(json, message.utf8());
          return message.mayBeJson()
              ? miss
              : miss.filter(each -> each.closeness() == 1)
                  .map(each -> new Miss(1, "is text, not json"));
        },
        false);
  }

  static Wanted binary(byte[] bytes) {
    return new Wanted(
        "a binary message",
        List.of("expected", Bytes.describe(bytes)),
        message -> message.isBinary() && Arrays.equals(message.data(), bytes),
        message -> {
          if (message.isBinary()) {
            return Optional.of(Miss.ofBytes(bytes, message.data()));
          }
          return Arrays.equals(message.data(), bytes)
              ? Optional.of(new Miss(1, "is " + message.dataType().wireName() + ", not binary"))
              : Optional.empty();
        },
        false);
  }

  /** A message of the same type is shown as text, one of another type by its bytes. */
  static Wanted protobuf(ProtobufValue value) {
    return new Wanted(
        "a protobuf message",
        List.of("expected", value.text()),
        message -> message.isProtobuf() && value.isSameAs(message.data()),
        message ->
            message.isProtobuf()
                ? Optional.of(miss(value, value.textOf(message.data())))
                : Optional.empty(),
        false);
  }

  private static Miss miss(ProtobufValue wanted, String was) {
    return new Miss(Miss.ofText(wanted.text(), was).closeness(), "is " + FailureText.content(was));
  }

  static Wanted fromGroup(String group) {
    return new Wanted(
        "a message from group " + FailureText.quote(group),
        List.of(),
        message -> message.group().filter(group::equals).isPresent(),
        message ->
            message
                .group()
                .map(other -> Miss.ofText(group, other))
                .map(miss -> new Miss(miss.closeness(), "the group " + miss.difference())),
        false);
  }

  static Wanted fromServer() {
    return new Wanted(
        "a message from the server",
        List.of(),
        ReceivedMessage::isFromServer,
        message -> Optional.empty(),
        false);
  }

  static Wanted satisfying(Consumer<? super ReceivedMessage> requirements) {
    Map<ReceivedMessage, String> unmet = new HashMap<>(); // messages are equal only to themselves
    return new Wanted(
        "a message that meets the given requirements",
        List.of(),
        message -> {
          try {
            requirements.accept(message);
            return true;
          } catch (AssertionError e) {
            unmet.put(message, oneLine(e));
            return false;
          }
        },
        message -> Optional.ofNullable(unmet.get(message)).map(text -> new Miss(0, text)),
        true);
  }

  private static String oneLine(AssertionError error) {
    String message = String.valueOf(error.getMessage()).strip().replaceAll("\\s+", " ");
    return Secrets.beginning(message, MAX_REQUIREMENT, " …");
  }

  private static boolean isText(ReceivedMessage message) {
    return message.dataType() == DataType.TEXT;
  }

  /** For a sentence: {@code a text message}. */
  String what() {
    return what;
  }

  boolean matches(ReceivedMessage message) {
    return matches.test(message);
  }

  /**
   * How a message that does not match differs; empty if there is nothing to compare. Only for
   * messages that have been asked about by {@link #matches}.
   */
  Optional<Miss> miss(ReceivedMessage message) {
    return misser.miss(message);
  }

  /** Whether each message that does not match has a reason of its own, rather than the closest. */
  boolean explainsEach() {
    return explainsEach;
  }

  /** Adds the label and value of what is wanted, if it has one. */
  void addFact(FailureText text) {
    if (!facts.isEmpty()) {
      text.fact(facts.get(0), facts.get(1));
    }
  }
}
