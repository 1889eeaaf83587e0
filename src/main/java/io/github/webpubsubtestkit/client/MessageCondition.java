package io.github.webpubsubtestkit.client;

import io.github.webpubsubtestkit.internal.expect.FailureText;
import io.github.webpubsubtestkit.internal.expect.GivenContent;
import io.github.webpubsubtestkit.internal.expect.Headline;
import io.github.webpubsubtestkit.internal.expect.Miss;
import io.github.webpubsubtestkit.internal.expect.Requirements;
import io.github.webpubsubtestkit.internal.expect.Similarity;
import io.github.webpubsubtestkit.internal.secrets.Display;
import io.github.webpubsubtestkit.internal.wire.Payload;
import io.github.webpubsubtestkit.internal.wire.PayloadType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A condition on a message, which can explain how a message differs. */
final class MessageCondition {

  /** What a condition is about. */
  private enum Kind {
    CONTENT,
    ORIGIN,
    REQUIREMENTS,
    OTHER
  }

  private final Function<Display, Headline> what;
  private final Predicate<ReceivedMessage> matches;
  private final Function<ReceivedMessage, Optional<Miss>> miss;
  private final Function<Payload, Optional<Double>> nearness;
  private final @Nullable GivenContent content;
  private final @Nullable String group;
  private final Kind kind;

  private MessageCondition(
      Function<Display, Headline> what,
      Predicate<ReceivedMessage> matches,
      Function<ReceivedMessage, Optional<Miss>> miss,
      Function<Payload, Optional<Double>> nearness,
      @Nullable GivenContent content,
      @Nullable String group,
      Kind kind) {
    this.what = what;
    this.matches = matches;
    this.miss = miss;
    this.nearness = nearness;
    this.content = content;
    this.group = group;
    this.kind = kind;
  }

  /** Creates a condition that does not explain differences. */
  private static MessageCondition of(Headline what, Predicate<ReceivedMessage> matches) {
    return of(display -> what, matches);
  }

  private static MessageCondition of(
      Function<Display, Headline> what, Predicate<ReceivedMessage> matches) {
    return new MessageCondition(
        what,
        matches,
        message -> Optional.empty(),
        payload -> Optional.empty(),
        null,
        null,
        Kind.OTHER);
  }

  private MessageCondition explainedBy(Function<ReceivedMessage, Optional<Miss>> explanation) {
    return new MessageCondition(what, matches, explanation, nearness, content, group, kind);
  }

  private MessageCondition comparedBy(Function<Payload, Optional<Double>> comparison) {
    return new MessageCondition(what, matches, miss, comparison, content, group, kind);
  }

  private MessageCondition ofContent(GivenContent wanted) {
    return new MessageCondition(what, matches, miss, nearness, wanted, group, kind);
  }

  private MessageCondition ofGroup(String name) {
    return new MessageCondition(what, matches, miss, nearness, content, name, kind);
  }

  private MessageCondition of(Kind other) {
    return new MessageCondition(what, matches, miss, nearness, content, group, other);
  }

  static MessageCondition anyMessage() {
    return of(Headline.of("a message"), message -> true).comparedBy(payload -> Optional.of(0.9));
  }

  static MessageCondition text(String text) {
    return content(GivenContent.text(text));
  }

  /** Requires exactly this content and data type. */
  static MessageCondition content(GivenContent wanted) {
    return of(
            display -> headline(wanted.shownBy(display)),
            message -> message.mayBe(wanted.type()) && wanted.isSameAs(message.data()))
        .explainedBy(message -> Optional.of(missOf(wanted.shownBy(message.display()), message)))
        .comparedBy(payload -> Optional.of(nearness(wanted, payload)))
        .ofContent(wanted)
        .of(Kind.CONTENT);
  }

  private static Headline headline(GivenContent wanted) {
    return switch (wanted.type()) {
      case TEXT -> Headline.of("text ").quoted(wanted.shown());
      case JSON, BINARY, PROTOBUF -> Headline.of(wanted.noun() + " ").value(wanted.shown());
    };
  }

  private static Miss missOf(GivenContent wanted, ReceivedMessage message) {
    if (message.mayBe(wanted.type())) {
      return wanted
          .difference(message.data())
          .orElseGet(() -> new Miss(0.1, "is no valid " + wanted.type().wireName()));
    }
    return otherType(wanted, message);
  }

  /** The miss of another data type; the nearest possible if it has the right content. */
  private static Miss otherType(GivenContent wanted, ReceivedMessage message) {
    String is = "is " + message.dataType().wireName() + ", not " + wanted.type().wireName();
    boolean comparable =
        switch (wanted.type()) {
          case TEXT, BINARY -> true;
          case JSON -> !message.isBytes();
          case PROTOBUF -> false;
        };
    if (comparable && wanted.isSameAs(message.data())) {
      return new Miss(1, is);
    }
    if (wanted.type() == PayloadType.PROTOBUF && message.isBytes()) {
      return new Miss(
          0.9, message.describePacked().map(any -> is + ": these bytes are " + any).orElse(is));
    }
    if (wanted.type() == PayloadType.BINARY && wanted.isBase64Of(message.data())) {
      return new Miss(1, is + ": it is these bytes in Base64");
    }
    return new Miss(0, is);
  }

  private static double nearness(GivenContent wanted, Payload payload) {
    if (payload.type() != wanted.type()) {
      return wanted.isSameAs(payload.bytes()) ? 0.9 : 0;
    }
    return wanted.isSameAs(payload.bytes())
        ? 1
        : wanted.difference(payload.bytes()).map(Miss::closeness).orElse(0.0);
  }

