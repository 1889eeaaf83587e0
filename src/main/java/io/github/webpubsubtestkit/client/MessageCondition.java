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

/** A condition on a message, able to say how a message misses it. */
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

  /** A condition that has nothing to say about what misses it. */
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

  /** Exactly this content, of this type of data. */
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

  /** The right content as another type of data is as near as can be. */
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

  /** Requirements are asked once per message, so what each said is kept for the failure. */
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

  /** How near a message that does not match comes; empty if that cannot be said. */
  Optional<Miss> miss(ReceivedMessage message) {
    return miss.apply(message);
  }

  /**
   * Returns whether a failure is to say of each message why it does not match, not only of the
   * nearest.
   */
  boolean explainsEach() {
    return explainsEach;
  }

  /** Adds what is wanted to the text of a failure, unless {@link #what()} has said it all. */
  void addFact(FailureText text) {
    if (!label.isEmpty()) {
      text.fact(label, value);
    }
  }
}
