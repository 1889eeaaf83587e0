package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.expect.Miss;
import io.github.webpubsubtestkit.internal.expect.Requirements;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A condition on a message, which can explain how a message differs. */
final class MessageCondition {

  private static final String TEXT_MESSAGE = "a text message";

  private final String what;
  private final Predicate<ReceivedMessage> matches;
  private final Function<ReceivedMessage, Optional<Miss>> miss;
  private final String label;
  private final String value;
  private final boolean explainsEach;

  private MessageCondition(
      String what,
      Predicate<ReceivedMessage> matches,
      Function<ReceivedMessage, Optional<Miss>> miss,
      String label,
      String value,
      boolean explainsEach) {
    this.what = what;
    this.matches = matches;
    this.miss = miss;
    this.label = label;
    this.value = value;
    this.explainsEach = explainsEach;
  }

  /** Creates a condition that does not explain differences. */
  private static MessageCondition of(String what, Predicate<ReceivedMessage> matches) {
    return new MessageCondition(what, matches, message -> Optional.empty(), "", "", false);
  }

  private MessageCondition explainedBy(Function<ReceivedMessage, Optional<Miss>> explanation) {
    return new MessageCondition(what, matches, explanation, label, value, explainsEach);
  }

  private MessageCondition withFact(String factLabel, String factValue) {
    return new MessageCondition(what, matches, miss, factLabel, factValue, explainsEach);
  }

  private MessageCondition explainingEach() {
    return new MessageCondition(what, matches, miss, label, value, true);
  }

  static MessageCondition anyMessage() {
    return of("a message", message -> true);
  }

  static MessageCondition text(String text) {
    return content(GivenContent.text(text));
  }

  /** Requires exactly this content and data type. */
  static MessageCondition content(GivenContent wanted) {
    return of(
            "a " + wanted.type().wireName() + " message",
            message -> message.mayBe(wanted.type()) && wanted.isSameAs(message.data()))
        .explainedBy(
            message ->
                message.mayBe(wanted.type())
                    ? wanted.difference(message.data())
                    : otherType(wanted, message))
        .withFact("expected", wanted.shown());
  }

  /** The miss of the right content with another data type, the nearest possible. */
  private static Optional<Miss> otherType(GivenContent wanted, ReceivedMessage message) {
    boolean comparable =
        switch (wanted.type()) {
          case TEXT, BINARY -> true;
          case JSON -> !message.isBytes();
          case PROTOBUF -> false;
        };
    return comparable && wanted.isSameAs(message.data())
        ? Optional.of(
            new Miss(
                1, "is " + message.dataType().wireName() + ", not " + wanted.type().wireName()))
        : Optional.empty();
  }

  static MessageCondition textContaining(String part) {
    return of(TEXT_MESSAGE, message -> isText(message) && message.utf8().contains(part))
        .withFact("containing", FailureText.quote(part));
  }

  static MessageCondition textMatching(Pattern pattern) {
    return of(TEXT_MESSAGE, message -> isText(message) && pattern.matcher(message.utf8()).matches())
        .withFact("matching", pattern.pattern());
  }

  static MessageCondition fromGroup(String group) {
    return of(
            "a message from group " + FailureText.quote(group),
            message -> message.group().filter(group::equals).isPresent())
        .explainedBy(
            message ->
                message
                    .group()
                    .map(other -> Miss.ofText(group, other))
                    .map(miss -> new Miss(miss.closeness(), "the group " + miss.difference())));
  }

  static MessageCondition fromServer() {
    return of("a message from the server", ReceivedMessage::isFromServer);
  }

  static MessageCondition matching(Predicate<? super ReceivedMessage> condition) {
    return of("a message that fulfils the given condition", condition::test);
  }

  /**
   * Creates a condition from requirements, which run once per message; their results are kept for
   * the failure.
   */
  static MessageCondition satisfying(Consumer<? super ReceivedMessage> requirements) {
    Map<ReceivedMessage, String> unmet = new HashMap<>(); // messages are equal only to themselves
    return of(
            "a message that meets the given requirements",
            message -> {
              Optional<String> failure = Requirements.unmet(requirements, message);
              failure.ifPresent(text -> unmet.put(message, text));
              return failure.isEmpty();
            })
        .explainedBy(
            message -> Optional.ofNullable(unmet.get(message)).map(text -> new Miss(0, text)))
        .explainingEach();
  }

  private static boolean isText(ReceivedMessage message) {
    return message.dataType() == DataType.TEXT;
  }

  /** The kind of message, as in "expected a text message". */
  String what() {
    return what;
  }

  boolean matches(ReceivedMessage message) {
    return matches.test(message);
  }

  /** The distance of a message that does not match; empty if unknown. */
  Optional<Miss> miss(ReceivedMessage message) {
    return miss.apply(message);
  }

  /** Returns whether a failure explains each message that does not match, not only the nearest. */
  boolean explainsEach() {
    return explainsEach;
  }

  /** Adds the expected value to the text of a failure, unless {@link #what()} already states it. */
  void addFact(FailureText text) {
    if (!label.isEmpty()) {
      text.fact(label, value);
    }
  }
}