  static MessageCondition textContaining(String part) {
    return of(
            display -> Headline.of("a text containing ").quoted(display.of(part)),
            message -> carriesText(message) && message.utf8().contains(part))
        .explainedBy(message -> Optional.of(missOfText(message, "contains", part)))
        .comparedBy(payload -> ofText(payload, text -> text.contains(part)))
        .of(Kind.CONTENT);
  }

  static MessageCondition textMatching(Pattern pattern) {
    return of(
            display -> Headline.of("a text matching ").value(display.of(pattern.pattern())),
            message -> carriesText(message) && pattern.matcher(message.utf8()).matches())
        .explainedBy(message -> Optional.of(missOfText(message, "matches", pattern.pattern())))
        .comparedBy(payload -> ofText(payload, text -> pattern.matcher(text).matches()))
        .of(Kind.CONTENT);
  }

  private static Miss missOfText(ReceivedMessage message, String verb, String wanted) {
    if (!carriesText(message)) {
      return new Miss(0, "is " + message.dataType().wireName() + ", not text");
    }
    String text = message.utf8();
    boolean otherCase = text.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
    return otherCase
        ? new Miss(0.98, verb + " it only in other case")
        : new Miss(
            Similarity.of(wanted, text),
            verb.equals("contains") ? "does not contain it" : "does not match");
  }

  private static Optional<Double> ofText(Payload payload, Predicate<String> same) {
    return Optional.of(
        payload.type() == PayloadType.TEXT
                && same.test(new String(payload.bytes(), StandardCharsets.UTF_8))
            ? 1.0
            : 0.0);
  }

  static MessageCondition fromGroup(String group) {
    return of(
            Headline.of("a message from group ").quoted(group),
            message -> message.group().filter(group::equals).isPresent())
        .explainedBy(
            message ->
                Optional.of(
                    message
                        .group()
                        .map(other -> Miss.ofText(group, other))
                        .map(
                            found ->
                                found.onlyStatesValues()
                                    ? found
                                    : new Miss(
                                        found.closeness(), "the group " + found.difference()))
                        .orElseGet(() -> new Miss(0, "is from the server, not from a group"))))
        .ofGroup(group)
        .of(Kind.ORIGIN);
  }

  static MessageCondition fromServer() {
    return of(Headline.of("a message from the server"), ReceivedMessage::isFromServer)
        .explainedBy(
            message ->
                message
                    .group()
                    .map(group -> new Miss(0.5, "is from group " + FailureText.quote(group))))
        .of(Kind.ORIGIN);
  }

  static MessageCondition matching(Predicate<? super ReceivedMessage> condition) {
    return of(Headline.of("a message that fulfils the given condition"), condition::test);
  }

  /**
   * Creates a condition from requirements, which run once per message; their results are kept for
   * the failure.
   */
  static MessageCondition satisfying(Consumer<? super ReceivedMessage> requirements) {
    Map<ReceivedMessage, String> unmet = new HashMap<>(); // messages are equal only to themselves
    return of(
            Headline.of("a message that meets the given requirements"),
            message -> {
              Optional<String> failure = Requirements.unmet(requirements, message);
              failure.ifPresent(text -> unmet.put(message, text));
              return failure.isEmpty();
            })
        .explainedBy(
            message -> Optional.ofNullable(unmet.get(message)).map(text -> new Miss(0, text)))
        .of(Kind.REQUIREMENTS);
  }

  private static boolean carriesText(ReceivedMessage message) {
    return message.dataType() == DataType.TEXT;
  }

  /** What came instead, as in {@code received "ho"}: the part that the condition is about. */
  Headline came(ReceivedMessage message) {
    if (kind == Kind.ORIGIN) {
      return message
          .group()
          .map(from -> Headline.of("one from group ").quoted(from))
          .orElseGet(() -> Headline.of("one from the server"));
    }
    Headline received = message.headline();
    boolean otherType = content != null && content.type() != PayloadType.TEXT;
    return carriesText(message) && otherType ? Headline.of("text ").add(received) : received;
  }

  /** What is expected, as in {@code expected text "hi"}, its content shown like this. */
  Headline what(Display display) {
    return what.apply(display);
  }

  boolean matches(ReceivedMessage message) {
    return matches.test(message);
  }

  /** The distance of a message that does not match; empty if unknown. */
  Optional<Miss> miss(ReceivedMessage message) {
    return miss.apply(message);
  }

  /** Compares what was sent: 1 for the same; empty if it cannot be told. */
  Function<Payload, Optional<Double>> nearness() {
    return nearness;
  }

  /** Returns whether this kit alone decides by the content, so that it can look at any message. */
  boolean isAboutContent() {
    return kind == Kind.CONTENT;
  }

  /** The wanted content, if it is a whole one, shown like this. */
  Optional<GivenContent> content(Display display) {
    return Optional.ofNullable(content).map(wanted -> wanted.shownBy(display));
  }

  /** The wanted content as shown behind a number; cut if it is long. */
  String shown(Display display) {
    return content(display)
        .map(wanted -> (isText() ? "" : wanted.noun() + " ") + wanted.brief())
        .orElse("a message");
  }

  /** Returns whether it wants a whole text. */
  boolean isText() {
    return content != null && content.type() == PayloadType.TEXT;
  }

  /** The group it must come from; null for any. */
  @Nullable String group() {
    return group;
  }

  /** Returns whether a failure explains each message that does not match, not only the nearest. */
  boolean explainsEach() {
    return kind == Kind.REQUIREMENTS;
  }
}
